"""Making a word diff readable: no shreds, edits that begin where a phrase begins.

After the semantic clean-up of diff-match-patch (Fraser 2006), counted in words instead of letters.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from zabota.contracts.compare.atoms import END, Atom

_WORDS_KEPT = 4  # so many equal words in a row always stand
_SHARED = 0.2  # with less than this in common a text is shown as replaced


@dataclass(frozen=True, slots=True)
class Stretch:
    """Atoms old[i:i_end] and new[j:j_end]: the same words, or what took the place of what."""

    equal: bool
    i: int
    i_end: int
    j: int
    j_end: int

    @property
    def replaces(self) -> bool:
        """Something went and something came."""
        return self.i < self.i_end and self.j < self.j_end


def readable(found: Sequence[Stretch], old: Sequence[Atom], new: Sequence[Atom]) -> list[Stretch]:
    """The same change told in fewer, whole pieces; it still covers both sides exactly."""
    result = _without_shreds(_whole_if_strange(found, old, new), old, new)
    return _without_empty(_bracketed(_slid(result, old, new), old, new))


def _whole_if_strange(
    found: Sequence[Stretch], old: Sequence[Atom], new: Sequence[Atom]
) -> Sequence[Stretch]:
    """Two texts that share only chance words are shown as one replaced by the other."""
    if sum(not stretch.equal for stretch in found) < 3:
        return found
    shared = sum(_weight(old, stretch.i, stretch.i_end) for stretch in found if stretch.equal)
    most = max(_weight(old, 0, len(old)), _weight(new, 0, len(new)))
    if shared >= most * _SHARED:
        return found
    end = 1 if found[-1].equal and old[-1].key == END else 0
    whole = Stretch(False, 0, len(old) - end, 0, len(new) - end)
    if not end:
        return [whole]
    return [whole, Stretch(True, len(old) - 1, len(old), len(new) - 1, len(new))]


def _without_shreds(
    found: Sequence[Stretch], old: Sequence[Atom], new: Sequence[Atom]
) -> list[Stretch]:
    """Drop equal stretches that tell less than the changes on both their sides."""
    result: list[Stretch] = []
    for stretch in found:
        result.append(stretch)
        while (
            len(result) >= 3
            and not result[-1].equal
            and result[-2].equal
            and _is_shred(result[-3], result[-2], result[-1], old, new)
        ):
            first, last = result[-3], result[-1]
            result[-3:] = [Stretch(False, first.i, last.i_end, first.j, last.j_end)]
    return result


def _is_shred(
    before: Stretch, same: Stretch, after: Stretch, old: Sequence[Atom], new: Sequence[Atom]
) -> bool:
    gone = before.i < before.i_end or after.i < after.i_end
    come = before.j < before.j_end or after.j < after.j_end
    if not (gone and come):
        return False
    kept = old[same.i : same.i_end]
    if any(atom.key == END for atom in kept):
        return False
    if not any(atom.is_word for atom in kept):
        return True
    if sum(atom.is_word for atom in kept) >= _WORDS_KEPT:
        return False
    weight = sum(atom.weight for atom in kept)
    return weight <= min(_size(before, old, new), _size(after, old, new))


def _size(stretch: Stretch, old: Sequence[Atom], new: Sequence[Atom]) -> int:
    gone = _weight(old, stretch.i, stretch.i_end)
    return max(gone, _weight(new, stretch.j, stretch.j_end))


def _weight(side: Sequence[Atom], start: int, stop: int) -> int:
    return sum(atom.weight for atom in side[start:stop])


def _slid(found: Sequence[Stretch], old: Sequence[Atom], new: Sequence[Atom]) -> list[Stretch]:
    """Shift pure insertions and deletions to where a sentence, a phrase or a word begins."""
    result = _padded(found)
    for index in range(1, len(result) - 1, 2):
        left, edit, right = result[index - 1 : index + 2]
        if edit.replaces:
            continue
        if edit.i < edit.i_end:
            shift = _best_shift(old, edit.i, edit.i_end, _room(result, index, left, right))
        else:
            shift = _best_shift(new, edit.j, edit.j_end, _room(result, index, left, right))
        i, i_end, j, j_end = (at + shift for at in (edit.i, edit.i_end, edit.j, edit.j_end))
        result[index - 1] = Stretch(True, left.i, i, left.j, j)
        result[index] = Stretch(False, i, i_end, j, j_end)
        result[index + 1] = Stretch(True, i_end, right.i_end, j_end, right.j_end)
    return result


def _padded(found: Sequence[Stretch]) -> list[Stretch]:
    """The same with an equal stretch, empty if need be, at both ends."""
    result = list(found)
    if not result or not result[0].equal:
        result.insert(0, Stretch(True, 0, 0, 0, 0))
    last = result[-1]
    if not last.equal:
        result.append(Stretch(True, last.i_end, last.i_end, last.j_end, last.j_end))
    return result


def _room(result: list[Stretch], index: int, left: Stretch, right: Stretch) -> tuple[int, int]:
    """How far an edit may go either way without using up an equal stretch between two edits."""
    before = left.i_end - left.i - (0 if index == 1 else 1)
    after = right.i_end - right.i - (0 if index == len(result) - 2 else 1)
    return max(before, 0), max(after, 0)


def _best_shift(side: Sequence[Atom], start: int, stop: int, room: tuple[int, int]) -> int:
    best, best_rank = 0, (_border(side, start) + _border(side, stop), 0)
    for step in (-1, 1):
        shift = 0
        while abs(shift) < room[step > 0]:
            gone = side[start + shift - 1] if step < 0 else side[start + shift]
            come = side[stop + shift - 1] if step < 0 else side[stop + shift]
            if gone.key != come.key:
                break
            shift += step
            rank = (_border(side, start + shift) + _border(side, stop + shift), -abs(shift))
            if rank > best_rank:
                best, best_rank = shift, rank
    return best


def _border(side: Sequence[Atom], at: int) -> int:
    """How natural it is for an edit to begin or end before the atom at this place."""
    if at == 0 or at == len(side) or side[at - 1].key == END:
        return 6
    before, after = side[at - 1].key, side[at].key
    if before in ".;!?":
        return 4
    if before in ",:)" or after in ",;(":
        return 3
    return 2 if before.isspace() or after.isspace() else 0


def _bracketed(found: Sequence[Stretch], old: Sequence[Atom], new: Sequence[Atom]) -> list[Stretch]:
    """A bracket opened on both sides of a change closes in it: «5 (пять)» changes as a whole."""
    result = list(found)
    for index, edit in enumerate(result[:-1]):
        if edit.equal or not edit.replaces:
            continue
        after = result[index + 1]
        more = _to_bracket(old[after.i : after.i_end])
        if more and _is_open(old[edit.i : edit.i_end]) and _is_open(new[edit.j : edit.j_end]):
            result[index] = Stretch(False, edit.i, edit.i_end + more, edit.j, edit.j_end + more)
            result[index + 1] = Stretch(
                True, after.i + more, after.i_end, after.j + more, after.j_end
            )
    return result


def _to_bracket(kept: Sequence[Atom]) -> int:
    """How many equal atoms lead to the bracket that closes, itself included; 0 where it is far."""
    words = 0
    for place, atom in enumerate(kept):
        if atom.key == ")":
            return place + 1
        words += atom.is_word
        if words >= _WORDS_KEPT or atom.key in ("(", END):
            return 0
    return 0


def _is_open(part: Sequence[Atom]) -> bool:
    return sum((atom.key == "(") - (atom.key == ")") for atom in part) == 1


def _without_empty(found: Sequence[Stretch]) -> list[Stretch]:
    """Without empty stretches, changes that then touch made one."""
    result: list[Stretch] = []
    for stretch in found:
        if stretch.i == stretch.i_end and stretch.j == stretch.j_end:
            continue
        last = result[-1] if result else None
        if last is not None and last.equal == stretch.equal:
            result[-1] = Stretch(last.equal, last.i, stretch.i_end, last.j, stretch.j_end)
        else:
            result.append(stretch)
    return result
