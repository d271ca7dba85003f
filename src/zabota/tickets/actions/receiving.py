"""Rules of the firm about who gets which requests."""

from datetime import datetime
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.clients.models import Relation
from zabota.journal.actions import record
from zabota.people.actions.held import held_firm
from zabota.people.models import Employee, Team, User
from zabota.people.refusal import Refused
from zabota.people.rules import demand, may_change_firm
from zabota.tickets.entries import RECEIVING_RULE_CLOSED, RECEIVING_RULE_SET
from zabota.tickets.models import ReceivingRule, TicketType
from zabota.tickets.priorities import split_words


class Receiving(TypedDict):
    """What a request has to look like, and to whom it goes then: a team or one person."""

    type: TicketType | None
    relation: str
    words: str
    channel: str
    team: Team | None
    employee: Employee | None


@transaction.atomic
def set_receiving_rule(values: Receiving, *, by: User, at: datetime) -> ReceivingRule:
    """From now on requests that look like this go there; those that came stay where they are."""
    demand(may_change_firm(by, at))
    firm = held_firm()
    rule = ReceivingRule(**values, made_at=at)
    rule.words = ", ".join(split_words(rule.words))
    Relation(rule.relation)
    if not (rule.type or rule.relation or rule.words or rule.channel):
        raise Refused("fits_all", _("Say at least one thing by which such requests are known."))
    if (rule.team is None) == (rule.employee is None):
        raise Refused("to_one", _("Choose a team or one person."), field="team")
    rule.save(force_insert=True)
    record(firm.stream, RECEIVING_RULE_SET, by=by.pk, at=at, rule=rule.pk)
    return rule


@transaction.atomic
def close_receiving_rule(rule: ReceivingRule, *, by: User, at: datetime) -> None:
    """It no longer counts; requests it led somewhere stay there and still say why."""
    demand(may_change_firm(by, at))
    firm = held_firm()
    if not ReceivingRule.objects.filter(pk=rule.pk, closed_at=None).update(closed_at=at):
        raise Refused("rule_closed", _("This rule does not count already."))
    record(firm.stream, RECEIVING_RULE_CLOSED, by=by.pk, at=at, rule=rule.pk)
