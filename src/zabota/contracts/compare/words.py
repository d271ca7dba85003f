"""Comparing word by word so that a lawyer can read it.

Words, numbers and tokens are aligned by a longest common subsequence (rapidfuzz's bit-parallel LCS,
after Hyyrö 2004); spaces follow their words and never hold an alignment together. What comes out is
then made readable: see `readable.py`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import LCSseq

from zabota.contracts.compare.align import common_ends, unique_pairs
from zabota.contracts.compare.atoms import Atom, atoms, joined
from zabota.contracts.compare.readable import Stretch, readable
from zabota.contracts.text.tree import Run

OpKind = Literal["equal", "insert", "delete", "format"]
_CELLS = 400_000_000  # LCS works on a matrix of bits: 50 MB


@dataclass(frozen=True, slots=True)
class Op:
    """A stretch of the comparison: `old` is read on the old side, `new` on the new one.

    "format" has the same words under other marks; `moved` says that the words stand elsewhere too.
    """

    kind: OpKind
    old: tuple[Run, ...] = ()
    new: tuple[Run, ...] = ()
    moved: bool = False


def words(old: str | Iterable[Run], new: str | Iterable[Run]) -> tuple[Op, ...]:
    """Compare word by word; the old sides of all ops joined give old, the new sides new."""
    before, after = atoms(old), atoms(new)
    ops: list[Op] = []
    for stretch in stretches(before, after):
        ops += stretch_ops(stretch, before, after)
    return tuple(ops)


def stretch_ops(stretch: Stretch, old: Sequence[Atom], new: Sequence[Atom]) -> list[Op]:
    """The ops of one stretch; an equal one is cut where the marks differ."""
    gone, come = old[stretch.i : stretch.i_end], new[stretch.j : stretch.j_end]
    if stretch.equal:
        return _equal_ops(gone, come)
    ops = []
    if gone:
        ops.append(Op("delete", old=joined(gone)))
    if come:
        ops.append(Op("insert", new=joined(come)))
    return ops


def stretches(old: Sequence[Atom], new: Sequence[Atom]) -> list[Stretch]:
    """Equal and changed stretches by turns, readable; together they cover both sides exactly."""
    return readable(closest(old, new), old, new)


def closest(old: Sequence[Atom], new: Sequence[Atom]) -> list[Stretch]:
    """The same with as much equal as there is, however small its pieces."""
    old_keys, new_keys = [atom.key for atom in old], [atom.key for atom in new]
    if old_keys == new_keys:
        return [Stretch(True, 0, len(old), 0, len(new))] if old else []
    start, stop = common_ends(old_keys, new_keys)
    old_end, new_end = len(old) - stop, len(new) - stop
    inner = _matched(old, new, start, old_end, new_end)
    found: list[Stretch] = []
    i, j = 0, 0
    for low, high, left, right in _runs(
        [(0, start, 0, start), *inner, (old_end, len(old), new_end, len(new))]
    ):
        if low > i or left > j:
            found.append(Stretch(False, i, low, j, left))
        if high > low:
            found.append(Stretch(True, low, high, left, right))
        i, j = high, right
    return found


def _runs(parts: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Equal stretches that touch on both sides made one."""
    result: list[tuple[int, int, int, int]] = []
    for low, high, left, right in parts:
        if result and result[-1][1] == low and result[-1][3] == left:
            result[-1] = (result[-1][0], high, result[-1][2], right)
        else:
            result.append((low, high, left, right))
    return result


def _matched(
    old: Sequence[Atom], new: Sequence[Atom], start: int, old_end: int, new_end: int
) -> list[tuple[int, int, int, int]]:
    """Equal stretches between the equal ends, each atom in order, spaces beside equal words too."""
    left = [i for i in range(start, old_end) if not old[i].is_space]
    right = [j for j in range(start, new_end) if not new[j].is_space]
    pairs = _common([old[i].key for i in left], [new[j].key for j in right])
    found: list[tuple[int, int, int, int]] = []
    i, j = start, start
    for a, b in (*((left[x], right[y]) for x, y in pairs), (old_end, new_end)):
        lead, trail = common_ends([atom.key for atom in old[i:a]], [atom.key for atom in new[j:b]])
        if lead:
            found.append((i, i + lead, j, j + lead))
        end = 1 if a < old_end else 0
        if trail or end:
            found.append((a - trail, a + end, b - trail, b + end))
        i, j = a + 1, b + 1
    return found


def _common(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Pairs of a longest common subsequence; of huge texts, of the pieces between unique words."""
    codes: dict[str, int] = {}
    left = [codes.setdefault(key, len(codes)) for key in old]
    right = [codes.setdefault(key, len(codes)) for key in new]
    if len(left) * len(right) <= _CELLS:
        return _lcs(left, right, 0, 0)
    pairs: list[tuple[int, int]] = []
    i = j = 0
    for a, b in (*unique_pairs(left, right, 0, len(left), len(right)), (len(left), len(right))):
        if (a - i) * (b - j) <= _CELLS:
            pairs += _lcs(left[i:a], right[j:b], i, j)
        if a < len(left):
            pairs.append((a, b))
        i, j = a + 1, b + 1
    return pairs


def _lcs(old: list[int], new: list[int], i: int, j: int) -> list[tuple[int, int]]:
    return [
        (i + op.src_start + step, j + op.dest_start + step)
        for op in LCSseq.opcodes(old, new)
        if op.tag == "equal"
        for step in range(op.src_end - op.src_start)
    ]


def _equal_ops(old: Sequence[Atom], new: Sequence[Atom]) -> list[Op]:
    ops: list[Op] = []
    start = 0
    for index in range(1, len(old) + 1):
        same = old[start].runs == new[start].runs
        if index == len(old) or (old[index].runs == new[index].runs) != same:
            kind: OpKind = "equal" if same else "format"
            ops.append(Op(kind, joined(old[start:index]), joined(new[start:index])))
            start = index
    return ops
