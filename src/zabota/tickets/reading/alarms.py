"""Escalations of a request, and one of them as it is looked at."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, prefetch_related_objects

from zabota.common.questions import One, Question
from zabota.people.models import Employee
from zabota.tickets.alarmed import page_of, quoted
from zabota.tickets.models import Alarm, AlarmCall, Meaning, Ticket


@dataclass(frozen=True)
class Shown:
    """An escalation, ready to be printed."""

    pk: int
    url: str
    meaning: str
    quote: str
    to: Employee
    raised_at: datetime
    due_at: datetime | None
    taken_by: Employee | None
    taken_at: datetime | None
    called: list[tuple[str, datetime]]


CALLS = Prefetch("calls", AlarmCall.objects.select_related("employee__user").order_by("pk"))
RELATED = ("remark", "promise", "to__user", "to__photo", "taken_by__user")


def alarms_of(ticket: Ticket) -> list[Shown]:
    """Those of a request, the latest first; two queries at most."""
    found = _alarms(ticket=ticket.pk)
    prefetch_related_objects(found, CALLS)
    return [shown(alarm) for alarm in found]


_alarms = Question(
    lambda ticket: Alarm.objects.filter(ticket=ticket).select_related(*RELATED).order_by("-pk"),
    ticket=One(),
)


def shown(alarm: Alarm) -> Shown:
    """One of them, with the words that made it so."""
    return Shown(
        alarm.pk,
        page_of(alarm.pk),
        str(Meaning(alarm.meaning).label),
        quoted(alarm),
        alarm.to,
        alarm.raised_at,
        alarm.promise.due_at,
        alarm.taken_by,
        alarm.taken_at,
        [(call.employee.name, call.at) for call in alarm.calls.all()],
    )
