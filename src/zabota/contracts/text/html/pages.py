"""Two contracts compared, clause by clause: in line and side by side."""

from typing import Literal

from zabota.contracts.compare.documents import ClauseChange, Comparison
from zabota.contracts.compare.redline import Redline, RedlineBlock, RedlineParagraph
from zabota.contracts.text.html.clause import framed, notes_html
from zabota.contracts.text.html.inline import safe
from zabota.contracts.text.html.ops import Side, View, either, view_of
from zabota.contracts.text.html.redline import blocks_of, note_of, viewed
from zabota.contracts.text.html.shown import Shown

Pairs = tuple[tuple[str, str], ...]
_SIDES: tuple[Side, Side] = ("old", "new")


def comparison_html(comparison: Comparison, old: Shown, new: Shown) -> str:
    """Two whole contracts in line; a moved clause stands struck where it was."""
    return "".join(change_html(change, old, new) for change in comparison.clauses)


def change_html(change: ClauseChange, old: Shown, new: Shown) -> str:
    """One clause of a comparison in its frame, with its number on both sides."""
    gone = change.place == "old"
    clause = change.old if gone else change.new
    if clause is None:
        raise ValueError(f"clause {change.id!r} does not stand at its place")
    depth = change.old_depth if gone else change.new_depth
    inside = wording_html(change, old, new)
    shown = old if gone else new
    return framed(clause, depth, number_html(change, old, new), inside, shown, kinds_of(change))


def wording_html(change: ClauseChange, old: Shown, new: Shown) -> str:
    """The words of a clause of a comparison in line, without frame and number."""
    return viewed(change.redline, _view(change, old, new, "both"))


def number_html(change: ClauseChange, old: Shown, new: Shown, side: Side = "both") -> str:
    """The number of a clause of a comparison, both where it changed."""
    before, after = (
        safe(one.beside.get(change.id) or one.numbers.get(change.id, "")) for one in (old, new)
    )
    if change.place != "both":
        return f'<span class="n">{before if change.place == "old" else after}</span>'
    kind = "n" if before == after else "n renumbered"
    return f'<span class="{kind}">{either(before, after, side)}</span>'


def change_side_by_side(change: ClauseChange, old: Shown, new: Shown) -> Pairs:
    """The wording of a clause in pairs (old, new); what stands elsewhere leaves its side empty."""
    left, right = (_view(change, old, new, side) for side in _SIDES)
    pairs = _pairs(change.redline, left, right)
    if change.place == "both":
        return pairs
    if change.place == "old":
        return tuple((gone, "") for gone, _ in pairs if gone)
    return tuple(("", come) for _, come in pairs if come)


def side_by_side(redline: Redline, old: Shown, new: Shown, clause_id: str = "") -> Pairs:
    """Two wordings in pairs (old, new) that stand beside each other."""
    left, right = (view_of(redline, old, new, s, clause_id=clause_id) for s in _SIDES)
    return _pairs(redline, left, right)


def kinds_of(change: ClauseChange) -> str:
    """The classes of a clause in a comparison."""
    names = ["moved"] if _is_moved(change) else []
    if change.kind in ("changed", "moved_changed"):
        names.append("changed")
    if change.place != "both":
        names.append("deleted" if change.place == "old" else "inserted")
    return " ".join(names)


def _is_moved(change: ClauseChange) -> bool:
    return change.carried or change.kind in ("moved", "moved_changed")


def _view(change: ClauseChange, old: Shown, new: Shown, side: Side) -> View:
    if not _is_moved(change):
        return view_of(change.redline, old, new, side, clause_id=change.id)
    moved: Literal["from", "to"] = "from" if change.place == "old" else "to"
    return view_of(change.redline, old, new, side, moved, change.id)


def _pairs(redline: Redline, left: View, right: View) -> Pairs:
    pairs = [(blocks_of(group, left), blocks_of(group, right)) for group in _groups(redline)]
    for note in redline.notes:
        gone = notes_html([note_of(note, left)] if left.has(note.change) else [])
        come = notes_html([note_of(note, right)] if right.has(note.change) else [])
        pairs.append((gone, come))
    return tuple(pairs)


def _groups(redline: Redline) -> list[list[RedlineBlock]]:
    """Blocks that belong beside each other: up to a paragraph mark that both sides have."""
    groups: list[list[RedlineBlock]] = []
    pending: list[RedlineBlock] = []
    for block in redline.blocks:
        pending.append(block)
        lone = len(pending) == 1 and isinstance(block, RedlineParagraph) and block.whole
        if not isinstance(block, RedlineParagraph) or block.mark == "equal" or lone:
            groups.append(pending)
            pending = []
    return [*groups, pending] if pending else groups
