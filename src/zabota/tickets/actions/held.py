"""Loading what an action changes: the stream first, everything else after it."""

from datetime import datetime

from zabota.cases.actions import Hold, set_holders
from zabota.cases.models import Holder, Promise, PromiseState, Through
from zabota.journal.models import Stream
from zabota.people.models import Employee
from zabota.tickets.models import Ticket

UNDER_WAY = (PromiseState.RUNNING, PromiseState.PAUSED)
WEIGHT_OF = {"urgent": 5, "high": 4, "normal": 3, "low": 2}


def lock_ticket(pk: int) -> tuple[Ticket, Stream]:
    """A request under its locked stream; must run inside the action's transaction."""
    stream = Stream.objects.select_for_update().get(case=pk)
    ticket = Ticket.objects.select_related(
        "case__client", "case__owner__user", "contact__user", "reply", "solution", "team",
        "taken_by__user", "type",
    ).get(pk=pk)  # fmt: skip
    return ticket, stream


def lay_hands(ticket: Ticket, *, by: object, at: datetime) -> None:
    """Who has it: the team, each with the same promise, until somebody takes it; then that person.
    The others of the team still see it, and may take it over.
    """
    promises = [one for one in (ticket.reply, ticket.solution) if one.state in UNDER_WAY]
    if not promises:
        return
    people = _team(ticket)
    holder = ticket.taken_by or ticket.case.owner
    if holder.pk not in {one.employee for one in people}:
        people.append(Hold(holder.pk))
    busy = {one.employee for one in people}
    looking_on = ticket.watchers.exclude(employee__in=busy).values_list("employee", flat=True)
    people += [Hold(pk, through=Through.WATCH) for pk in looking_on]
    weight = WEIGHT_OF[ticket.priority]
    set_holders(dict.fromkeys(promises, people), by=by, at=at, weight=weight)
    Holder.objects.filter(promise__in=promises, through=Through.WATCH).update(rank_at=None)
    if ticket.snoozed_until is not None:
        Holder.objects.filter(promise__in=promises).update(rank_at=None)
    elif ticket.taken_by_id is not None:
        others = Holder.objects.filter(promise__in=promises).exclude(employee=ticket.taken_by_id)
        others.update(rank_at=None)


def _team(ticket: Ticket) -> list[Hold]:
    if ticket.team_id is None:
        return []
    members = Employee.objects.working().filter(team=ticket.team_id).order_by("pk")
    return [
        Hold(pk, through="team", team=ticket.team_id) for pk in members.values_list("pk", flat=True)
    ]


def dues(promise: Promise) -> str | None:
    """A due moment as an entry keeps it."""
    return promise.due_at.isoformat() if promise.due_at else None
