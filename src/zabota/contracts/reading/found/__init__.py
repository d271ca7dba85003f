"""What a search finds: contracts a page at a time, and where in each of them the words stand."""

from collections.abc import Callable, Mapping
from typing import Any

from zabota.clients.access import RoomViewer
from zabota.common.keyset import Leaf, Rows, leaf_of_found
from zabota.contracts.reading.found.hits import Hit, Piece, read_hits
from zabota.contracts.rules import Viewer
from zabota.contracts.search import Wish, client_token, find_contracts

__all__ = ["Hit", "Piece", "found_leaf", "read_hits"]

# A page of what was found says where: it is read slower than a list, and is shorter.
SIZE = 20
MOST_AT_ONCE = 4000


def found_leaf(
    rows: Callable[[], Rows], wish: Wish, viewer: Viewer, params: Mapping[str, str]
) -> Leaf:
    """A page of those rows, contracts begun last first, in which every word looked for stands."""
    sets = [needle.tokens(viewer.audiences) for needle in wish.needles]
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
