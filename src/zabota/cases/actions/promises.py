"""The life of a promise: planned, started, paused, resumed, kept, dropped, renegotiated.

The small verbs change the object they are given; `store_promises` writes all changed ones in one
statement, so that a decision that keeps one promise and starts two others stays three statements.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from zabota.cases.clockwork import due_after
from zabota.cases.models import Case, Holder, Overdue, Pause, Promise, PromiseState, Turn
from zabota.common.prepared import PreparedInsert, PreparedUpsert
from zabota.common.working_time import Calendar

CHANGING = ["state", "started_at", "due_at", "first_due_at", "settled_at", "outcome"]


def lay_promise(
    case: Case,
    moment: str,
    *,
    by: object,
    at: datetime,
    words: tuple[str, str],
    minutes: int | None,
    turn: str = Turn.OURS,
    audience: str = "both",
    calendar: Calendar | None = None,
    due_at: datetime | None = None,
    overdue: str = Overdue.ESCALATE,
) -> Promise:
    """Promise something: planned, or running at once when a calendar is given. `words` are (ru,
    en).
    """
    promise = Promise(
        case=case,
        moment_id=moment,
        words_ru=words[0],
        words_en=words[1],
        audience=audience,
        turn=turn,
        state=PromiseState.PLANNED,
        allowed_minutes=minutes,
        promised_at=at,
        overdue=overdue,
        worth_start=case.client.worth_start,
    )
    if calendar is not None:
        start_promise(promise, by=by, at=at, calendar=calendar, due_at=due_at)
    return _keep(promise)


_keep = PreparedInsert(Promise)


def start_promise(
    promise: Promise,
    *,
    by: object,
    at: datetime,
    calendar: Calendar,
    due_at: datetime | None = None,
) -> Promise:
    """The clock starts; the due moment is computed now and never again."""
    promise.state = PromiseState.RUNNING
    promise.started_at = at
    if due_at is not None:
        promise.due_at = due_at
    elif promise.allowed_minutes is not None:
        promise.due_at = due_after(calendar, at, promise.allowed_minutes)
    promise.first_due_at = promise.first_due_at or promise.due_at
    return promise


def keep_promise(promise: Promise, *, by: object, at: datetime, outcome: str = "") -> Promise:
    """Done; whether in time, its due moment tells. `outcome` is the domain's word for how it
    ended.
    """
    promise.state, promise.settled_at, promise.outcome = PromiseState.KEPT, at, outcome
    return promise


def drop_promise(promise: Promise, *, by: object, at: datetime, outcome: str = "") -> Promise:
    """No longer needed; neither kept nor broken, unless it was late already."""
    promise.state, promise.settled_at, promise.outcome = PromiseState.DROPPED, at, outcome
    return promise


def pause_promise(promise: Promise, *, by: object, at: datetime, asked: str) -> Pause:
    """The clock stands from now, because we ask the client for something; what we ask must be
    said.
    """
    if not asked.strip():
        raise ValueError("the clock stands only when we say what we ask")
    promise.state = PromiseState.PAUSED
    return Pause.objects.create(promise=promise, started_at=at, asked=asked)


def resume_promise(promise: Promise, pause: Pause, *, by: object, at: datetime) -> Promise:
    """The clock goes on; the due moment moves by exactly the time it stood."""
    pause.ended_at = at
    pause.save(update_fields=["ended_at"])
    promise.state = PromiseState.RUNNING
    if promise.due_at is not None:
        promise.due_at += at - pause.started_at
    return promise


def renegotiate_promise(
    promise: Promise,
    *,
    by: object,
    at: datetime,
    due_at: datetime,
    agreed_at: datetime | None = None,
) -> Promise:
    """A new term in the open: a new row that replaces the old one, with the same holders."""
    promise.state, promise.settled_at = PromiseState.REPLACED, at
    promise.save(update_fields=["state", "settled_at"])
    renewed = Promise.objects.create(
        case=promise.case,
        moment=promise.moment,
        words_ru=promise.words_ru,
        words_en=promise.words_en,
        audience=promise.audience,
        turn=promise.turn,
        state=PromiseState.RUNNING,
        allowed_minutes=promise.allowed_minutes,
        promised_at=at,
        overdue=promise.overdue,
        started_at=promise.started_at,
        due_at=due_at,
        first_due_at=promise.first_due_at,
        replaces=promise,
        agreed_at=agreed_at,
        worth_start=promise.worth_start,
    )
    rank_at = due_at - timedelta(minutes=promise.worth_start)
    Holder.objects.filter(promise=promise).update(promise=renewed, rank_at=rank_at)
    return renewed


def store_promises(promises: Iterable[Promise]) -> None:
    """Write all changed promises in one statement: an upsert of rows that are all there."""
    _store(list(promises))


_store = PreparedUpsert(Promise, CHANGING)
