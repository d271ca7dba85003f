"""How fast the firm answers, and which requests are more urgent than their kind says."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import NotRequired, TypedDict

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.clients.models import Relation
from zabota.journal.actions import record
from zabota.people.actions.held import held_firm
from zabota.people.models import User
from zabota.people.refusal import Refused
from zabota.people.rules import demand, may_change_firm
from zabota.tickets.entries import SPEEDS_SET, URGENCY_RULE_CLOSED, URGENCY_RULE_SET
from zabota.tickets.models import Priority, PriorityRule, ServiceLevel, TicketType
from zabota.tickets.priorities import asks_for_something, split_words

# Minutes to the first reply, to the end, and between news where they are promised, by priority.
type Speeds = Mapping[str, tuple[int, int, int | None]]


@transaction.atomic
def set_speeds(speeds: Speeds, *, by: User, at: dt.datetime) -> None:
    """How many working minutes each priority has; what is promised already keeps its moment."""
    demand(may_change_firm(by, at))
    firm = held_firm()
    for priority, (reply, solution, _news) in speeds.items():
        if not 0 < reply <= solution:
            raise Refused(
                "reply_after_solution",
                _("The first reply cannot come after the solution."),
                field=f"{priority}_reply",
            )
    changed = {}
    for level in ServiceLevel.objects.filter(priority__in=speeds):
        new = speeds[level.priority]
        was = (level.reply_minutes, level.solution_minutes, level.news_minutes)
        if was != new:
            changed[level.priority] = [*was, *new]
            level.reply_minutes, level.solution_minutes, level.news_minutes = new
            level.save()
    if changed:
        record(firm.stream, SPEEDS_SET, by=by.pk, at=at, minutes=changed)


class UrgencyRule(TypedDict):
    """What a request has to look like, and how urgent it is then."""

    type: TicketType | None
    relation: str
    words: str
    from_time: dt.time | None
    to_time: dt.time | None
    priority: str
    amount_from: NotRequired[Decimal | None]
    worth_from: NotRequired[Decimal | None]
    contract_from: NotRequired[Decimal | None]


def check_urgency_rule(rule: PriorityRule) -> None:
    """Refused says what a rule lacks: it asks for nothing, or a stretch has one end."""
    if (rule.from_time is None) != (rule.to_time is None):
        raise Refused("half_stretch", _("Say both from when and until when."), field="to_time")
    if rule.from_time is not None and rule.from_time == rule.to_time:
        raise Refused("no_stretch", _("The hours end when they begin."), field="to_time")
    if not asks_for_something(rule):
        raise Refused("fits_all", _("Say at least one thing by which such requests are known."))
    Priority(rule.priority)
    Relation(rule.relation)


@transaction.atomic
def set_urgency_rule(values: UrgencyRule, *, by: User, at: dt.datetime) -> PriorityRule:
    """From now on requests that look like this are so urgent; those that came are left alone."""
    demand(may_change_firm(by, at))
    firm = held_firm()
    rule = PriorityRule(**values, made_at=at)
    rule.words = ", ".join(split_words(rule.words))
    check_urgency_rule(rule)
    rule.save(force_insert=True)
    record(firm.stream, URGENCY_RULE_SET, by=by.pk, at=at, rule=rule.pk, priority=rule.priority)
    return rule


@transaction.atomic
def close_urgency_rule(rule: PriorityRule, *, by: User, at: dt.datetime) -> None:
    """It no longer counts; requests it made urgent stay so and still say why."""
    demand(may_change_firm(by, at))
    firm = held_firm()
    if not PriorityRule.objects.filter(pk=rule.pk, closed_at=None).update(closed_at=at):
        raise Refused("rule_closed", _("This rule does not count already."))
    record(firm.stream, URGENCY_RULE_CLOSED, by=by.pk, at=at, rule=rule.pk)
