"""Comparing paragraphs as one flow of words, so that splitting one is seen as splitting it."""

from collections.abc import Callable, Sequence

from zabota.contracts.compare.align import Pair
from zabota.contracts.compare.atoms import END, Atom, flow
from zabota.contracts.compare.likeness import share, text_keys
from zabota.contracts.compare.readable import Stretch
from zabota.contracts.compare.redline import Change, RedlineParagraph
from zabota.contracts.compare.words import Op, stretch_ops, stretches
from zabota.contracts.text.tree import Paragraph, Table

_BETTER = 0.1  # how much likelier a paragraph must become by taking in its neighbour

BodyBlock = Paragraph | Table
Group = tuple[list[BodyBlock], list[BodyBlock]]


def paragraphs(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> list[RedlineParagraph]:
    """Compare two lists of paragraphs as two flows of words with paragraph marks among them."""
    before, after = flow(old), flow(new)
    result: list[RedlineParagraph] = []
    ops: list[Op] = []
    left, right = iter(old), iter(new)
    for stretch in stretches(before, after):
        for part, mark in _up_to_marks(stretch, before, after):
            ops += stretch_ops(part, before, after)
            if mark is not None:
                gone = None if mark == "insert" else next(left)
                come = None if mark == "delete" else next(right)
                result.append(RedlineParagraph(tuple(ops), mark, gone, come))
                ops = []
    return result


def _up_to_marks(
    stretch: Stretch, old: Sequence[Atom], new: Sequence[Atom]
) -> list[tuple[Stretch, Change | None]]:
    """A stretch cut at its paragraph marks, each piece with the mark that closes it."""
    if stretch.equal:
        i, i_end, j = stretch.i, stretch.i_end, stretch.j
        return [
            (Stretch(True, a, b, j + a - i, j + b - i), mark)
            for a, b, mark in _pieces(old, i, i_end, "equal")
        ]
    result: list[tuple[Stretch, Change | None]] = []
    for a, b, mark in _pieces(old, stretch.i, stretch.i_end, "delete"):
        result.append((Stretch(False, a, b, stretch.j, stretch.j), mark))
    for a, b, mark in _pieces(new, stretch.j, stretch.j_end, "insert"):
        result.append((Stretch(False, stretch.i_end, stretch.i_end, a, b), mark))
    return result


def _pieces(
    side: Sequence[Atom], start: int, stop: int, change: Change
) -> list[tuple[int, int, Change | None]]:
    found: list[tuple[int, int, Change | None]] = []
    begin = start
    for index in range(start, stop):
        if side[index].key == END:
            found.append((begin, index, change))
            begin = index + 1
    if begin < stop:
        found.append((begin, stop, None))
    return found


def lone_pairs(pairs: list[Pair], may_pair: Callable[[int, int], bool]) -> list[Pair]:
    """One item that went and one that came at the same place are one rewritten."""
    result: list[Pair] = []
    for index, pair in enumerate(pairs):
        before = result[-1] if result else (0, 0)
        lone = (
            before[1] is None
            and pair[0] is None
            and (len(result) < 2 or result[-2][1] is not None)
            and (index + 1 == len(pairs) or pairs[index + 1][0] is not None)
        )
        i, j = before[0], pair[1]
        if lone and i is not None and j is not None and may_pair(i, j):
            result[-1] = (i, j)
        else:
            result.append(pair)
    return result


def groups(pairs: list[Pair], old: Sequence[BodyBlock], new: Sequence[BodyBlock]) -> list[Group]:
    """Paragraphs that were split or joined are compared together, as one flow of words."""
    parts: list[Group] = [
        ([] if i is None else [old[i]], [] if j is None else [new[j]]) for i, j in pairs
    ]
    result: list[Group] = []
    for group in parts:
        result.append(group)
        while len(result) >= 2 and _belong(result[-2], result[-1]):
            last = result.pop()
            result[-1] = (result[-1][0] + last[0], result[-1][1] + last[1])
    return result


def _belong(first: Group, second: Group) -> bool:
    """One side of one of them is empty, and together they are more alike than apart."""
    one_sided = bool(first[0]) == bool(first[1]), bool(second[0]) == bool(second[1])
    if sum(one_sided) != 1:
        return False
    pair = first if one_sided[0] else second
    both: Group = (first[0] + second[0], first[1] + second[1])
    if not all(isinstance(block, Paragraph) for block in (*both[0], *both[1])):
        return False
    if len(pair[0]) == len(pair[1]) and pair[0] == pair[1]:
        return False
    return _group_share(both) >= _group_share(pair) + _BETTER


def _group_share(group: Group) -> float:
    old = [key for block in group[0] for key in text_keys(block)]
    return share(old, [key for block in group[1] for key in text_keys(block)])
