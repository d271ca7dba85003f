"""Escalation by meaning: what the client's words mean, or who the client is, is told at once to the
person named for it, who owes a look at it within a working hour.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, TypedDict

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import (
    Hold,
    keep_promise,
    lay_promise,
    lead_of,
    rank_holders,
    set_holders,
    store_promises,
)
from zabota.cases.actions.explain import director_over
from zabota.cases.models import Overdue
from zabota.cases.moments import TICKET_ALARM
from zabota.clients.actions.worth import STARTS
from zabota.journal.actions import record
from zabota.journal.models import Audience, Entry, Stream
from zabota.journal.reading import user_ref
from zabota.people.access import StaffViewer
from zabota.people.actions.held import held_firm
from zabota.people.firm import calendar_of, current_firm
from zabota.people.models import Absence, Employee, Substitution, User
from zabota.people.refusal import Refused
from zabota.people.rules import demand, may_change_firm
from zabota.tickets.actions.held import lock_ticket
from zabota.tickets.alarms import Found, find
from zabota.tickets.entries import ALARM_RAISED, ALARM_TAKEN, ALARMS_SET
from zabota.tickets.models import (
    Alarm,
    AlarmRule,
    Meaning,
    Remark,
    RemarkKind,
    Ticket,
    TicketState,
)
from zabota.tickets.rules import may_take_up_alarm

MINUTES: Final = 60
WEIGHT: Final = 5
WORDS: Final = ("Разобраться с обострением", "Look into an escalation")
# These go past the lead, to whoever is at the top.
TO_DIRECTOR: Final = (Meaning.COURT, Meaning.PRESS, Meaning.DANGER)
BEST: Final = STARTS[0][1]
BEGINNINGS: Final = ("ticket.opened", "ticket.reopened")


class AlarmWords(TypedDict):
    """What the firm sets of one meaning."""

    on: bool
    calls: bool
    words: str
    to: Employee | None


def raise_alarms(entry: Entry, *, by: None, at: datetime) -> int:
    """What a client wrote or said is looked at once; of each meaning a request is escalated once.
    Idempotent; says how many.
    """
    remark = _remark(entry)
    rules = list(AlarmRule.objects.filter(on=True).select_related("to__lead"))
    if remark is None or not rules:
        return 0
    found = {rule.meaning: find(rule.words, remark.text) for rule in rules}
    begins = entry.kind in BEGINNINGS
    if not begins and not any(found.values()):
        return 0
    ticket, stream = lock_ticket(remark.ticket_id)
    if ticket.case.state == TicketState.DONE:
        return 0
    told = set(ticket.alarms.values_list("meaning", flat=True))
    best = begins and ticket.case.client.whole.worth_start >= BEST
    alarming = [
        rule
        for rule in rules
        if rule.meaning not in told
        and (found[rule.meaning] or (best and rule.meaning == Meaning.BEST))
    ]
    for rule in alarming:
        _raise(ticket, stream, rule, remark, found[rule.meaning], at)
    return len(alarming)


def _remark(entry: Entry) -> Remark | None:
    """What the client said, or what one of ours wrote down of a call."""
    said = Remark.objects.filter(ticket=entry.facts["ticket"])
    if "remark" in entry.facts:
        said = said.filter(pk=entry.facts["remark"])
    remark = said.order_by("pk").first()
    if remark is None or (remark.side != "theirs" and remark.kind != RemarkKind.CALL):
        return None
    return remark


def _raise(
    ticket: Ticket,
    stream: Stream,
    rule: AlarmRule,
    remark: Remark,
    found: Found | None,
    at: datetime,
) -> Alarm:
    to = _to_whom(rule, ticket.case.owner, at)
    promise = lay_promise(
        ticket.case,
        TICKET_ALARM,
        by=None,
        at=at,
        words=WORDS,
        minutes=MINUTES,
        audience=Audience.OURS,
        calendar=calendar_of(current_firm()),
        overdue=Overdue.REMIND,
    )
    set_holders({promise: [Hold(to.pk)]}, by=None, at=at, weight=WEIGHT)
    alarm = Alarm.objects.create(
        ticket=ticket,
        meaning=rule.meaning,
        remark=remark if found else None,
        begins=found.begins if found else 0,
        ends=found.ends if found else 0,
        to=to,
        promise=promise,
        raised_at=at,
    )
    record(
        stream, ALARM_RAISED, by=None, at=at,
        ticket=ticket.pk, alarm=alarm.pk, meaning=rule.meaning, to=user_ref(to.user_id),
    )  # fmt: skip
    return alarm


def _to_whom(rule: AlarmRule, owner: Employee, at: datetime) -> Employee:
    """The person named; else the director for what may harm us most, the lead for the rest. Of
    whoever is away, their stand-in or lead.
    """
    to = rule.to if rule.to is not None and rule.to.dismissed_at is None else None
    if to is None:
        to = director_over(owner) if rule.meaning in TO_DIRECTOR else lead_of(owner)
    if not Absence.objects.standing(at).filter(employee=to).exists():
        return to
    stands = Substitution.objects.standing(at).filter(employee=to, substitute__dismissed_at=None)
    row = stands.select_related("substitute__user").order_by("pk").first()
    return row.substitute if row is not None else lead_of(to)


@transaction.atomic
def take_up_alarm(alarm: Alarm, *, by: StaffViewer, at: datetime) -> Alarm:
    """Somebody has it in hand now; whoever else was told reads who."""
    ticket, stream = lock_ticket(alarm.ticket_id)
    alarm = Alarm.objects.select_related("promise", "to", "taken_by__user").get(pk=alarm.pk)
    if alarm.taken_at is not None:
        raise Refused("alarm_taken", _("A colleague has taken it up already."))
    if not may_take_up_alarm(by, alarm):
        raise PermissionDenied
    alarm.taken_by, alarm.taken_at = by.employee, at
    alarm.save(update_fields=["taken_by", "taken_at"])
    kept = keep_promise(alarm.promise, by=by, at=at)
    store_promises([kept])
    rank_holders([kept], by=by, at=at)
    record(
        stream, ALARM_TAKEN, by=by.user.pk, at=at,
        ticket=ticket.pk, alarm=alarm.pk, meaning=alarm.meaning, called=_told(alarm),
    )  # fmt: skip
    return alarm


def _told(alarm: Alarm) -> list[int]:
    """Accounts of all who heard of it, whoever took it up among them."""
    called = alarm.calls.order_by("pk").values_list("employee__user", flat=True)
    return list(dict.fromkeys([alarm.to.user_id, *called]))


@transaction.atomic
def set_alarm_rules(values: Mapping[str, AlarmWords], *, by: User, at: datetime) -> int:
    """By which words something is known from now on, and who is told; says how many changed."""
    demand(may_change_firm(by, at))
    firm = held_firm()
    changed = []
    for meaning, given in values.items():
        rule = AlarmRule.objects.get(meaning=Meaning(meaning))
        to = given["to"]
        now = (given["on"], given["calls"], given["words"].strip(), to.pk if to else None)
        if now == (rule.on, rule.calls, rule.words, rule.to_id):
            continue
        rule.on, rule.calls, rule.words, rule.to = now[0], now[1], now[2], to
        rule.save()
        changed.append(meaning)
    if changed:
        record(firm.stream, ALARMS_SET, by=by.pk, at=at, meanings=changed)
    return len(changed)
