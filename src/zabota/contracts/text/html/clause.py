"""The clean text of a contract as HTML."""

import re
from collections.abc import Iterable, Sequence

from zabota.contracts.text.html.inline import Eye, label_html, runs_html, safe
from zabota.contracts.text.html.labels import count, note_places, told
from zabota.contracts.text.html.shown import Shown, local_note_numbers
from zabota.contracts.text.notes import called_notes, notes_in_order
from zabota.contracts.text.tree import Block, Cell, Clause, Document, Paragraph, Table

# A cell that holds nothing but a number or a sum is not broken over lines.
TAG = re.compile(r"<[^>]*>")
NUMBER = re.compile(r"[\s\u00a0\u202f]*[-−]?\d[\d\s\u00a0\u202f.,]*[%‰₽]?[\s\u00a0\u202f]*")


def document_html(document: Document, shown: Shown) -> str:
    """All clauses in reading order, each a section with its number."""
    found: list[str] = []
    waiting = [(clause, 0) for clause in reversed(document.clauses)]
    while waiting:
        clause, depth = waiting.pop()
        found.append(section(clause, depth, clause_html(clause.blocks, shown, clause.id), shown))
        waiting += [(child, depth + 1) for child in reversed(clause.children)]
    return "".join(found)


def clause_html(blocks: Sequence[Block], shown: Shown, clause_id: str = "") -> str:
    """The wording of one clause: paragraphs, tables, then its notes aside.

    The id of the clause is needed for the numbers of paragraphs inside it.
    """
    eye = Eye(shown, local_note_numbers(called_notes(blocks), shown), clause_id)
    notes = notes_in_order(blocks)
    places = note_places(blocks) if notes else {}
    aside = (
        note_html(
            note.id,
            safe(eye.notes.get(note.id, "*")),
            blocks_html(note.blocks, eye, places[note.id]),
            shown,
        )
        for note in notes
    )
    return blocks_html(blocks, eye) + notes_html(aside)


def section(clause: Clause, depth: int, inside: str, shown: Shown, kinds: str = "") -> str:
    """The frame of a clause on a page."""
    number = safe(shown.beside.get(clause.id) or shown.numbers.get(clause.id, ""))
    return framed(clause, depth, f'<span class="n">{number}</span>', inside, shown, kinds)


def framed(
    clause: Clause, depth: int, number: str, inside: str, shown: Shown, kinds: str = ""
) -> str:
    """The same with a number already in HTML; `kinds` are classes of what became of the clause."""
    name = " ".join(filter(None, ("clause", "title" if clause.heading else "", kinds)))
    twice = kinds.startswith("moved") and kinds.endswith("deleted")  # it stands elsewhere too
    anchor = f' id="c-{safe(clause.id)}"' if shown.anchors and not twice else ""
    return (
        f'<section class="{name}"{anchor} data-clause="{safe(clause.id)}" data-depth="{depth}">'
        f'{number}<div class="text">{inside}</div></section>'
    )


def blocks_html(blocks: Iterable[Block], eye: Eye, place: int = 0) -> str:
    """Paragraphs and tables, the first at a place of its clause; notes stand aside."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            label = label_html(told(safe(eye.label_at(place))))
            found.append(paragraph_html(block, label + runs_html(block.runs, eye)))
            place += 1
        elif isinstance(block, Table):
            found.append(_table(block, eye, place))
            place += count((block,))
        else:
            place += count(block.blocks)
    return "".join(found)


def paragraph_html(paragraph: Paragraph, inside: str, kinds: str = "") -> str:
    """The frame of a paragraph."""
    names = [f"align-{paragraph.align}" if paragraph.align else "", kinds]
    name = " ".join(filter(None, names))
    return f'<p class="{name}">{inside}</p>' if name else f"<p>{inside}</p>"


def table_open(table: Table, kinds: str = "") -> str:
    """The beginning of a table, up to its rows."""
    name = " ".join(filter(None, ("borders" if table.borders else "plain", kinds)))
    return f'<table class="{name}"><tbody>'


def cell_html(
    cell: Cell, header: bool, inside: str, rows: int | None = None, kinds: str = ""
) -> str:
    """A cell with how far it reaches; `rows` when a redline has more rows than the table."""
    reach = cell.rows if rows is None else rows
    spans = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    spans += f' rowspan="{reach}"' if reach > 1 else ""
    names = f"{kinds} num".strip() if NUMBER.fullmatch(TAG.sub("", inside)) else kinds
    name = f' class="{names}"' if names else ""
    tag = "th" if header else "td"
    scope = ' scope="col"' if header else ""
    return f"<{tag}{scope}{spans}{name}>{inside}</{tag}>"


def notes_html(notes: Iterable[str]) -> str:
    """The notes aside, nothing where there are none."""
    inside = "".join(notes)
    return f'<aside class="notes">{inside}</aside>' if inside else ""


def note_html(name: str, number: str, inside: str, shown: Shown, kinds: str = "") -> str:
    """One note with its number."""
    anchor = f' id="n-{safe(name)}"' if shown.anchors and "deleted" not in kinds else ""
    classes = " ".join(filter(None, ("note", kinds)))
    return f'<div class="{classes}"{anchor}><sup class="n">{number}</sup>{inside}</div>'


def _table(table: Table, eye: Eye, place: int) -> str:
    rows: list[str] = []
    for row in table.rows:
        cells: list[str] = []
        for cell in row.cells:
            cells.append(cell_html(cell, row.header, blocks_html(cell.blocks, eye, place)))
            place += count(cell.blocks)
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"{table_open(table)}{''.join(rows)}</tbody></table>"
