"""Loading what an action changes: the stream first, everything else after it."""

from collections.abc import Iterable
from datetime import datetime

from zabota.cases.actions import (
    Hold,
    drop_promise,
    keep_promise,
    lay_promise,
    rank_holders,
    set_holders,
    store_promises,
)
from zabota.cases.models import Promise, PromiseState
from zabota.journal.actions import lock_stream
from zabota.journal.models import Stream
from zabota.people.firm import calendar_of, current_firm
from zabota.referrals.models import Referral

UNDER_WAY = (PromiseState.PLANNED, PromiseState.RUNNING, PromiseState.PAUSED)
WEIGHT = 3


def lock_referral(pk: int) -> tuple[Referral, Stream]:
    """A referral as it is now, under its locked stream."""
    stream = lock_stream(Stream.objects.values_list("pk", flat=True).get(case=pk))
    referral = Referral.objects.select_related(
        "case__client__root", "case__owner__user", "contact__user", "link__contact",
        "promise", "task", "purchase", "recommender__owner__user",
    ).get(pk=pk)  # fmt: skip
    referral.case.stream = stream
    return referral, stream


def settle(promise: Promise | None, *, kept: bool, at: datetime) -> None:
    """A promise that still runs is kept, or no longer needed."""
    if promise is None or promise.state not in UNDER_WAY:
        return
    (keep_promise if kept else drop_promise)(promise, by=None, at=at)
    store_promises([promise])
    rank_holders([promise], by=None, at=at, weight=WEIGHT)


def lay_task(
    referral: Referral,
    moment: str,
    words: tuple[str, str],
    holders: Iterable[int],
    *,
    at: datetime,
) -> Promise:
    """Something a person of ours has to do now, within the hours in which we answer."""
    firm = current_firm()
    promise = lay_promise(
        referral.case, moment, by=None, at=at, words=words, minutes=firm.answer_hours * 60,
        audience="ours", calendar=calendar_of(firm),
    )  # fmt: skip
    set_holders({promise: [Hold(pk) for pk in holders]}, by=None, at=at, weight=WEIGHT)
    return promise
