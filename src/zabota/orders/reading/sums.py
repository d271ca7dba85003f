"""Sums as papers print them: to the kopeck, without the sign of the currency."""

from decimal import Decimal

from zabota.common import formats


def printed(sum_: Decimal, language: str) -> str:
    """«12 345,60», “12,345.60”."""
    whole, part = f"{abs(sum_):.2f}".split(".")
    minus = "−" if sum_ < 0 else ""
    return (
        f"{minus}{formats.number(Decimal(whole), language)}{',' if language == 'ru' else '.'}{part}"
    )
