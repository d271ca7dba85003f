"""Words of a comparison as HTML: what went in `del`, what came in `ins`."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from zabota.contracts.compare.redline import (
    Change,
    Redline,
    RedlineBlock,
    RedlineParagraph,
    RedlineTable,
)
from zabota.contracts.compare.words import Op
from zabota.contracts.text.html.inline import (
    Eye,
    field_html,
    field_text,
    label_html,
    marked,
    reference_html,
    run_html,
    safe,
)
from zabota.contracts.text.html.labels import Labels, labels_of, told
from zabota.contracts.text.html.shown import Shown, local_note_numbers
from zabota.contracts.text.tree import Field, Kept, Reference, Run

Side = Literal["both", "old", "new"]


@dataclass(frozen=True, slots=True)
class View:
    """How a comparison is looked at: with whose eyes, which of its sides, and whether it moved.

    A clause moved "from" here is struck as moved; one moved "to" here is wrapped as moved, its own
    changes inside.
    """

    old: Eye
    new: Eye
    side: Side = "both"
    moved: Literal["", "from", "to"] = ""
    labels: Labels = field(default_factory=dict)

    def has(self, change: Change) -> bool:
        """Whether what so changed stands on the side looked at."""
        return change == "equal" or self.side != ("old" if change == "insert" else "new")


def view_of(
    redline: Redline,
    old: Shown,
    new: Shown,
    side: Side = "both",
    moved: Literal["", "from", "to"] = "",
    clause_id: str = "",
) -> View:
    """A view with notes and paragraphs as each side counts them."""
    before, after = _calls(redline.blocks)
    return View(
        Eye(old, local_note_numbers(before, old)),
        Eye(new, local_note_numbers(after, new)),
        side,
        moved,
        labels_of(redline, clause_id, old, new),
    )


def ops_html(ops: Iterable[Op], view: View) -> str:
    """The words of a paragraph, those that stand on the side looked at."""
    return "".join(_op(op, view) for op in ops)


def label_of(piece: RedlineParagraph, view: View) -> str:
    """The number a piece begins with, on both sides where it differs."""
    if id(piece) not in view.labels:
        return ""
    old, new = view.labels[id(piece)]
    inside = either(told(safe(old)), told(safe(new)), view.side)
    return label_html(inside)


def wrapped(inside: str, view: View) -> str:
    """The inside of a paragraph that was moved here."""
    return f'<ins class="moved">{inside}</ins>' if view.moved == "to" and inside else inside


def mark_html(change: Change, view: View, *, moved: bool) -> str:
    """A paragraph mark that came or went; one that stayed is the paragraph's own end."""
    if change == "equal":
        return ""
    tag = "ins" if change == "insert" else "del"
    kinds = "para moved" if moved or view.moved == "from" else "para"
    return f'<{tag} class="{kinds}">¶</{tag}>'


def either(old: str, new: str, side: Side = "both") -> str:
    """Two readings of the same place, one of them where they are equal."""
    if old == new:
        return new
    gone = f"<del>{old}</del>" if old and side != "new" else ""
    return gone + (f"<ins>{new}</ins>" if new and side != "old" else "")


def _op(op: Op, view: View) -> str:
    if op.kind == "delete" or op.kind == "insert":
        if not view.has(op.kind):
            return ""
        gone = op.kind == "delete"
        runs, eye, tag = (op.old, view.old, "del") if gone else (op.new, view.new, "ins")
        kind = ' class="moved"' if op.moved or view.moved == "from" else ""
        inside = "".join(_called(run, eye, called=not gone) for run in runs)
        return f"<{tag}{kind}>{inside}</{tag}>"
    runs = op.old if view.side == "old" else op.new
    inside = "".join(_same(run, view) for run in runs)
    return f'<span class="format">{inside}</span>' if op.kind == "format" else inside


def _called(run: Run, eye: Eye, *, called: bool) -> str:
    if isinstance(run, Reference) and not called:
        inside = reference_html(run, safe(eye.number(run)), eye, called=False)
        return marked(inside, run.marks)
    return run_html(run, eye)


def _same(run: Run, view: View) -> str:
    """A run on both sides; what it shows may differ though the token is the same."""
    match run:
        case Field(name=name, marks=marks):
            inside = either(field_text(name, view.old), field_text(name, view.new), view.side)
            empty = not (view.old if view.side == "old" else view.new).value(name)
            return marked(field_html(name, inside, empty), marks)
        case Reference(marks=marks):
            inside = either(safe(view.old.number(run)), safe(view.new.number(run)), view.side)
            eye = view.old if view.side == "old" else view.new
            return marked(reference_html(run, inside, eye, called=True), marks)
        case Kept():
            return either(run_html(run, view.old), run_html(run, view.new), view.side)
    return run_html(run, view.new)


def _calls(blocks: Iterable[RedlineBlock]) -> tuple[list[str], list[str]]:
    """The notes called on the old side and on the new."""
    before: list[str] = []
    after: list[str] = []
    for block in blocks:
        if isinstance(block, RedlineTable):
            for row in block.rows:
                for cell in row.cells:
                    gone, come = _calls(cell.blocks)
                    before, after = before + gone, after + come
            continue
        for op in block.ops:
            before += _note_targets(op.old)
            after += _note_targets(op.new)
    return before, after


def _note_targets(runs: Iterable[Run]) -> list[str]:
    marks = [run for run in runs if isinstance(run, Reference)]
    return [mark.target for mark in marks if mark.kind == "note"]
