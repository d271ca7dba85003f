"""Whoever came answers: their half of a joint questionnaire, how to reach them, or both."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from zabota.referrals.actions.receive import Friend, receive_friend
from zabota.referrals.actions.sheets import fill_sheet
from zabota.referrals.models import Referral, ReferralLink


@transaction.atomic
def answer_link(
    link: ReferralLink,
    friend: Friend | None,
    *,
    by: None,
    at: datetime,
    answers: Sequence[str] | None = None,
    shown: bool = False,
) -> Referral | None:
    """Both or neither: what they answered by a questionnaire (`answers`), and who they are, where
    they said so.
    """
    if answers is not None:
        fill_sheet(link, answers, by=by, at=at, shown=shown)
    return None if friend is None else receive_friend(link, friend, by=by, at=at)
