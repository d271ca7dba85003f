"""The table of disagreements on paper, as blocks of the text tree: so PDF, DOCX and the annex of a
contract are folds over one and the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from zabota.contracts.text.tree import (
    Align,
    Block,
    Break,
    Cell,
    Clause,
    Document,
    Mark,
    Paragraph,
    Row,
    Table,
    Text,
)

# Twips of a page of 165 mm: the clause's number, and three wordings of one width.
WIDTHS = (900, 2750, 2750, 2954)
NEW_PAGE = "<w:pageBreakBefore/>"
MENTION, ANNEX = "zb-disagreements-mention", "zb-disagreements"


@dataclass(frozen=True, slots=True)
class DisputedRow:
    """One clause: what each side wants and what was agreed, ready to be read."""

    number: str
    ours: tuple[Block, ...]
    theirs: tuple[Block, ...]
    agreed: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Signer:
    """One side of the signature block: how the text calls it, who it is, who signs."""

    side: str
    name: str
    position: str
    signatory: str


@dataclass(frozen=True, slots=True)
class DisagreementWords:
    """The words around the table, in the language of the contract. `above` stands over an annex
    («Приложение к Договору»); `after` are sentences below the table.
    """

    heading: str
    about: str
    parties: str
    columns: tuple[str, str, str, str]
    above: str = ""
    after: tuple[str, ...] = ()


def disagreements_blocks(
    rows: Sequence[DisputedRow], words: DisagreementWords, signers: tuple[Signer, Signer]
) -> tuple[Block, ...]:
    """Heading, table and signatures, in the order they are printed."""
    above = (_line(words.above, "right"),) if words.above else ()
    return (
        *above,
        _line(words.heading, "center", ("bold",)),
        _line(words.about, "center"),
        _line(words.parties, "left"),
        _table(rows, words.columns),
        *(_line(sentence) for sentence in words.after),
        _signatures(signers),
    )


def disagreements_document(blocks: tuple[Block, ...]) -> Document:
    """The table as a text of its own."""
    return Document((Clause(ANNEX, blocks),))


def with_annex(document: Document, blocks: tuple[Block, ...], mention: str) -> Document:
    """A contract with the table as its last annex; `mention` stands at the end of the preamble."""
    first = blocks[0]
    assert isinstance(first, Paragraph)
    annex = Clause(ANNEX, (replace(first, properties=NEW_PAGE), *blocks[1:]))
    said = Clause(MENTION, (_line(mention),))
    tops = document.clauses
    place = next((at for at, clause in enumerate(tops) if clause.numbering is not None), 1)
    return replace(document, clauses=(*tops[:place], said, *tops[place:], annex))


def _table(rows: Sequence[DisputedRow], columns: Sequence[str]) -> Table:
    head = Row(tuple(Cell((_line(name, "left", ("bold",)),)) for name in columns), header=True)
    body = (
        Row(tuple(map(Cell, ((_line(row.number, "left"),), row.ours, row.theirs, row.agreed))))
        for row in rows
    )
    return Table((head, *body), WIDTHS)


def _signatures(signers: tuple[Signer, Signer]) -> Table:
    half = sum(WIDTHS) // 2
    return Table((Row(tuple(_signature(one) for one in signers)),), (half, half), borders=False)


def _signature(signer: Signer) -> Cell:
    signed = f"/ {signer.signatory} /" if signer.signatory else ""
    lines = (signer.name, signer.position, "____________________", signed)
    return Cell(
        (
            _line(signer.side, "left", ("bold",)),
            *(_line(words, "left") for words in lines if words),
        )
    )


def _line(words: str, align: Align = "", marks: tuple[Mark, ...] = ()) -> Paragraph:
    runs: list[Text | Break] = []
    for part in words.split("\n"):
        runs += [Break(), Text(part, marks)] if runs else [Text(part, marks)]
    return Paragraph(tuple(runs), align=align)
