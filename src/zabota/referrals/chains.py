"""Who brought whom, as a picture: rings, trees, and where each stands in a drawing. Plain Python.

Clients are whole numbers; an arrow goes from whoever recommended to whoever came. A ring is a path
of arrows that ends where it began, of any length: somebody would be thanked for themselves.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

type Arrow = tuple[int, int]
type Brought = Mapping[int, Sequence[int]]

# Units of the drawing; letters stay readable however small the screen.
STEP, ROW, BOX, HIGH = 190, 34, 160, 26


def brought_by(arrows: Iterable[Arrow]) -> dict[int, list[int]]:
    """For each client those they brought, in the order given, each once."""
    found: dict[int, dict[int, None]] = defaultdict(dict)
    for one, other in arrows:
        found[one][other] = None
    return {one: list(others) for one, others in found.items()}


def find_ring(brought: Brought, one: int, other: int) -> tuple[int, ...]:
    """The shortest ring that the arrow from `one` to `other` closes, as the clients along it,
    beginning and ending with `one`; empty where it closes none. O(clients and arrows).
    """
    if one == other:
        return (one, one)
    came_from: dict[int, int] = {other: one}
    waiting = deque([other])
    while waiting:
        here = waiting.popleft()
        for there in brought.get(here, ()):
            if there == one:
                return _back(came_from, here, one)
            if there not in came_from:
                came_from[there] = here
                waiting.append(there)
    return ()


def _back(came_from: Mapping[int, int], here: int, one: int) -> tuple[int, ...]:
    path = [one, here]
    while path[-1] != one:
        path.append(came_from[path[-1]])
    return tuple(reversed(path))


@dataclass(frozen=True)
class Tree:
    """How much came of one who was brought by nobody: `direct` by themselves, `all` by those they
    brought, too; `deep` is how many steps the longest chain has.
    """

    root: int
    direct: int
    all: int
    deep: int


def trees_of(brought: Brought) -> list[Tree]:
    """Every chain by whoever began it, the largest first. A ring that nobody outside began counts
    from its smallest number. O(clients and arrows).
    """
    came = {other for others in brought.values() for other in others}
    roots = [one for one in sorted(brought) if one not in came]
    met: set[int] = set()
    trees = [_measured(brought, root, met) for root in roots]
    for one in sorted(brought):
        if one not in met:
            trees.append(_measured(brought, one, met))
    return sorted(trees, key=lambda tree: (-tree.all, tree.root))


def _measured(brought: Brought, root: int, met: set[int]) -> Tree:
    seen, wave, deep = {root}, [root], 0
    while True:
        wave = list(dict.fromkeys(o for one in wave for o in brought.get(one, ()) if o not in seen))
        if not wave:
            break
        seen.update(wave)
        deep += 1
    met |= seen
    return Tree(root, len(set(brought.get(root, ())) - {root}), len(seen) - 1, deep)


@dataclass(frozen=True)
class Node:
    """A client in the drawing; `more` counts those it brought that found no room."""

    client: int
    x: int
    y: int
    more: int = 0


@dataclass(frozen=True)
class Bend:
    """The line from one box to another."""

    path: str


@dataclass(frozen=True)
class Drawing:
    """A chain as it is drawn: boxes, lines, and the size of the whole."""

    nodes: tuple[Node, ...]
    bends: tuple[Bend, ...]
    width: int
    height: int


def draw_chain(brought: Brought, root: int, most: int = 60) -> Drawing:
    """The chain from `root` on, to the right; at most so many boxes, those nearest to the root
    first. Each client stands once, where they were first met.
    """
    shown = _nearest(brought, root, most)
    children: dict[int, list[int]] = defaultdict(list)
    for client, parent in shown.items():
        if parent is not None:
            children[parent].append(client)
    places: dict[int, tuple[int, int]] = {}
    bottom = _lay(root, children, places)
    nodes, bends = [], []
    for client, (depth, row) in places.items():
        left_out = {o for o in brought.get(client, ()) if o not in shown}
        nodes.append(Node(client, depth * STEP, row * ROW, len(left_out)))
        parent = shown[client]
        if parent is not None:
            bends.append(Bend(_line(places[parent], (depth, row))))
    deep = max(depth for depth, _ in places.values())
    return Drawing(tuple(nodes), tuple(bends), deep * STEP + BOX + 30, bottom * ROW)


def _nearest(brought: Brought, root: int, most: int) -> dict[int, int | None]:
    shown: dict[int, int | None] = {root: None}
    waiting = deque([root])
    while waiting:
        here = waiting.popleft()
        for there in brought.get(here, ()):
            if len(shown) >= most:
                return shown
            if there not in shown:
                shown[there] = here
                waiting.append(there)
    return shown


def _lay(root: int, children: Mapping[int, list[int]], places: dict[int, tuple[int, int]]) -> int:
    """Each stands on the row of the first it brought; says how many rows there are."""
    row = 0
    stack = [(root, 0)]
    while stack:
        client, depth = stack.pop()
        below = children.get(client, [])
        places[client] = (depth, row)
        if not below:
            row += 1
        stack.extend((one, depth + 1) for one in reversed(below))
    return row


def _line(one: tuple[int, int], other: tuple[int, int]) -> str:
    x, y = one[0] * STEP + BOX, one[1] * ROW + HIGH // 2
    to_x, to_y = other[0] * STEP, other[1] * ROW + HIGH // 2
    middle = (x + to_x) // 2
    return f"M{x} {y} H{middle} V{to_y} H{to_x}"
