"""Whose turn it is to sign: promised to begin with, opened in order, kept by signing."""

from collections.abc import Iterable
from datetime import datetime

from zabota.cases.actions import (
    Hold,
    drop_promise,
    keep_promise,
    lay_promise,
    rank_holders,
    set_holders,
    start_promise,
    store_promises,
)
from zabota.cases.models import Overdue, Turn
from zabota.cases.moments import CONTRACT_SIGNATURE
from zabota.contracts.models import Order, Signatory, Signing, Way
from zabota.people.firm import calendar_of, current_firm

WEIGHT = 3
OUR_SIGNATURE = ("Наша подпись", "Our signature")
THEIR_SIGNATURE = ("Ваша подпись", "Your signature")


def plan_turns(
    signing: Signing, signatories: Iterable[Signatory], *, by: object, at: datetime
) -> None:
    """A promise per signature by code, laid as planned; ours is held by who signs."""
    if signing.way != Way.CODE:
        return
    minutes = current_firm().answer_hours * 60
    for row in signatories:
        ours = row.side == "ours"
        row.promise = lay_promise(
            signing.contract.case,
            CONTRACT_SIGNATURE,
            by=by,
            at=at,
            words=OUR_SIGNATURE if ours else THEIR_SIGNATURE,
            minutes=minutes if ours else None,
            turn=Turn.OURS if ours else Turn.THEIRS,
            overdue=Overdue.ESCALATE,
        )
        row.save(update_fields=["promise"])
        if ours and row.employee_id:
            holds = [Hold(row.employee_id)]
            set_holders({row.promise: holds}, by=by, at=at, weight=WEIGHT)


def turns_begun(signing: Signing, signatories: Iterable[Signatory]) -> list[Signatory]:
    """Whose signature is awaited now: the first who has not signed, or everybody."""
    waiting = [row for row in signatories if row.signed_at is None]
    if signing.way != Way.CODE:
        return []
    return waiting if signing.order == Order.ANY else waiting[:1]


def open_turn(signing: Signing, row: Signatory, *, by: object, at: datetime) -> None:
    """The clock of a signature starts: ours in working hours, the client's until the last day. The
    caller stores the contract's `client_turn`.
    """
    assert row.promise is not None
    theirs = row.side == "theirs"
    start_promise(
        row.promise,
        by=by,
        at=at,
        calendar=calendar_of(current_firm()),
        due_at=signing.lapses_at if theirs else None,
    )
    store_promises([row.promise])
    rank_holders([row.promise], by=by, at=at, weight=WEIGHT)
    if theirs:
        signing.contract.client_turn = row.promise


def settle_turn(row: Signatory, *, by: object, at: datetime, kept: bool) -> None:
    """Signed, or not needed any more."""
    if row.promise is None or row.promise.settled_at is not None:
        return
    settle = keep_promise if kept else drop_promise
    settle(row.promise, by=by, at=at)
    store_promises([row.promise])
    rank_holders([row.promise], by=by, at=at, weight=WEIGHT)
