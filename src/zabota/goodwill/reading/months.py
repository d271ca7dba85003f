"""A month of bonuses: as it stands, or as it was closed for payroll; and what of closed months
turned out otherwise since.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from zabota.goodwill.models import BonusChange, BonusLine, BonusMonth, BonusTerms
from zabota.goodwill.periods import period_of
from zabota.goodwill.reading.bonuses import Earned, earned

# So many closed months are looked at again; what changes later than that stays as it was paid.
LOOKED_AT_AGAIN = 6

type Paid = dict[tuple[int, int], Decimal]


@dataclass(frozen=True)
class Month:
    """A month: its rows by name, and when it was closed, by whom; nothing while it is not."""

    starts: date
    rows: list[Earned]
    closed: BonusMonth | None
    currency: str

    @property
    def total(self) -> Decimal:
        """What is paid for it in all."""
        return sum((row.total for row in self.rows), Decimal(0))

    @property
    def changed(self) -> bool:
        """Whether anything of earlier months is in it."""
        return any(row.later for row in self.rows)


def read_month(starts: date) -> Month:
    """Closed months as they were closed; others as they are now, with what changed in the closed
    ones before them.
    """
    closed = BonusMonth.objects.filter(starts=starts).select_related("closed_by__user").first()
    if closed is not None:
        return Month(starts, _as_closed(closed), closed, closed.currency)
    _first, ends = period_of(starts, "month")
    rows = {row.employee.pk: row for row in earned(starts, ends)}
    terms = BonusTerms.objects.filter(pk=1).first()
    currency = terms.currency if terms else "RUB"
    last = _last_closed()
    if last is not None and period_of(last, "month")[1] == starts:
        _add_changes(rows, starts, currency)
    ordered = sorted(rows.values(), key=lambda row: row.employee.name)
    return Month(starts, ordered, None, currency)


def next_to_close(today: date) -> date:
    """The month after the last that was closed, if it was within a year; else the one before this
    one, or any before it.
    """
    last = _last_closed()
    oldest = today.replace(year=today.year - 1, day=1)
    return oldest if last is None or last < oldest else period_of(last, "month")[1]


def lines_of(employee: int) -> list[BonusLine]:
    """What one employee was paid last, the newest month first."""
    rows = BonusLine.objects.filter(employee=employee).select_related("month")
    return list(rows.order_by("-month__starts")[:3])


def _last_closed() -> date | None:
    return BonusMonth.objects.order_by("-starts").values_list("starts", flat=True).first()


def _as_closed(month: BonusMonth) -> list[Earned]:
    rows = month.lines.select_related("employee__user").prefetch_related("changes__of")
    told = []
    for line in rows:
        row = Earned(line.employee, month.currency)
        for way in BonusTerms.WAYS:
            row.counts[way], row.sums[way] = getattr(line, way), getattr(line, f"{way}_sum")
        row.later = {change.of.starts: change.sum for change in line.changes.all()}
        told.append(row)
    return sorted(told, key=lambda row: row.employee.name)


def _add_changes(rows: dict[int, Earned], starts: date, currency: str) -> None:
    """What closed months brought by now, beside what was paid for them so far."""
    since = starts - timedelta(days=31 * LOOKED_AT_AGAIN)
    months = list(BonusMonth.objects.filter(starts__gte=since, starts__lt=starts).order_by("pk"))
    paid = _paid(months)
    for month in months:
        if month.currency != currency:
            continue
        _first, ends = period_of(month.starts, "month")
        for now in earned(month.starts, ends, terms=month):
            more = now.own - paid[month.pk, now.employee.pk]
            if more:
                row = rows.setdefault(now.employee.pk, Earned(now.employee, currency))
                row.later[month.starts] = more


def _paid(months: list[BonusMonth]) -> Paid:
    """By month and employee: in its own line, and as a change in later ones."""
    paid: Paid = defaultdict(Decimal)
    for line in BonusLine.objects.filter(month__in=months):
        paid[line.month_id, line.employee_id] += line.own
    changes = BonusChange.objects.filter(of__in=months).values_list("of", "line__employee", "sum")
    for of, employee, sum_ in changes:
        paid[of, employee] += sum_
    return paid
