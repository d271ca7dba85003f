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
from zabota.contracts.models import Contract, Order, Signatory, Signing, Way
from zabota.contracts.rules import is_their_turn
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
    """Whose signature is awaited now: of the side whose turn it is, or of both where the order of
    sides does not matter, those whose place in their own side has come.
    """
    waiting = [row for row in signatories if row.signed_at is None]
    if signing.way != Way.CODE:
        return []
    sides = {row.side for row in waiting}
    if signing.order != Order.ANY and len(sides) > 1:
        sides = {str(signing.order)}
    places = {side: min(row.place for row in waiting if row.side == side) for side in sides}
    return [row for row in waiting if places.get(row.side) == row.place]


def open_turn(signing: Signing, row: Signatory, *, by: object, at: datetime) -> None:
    """The clock of a signature starts: ours in working hours, the client's until the last day."""
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


def turn_of_client(contract: Contract, rows: Iterable[Signatory]) -> None:
    """What the client is asked for now, the first of its signatures that are awaited, stands on its
    contract.
    """
    theirs = [row.promise for row in rows if row.side == "theirs" and is_their_turn(row)]
    if theirs and theirs[0] != contract.client_turn:
        contract.client_turn = theirs[0]
        contract.save(update_fields=["client_turn"])


def settle_turn(row: Signatory, *, by: object, at: datetime, kept: bool) -> None:
    """Signed, or not needed any more."""
    if row.promise is None or row.promise.settled_at is not None:
        return
    settle = keep_promise if kept else drop_promise
    settle(row.promise, by=by, at=at)
    store_promises([row.promise])
    rank_holders([row.promise], by=by, at=at, weight=WEIGHT)
