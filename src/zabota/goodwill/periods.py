"""Where a period of budgets begins and ends; plain days, no Django."""

from datetime import date

MONTHS = {"month": 1, "quarter": 3, "year": 12}


def period_of(day: date, period: str) -> tuple[date, date]:
    """The first day of the calendar period this day lies in, and the first day after it."""
    months = MONTHS[period]
    first = (day.month - 1) // months * months + 1
    after = first + months
    end = date(day.year + 1, 1, 1) if after > 12 else date(day.year, after, 1)
    return date(day.year, first, 1), end
