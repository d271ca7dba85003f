"""Who has it: laying and re-laying the rows of Holder."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from zabota.cases.clockwork import head_start
from zabota.cases.models import Holder, Promise, PromiseState
from zabota.common.prepared import PreparedInsert
from zabota.common.questions import Numbers, Question

OPEN = (PromiseState.RUNNING, PromiseState.PAUSED)


@dataclass(frozen=True)
class Hold:
    """A person at a seat of a promise, and why: directly, by team, by power, standing in."""

    employee: int
    seat: int = 0
    through: str = "direct"
    team: int | None = None
    for_employee: int | None = None


def set_holders(
    holds: Mapping[Promise, Iterable[Hold]], *, by: object, at: datetime, weight: int = 1
) -> int:
    """Lay the holders of promises anew; says how many rows really changed."""
    wanted = {
        (promise.pk, hold.seat, hold.employee): (promise, hold)
        for promise, some in holds.items()
        for hold in some
    }
    there = {
        (row.promise_id, row.seat, row.employee_id): row
        for row in _holders(promises=[one.pk for one in holds])
    }
    gone = [
        row.pk
        for key, row in there.items()
        if not row.outcome and (key not in wanted or not _same(row, *wanted[key], weight))
    ]
    kept = {key for key, row in there.items() if row.pk not in gone}
    new = [
        Holder(
            case_id=promise.case_id,
            promise=promise,
            seat=hold.seat,
            employee_id=hold.employee,
            through=hold.through,
            team_id=hold.team,
            for_employee_id=hold.for_employee,
            rank_at=rank(promise, weight),
        )
        for key, (promise, hold) in wanted.items()
        if key not in kept
    ]
    if gone:
        Holder.objects.filter(pk__in=gone).delete()
    if len(new) > FEW:
        Holder.objects.bulk_create(new)
    else:
        for holder in new:
            _keep(holder)
    return len(gone) + len(new)


# To put together an insert of several rows takes as long as to write so many one by one.
FEW = 4
_keep = PreparedInsert(Holder)
_holders = Question(
    lambda promises: Holder.objects.filter(promise__in=promises), promises=Numbers(4)
)


def rank_holders(
    promises: Iterable[Promise],
    *,
    by: object,
    at: datetime,
    weight: int = 1,
    done: tuple[int, str] | None = None,
    over: Iterable[int] = (),
) -> None:
    """After promises changed state: who has an open one sees it in Today, others do not. One
    statement.

    `done` is a holder row and the domain's word for what that person did; `over` are rows of
    theirs and of their seat that are nobody's turn any more, though the promise goes on.
    """
    changed, finished = list(promises), list(over)
    if not changed:
        return
    moment = connection.ops.adapt_datetimefield_value
    ranks = "".join(" WHEN promise_id = %s THEN %s" for _ in changed)
    closed = f" WHEN id IN ({_places(finished)}) THEN NULL" if finished else ""
    outcome = ", outcome = CASE WHEN id = %s THEN %s ELSE outcome END" if done else ""
    # Written out: put together by the ORM this statement takes twenty times as long as it runs.
    statement = (
        f"UPDATE {Holder._meta.db_table} SET rank_at = CASE{closed}{ranks} ELSE rank_at END"  # noqa: S608 - our own table
        f"{outcome} WHERE promise_id IN ({_places(changed)})"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            [
                *finished,
                *(told for one in changed for told in (one.pk, moment(rank(one, weight)))),
                *(done or ()),
                *(promise.pk for promise in changed),
            ],
        )


def _places(rows: list[Any]) -> str:
    return ", ".join(["%s"] * len(rows))


def rank(promise: Promise, weight: int) -> datetime | None:
    """Where an open promise stands in Today; None for one that is not open."""
    if promise.state not in OPEN or promise.due_at is None:
        return None
    return promise.due_at - head_start(weight, promise.worth_start)


def _same(row: Holder, promise: Promise, hold: Hold, weight: int) -> bool:
    """Whether a row stands as it would be laid now: for the same reason, and in its turn."""
    why = (row.through, row.team_id, row.for_employee_id)
    return why == (hold.through, hold.team, hold.for_employee) and (
        row.rank_at == rank(promise, weight)
    )
