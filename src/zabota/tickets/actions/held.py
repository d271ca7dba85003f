"""Loading what an action changes: the stream first, everything else after it."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models.functions import Coalesce

from zabota.cases.actions import Hold, set_holders, touch_case
from zabota.cases.actions.hold import rank
from zabota.cases.models import Case, Holder, Promise, PromiseState, Through
from zabota.common.prepared import PreparedUpdate
from zabota.common.questions import One, Question
from zabota.journal.models import Stream
from zabota.people.models import Employee
from zabota.tickets.models import Ticket, TicketState, Watcher
from zabota.tickets.reading.whole import counting, merged_into

UNDER_WAY = (PromiseState.RUNNING, PromiseState.PAUSED)
WEIGHT_OF = {"urgent": 5, "high": 4, "normal": 3, "low": 2}


def lock_ticket(pk: int) -> tuple[Ticket, Stream]:
    """A request under its locked stream; of one that was merged, the one it is now, whose stream
    alone is locked. Must run inside the action's transaction.
    """
    (stream,) = _locked(pk=pk)
    (ticket,) = _whole(stream=stream.pk)
    # Merged, or parted, while we waited for it.
    moved = ticket.case.root_id is not None or (ticket.pk != pk and not _is_in(pk, ticket))
    return lock_ticket(pk) if moved else (ticket, stream)


def _is_in(pk: int, ticket: Ticket) -> bool:
    return Case.objects.filter(pk=pk, root=ticket.pk).exists()


_locked = Question(
    lambda pk: Stream.objects.select_for_update(of=("self",)).filter(
        case=Case.objects.filter(pk=pk).values(whole=Coalesce("root", "pk"))[:1]
    ),
    pk=One(),
)
_whole = Question(
    lambda stream: Ticket.objects.select_related(
        "case__client", "case__owner__user", "contact__user", "reply", "solution", "news", "team",
        "taken_by__user", "type",
    ).filter(case__stream=stream),
    stream=One(),
)  # fmt: skip


def all_of(ticket: Ticket) -> list[Ticket]:
    """The request and those merged into it: what is said to the client answers them all."""
    return [ticket, *merged_into(ticket)]


def put_in_hands(ticket: Ticket, employee: Employee, *, by: object, at: datetime) -> None:
    """This colleague has it from now on, and the client reads the name; what was put aside is taken
    up.
    """
    ticket.taken_by, ticket.taken_at, ticket.snoozed_until = employee, at, None
    ticket.case.owner = employee
    if ticket.case.state == TicketState.NEW:
        ticket.case.state = TicketState.OPEN
    ticket.save(update_fields=["taken_by", "taken_at", "snoozed_until"])
    touch_case(ticket.case, by=by, at=at, fields=("state", "owner"))
    lay_hands(ticket, by=by, at=at)


def lay_hands(
    ticket: Ticket, *, by: object, at: datetime, merged: list[Ticket] | None = None
) -> None:
    """Who has it: the team, each with the same promise, until somebody takes it; then that person.
    The others of the team still see it, and may take it over. `merged` are the requests merged into
    it, where they are known.
    """
    promises = [one for one in (ticket.reply, ticket.solution) if one.state in UNDER_WAY]
    # Never three: news are promised once the reply is given. Those that stand are nobody's to do.
    if ticket.news is not None and ticket.news.state == PromiseState.RUNNING:
        promises.append(ticket.news)
    if not promises:
        return
    people = _team(ticket)
    holder = ticket.taken_by or ticket.case.owner
    if holder.pk not in {one.employee for one in people}:
        people.append(Hold(holder.pk))
    busy = {one.employee for one in people}
    looking_on = [pk for pk in _watching(ticket=ticket.pk) if pk not in busy]
    people += [Hold(pk, through=Through.WATCH) for pk in looking_on]
    weight = WEIGHT_OF[ticket.priority]
    set_holders(dict.fromkeys(promises, people), by=by, at=at, weight=weight)
    if looking_on:
        Holder.objects.filter(promise__in=promises, through=Through.WATCH).update(rank_at=None)
    if ticket.snoozed_until is not None:
        Holder.objects.filter(promise__in=promises).update(rank_at=None)
    elif ticket.taken_by_id is not None:
        _others_have_it_not(promises[0].pk, promises[-1].pk, ticket.taken_by_id)
    lay_merged(ticket, by=by, at=at, merged=merged)


_watching: Question[int] = Question(
    lambda ticket: Watcher.objects.filter(ticket=ticket).values_list("employee", flat=True),
    ticket=One(),
)
_others_have_it_not = PreparedUpdate(
    lambda first, second, taker: (
        Holder.objects.filter(promise__in=[first, second]).exclude(employee=taker),
        {"rank_at": None},
    )
)


def lay_merged(
    ticket: Ticket, *, by: object, at: datetime, merged: list[Ticket] | None = None
) -> None:
    """What was promised in merged requests is held by whoever has the one that stands; of a first
    reply, and of an end, promised twice the earlier stands in Today.
    """
    merged = merged_into(ticket) if merged is None else merged
    if not merged:
        return
    own = Holder.objects.filter(case=ticket.pk).exclude(through__in=(Through.WATCH, Through.MERGED))
    people = list(own.order_by("pk").values_list("employee", flat=True))
    people = list(dict.fromkeys([*people, (ticket.taken_by or ticket.case.owner).pk]))
    promised = [one for each in merged for one in promises_of(each)]
    for promise in promised:
        if promise.state in UNDER_WAY:
            _lend(promise, people)
    Holder.objects.filter(promise__in=promised).update(rank_at=None)
    has_it = people if ticket.taken_by_id is None else [ticket.taken_by_id]
    whole = [ticket, *merged]
    news = [one.news for one in whole if one.news is not None]
    for twice in filter(None, ([o.reply for o in whole], [o.solution for o in whole], news)):
        counts = counting(twice)
        for promise in twice:
            rows = Holder.objects.filter(promise=promise)
            if promise is not counts:
                rows.update(rank_at=None)
            elif promise.case_id != ticket.pk and ticket.snoozed_until is None:
                there = rank(promise, WEIGHT_OF[ticket.priority])
                rows.filter(employee__in=has_it).update(rank_at=there)


def _lend(promise: Promise, people: Iterable[int]) -> None:
    there = set(Holder.objects.filter(promise=promise).values_list("employee", flat=True))
    Holder.objects.bulk_create(
        Holder(case_id=promise.case_id, promise=promise, employee_id=pk, through=Through.MERGED)
        for pk in people
        if pk not in there
    )


def take_back_hands(ticket: Ticket, *, by: object, at: datetime) -> None:
    """A request that is no longer one with another: those who had it have it again."""
    Holder.objects.filter(case=ticket.pk, through=Through.MERGED).delete()
    for promise in promises_of(ticket):
        rows = Holder.objects.filter(promise=promise)
        rows.update(rank_at=None)
        rows = rows.exclude(through=Through.WATCH)
        if ticket.taken_by_id is not None:
            rows = rows.filter(employee=ticket.taken_by_id)
        if ticket.snoozed_until is None:
            rows.filter(outcome="").update(rank_at=rank(promise, WEIGHT_OF[ticket.priority]))
    lay_merged(ticket, by=by, at=at)


def promises_of(ticket: Ticket) -> list[Promise]:
    """What is promised in it: the first reply, the end, the next news where there are any."""
    return [one for one in (ticket.reply, ticket.solution, ticket.news) if one is not None]


def _team(ticket: Ticket) -> list[Hold]:
    if ticket.team_id is None:
        return []
    members = _members(team=ticket.team_id)
    return [Hold(pk, through="team", team=ticket.team_id) for pk in members]


_members: Question[int] = Question(
    lambda team: (
        Employee.objects.working().filter(team=team).order_by("pk").values_list("pk", flat=True)
    ),
    team=One(),
)


def dues(promise: Promise) -> str | None:
    """A due moment as an entry keeps it."""
    return promise.due_at.isoformat() if promise.due_at else None
