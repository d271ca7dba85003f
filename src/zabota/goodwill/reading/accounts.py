"""For accounting: whom, what, at what cost, by which document; gifts, making good and what went
beyond the rules apart.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zabota.cases.models import Deviation, DeviationState
from zabota.common.export import Cell, Table
from zabota.goodwill.models import Gift, GiftKind, PaidBy
from zabota.goodwill.saying import gift_words
from zabota.people.firm import current_firm, zone_of

RELATED = ("employee__user", "employee__team", "client", "contact", "good", "case", "moment")
MOST = 20_000
SHOWN = 100


BEYOND = ("case__client__root", "asked_by__user", "asked_by__team", "answered_by__user")


@dataclass(frozen=True)
class Kept:
    """One list of the page: its name, the rows it shows, how many there are and what they cost."""

    title: str
    rows: list[Gift]
    count: int
    sums: list[tuple[str, Decimal]]


def gifts_between(first: date, last: date) -> QuerySet[Gift]:
    """What was given on these days of the firm, both included, and not taken back."""
    start, end = _span(first, last)
    return Gift.objects.standing().filter(given_at__gte=start, given_at__lt=end)


def kept_lists(first: date, last: date) -> list[Kept]:
    """Gifts, and what made mistakes good: each with its sums by currency."""
    found = []
    for paid_by, title in _kinds_of_lists():
        gifts = gifts_between(first, last).filter(paid_by=paid_by)
        sums = gifts.values_list("currency").annotate(sum=Sum("cost"), count=Count("pk"))
        rows = list(gifts.select_related(*RELATED).order_by("-given_at", "-pk")[:SHOWN])
        told = sorted(sums)
        found.append(
            Kept(title, rows, sum(one[2] for one in told), [(one[0], one[1]) for one in told])
        )
    return found


def moments_between(first: date, last: date) -> list[tuple[str, int, Decimal, str]]:
    """What making good cost, by the moment of truth that failed."""
    language = get_language() or "ru"
    gifts = gifts_between(first, last).filter(paid_by=PaidBy.MOMENT)
    rows = gifts.values_list("moment__name_ru", "moment__name_en", "currency")
    told = rows.annotate(count=Count("pk"), sum=Sum("cost")).order_by("-sum")
    return [
        (en if language == "en" else ru, count, total, currency)
        for ru, en, currency, count, total in told
    ]


@dataclass(frozen=True)
class Beyond:
    """What was done beyond the rules at a cost: the rows the page shows, how many there are and
    what they cost by currency.
    """

    rows: list[Deviation]
    count: int
    sums: list[tuple[str, Decimal]]


def beyond_between(first: date, last: date) -> QuerySet[Deviation]:
    """Steps beyond the rules that were allowed on these days and cost something."""
    start, end = _span(first, last)
    return Deviation.objects.filter(
        state=DeviationState.GRANTED, cost__gt=0, answered_at__gte=start, answered_at__lt=end
    )


def kept_beyond(first: date, last: date) -> Beyond:
    """They are paid by the case they were done in, and by no budget of care."""
    steps = beyond_between(first, last)
    sums = sorted(steps.values_list("currency").annotate(sum=Sum("cost"), count=Count("pk")))
    rows = list(steps.select_related(*BEYOND).order_by("-answered_at", "-pk")[:SHOWN])
    return Beyond(rows, sum(one[2] for one in sums), [(one[0], one[1]) for one in sums])


def tables_between(first: date, last: date) -> list[Table]:
    """The same to take along, every row."""
    tables = []
    for paid_by, title in _kinds_of_lists():
        gifts = gifts_between(first, last).filter(paid_by=paid_by).select_related(*RELATED)
        tables.append(Table(title, _head(), list(_rows(gifts.order_by("given_at", "pk")[:MOST]))))
    steps = beyond_between(first, last).select_related(*BEYOND).order_by("answered_at", "pk")
    tables.append(Table(_("Beyond the rules"), _beyond_head(), list(_beyond_rows(steps[:MOST]))))
    return tables


def _kinds_of_lists() -> list[tuple[str, str]]:
    return [
        (PaidBy.BUDGET, _("Gifts")),
        (PaidBy.FIRM, _("Gifts by the firm’s rule")),
        (PaidBy.MOMENT, _("Making good")),
    ]


def _span(first: date, last: date) -> tuple[datetime, datetime]:
    zone = zone_of(current_firm())
    end = datetime.combine(last + timedelta(days=1), time(), zone)
    return datetime.combine(first, time(), zone), end


def _beyond_head() -> list[str]:
    return [
        _("Case"), _("Allowed"), _("Who went beyond"), _("Department"), _("Who allowed it"),
        _("To whom"), _("INN"), _("Which rule"), _("Reason"), _("Cost"), _("Currency"),
    ]  # fmt: skip


def _beyond_rows(steps: Iterable[Deviation]) -> Iterable[list[Cell]]:
    language, zone = get_language() or "ru", zone_of(current_firm())
    for one in steps:
        client, team = one.case.client.whole, one.asked_by.team
        at, allowed = one.answered_at, one.answered_by
        yield [
            one.case.number,
            at.astimezone(zone).date() if at is not None else None,
            one.asked_by.name,
            team.name(language) if team is not None else "",
            allowed.name if allowed is not None else "",
            client.full_name,
            client.inn,
            one.rule,
            one.reason,
            one.cost,
            one.currency,
        ]


def _head() -> list[str]:
    return [
        _("Number"), _("Given"), _("Who gave"), _("Department"), _("To whom"), _("Person"),
        _("INN"), _("Kind"), _("What"), _("Occasion"), _("Cost"), _("Currency"), _("State"),
        _("Taken"), _("Used"), _("Receipt"), _("Moment that failed"), _("Case"),
    ]  # fmt: skip


def _rows(gifts: Iterable[Gift]) -> Iterable[list[Cell]]:
    language, zone = get_language() or "ru", zone_of(current_firm())

    def day(at: datetime | None) -> date | None:
        return at.astimezone(zone).date() if at is not None else None

    for gift in gifts:
        client, team = gift.client, gift.employee.team
        yield [
            gift.number,
            day(gift.given_at),
            gift.employee.name,
            team.name(language) if team is not None else "",
            client.full_name if client is not None else _("a stranger"),
            gift.contact.shown_name if gift.contact is not None else "",
            client.inn if client is not None else "",
            str(GiftKind(gift.kind).label),
            gift_words(gift, language),
            gift.occasion,
            gift.cost,
            gift.currency,
            gift.get_state_display(),
            day(gift.claimed_at),
            day(gift.used_at),
            gift.receipt,
            gift.moment.name(language) if gift.moment is not None else "",
            gift.case.number if gift.case is not None else "",
        ]
