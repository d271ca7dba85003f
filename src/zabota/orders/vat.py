"""VAT as dated data, and sums of lines exact to the kopeck. Plain Python.

Sums are with VAT, as Russian papers have them; a rate is in per cent, nothing where no VAT is
charged. Halves are rounded up, as the Tax Code rounds (article 52, 6) and 1C does.

Rates of Russia: Tax Code, article 164. 18 % until the end of 2018, 20 % since (law 303-FZ of
03.08.2018), 22 % since 2026 (law 425-FZ of 28.11.2025); 10 % and 0 % all that while; 5 % and 7 % of
firms on the simplified system since 2025 (law 176-FZ of 12.07.2024).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

KOPECK: Final = Decimal("0.01")
HUNDRED: Final = Decimal(100)


@dataclass(frozen=True)
class Rate:
    """A rate of a country in per cent, and the days on which it was charged."""

    country: str
    percent: Decimal
    since: date
    until: date | None = None


RATES: Final = (
    Rate("RU", Decimal(18), date(2004, 1, 1), date(2018, 12, 31)),
    Rate("RU", Decimal(20), date(2019, 1, 1), date(2025, 12, 31)),
    Rate("RU", Decimal(22), date(2026, 1, 1)),
    Rate("RU", Decimal(10), date(2004, 1, 1)),
    Rate("RU", Decimal(7), date(2025, 1, 1)),
    Rate("RU", Decimal(5), date(2025, 1, 1)),
    Rate("RU", Decimal(0), date(2004, 1, 1)),
)


def rates_on(country: str, day: date) -> tuple[Decimal, ...]:
    """The rates charged there on a day, the highest first; none where the country is not known."""
    found = (
        one.percent
        for one in RATES
        if one.country == country and one.since <= day and (one.until is None or day <= one.until)
    )
    return tuple(sorted(found, reverse=True))


def is_charged(country: str, percent: Decimal | None, day: date) -> bool:
    """Whether such a rate can stand on a paper of that day; of a country nobody told us of, any."""
    known = rates_on(country, day)
    return percent is None or not known or percent in known


def rounded(sum_: Decimal) -> Decimal:
    """To the kopeck."""
    return sum_.quantize(KOPECK, ROUND_HALF_UP)


def line_sum(quantity: Decimal, price: Decimal) -> Decimal:
    """What a line costs."""
    return rounded(quantity * price)


def vat_within(sum_: Decimal, percent: Decimal | None) -> Decimal:
    """How much VAT there is in a sum with VAT."""
    if not percent:
        return Decimal("0.00")
    return rounded(sum_ * percent / (HUNDRED + percent))


def part_of(sum_: Decimal, part: Decimal, whole: Decimal) -> Decimal:
    """What so many of a line cost: of all of them just its sum."""
    return sum_ if part == whole else rounded(sum_ * part / whole)


def share_out(money: Decimal, debts: Iterable[tuple[int, Decimal]]) -> list[tuple[int, Decimal]]:
    """Money laid on debts in their order, until it is gone: (whose, how much), nothing of nothing.
    What is laid is never more than the money, nor more than any debt.
    """
    laid = []
    for key, debt in debts:
        part = min(money, debt)
        if part > 0:
            laid.append((key, part))
            money -= part
    return laid
