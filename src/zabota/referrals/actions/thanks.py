"""Both are thanked once the goods have stayed: by points, else in words; what a check stops, a
person decides.
"""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as plain
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from zabota.cases.actions import touch_case
from zabota.cases.actions.beyond import who_may_allow
from zabota.cases.moments import REFERRAL_DECISION, REFERRAL_THANKS
from zabota.clients.models import Client
from zabota.journal.actions import lock_stream, record
from zabota.loyalty.actions.earn import earn_points
from zabota.loyalty.models import Batch, Occasion
from zabota.people.access import StaffViewer
from zabota.people.firm import current_firm, zone_of
from zabota.people.refusal import Refused
from zabota.people.who_may import staff_picture
from zabota.referrals.actions.held import lay_task, lock_referral, settle
from zabota.referrals.actions.purchases import kept_of
from zabota.referrals.entries import (
    DECIDED,
    FRIEND_THANKED,
    RECOMMENDER_THANKED,
    STOPPED,
    THANKED,
    WORDS_DUE,
)
from zabota.referrals.models import Referral, ReferralState, Side, Terms, Thanks
from zabota.referrals.reading.checks import find_hits, hit_words
from zabota.referrals.rules import may_decide_thanks, may_say_thanks

BATCH = 50
DECIDE = ("Решить, благодарить ли за рекомендацию", "Decide whether to thank for a recommendation")
SAY = ("Сказать спасибо за рекомендацию", "Say thank you for a recommendation")


def thank_for_referrals(*, by: None, at: datetime) -> int:
    """Every recommendation whose goods have stayed with the friend for as long as the terms say."""
    today = at.astimezone(zone_of(current_firm())).date()
    due = Referral.objects.filter(thanks_on__lte=today, case__state=ReferralState.BOUGHT)
    return sum(_thank(one, at) for one in due.order_by("thanks_on", "pk")[:BATCH])


@transaction.atomic
def _thank(referral: Referral, at: datetime) -> int:
    referral, _stream = lock_referral(referral.pk)
    if referral.case.state != ReferralState.BOUGHT or referral.bought_on is None:
        return 0
    terms = Terms.objects.on(referral.bought_on)
    hits = find_hits(referral, terms, at) if terms is not None else []
    if hits:
        _stop(referral, hits, at)
    else:
        _give(referral, by=None, at=at)
    return 1


def _stop(referral: Referral, hits: list[dict[str, Any]], at: datetime) -> None:
    """Nobody is thanked until somebody with the power has looked."""
    holds = who_may_allow(staff_picture(at), Decimal(0), "RUB", but=0, at=at)
    people = [one.employee for one in holds] or [referral.case.owner_id]
    referral.hits = hits
    referral.task = lay_task(referral, REFERRAL_DECISION, DECIDE, people, at=at)
    referral.save(update_fields=["hits", "task"])
    _move(referral, ReferralState.STOPPED, at)
    record(
        referral.case.stream, STOPPED, by=None, at=at, referral=referral.pk,
        client=referral.case.client_id, why=[_in_both(hit) for hit in hits],
    )  # fmt: skip


def _in_both(hit: dict[str, Any]) -> dict[str, str]:
    words = {}
    for language in ("ru", "en"):
        with override(language):
            words[language] = hit_words(hit, {}).rstrip(".")
    return words


@transaction.atomic
def decide_thanks(
    referral: Referral, *, by: StaffViewer, at: datetime, thank: bool, reason: str
) -> Referral:
    """Whoever has the power looks at what a check found, and thanks all the same, or does not; the
    reason stays.
    """
    referral, stream = lock_referral(referral.pk)
    if referral.case.state != ReferralState.STOPPED:
        raise Refused("decided", _("A colleague has decided already."))
    if not may_decide_thanks(by, referral, at):
        raise PermissionDenied
    if not reason.strip():
        raise Refused("no_reason", _("Say in a word why."), field="reason")
    referral.decided_by, referral.decided_at, referral.reason = by.employee, at, reason.strip()
    referral.save(update_fields=["decided_by", "decided_at", "reason"])
    settle(referral.task, kept=True, at=at)
    record(
        stream, DECIDED, by=by.user.pk, at=at, referral=referral.pk,
        client=referral.case.client_id, what=_decision(thank),
        particulars={"reason": referral.reason},
    )  # fmt: skip
    if thank:
        _give(referral, by=by, at=at)
    else:
        _move(referral, ReferralState.UNTHANKED, at)
    return referral


