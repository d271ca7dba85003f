"""Which item of one list stands for which of another: order kept, best likeness first."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Sequence

Pair = tuple[int | None, int | None]
_CELLS = 40_000  # likenesses worked out in one gap; beyond it only near the diagonal
_EMPTY_WORTH = 0.1  # two empty items match, but never at the cost of items with words


def rising(positions: Sequence[int]) -> list[int]:
    """Indices of a longest strictly rising subsequence: what stayed when others were moved."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, position in enumerate(positions):
        place = bisect_left(tails, position)
        before.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(position)
            ends.append(index)
        else:
            tails[place] = position
            ends[place] = index
    chain: list[int] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(index)
        index = before[index]
    return chain[::-1]


def steady(positions: Sequence[int], costs: Sequence[int]) -> list[int]:
    """Of the longest strictly rising subsequences the indices of a cheapest one; without costs it
    is `rising`. Quadratic: for the few siblings among which somebody is known to have moved one.
    """
    if not any(costs):
        return rising(positions)
    best: list[tuple[int, int]] = []
    before: list[int] = []
    for index, position in enumerate(positions):
        earlier = [other for other in range(index) if positions[other] < position]
        last = max(earlier, key=lambda other: best[other], default=-1)
        length, worth = best[last] if earlier else (0, 0)
        best.append((length + 1, worth - costs[index]))
        before.append(last)
    chain: list[int] = []
    index = max(range(len(best)), key=lambda other: best[other], default=-1)
    while index >= 0:
        chain.append(index)
        index = before[index]
    return chain[::-1]


def woven(old_count: int, new_count: int, kept: Sequence[tuple[int, int]]) -> list[Pair]:
    """One list out of two: `kept` pairs (rising on both sides) with what only one side has between.

    Read for its old side it is the old list, read for its new side the new one; old goes first.
    """
    result: list[Pair] = []
    i = j = 0
    for old, new in (*kept, (old_count, new_count)):
        result += [(index, None) for index in range(i, old)]
        result += [(None, index) for index in range(j, new)]
        if old < old_count and new < new_count:
            result.append((old, new))
        i, j = old + 1, new + 1
    return result


def align[T, F](
    old: Sequence[T],
    new: Sequence[T],
    *,
    key: Callable[[T], Hashable],
    feature: Callable[[T], F],
    likeness: Callable[[F, F], float],
    threshold: float,
) -> list[Pair]:
    """Pair two lists in order: equal items that occur once first, then by likeness in the gaps.

    `feature` is what `likeness` (0..1) looks at, worked out once per item and falsy for empty
    ones; below `threshold` two items are never paired.
    """
    old_keys, new_keys = [key(item) for item in old], [key(item) for item in new]
    old_features, new_features = _Once(old, feature), _Once(new, feature)

    def worth(i: int, j: int) -> float:
        same = old_keys[i] == new_keys[j]
        like = 1.0 if same else likeness(old_features[i], new_features[j])
        if like < threshold:
            return 0.0
        return like if old_features[i] else _EMPTY_WORTH

    kept: list[tuple[int, int]] = []
    for gap in _gaps(old_keys, new_keys, kept):
        kept += _between(gap, worth)
    return woven(len(old), len(new), sorted(kept))


class _Once[T, F]:
    """What is worked out of the items of a list, each when first asked for."""

    def __init__(self, items: Sequence[T], feature: Callable[[T], F]) -> None:
        self._items = items
        self._feature = feature
        self._known: dict[int, F] = {}

    def __getitem__(self, index: int) -> F:
        if index not in self._known:
            self._known[index] = self._feature(self._items[index])
        return self._known[index]


def _gaps(
    old: list[Hashable], new: list[Hashable], kept: list[tuple[int, int]]
) -> list[tuple[int, int, int, int]]:
    """Put equal ends and equal single items into `kept`; give what is left between them."""
    start, stop = common_ends(old, new)
    kept += [(index, index) for index in range(start)]
    kept += [(len(old) - index, len(new) - index) for index in range(stop, 0, -1)]
    anchors = unique_pairs(old, new, start, len(old) - stop, len(new) - stop)
    kept += anchors
    gaps = []
    i, j = start, start
    for left, right in (*anchors, (len(old) - stop, len(new) - stop)):
        if left > i and right > j:
            gaps.append((i, left, j, right))
        i, j = left + 1, right + 1
    return gaps


def common_ends[K: Hashable](old: Sequence[K], new: Sequence[K]) -> tuple[int, int]:
    """How many items are equal at the beginning, and then at the end without overlapping."""
    shorter = min(len(old), len(new))
    start = 0
    while start < shorter and old[start] == new[start]:
        start += 1
    stop = 0
    while stop < shorter - start and old[-1 - stop] == new[-1 - stop]:
        stop += 1
    return start, stop


def unique_pairs[K: Hashable](
    old: Sequence[K], new: Sequence[K], start: int, old_stop: int, new_stop: int
) -> list[tuple[int, int]]:
    """Pairs of equal items that occur once on each side, those that keep their order."""
    once_old = Counter(old[start:old_stop])
    once_new = Counter(new[start:new_stop])
    places = {new[j]: j for j in range(start, new_stop) if once_new[new[j]] == 1}
    pairs = [
        (i, places[old[i]])
        for i in range(start, old_stop)
        if once_old[old[i]] == 1 and old[i] in places
    ]
    return [pairs[index] for index in rising([j for _, j in pairs])]


def _between(
    gap: tuple[int, int, int, int], worth: Callable[[int, int], float]
) -> list[tuple[int, int]]:
    """The pairing of a gap with the greatest sum of worths (Needleman and Wunsch, 1970).

    In a large gap only items at about the same place are looked at.
    """
    low, high, left, right = gap
    rows, columns = high - low, right - left
    reach = columns if rows * columns <= _CELLS else max(_CELLS // (2 * rows), 1)
    scores: dict[tuple[int, int], float] = {}
    best = [0.0] * (columns + 1)
    table = [best]
    for i in range(rows - 1, -1, -1):
        middle = i * columns // rows
        below, best = best, [0.0] * (columns + 1)
        for j in range(columns - 1, -1, -1):
            best[j] = max(below[j], best[j + 1])
            if abs(j - middle) <= reach and (score := worth(low + i, left + j)):
                scores[i, j] = score
                best[j] = max(best[j], below[j + 1] + score)
        table.append(best)
    return [(low + i, left + j) for i, j in _traced(table[::-1], scores)]


def _traced(
    table: list[list[float]], scores: dict[tuple[int, int], float]
) -> list[tuple[int, int]]:
    """The pairs that gave the table its greatest sum."""
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(table) - 1 and j < len(table[0]) - 1:
        if (i, j) in scores and table[i][j] == table[i + 1][j + 1] + scores[i, j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif table[i][j] == table[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
