"""What a search finds: contracts a page at a time, and where in each of them the words stand."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q

from zabota.clients.access import RoomViewer
from zabota.clients.models import Client
from zabota.common.keyset import Leaf, Rows, leaf_of_found
from zabota.common.search import Piece
from zabota.contracts.reading.found.hits import Hit, read_hits
from zabota.contracts.rules import Viewer
from zabota.contracts.search import Needle, Wish, client_token, find_contracts

__all__ = ["Hit", "Piece", "found_leaf", "read_hits"]

# A page of what was found says where: it is read slower than a list, and is shorter.
SIZE = 20
MOST_AT_ONCE = 4000
MOST_MERGED = 50


def found_leaf(
    rows: Callable[[], Rows], wish: Wish, viewer: Viewer, params: Mapping[str, str]
) -> Leaf:
    """A page of those rows, contracts begun last first, in which every word looked for stands."""
    merged = _merged(wish)
    sets = [[*needle.tokens(viewer.audiences), *merged.get(needle, ())] for needle in wish.needles]
    if isinstance(viewer, RoomViewer) and sets:
        sets.append([client_token(pk) for pk in viewer.whole_ids])

    def of(place: int | None, falling: bool) -> list[dict[str, Any]]:
        """Found in the index first, then asked of the rows: whoever sees few reads on."""
        found: list[dict[str, Any]] = []
        limit = SIZE + 1
        while True:
            numbers = find_contracts(sets, beyond=place, falling=falling, limit=limit)
            seen = {row["pk"]: row for row in rows().filter(pk__in=numbers)} if numbers else {}
            found += [seen[number] for number in numbers if number in seen]
            if len(found) > SIZE or len(numbers) < limit:
                return found[: SIZE + 1]
            place, limit = numbers[-1], min(limit * 4, MOST_AT_ONCE)

    return leaf_of_found(of, params, size=SIZE)


def _merged(wish: Wish) -> dict[Needle, list[str]]:
    """Of each word, those merged into a client that is called so: their contracts are its own."""
    called = Q()
    for needle in wish.needles:
        called |= Q(root__search__contains=needle.name)
    rows = Client.objects.filter(called, root__isnull=False).values_list("pk", "root__search")
    there = list(rows[:MOST_MERGED]) if wish.needles else []
    return {
        needle: [client_token(pk) for pk, search in there if needle.name in search]
        for needle in wish.needles
    }
