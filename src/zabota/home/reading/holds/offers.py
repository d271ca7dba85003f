"""What can be done so that a hold does not lapse too early, with what comes of each step."""

from collections.abc import Mapping
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
    limits = limits_of(rule)
    within = within_rule(hold.until, until, hold.begun_on, limits)
    kinds = [StepKind.PROLONG, StepKind.TRUCK]
    if Place.objects.filter(closed_at=None).exclude(pk=hold.store_id).exists():
        kinds.append(StepKind.STORE)
    # What is kept from a truck that comes keeps nothing away from others today.
    cost = {StepKind.PROLONG: cost_beyond(hold, until, rule)}
    currency = hold.invoice.currency
    powers = {
        sum_: may_go_beyond(viewer, sum_, currency, at) for sum_ in {Decimal(0), *cost.values()}
    }
    return [
        _offer(kind, hold, until, cost.get(kind, Decimal(0)), viewer, powers, within=within)
        for kind in (*kinds, StepKind.OFFICE)
    ]


def _offer(
    kind: StepKind,
    hold: Hold,
    until: date,
    cost: Decimal,
    viewer: StaffViewer,
    powers: Mapping[Decimal, bool],
    *,
    within: bool,
) -> Offer:
    by_rule = within and kind == StepKind.PROLONG
    words = gettext("Within the rule: done at once, the client is told.")
    if not by_rule:
        said = _what(kind), _power(kind, cost, hold, viewer, power=powers[cost])
        words = " ".join(one for one in said if one)
    return Offer(
        kind=kind,
        name=str(kind.label),
        words=words,
        until=until,
        cost=cost,
        within=by_rule,
        asked=kind == StepKind.OFFICE or not (by_rule or powers[cost]),
        url=f"/desk/orders/holds/{hold.pk}/step/{kind}/",
    )


def _what(kind: StepKind) -> str:
    """What it means for the goods."""
    match kind:
        case StepKind.TRUCK:
            return gettext("Today’s goods are free for others; the client’s come by the truck.")
        case StepKind.STORE:
            return gettext("They lie where they are in nobody’s way.")
        case StepKind.OFFICE:
            return gettext("Whoever may allow it answers within a working hour.")
    return ""


def _power(kind: StepKind, cost: Decimal, hold: Hold, viewer: StaffViewer, *, power: bool) -> str:
    """Whether it is in one's power, at what cost."""
    if kind == StepKind.OFFICE:
        return ""
    if not cost:
        return gettext("Beyond the rule, in your power.") if power else gettext(
            "Beyond the rule and above your power: is asked."
        )  # fmt: skip
    said = formats.money(cost, hold.invoice.currency, viewer.language)
    words = gettext("Beyond the rule, in your power: costs us %(cost)s.") if power else gettext(
        "Beyond the rule and above your power: costs us %(cost)s, is asked."
    )  # fmt: skip
    return words % {"cost": said}
