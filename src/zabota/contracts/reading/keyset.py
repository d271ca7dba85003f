"""Lists that page by key and never count: «1–50, есть ещё»."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

SIZE = 50
PLACES = ("after", "before", "from")


@dataclass(frozen=True)
class Leaf:
    """Rows of one page of a list, and the ways on and back."""

    rows: list[dict[str, Any]]
    first: int
    last: int
    older: str
    newer: str


def leaf_of(
    rows: QuerySet[Any, dict[str, Any]],
    params: Mapping[str, str],
    key: str,
    *,
    descending: bool = False,
    size: int = SIZE,
) -> Leaf:
    """Rows (of `.values()`, with `pk`) in the order of a moment, from where the address says."""
    back = "before" in params
    place = _place(params.get("before" if back else "after", ""))
    back = back and place is not None
    falling = descending != back
    if place is not None:
        moment, pk = place
        step = "lt" if falling else "gt"
        # The first condition says nothing new; it lets the index begin at the place.
        rows = rows.filter(
            Q(**{f"{key}__{step}e": moment})
            & (Q(**{f"{key}__{step}": moment}) | Q(**{f"pk__{step}": pk}))
        )
    sign = "-" if falling else ""
    found = list(rows.order_by(f"{sign}{key}", f"{sign}pk")[: size + 1])
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    first = _number(params.get("from", "1")) if place else 1
    last = first + len(found) - 1
    older = newer = ""
    if found and (more or back):
        older = _address(params, after=_token(found[-1], key), start=last + 1)
    if found and place is not None and (more or not back):
        newer = _address(params, before=_token(found[0], key), start=max(1, first - size))
    return Leaf(found, first, last, older, newer)


def _token(row: Mapping[str, Any], key: str) -> str:
    return f"{row[key].isoformat()}~{row['pk']}"


def _place(token: str) -> tuple[datetime, int] | None:
    """Where a page begins; a place nobody gave is the beginning."""
    moment, _, pk = token.partition("~")
    try:
        found = datetime.fromisoformat(moment), int(pk)
    except ValueError:
        return None
    return found if found[0].tzinfo is not None and abs(found[1]) < 2**62 else None


def _number(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 10 else 1


def _address(params: Mapping[str, str], *, start: int, **place: str) -> str:
    kept = {name: value for name, value in params.items() if value and name not in PLACES}
    return "?" + urlencode({**kept, **place, "from": start})
