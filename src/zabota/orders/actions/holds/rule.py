"""For how long the firm keeps goods for clients."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.journal.actions import record
from zabota.orders.entries import HOLD_RULE_SET
from zabota.orders.models import HoldRule
from zabota.orders.reading.hold_rule import hold_rule
from zabota.orders.rules import may_set_hold_rule
from zabota.people.access import StaffViewer
from zabota.people.actions.held import held_firm
from zabota.people.refusal import Refused


@transaction.atomic
def set_hold_rule(values: Mapping[str, Any], *, by: StaffViewer, at: datetime) -> HoldRule:
    """From now on goods are kept so long; what is promised already keeps its day."""
    if not may_set_hold_rule(by, at):
        raise PermissionDenied
    firm, rule = held_firm(), hold_rule()
    was = {name: getattr(rule, name) for name in values}
    for name, value in values.items():
        setattr(rule, name, value)
    if not 1 <= rule.first_days <= rule.longest_days:
        raise Refused(
            "longest_shorter",
            _("The longest cannot be shorter than the usual."),
            field="longest_days",
        )
    changed = {name: [_told(was[name]), _told(values[name])] for name in values}
    rule.save()
    record(firm.stream, HOLD_RULE_SET, by=by.user.pk, at=at, changed=changed)
    return rule


def _told(value: int | Decimal) -> int | str:
    return value if isinstance(value, int) else str(value)
