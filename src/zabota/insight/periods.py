"""The stretch of days a report is about, in the firm's own days. Plain Python."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

MONTH, LAST, QUARTER, BEFORE, OWN = "month", "last", "quarter", "before", "own"
KINDS: Final = (MONTH, LAST, QUARTER, BEFORE, OWN)
LONGEST: Final = timedelta(days=3 * 366)


@dataclass(frozen=True)
class Period:
    """Whole days from the first to the last, both within it, of a zone."""

    kind: str
    first: date
    last: date
    zone: tzinfo

    @property
    def since(self) -> datetime:
        """Its first moment."""
        return datetime.combine(self.first, time.min, tzinfo=self.zone)

    @property
    def until(self) -> datetime:
        """The moment after its last."""
        return datetime.combine(self.last + timedelta(days=1), time.min, tzinfo=self.zone)

    @property
    def params(self) -> dict[str, str]:
        """How an address says it."""
        if self.kind != OWN:
            return {"period": self.kind}
        return {"period": OWN, "from": self.first.isoformat(), "to": self.last.isoformat()}


def period_from(params: Mapping[str, str], today: date, zone: tzinfo) -> Period:
    """The period an address asks for; what cannot be read is the month of today. Days in the wrong
    order are put right, and no more than three years are looked at.
    """
    kind = params.get("period", MONTH)
    month = today.replace(day=1)
    if kind == LAST:
        before = month - timedelta(days=1)
        return Period(LAST, before.replace(day=1), before, zone)
    if kind == QUARTER:
        return _quarter(QUARTER, today, zone)
    if kind == BEFORE:
        return _quarter(BEFORE, _quarter(QUARTER, today, zone).first - timedelta(days=1), zone)
    if kind == OWN:
        days = sorted(filter(None, (_day(params.get(name, "")) for name in ("from", "to"))))
        if len(days) == 2:
            return Period(OWN, max(days[0], days[1] - LONGEST), days[1], zone)
    return Period(MONTH, month, _month_ends(month), zone)


def _quarter(kind: str, day: date, zone: tzinfo) -> Period:
    first = day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1)
    return Period(kind, first, _month_ends(first.replace(month=first.month + 2)), zone)


def _month_ends(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year < 2100 else None
