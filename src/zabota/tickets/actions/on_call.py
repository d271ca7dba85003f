"""Out of hours an escalation goes to whoever is on call: the first in order, and, while nobody
takes it up, to the next.
"""

import datetime as dt
from datetime import datetime, timedelta
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import Hold, set_holders
from zabota.common.working_time import is_working
from zabota.journal.actions import record
from zabota.journal.reading import user_ref
from zabota.people.actions.held import held_firm
from zabota.people.firm import calendar_of, current_firm, zone_of
from zabota.people.models import Absence, Employee, User
from zabota.people.refusal import Refused
from zabota.people.rules import demand, may_change_firm
from zabota.tickets.actions.alarms import WEIGHT
from zabota.tickets.actions.held import lock_ticket
from zabota.tickets.duty import covers
from zabota.tickets.entries import ALARM_CALLED, ON_CALL_SET
from zabota.tickets.models import Alarm, AlarmCall, AlarmRule, OnCall

BATCH = 100


class DutyTurn(TypedDict):
    """Who is called, on which weekdays and hours, how long they have to answer."""

    employee: Employee
    weekdays: str
    from_time: dt.time | None
    to_time: dt.time | None
    wait_minutes: int


def call_on_duty(*, by: None, at: datetime) -> int:
    """Out of working hours, escalations nobody has taken up: whoever is next on call is called.
    Says how many were. By day they stand before whom they were told to.
    """
    waiting = list(Alarm.objects.open().order_by("pk")[:BATCH])
    if not waiting or is_working(calendar_of(current_firm()), at):
        return 0
    meanings = set(AlarmRule.objects.filter(on=True, calls=True).values_list("meaning", flat=True))
    order = on_duty(at)
    if not order:
        return 0
    return sum(_call_next(alarm, order, at) for alarm in waiting if alarm.meaning in meanings)


def on_duty(at: datetime) -> list[OnCall]:
    """Whoever may be called at a moment, in order; nobody who is away."""
    local = at.astimezone(zone_of(current_firm()))
    away = set(Absence.objects.standing(at).values_list("employee", flat=True))
    turns = OnCall.objects.filter(closed_at=None, employee__dismissed_at=None)
    return [
        turn
        for turn in turns.select_related("employee__user").order_by("position", "pk")
        if turn.employee_id not in away
        and covers(turn.weekdays, turn.from_time, turn.to_time, local)
    ]


@transaction.atomic
def _call_next(alarm: Alarm, order: list[OnCall], at: datetime) -> int:
    ticket, stream = lock_ticket(alarm.ticket_id)
    alarm = Alarm.objects.select_related("promise").get(pk=alarm.pk)
    calls = list(alarm.calls.order_by("pk"))
    if alarm.taken_at is not None or (calls and at < calls[-1].next_at):
        return 0
    called = {call.employee_id for call in calls}
    turn = next((one for one in order if one.employee_id not in called), None)
    if turn is None:
        return 0
    AlarmCall.objects.create(
        alarm=alarm,
        employee=turn.employee,
        at=at,
        next_at=at + timedelta(minutes=turn.wait_minutes),
    )
    holders = list(alarm.promise.holders.values_list("employee", flat=True))
    hands = [Hold(pk) for pk in dict.fromkeys([*holders, turn.employee_id])]
    set_holders({alarm.promise: hands}, by=None, at=at, weight=WEIGHT)
    user = turn.employee.user_id
    record(
        stream, ALARM_CALLED, by=None, at=at,
        ticket=ticket.pk, alarm=alarm.pk, meaning=alarm.meaning, who=user_ref(user), called=[user],
    )  # fmt: skip
    return 1


@transaction.atomic
def add_on_call(turn: DutyTurn, *, by: User, at: datetime) -> OnCall:
    """Somebody more may be called, after all there are."""
    demand(may_change_firm(by, at))
    firm = held_firm()
    if not turn["weekdays"]:
        raise Refused("no_weekday", _("Choose a weekday at least."), field="weekdays")
    if (turn["from_time"] is None) != (turn["to_time"] is None):
        raise Refused("half_stretch", _("Give both hours, or neither."), field="to_time")
    last = OnCall.objects.order_by("-position").values_list("position", flat=True).first() or 0
    made = OnCall.objects.create(**turn, position=last + 1)
    record(firm.stream, ON_CALL_SET, by=by.pk, at=at, turn=made.pk)
    return made


@transaction.atomic
def close_on_call(turn: OnCall, *, by: User, at: datetime) -> None:
    """Is not called any more in this turn."""
    demand(may_change_firm(by, at))
    firm = held_firm()
    if OnCall.objects.filter(pk=turn.pk, closed_at=None).update(closed_at=at):
        record(firm.stream, ON_CALL_SET, by=by.pk, at=at, turn=turn.pk)


@transaction.atomic
def raise_on_call(turn: OnCall, *, by: User, at: datetime) -> None:
    """Is called one place earlier."""
    demand(may_change_firm(by, at))
    firm = held_firm()
    order = list(OnCall.objects.filter(closed_at=None).order_by("position", "pk"))
    place = next((n for n, one in enumerate(order) if one.pk == turn.pk), 0)
    if place == 0:
        raise Refused("first_on_call", _("This one is called first already."))
    order[place - 1], order[place] = order[place], order[place - 1]
    for position, one in enumerate(order, start=1):
        OnCall.objects.filter(pk=one.pk).exclude(position=position).update(position=position)
    record(firm.stream, ON_CALL_SET, by=by.pk, at=at, turn=turn.pk)
