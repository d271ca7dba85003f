"""Reading the light markup in which the shipped forms are written.

A block begins with its mark; lines indented by two spaces continue it; a line without a mark is
a plain paragraph. `! ` title, `!! ` subtitle, `= ` line of place and date, `# ` section,
`## ` clause, `### ` sub-clause, `- ` lettered item, `+ ` and `++ ` clause and sub-clause of an
annex, `@annex`, `@heading`, `@table`, `@parties`, `@signatures`. After a mark may stand
`[label | checklist rows | concern locked]`; `{@label}` in a text is a reference to that clause.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Literal

Kind = Literal[
    "title", "subtitle", "place", "section", "clause", "subclause", "item", "text", "annex",
    "annex_heading", "annex_clause", "annex_subclause", "table", "parties", "signatures",
]  # fmt: skip

MARKS: dict[str, Kind] = {
    "!": "title",
    "!!": "subtitle",
    "=": "place",
    "#": "section",
    "##": "clause",
    "###": "subclause",
    "-": "item",
    "+": "annex_clause",
    "++": "annex_subclause",
    "@annex": "annex",
    "@heading": "annex_heading",
    "@table": "table",
    "@parties": "parties",
    "@signatures": "signatures",
}
NUMBERED = ("section", "clause", "subclause", "annex_clause", "annex_subclause")
LOCKED = "locked"
ATTRIBUTES = re.compile(r"\[([^\[\]]*)\]\s+")
REFERENCE = re.compile(r"\{@([a-z_]+)\}")
TOKEN = re.compile(
    r"\{\{ (?P<name>[A-Za-zА-Яа-яЁё_][\w.]*)"
    r"(?:: (?P<type>[a-z]+)(?:\((?P<args>[^()]*)\))?(?: \"(?P<label>[^\"]+)\")?)? \}\}"
)


class MarkupError(ValueError):
    """The source of a form cannot be read; says in which form and at which words."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or table of a form, with its number and what the checklist knows it for."""

    kind: Kind
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    label: str = ""
    checks: tuple[str, ...] = ()
    concern: str = ""
    locked: bool | None = None
    number: str = ""
    annex: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """A form as read: language, kind and names, its blocks, checklist rows that do not apply."""

    slug: str
    properties: dict[str, str]
    blocks: tuple[Block, ...]
    not_applicable: dict[str, str] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The language of the text: «ru» or «en»."""
        return self.properties["language"]


def read_form(slug: str, source: str) -> Form:
    """The form written in `source`, its clauses numbered as Word will number them."""
    head, _, body = source.partition("\n\n")
    properties: dict[str, str] = {}
    skipped: dict[str, str] = {}
    for line in head.splitlines():
        name, colon, value = line.partition(": ")
        if not colon:
            raise MarkupError(f"{slug}: «{line}» is no «name: value»")
        if name.startswith("not applicable "):
            skipped[name.removeprefix("not applicable ")] = value
        else:
            properties[name] = value
    blocks = number_blocks([read_block(slug, lines) for lines in gather(body)])
    return Form(slug, properties, tuple(blocks), skipped)


def gather(body: str) -> list[list[str]]:
    """Lines of one block together: continuation lines and table rows follow their mark."""
    blocks: list[list[str]] = []
    for line in body.splitlines():
        if not line.strip():
            continue
        if blocks and line.startswith(("  ", "|")):
            blocks[-1].append(line.strip())
        else:
            blocks.append([line.strip()])
    return blocks


def read_block(slug: str, lines: list[str]) -> Block:
    """One block from its lines."""
    mark, _, rest = lines[0].partition(" ")
    kind = MARKS.get(mark, "text")
    if kind == "text":
        rest = lines[0]
        if mark.startswith("@"):
            raise MarkupError(f"{slug}: unknown mark «{mark}»")
    rows = tuple(
        tuple(cell.strip() for cell in line.strip("|").split("|"))
        for line in lines[1:]
        if line.startswith("|")
    )
    text = " ".join([rest, *(line for line in lines[1:] if not line.startswith("|"))])
    label, checks, concern, locked = "", (), "", None
    found = ATTRIBUTES.match(text)
    if found:
        text = text[found.end() :]
        parts = [part.strip() for part in found[1].split("|")] + ["", ""]
        label, checks = parts[0], tuple(parts[1].split())
        words = parts[2].split()
        concern = next((word for word in words if word not in (LOCKED, "open")), "")
        locked = True if LOCKED in words else False if "open" in words else None
    return Block(kind, text, rows, label, checks, concern, locked)


def number_blocks(blocks: list[Block]) -> list[Block]:
    """The blocks with the numbers a reader sees; each annex counts from one again."""
    section = clause = subclause = annex = upper = lower = 0
    numbered = []
    for block in blocks:
        number = ""
        match block.kind:
            case "section":
                section, clause = section + 1, 0
                number = f"{section}"
            case "clause":
                clause, subclause = clause + 1, 0
                number = f"{section}.{clause}"
            case "subclause":
                subclause += 1
                number = f"{section}.{clause}.{subclause}"
            case "annex":
                annex, upper = annex + 1, 0
            case "annex_clause":
                upper, lower = upper + 1, 0
                number = f"{upper}"
            case "annex_subclause":
                lower += 1
                number = f"{upper}.{lower}"
        numbered.append(replace(block, number=number, annex=annex))
    return numbered


def numbers_by_label(form: Form) -> dict[str, str]:
    """What each reference in the form resolves to."""
    labels = [block.label for block in form.blocks if block.label]
    twice = {label for label in labels if labels.count(label) > 1}
    if twice:
        raise MarkupError(f"{form.slug}: labels used twice: {sorted(twice)}")
    return {block.label: block.number for block in form.blocks if block.label}
