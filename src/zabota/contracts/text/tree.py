"""The text of a contract as one tree: what is read from Word, shown, compared, edited and printed.

Clauses are the branches; a clause holds blocks (paragraphs, tables, notes) and children.
Everything is frozen and comparable by value, so that a wording can be addressed by its content.
Numbers are never part of the text: a clause says which numbering scheme it counts in and at which
depth, and `numbers()` in `numbering.py` computes what the reader sees.
"""

from dataclasses import dataclass, field
from typing import Literal

Mark = Literal["bold", "italic", "underline", "sub", "sup", "strike"]
NumberFormat = Literal[
    "decimal",
    "decimalZero",
    "lowerLetter",
    "upperLetter",
    "lowerRoman",
    "upperRoman",
    "russianLower",
    "russianUpper",
    "bullet",
    "none",
]
Align = Literal["", "left", "center", "right", "both"]


@dataclass(frozen=True, slots=True)
class Text:
    """A stretch of words under the same marks (sorted, each once)."""

    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A place for a value: the wording holds only the name, the version holds the value."""

    name: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of another clause (its number is computed) or of a note (`kind="note"`)."""

    target: str
    kind: Literal["clause", "note"] = "clause"
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Break:
    """A line break, a tab or a page break inside a paragraph."""

    kind: Literal["line", "tab", "page"] = "line"


@dataclass(frozen=True, slots=True)
class Kept:
    """Something we keep and name but do not edit: a picture, a text box, a formula, an OLE object.

    `key` finds its XML in the package it was read from; `words` is what a reader would read in it.
    """

    kind: str
    key: str
    words: str = ""


Run = Text | Field | Reference | Break | Kept


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with the Word style it came with and its opaque properties (XML of w:pPr).

    `numbering` counts a paragraph that is no clause: in a cell, a note, a header. `section` is the
    XML of the w:sectPr that ends a section here (page size, columns), when one does.
    """

    runs: tuple[Run, ...] = ()
    style: str = ""
    align: Align = ""
    properties: str = ""
    numbering: "Numbering | None" = None
    section: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell stands once, where its merge begins; `columns` and `rows` say how far it reaches."""

    blocks: tuple["Block", ...] = ()
    columns: int = 1
    rows: int = 1
    properties: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; a header row is repeated on each printed page."""

    cells: tuple[Cell, ...] = ()
    header: bool = False
    properties: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table belongs to one clause; numbers inside its cells are no clauses. Widths are twips."""

    rows: tuple[Row, ...] = ()
    widths: tuple[int, ...] = ()
    borders: bool = True
    properties: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote; the place it is called from is a `Reference(kind="note")` to `id`."""

    id: str
    blocks: tuple["Block", ...] = ()
    kind: Literal["footnote", "endnote"] = "footnote"


Block = Paragraph | Table | Note


@dataclass(frozen=True, slots=True)
class Level:
    """One depth of a numbering scheme: `pattern` as in Word («%1.%2.»), counted from `start`.

    `legal` shows every number of the pattern in decimals (w:isLgl). `resets_after` is w:lvlRestart:
    the count begins anew after that depth (from 1; 0 never), by default after any higher depth.
    """

    pattern: str
    format: NumberFormat = "decimal"
    start: int = 1
    legal: bool = False
    resets_after: int | None = None


@dataclass(frozen=True, slots=True)
class Scheme:
    """A way of numbering with its levels; clauses that name the same scheme count together.

    A scheme's name may be `group:variant`: variants write numbers differently but count as one
    group. A variant or group that starts with `hand` was typed as text, not made by Word.
    """

    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Numbering:
    """How a clause is counted: in which scheme, at which depth; `restart` sets the counter anew."""

    scheme: str
    level: int = 0
    restart: int | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause keeps its `id` across versions, moves included; unnumbered text has no numbering."""

    id: str
    blocks: tuple[Block, ...] = ()
    children: tuple["Clause", ...] = ()
    numbering: Numbering | None = None
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """The whole text: clauses in order, the numbering schemes they use, headers and footers."""

    clauses: tuple[Clause, ...] = ()
    schemes: dict[str, Scheme] = field(default_factory=dict)
    headers: tuple[Block, ...] = ()
    footers: tuple[Block, ...] = ()
