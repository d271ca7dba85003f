"""Lists of requests for either side: narrowed, searched, paged by key."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import Any, cast

from django.db.models import Q, QuerySet

from zabota.cases.models import Case, had_by, seen_by_them, seen_by_us
from zabota.clients.access import RoomViewer
from zabota.clients.models import Client
from zabota.common.keyset import Leaf, Rows, first_of, leaf_of
from zabota.common.questions import Numbers, One, Question
from zabota.common.search import Wish
from zabota.people.access import StaffViewer
from zabota.people.models import Firm
from zabota.tickets.reading.found import (
    among,
    found_leaf,
    how_many_wait,
    read_hits,
    sets_of,
    waiting,
    wish_of_requests,
)
from zabota.tickets.reading.narrowed import (
    UNFINISHED,
    Wanted,
    in_state,
    narrowed,
    saying,
    wanted_from,
)
from zabota.tickets.reading.rows import COLUMNS, Row, read_rows, with_merged
from zabota.tickets.rules import Viewer


@dataclass(frozen=True)
class TicketList:
    """A page of the list with what it was narrowed by."""

    wanted: Wanted
    rows: list[Row]
    leaf: Leaf
    # Nothing that could be looked for was typed.
    too_short: bool = False
    # So many requests are found by number, title and client only, for now.
    waiting: int = 0


def read_tickets(
    viewer: Viewer, params: Mapping[str, str], firm: Firm, *, at: datetime
) -> TicketList:
    """A page of the requests this viewer may know of, what moved last first; of those that were
    looked for, begun last first, with where it stands.
    """
    wanted = wanted_from(params)
    wish = wish_of_requests(wanted.query)
    if wish.needles:
        return _read_found(viewer, wanted, wish, params, firm, at=at)
    leaf = leaf_of(
        lambda: cast(Rows, with_merged(narrowed(viewer, wanted)).values(*COLUMNS)),
        params,
        "touched_at",
        descending=True,
        first=_opened_often(viewer, wanted),
    )
    rows = read_rows(leaf.rows, viewer, firm, at=at)
    return TicketList(wanted, rows, leaf, too_short=bool(wanted.query))


def _read_found(
    viewer: Viewer, wanted: Wanted, wish: Wish, params: Mapping[str, str], firm: Firm, *,
    at: datetime,
) -> TicketList:  # fmt: skip
    sets = sets_of(wish, viewer)

    def of(place: int | None, falling: bool) -> list[dict[str, Any]]:
        if place is None and wanted.plain:
            said = {f"set{number}": one for number, one in enumerate(sets)}
            return _first_found(len(sets), _side(viewer))(**_ids(viewer), **said)
        rows = with_merged(narrowed(viewer, wanted)).values(*COLUMNS)
        return list(among(rows, sets, place, falling=falling))

    def named() -> Rows:
        cases = saying(narrowed(viewer, wanted), wanted.query)
        return cast(Rows, with_merged(cases).values(*COLUMNS))

    leaf = found_leaf(of, named, params)
    hits = read_hits(leaf.rows, wish, viewer, firm, at=at)
    rows = read_rows(leaf.rows, viewer, firm, at=at, hits=hits)
    left = how_many_wait() if waiting() else 0
    return TicketList(wanted, rows, leaf, waiting=left)


def _opened_often(viewer: Viewer, wanted: Wanted) -> Callable[[], list[dict[str, Any]]] | None:
    """The first page as most open it, by a kept statement: of everything, of those in a state, of
    one's own.
    """
    if not wanted.usual:
        return None
    ids = _ids(viewer)
    if wanted.mine and isinstance(viewer, StaffViewer):
        ids["own"] = viewer.employee.pk
    return partial(_first(_side(viewer), wanted.state, mine="own" in ids), **ids)


def _side(viewer: Viewer) -> str:
    """How this viewer may know of requests: as of a client's own, as of all, as of what is had."""
    if isinstance(viewer, RoomViewer):
        return "theirs"
    return "all" if viewer.employee.sees_all else "mine"


def _ids(viewer: Viewer) -> dict[str, Any]:
    if isinstance(viewer, RoomViewer):
        return {"clients": viewer.client_ids, "whole": viewer.whole_ids}
    return {} if viewer.employee.sees_all else {"me": viewer.employee.pk}


# A person has more than these companies very rarely: then it is asked in the ordinary way.
_CLIENTS = Numbers(8)
_PLACES: dict[str, dict[str, One | Numbers]] = {
    "all": {},
    "mine": {"me": One()},
    "theirs": {"clients": _CLIENTS, "whole": _CLIENTS},
}


def _seen(
    me: int | None = None,
    clients: Iterable[int] | None = None,
    whole: Iterable[int] = (),
) -> QuerySet[Case]:
    seen = seen_by_us(me) if clients is None else seen_by_them(clients) & Q(client__in=whole)
    return Case.objects.filter(seen, kind="ticket", root=None)


@cache
def _first(side: str, state: str, *, mine: bool) -> Question[dict[str, Any]]:
    def make(own: int | None = None, **ids: Any) -> Rows:
        cases = in_state(_seen(**ids), state)
        if own is not None:
            cases = cases.filter(had_by([own]))
        return first_of(
            cast(Rows, with_merged(cases).values(*COLUMNS)), "touched_at", descending=True
        )

    return Question(make, **({"own": One()} if mine else {}), **_PLACES[side])


def unfinished_of(
    client: int, viewer: StaffViewer, firm: Firm, *, at: datetime, most: int
) -> list[Row]:
    """What a client, and all that are one with it, wait for, what moved last first; one query."""
    found = _unfinished(_side(viewer))(client=client, **_ids(viewer))
    return read_rows(found[:most], viewer, firm, at=at)


@cache
def _unfinished(side: str) -> Question[dict[str, Any]]:
    def make(client: int, **ids: Any) -> Rows:
        whole = Client.objects.whole_of(client).values("pk")
        cases = _seen(**ids).filter(state__in=UNFINISHED, client__in=whole)
        return first_of(with_merged(cases).values(*COLUMNS), "touched_at", descending=True)

    return Question(make, client=One(), **_PLACES[side])


@cache
def _first_found(count: int, side: str) -> Question[dict[str, Any]]:
    """The same of what was looked for, by how many words."""

    def make(**given: Any) -> Rows:
        said = [given.pop(f"set{number}") for number in range(count)]
        return among(with_merged(_seen(**given)).values(*COLUMNS), said, None, falling=True)

    return Question(make, **_PLACES[side], **{f"set{number}": One() for number in range(count)})
