"""A comparison of two wordings in line: what went in `del`, what came in `ins`, in one text.

A paragraph mark that came or went is written as `<ins class="para">¶</ins>` or as
`<del class="para">¶</del>`: without it the paragraph runs on into the next. Rows, cells, tables,
notes and clauses that came or went as a whole bear the class "inserted" or "deleted". So both texts
can be read back out of the page: leave out `del` and "deleted" for the new one, `ins` and
"inserted" for the old.
"""

from collections.abc import Iterable, Sequence

from zabota.contracts.compare.redline import (
    Change,
    Redline,
    RedlineBlock,
    RedlineCell,
    RedlineNote,
    RedlineParagraph,
    RedlineRow,
    RedlineTable,
)
from zabota.contracts.text.html.clause import (
    cell_html,
    note_html,
    notes_html,
    paragraph_html,
    table_open,
)
from zabota.contracts.text.html.inline import safe
from zabota.contracts.text.html.ops import (
    View,
    either,
    label_of,
    mark_html,
    ops_html,
    view_of,
    wrapped,
)
from zabota.contracts.text.html.shown import Shown

_KINDS: dict[Change, str] = {"equal": "", "insert": "inserted", "delete": "deleted"}


def redline_html(redline: Redline, old: Shown, new: Shown, clause_id: str = "") -> str:
    """Two wordings of a clause in line; its id is needed for numbers inside it."""
    return viewed(redline, view_of(redline, old, new, clause_id=clause_id))


def viewed(redline: Redline, view: View) -> str:
    """A comparison as a view looks at it: both sides at once, or one of them."""
    notes = (note_of(note, view) for note in redline.notes if view.has(note.change))
    return blocks_of(redline.blocks, view) + notes_html(notes)


def blocks_of(blocks: Iterable[RedlineBlock], view: View) -> str:
    """Paragraphs and tables of a comparison."""
    found: list[str] = []
    pending: list[RedlineParagraph] = []
    for block in blocks:
        if isinstance(block, RedlineParagraph):
            pending.append(block)
            if view.has(block.mark):
                found.append(_paragraph(pending, view))
                pending = []
        elif view.has(block.change):
            found.append(_table(block, view))
    return "".join(found)


def note_of(note: RedlineNote, view: View) -> str:
    """A note of a comparison with its number on both sides."""
    before = safe(view.old.notes.get(note.id, "*"))
    after = safe(view.new.notes.get(note.id, "*"))
    if note.change == "equal":
        number = either(before, after, view.side)
    else:
        number = before if note.change == "delete" else after
    inside = blocks_of(note.blocks, view)
    return note_html(note.id, number, inside, view.new.shown, _KINDS[note.change])


def _paragraph(parts: Sequence[RedlineParagraph], view: View) -> str:
    """Pieces up to a mark that stands on this side; in line that is always one piece."""
    last = parts[-1]
    inside = "".join(label_of(part, view) + ops_html(part.ops, view) for part in parts)
    inside += mark_html(last.mark, view, moved=last.moved)
    frame = (last.old or last.new) if view.side == "old" else (last.new or last.old)
    kinds = _KINDS[last.whole or "equal"] if len(parts) == 1 else ""
    if last.old and last.new and _look(last) == "format":
        kinds = "format"
    return paragraph_html(frame, wrapped(inside, view), kinds) if frame else ""


def _look(part: RedlineParagraph) -> str:
    old, new = part.old, part.new
    if old is None or new is None:
        return ""
    return "" if (old.style, old.align) == (new.style, new.align) else "format"


def _table(table: RedlineTable, view: View) -> str:
    frame = (table.old or table.new) if view.side == "old" else (table.new or table.old)
    if frame is None:
        return ""
    rows = [row for row in table.rows if view.has(row.change)]
    inside = "".join(_row(rows, index, view) for index in range(len(rows)))
    return f"{table_open(frame, _KINDS[table.change])}{inside}</tbody></table>"


def _row(rows: Sequence[RedlineRow], index: int, view: View) -> str:
    row = rows[index]
    frame = (row.old or row.new) if view.side == "old" else (row.new or row.old)
    header = frame is not None and frame.header
    cells = "".join(
        _cell(cell, header, _reach(rows, index, cell, view), view)
        for cell in row.cells
        if view.has(cell.change)
    )
    kind = _KINDS[row.change]
    return f'<tr class="{kind}">{cells}</tr>' if kind else f"<tr>{cells}</tr>"


def _cell(cell: RedlineCell, header: bool, reach: int, view: View) -> str:
    frame = (cell.old or cell.new) if view.side == "old" else (cell.new or cell.old)
    if frame is None:
        return ""
    inside = blocks_of(cell.blocks, view)
    return cell_html(frame, header, inside, reach, _KINDS[cell.change])


def _reach(rows: Sequence[RedlineRow], index: int, cell: RedlineCell, view: View) -> int:
    """How many rows shown a cell covers: those of its own side and what stands among them."""
    old = _covered(rows, index, cell.old.rows, "insert") if cell.old else 0
    new = _covered(rows, index, cell.new.rows, "delete") if cell.new else 0
    if view.side == "old" or not new:
        return old or new
    reach = new
    while reach < old and rows[index + reach].change == "delete":
        reach += 1
    return reach


def _covered(rows: Sequence[RedlineRow], index: int, count: int, absent: Change) -> int:
    """From a row on, how many rows shown until `count` rows of one side have passed."""
    shown = 0
    for row in rows[index:]:
        if not count:
            break
        count -= row.change != absent
        shown += 1
    return shown
