"""What becomes of whoever came: we talked, nothing came of it, they want something else."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from zabota.cases.actions import touch_case
from zabota.clients.actions import erase_person
from zabota.clients.models import Purchase
from zabota.journal.actions import record
from zabota.people.access import StaffViewer
from zabota.people.refusal import Refused
from zabota.referrals.actions.held import lock_referral, settle
from zabota.referrals.actions.receive import PROGRESS, agree
from zabota.referrals.entries import ENDED, SHARES_CHOSEN, TALKED
from zabota.referrals.models import Ending, Referral, ReferralState, Shares
from zabota.referrals.rules import UNDER_WAY, may_talk_to_friend


@transaction.atomic
def talk_to_friend(
    referral: Referral, *, by: StaffViewer, at: datetime, shares: str, note: str = ""
) -> Referral:
    """We talked, and heard from them what the recommender may read: until now it was only said on
    a page that anybody with the link could fill in.
    """
    referral, stream = lock_referral(referral.pk)
    if not may_talk_to_friend(by, referral):
        raise PermissionDenied
    if shares not in Shares.values:
        raise Refused("unknown_shares", _("Choose what may be read."), field="shares")
    referral.talked_at, referral.talked_by = at, by.employee
    referral.shares, referral.note = shares, note.strip()
    referral.save(update_fields=["talked_at", "talked_by", "shares", "note"])
    if shares != Shares.NOTHING:
        agree(referral.contact, [PROGRESS], by=None, at=at)
    settle(referral.promise, kept=True, at=at)
    referral.case.state = ReferralState.TALKED
    touch_case(referral.case, by=by, at=at, fields=("state",))
    record(
        stream, TALKED, by=by.user.pk, at=at, referral=referral.pk, client=referral.case.client_id,
        contact=referral.contact_id,
    )  # fmt: skip
    return referral


@transaction.atomic
def end_referral(referral: Referral, ending: str, *, by: StaffViewer, at: datetime) -> Referral:
    """Nothing came of it, for this reason; nobody is thanked, nobody is told."""
    referral, _stream = lock_referral(referral.pk)
    if not may_talk_to_friend(by, referral):
        raise PermissionDenied
    if ending not in Ending.values or ending == Ending.WITHDRAWN:
        raise Refused("unknown_ending", _("Say why nothing came of it."), field="ending")
    return _end(referral, ending, by=by.user.pk, at=at)


@transaction.atomic
def choose_shares(referral: Referral, shares: str, *, by: None, at: datetime) -> Referral:
    """Whoever came changes on their own page what the recommender may read; less holds at once,
    more once we heard it from them.
    """
    referral, stream = lock_referral(referral.pk)
    if shares not in Shares.values:
        raise Refused("unknown_shares", _("Choose what may be read."), field="shares")
    if shares == referral.shares:
        return referral
    referral.shares = shares
    referral.save(update_fields=["shares"])
    if shares == Shares.NOTHING:
        _take_back(referral, PROGRESS, at)
    record(
        stream, SHARES_CHOSEN, by=None, at=at, referral=referral.pk,
        client=referral.case.client_id, contact=referral.contact_id, shares=shares,
    )  # fmt: skip
    return referral


@transaction.atomic
def withdraw_friend(referral: Referral, *, by: None, at: datetime) -> Referral:
    """Whoever came does not want it any more: nobody gets in touch, and what they left is erased,
    where nothing else is known of them here.
    """
    referral, _stream = lock_referral(referral.pk)
    if referral.case.state not in UNDER_WAY:
        raise Refused("over", _("This is over already."))
    for purpose in referral.contact.consents.filter(withdrawn_at=None).values_list(
        "purpose", flat=True
    ):
        if purpose.startswith("referral_"):
            _take_back(referral, purpose, at)
    referral = _end(referral, Ending.WITHDRAWN, by=None, at=at)
    if _is_only_here(referral):
        erase_person(referral.contact, by=None, at=at)
    return referral


def _end(referral: Referral, ending: str, *, by: int | None, at: datetime) -> Referral:
    settle(referral.promise, kept=False, at=at)
    referral.ending = ending
    referral.save(update_fields=["ending"])
    referral.case.state, referral.case.closed_at = ReferralState.ENDED, at
    touch_case(referral.case, by=by, at=at, fields=("state", "closed_at"))
    record(
        referral.case.stream, ENDED, by=by, at=at, referral=referral.pk,
        client=referral.case.client_id, contact=referral.contact_id, why=_in_both(ending),
    )  # fmt: skip
    return referral


def _in_both(ending: str) -> dict[str, str]:
    words = {}
    for language in ("ru", "en"):
        with override(language):
            words[language] = str(Ending(ending).label)
    return words


def _take_back(referral: Referral, purpose: str, at: datetime) -> None:
    given = referral.contact.consents.filter(purpose=purpose, withdrawn_at=None)
    given.update(withdrawn_at=at)


def _is_only_here(referral: Referral) -> bool:
    """Whether the card was made by this recommendation and nothing else hangs on it."""
    contact = referral.contact
    client = contact.client
    return (
        referral.is_new_card
        and contact.user_id is None
        and not client.cases.exclude(pk=referral.pk).exists()
        and not client.contacts.exclude(pk=contact.pk).exists()
        and not Purchase.objects.filter(client=client).exists()
    )
