"""Who has it: laying and re-laying the rows of Holder."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case as SqlCase
from django.db.models import DateTimeField, F, Value, When

from zabota.cases.clockwork import head_start
from zabota.cases.models import Holder, Promise, PromiseState

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
        for row in Holder.objects.filter(promise__in=list(holds))
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
    if new:
        Holder.objects.bulk_create(new)
    return len(gone) + len(new)


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
    changed = list(promises)
    finished = list(over)
    closed = [When(pk__in=finished, then=Value(None, DateTimeField()))] if finished else []
    values: dict[str, object] = {
        "rank_at": SqlCase(
            *closed,
            *(
                When(promise=promise.pk, then=Value(rank(promise, weight), DateTimeField()))
                for promise in changed
            ),
            default=F("rank_at"),
            output_field=DateTimeField(),
        )
    }
    if done is not None:
        values["outcome"] = SqlCase(When(pk=done[0], then=Value(done[1])), default=F("outcome"))
    Holder.objects.filter(promise__in=[promise.pk for promise in changed]).update(**values)


def rank(promise: Promise, weight: int) -> datetime | None:
    """Where an open promise stands in Today; None for one that is not open."""
    if promise.state not in OPEN or promise.due_at is None:
        return None
    return promise.due_at - head_start(weight)


def _same(row: Holder, promise: Promise, hold: Hold, weight: int) -> bool:
    """Whether a row stands as it would be laid now: for the same reason, and in its turn."""
    why = (row.through, row.team_id, row.for_employee_id)
    return why == (hold.through, hold.team, hold.for_employee) and (
        row.rank_at == rank(promise, weight)
    )
