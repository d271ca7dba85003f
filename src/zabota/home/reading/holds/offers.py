"""What can be done so that a hold does not lapse too early, with what comes of each step."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext

from zabota.cases.rules import may_go_beyond
from zabota.common import formats
from zabota.common.working_time import Calendar
from zabota.orders.models import Hold, HoldRule, StepKind
from zabota.orders.reading.hold_rule import cost_beyond, limits_of
from zabota.orders.timeline import Line, enough_until, within_rule
from zabota.people.access import StaffViewer
from zabota.people.models import Place


@dataclass(frozen=True)
class Offer:
    """One step: until when goods would be kept by it, whether the rule lets it, at what cost, and
    whether it is done at once or asked of somebody.
    """

    kind: str
    name: str
    words: str
    until: date
    cost: Decimal
    within: bool
    asked: bool
    url: str


def read_offers(
    hold: Hold, line: Line, rule: HoldRule, viewer: StaffViewer, calendar: Calendar, *, at: datetime
) -> list[Offer]:
    """The steps there are, the easiest first; two queries."""
    enough = enough_until(line, calendar) or hold.until
    until = max(enough, hold.until)
    if until == hold.until:
        until += timedelta(days=rule.staff_days)
    within = within_rule(hold.until, until, hold.begun_on, limits_of(rule))
    cost = cost_beyond(hold, until, rule)
    power = may_go_beyond(viewer, cost, hold.invoice.currency, at)
    kinds = [StepKind.PROLONG, StepKind.TRUCK]
    if Place.objects.filter(closed_at=None).exclude(pk=hold.store_id).exists():
        kinds.append(StepKind.STORE)
    return [
        Offer(
            kind=kind,
            name=str(kind.label),
            words=_words(kind, within=within, power=power, cost=cost, hold=hold, viewer=viewer),
            until=until,
            cost=cost,
            within=within and kind == StepKind.PROLONG,
            asked=not (within and kind == StepKind.PROLONG) and not power,
            url=f"/desk/orders/holds/{hold.pk}/step/{kind}/",
        )
        for kind in (*kinds, StepKind.OFFICE)
    ]


def _words(
    kind: str, *, within: bool, power: bool, cost: Decimal, hold: Hold, viewer: StaffViewer
) -> str:
    """What comes of it, in one line."""
    if kind == StepKind.OFFICE:
        return gettext("Whoever may allow it answers within a working hour.")
    if kind == StepKind.PROLONG and within:
        return gettext("Within the rule: done at once, the client is told.")
    said = formats.money(cost, hold.invoice.currency, viewer.language)
    if power:
        return gettext("Beyond the rule, in your power: costs us %(cost)s.") % {"cost": said}
    return gettext("Beyond the rule and above your power: costs us %(cost)s, is asked.") % {
        "cost": said
    }
