"""Lists that page by key and never count: «1–50, есть ещё»."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet

from zabota.common.ids import row_number

SIZE = 50
PLACES = ("after", "before", "from")

type Rows = QuerySet[Any, dict[str, Any]]
type Place = tuple[datetime, int | UUID]


@dataclass(frozen=True)
class Leaf:
    """Rows of one page of a list, and the ways on and back."""

    rows: list[dict[str, Any]]
    first: int
    last: int
    older: str
    newer: str


def leaf_of(
    rows: Callable[[], Rows],
    params: Mapping[str, str],
    key: str,
    *,
    descending: bool = False,
    size: int = SIZE,
    first: Callable[[], list[dict[str, Any]]] | None = None,
    by_uuid: bool = False,
) -> Leaf:
    """Rows (of `.values()`, with `pk`) in the order of a moment, from where the address says;
    `by_uuid` where their key is one.

    A list whose beginning is opened very often asks for that, `first_of` its rows, by `first`.
    """
    place, back = place_of(params, by_uuid=by_uuid)
    falling = descending != back
    if place is not None:
        further = beyond(rows(), place, key, falling=falling)
        found = list(first_of(further, key, descending=falling, size=size))
    elif first is not None:
        found = first()
    else:
        found = list(first_of(rows(), key, descending=falling, size=size))
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    start = _number(params.get("from", "1")) if place else 1
    last = start + len(found) - 1
    older = newer = ""
    if found and (more or back):
        older = _address(params, after=_token(found[-1], key), start=last + 1)
    if found and place is not None and (more or not back):
        newer = _address(params, before=_token(found[0], key), start=max(1, start - size))
    return Leaf(found, start, last, older, newer)


def leaf_of_found(
    of: Callable[[int | None, bool], list[dict[str, Any]]],
    params: Mapping[str, str],
    *,
    size: int,
) -> Leaf:
    """A page of rows the newest first by number; `of` gives one more than a page from beyond a
    place, falling or rising.
    """
    back = "before" in params
    asked = params.get("before" if back else "after", "")
    place = row_number(asked)
    back = back and place is not None
    found = of(place, not back)
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    start = _number(params.get("from", "1")) if place else 1
    last = start + len(found) - 1
    older = newer = ""
    if found and (more or back):
        older = _address(params, after=str(found[-1]["pk"]), start=last + 1)
    if found and place is not None and (more or not back):
        newer = _address(params, before=str(found[0]["pk"]), start=max(1, start - size))
    return Leaf(found, start, last, older, newer)


def place_of(params: Mapping[str, str], *, by_uuid: bool = False) -> tuple[Place | None, bool]:
    """Where a page begins as an address says it, and whether it is read backwards from there."""
    back = "before" in params
    place = _place(params.get("before" if back else "after", ""), by_uuid)
    return place, back and place is not None


def first_of(rows: Rows, key: str, *, descending: bool = False, size: int = SIZE) -> Rows:
    """The rows of a page, and one more, which tells whether there are more."""
    sign = "-" if descending else ""
    return rows.order_by(f"{sign}{key}", f"{sign}pk")[: size + 1]


def beyond[R: QuerySet[Any, Any]](rows: R, place: Place, key: str, *, falling: bool) -> R:
    """What comes after a place; the first condition says nothing new, it lets the index begin
    there.
    """
    moment, pk = place
    step = "lt" if falling else "gt"
    further = Q(**{f"{key}__{step}": moment}) | Q(**{f"pk__{step}": pk})
    return rows.filter(Q(**{f"{key}__{step}e": moment}) & further)


def _token(row: Mapping[str, Any], key: str) -> str:
    return f"{row[key].isoformat()}~{row['pk']}"


def _place(token: str, by_uuid: bool) -> Place | None:
    """Where a page begins; a place nobody gave is the beginning."""
    moment, _, pk = token.partition("~")
    try:
        at, key = datetime.fromisoformat(moment), UUID(pk) if by_uuid else int(pk)
    except ValueError:
        return None
    known = isinstance(key, UUID) or abs(key) < 2**62
    return (at, key) if at.tzinfo is not None and known else None


def _number(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 10 else 1


def _address(params: Mapping[str, str], *, start: int, **place: str) -> str:
    kept = {name: value for name, value in params.items() if value and name not in PLACES}
    return "?" + urlencode({**kept, **place, "from": start})