def _decision(thank: bool) -> dict[str, str]:
    words = {}
    for language in ("ru", "en"):
        with override(language):
            words[language] = plain("both are thanked") if thank else plain("nobody is thanked")
    return words


@transaction.atomic
def say_thanks(referral: Referral, *, by: StaffViewer, at: datetime) -> Referral:
    """One of ours has said thank you themselves, to whoever got nothing else."""
    referral, _stream = lock_referral(referral.pk)
    if referral.case.state != ReferralState.WORDS:
        raise Refused("said", _("A colleague has said it already."))
    if not may_say_thanks(by, referral):
        raise PermissionDenied
    settle(referral.task, kept=True, at=at)
    said = set(referral.thanks.values_list("side", flat=True))
    for side, client in _sides(referral):
        if side not in said:
            Thanks.objects.create(referral=referral, side=side, client=client, at=at)
            _tell(referral, side, None, at)
    _finish(referral, by=by.user.pk, at=at)
    return referral


def _give(referral: Referral, *, by: StaffViewer | None, at: datetime) -> None:
    """What the firm's rules of points give to either; where they give nothing, a person says thank
    you: those who answer for either have it before them.
    """
    bare = False
    for side, client in _sides(referral):
        batch = _earned(referral, side, client, at)
        if batch is None:
            bare = True
            continue
        Thanks.objects.create(referral=referral, side=side, client=client, batch=batch, at=at)
        _tell(referral, side, batch, at)
    if not bare:
        _finish(referral, by=by.user.pk if by else None, at=at)
        return
    owners = {referral.case.owner_id, referral.recommender.owner_id}
    referral.task = lay_task(referral, REFERRAL_THANKS, SAY, sorted(owners), at=at)
    referral.save(update_fields=["task"])
    _move(referral, ReferralState.WORDS, at)
    record(
        referral.case.stream, WORDS_DUE, by=by.user.pk if by else None, at=at,
        referral=referral.pk, client=referral.case.client_id,
    )  # fmt: skip


def _earned(referral: Referral, side: str, client: Client, at: datetime) -> Batch | None:
    purchase = referral.purchase
    return earn_points(
        client, occasion=Occasion.REFERRAL, mark=f"referral:{referral.pk}:{side}", by=None, at=at,
        sum=kept_of(purchase) if purchase is not None else None, day=referral.bought_on,
    )  # fmt: skip


def _sides(referral: Referral) -> Iterable[tuple[str, Client]]:
    return (
        (Side.RECOMMENDER, referral.recommender.whole),
        (Side.FRIEND, referral.case.client.whole),
    )


def _tell(referral: Referral, side: str, batch: Batch | None, at: datetime) -> None:
    """Each is told in a history of their own: who recommended reads nothing of who came."""
    said = batch.unit.in_words(batch.amount) if batch is not None else None
    if side == Side.FRIEND:
        record(
            referral.case.stream, FRIEND_THANKED, by=None, at=at, referral=referral.pk,
            client=referral.case.client_id, contact=referral.contact_id, counted=said,
        )  # fmt: skip
        return
    link = referral.link
    record(
        lock_stream(link.client.stream_id), RECOMMENDER_THANKED, by=None, at=at,
        client=link.client_id, contact=link.contact_id, counted=said,
    )  # fmt: skip


def _finish(referral: Referral, *, by: int | None, at: datetime) -> None:
    _move(referral, ReferralState.THANKED, at)
    record(
        referral.case.stream, THANKED, by=by, at=at, referral=referral.pk,
        client=referral.case.client_id,
    )  # fmt: skip


def _move(referral: Referral, state: str, at: datetime) -> None:
    closed = state in (ReferralState.THANKED, ReferralState.UNTHANKED)
    referral.case.state = state
    referral.case.closed_at = at if closed else None
    touch_case(referral.case, by=None, at=at, fields=("state", "closed_at"))
