"""Values the client fills in: which of them were agreed to beforehand."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from zabota.common import formats
from zabota.contracts.models import FieldLimit, ValueRule

# Details of people and parties are no terms of a deal.
DETAILS: Final = frozenset(
    {"inn", "kpp", "ogrn", "bik", "account", "person", "email", "phone", "address"}
)
# What the whole costs is held by the route's own limit.
SUMS: Final = ("price", "total", "rent", "fee")
MEASURED: Final = frozenset({"number", "percent", "money"})


@dataclass(frozen=True)
class Kept:
    """A value that stayed within a limit: the field, what was typed, from where to where."""

    field: str
    value: str
    least: str
    most: str


def limits_of(template: int) -> dict[str, FieldLimit]:
    """What was agreed about the fields of a form, by field; one query."""
    return {row.field: row for row in FieldLimit.objects.filter(template=template)}


def needs_no_rule(told: Mapping[str, Any]) -> bool:
    """Whether a field is free by its nature, so that nothing is asked about it."""
    return told["type"] in DETAILS or told["name"] in SUMS


def is_agreed(told: Mapping[str, Any], value: str, limit: FieldLimit | None) -> bool:
    """Whether a value in its normal form needs nobody. Without a rule only our own usual value
    does not: doubt adds an approval.
    """
    usual = str(told.get("usual", ""))
    if not value or (usual and value == usual) or needs_no_rule(told):
        return True
    if limit is None or limit.rule == ValueRule.ASK:
        return False
    return limit.rule == ValueRule.ANY or _is_within(told, value, limit)


def _is_within(told: Mapping[str, Any], value: str, limit: FieldLimit) -> bool:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return False
    if told["type"] not in MEASURED or not number.is_finite():
        return False
    return not (
        (limit.least is not None and number < limit.least)
        or (limit.most is not None and number > limit.most)
    )


def kept_within(told: Mapping[str, Any], value: str, limit: FieldLimit | None) -> Kept | None:
    """What is remembered of a value that a limit let pass."""
    if not value or limit is None or limit.rule != ValueRule.WITHIN:
        return None
    return Kept(told["name"], value, plain(limit.least), plain(limit.most))


def ends_words(least: Decimal | None, most: Decimal | None, language: str) -> str:
    """From where to where, as it is read."""
    ends = (
        formats.number(end.normalize(), language) if end is not None else "…"
        for end in (least, most)
    )
    return "–".join(ends)


def kept_words(kept: Mapping[str, str], label: str, language: str) -> str:
    """What is remembered of a value within its limit, as it is read: «Пеня: 0,1 (0,05–0,1)»."""
    value, least, most = (_read(kept[part], language) for part in ("value", "least", "most"))
    return f"{label}: {value} ({least or '…'}–{most or '…'})"


def _read(number: str, language: str) -> str:
    return formats.number(Decimal(number), language) if number else ""


def plain(number: Decimal | None) -> str:
    """A limit without the zeros a database adds; nothing where there is none."""
    if number is None:
        return ""
    words = f"{number:f}"
    return words.rstrip("0").rstrip(".") if "." in words else words
