"""Marks put into a copy of a Word file, so that what XML tells is found again in the tree.

Whatever is noticed in the XML of a paragraph (hidden words, a tracked change, a comment) is given a
number; the number is written at the paragraph's end, the copy is read as any file is, and the mark
tells in which clause it came to stand. So there is one reader of clauses, not two.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from lxml import etree

from zabota.contracts.docx.package import Package, W
from zabota.contracts.docx.write import FIELD_TAG
from zabota.contracts.docx.write.xml import serialize
from zabota.contracts.text.numbering import clauses_of
from zabota.contracts.text.tree import (
    Block,
    Clause,
    Document,
    Kept,
    Paragraph,
    Run,
    Table,
    Text,
)
from zabota.contracts.text.words import runs_of

OPEN, CLOSE = "\ue7fe", "\ue7ff"
MARK: Final = re.compile(f"{OPEN}(\\d+){CLOSE}")
KINDS: Final = ("footnotes", "endnotes", "header", "footer")
# A place for a value that is read as plain words: what really stands in each of them.
WORDS_TAG: Final = "zb_words:"


def text_parts(package: Package) -> dict[str, etree._Element]:
    """The parts that bear text, parsed; none of their words looks like a mark."""
    names = [
        package.main,
        *(name for kind in KINDS for name in package.related(package.main, kind)),
    ]
    roots = {name: root for name in names if (root := package.xml(name)) is not None}
    for root in roots.values():
        for element in root.iter(f"{W}t", f"{W}delText"):
            if element.text and (OPEN in element.text or CLOSE in element.text):
                element.text = element.text.replace(OPEN, "").replace(CLOSE, "")
    return roots


def put_mark(paragraph: etree._Element, number: int) -> None:
    """Write a mark at the end of a paragraph."""
    run = etree.SubElement(paragraph, f"{W}r")
    etree.SubElement(run, f"{W}t").text = f"{OPEN}{number}{CLOSE}"


def fields_as_words(roots: Iterable[etree._Element]) -> None:
    """Let our places for values be read as the words that stand in them."""
    for root in roots:
        for tag in root.iter(f"{W}tag"):
            told = tag.get(f"{W}val", "")
            if told.startswith(FIELD_TAG):
                tag.set(f"{W}val", WORDS_TAG + told.removeprefix(FIELD_TAG))


def with_parts(data: bytes, roots: Mapping[str, etree._Element]) -> bytes:
    """The same file with other XML in these parts."""
    out = io.BytesIO()
    # Packed as the file was: the guard counts the bytes of the copy too.
    packed = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
    with zipfile.ZipFile(io.BytesIO(data)) as source, packed as target:
        for name in source.namelist():
            part = serialize(roots[name]) if name in roots else source.read(name)
            target.writestr(name, part)
    return out.getvalue()


def marked_places(document: Document) -> dict[int, str]:
    """Number of a mark -> id of the clause it stands in, or "header" or "footer"."""
    found: dict[int, str] = {}
    for place, blocks in _stories(document):
        for run in runs_of(blocks):
            words = run.text if isinstance(run, Text) else getattr(run, "words", "")
            for match in MARK.finditer(words) if isinstance(run, Text | Kept) else ():
                found.setdefault(int(match[1]), place)
    return found


def without_marks(text: str) -> str:
    """Words as they were before marks were put in."""
    return MARK.sub("", text)


def _stories(document: Document) -> list[tuple[str, tuple[Block, ...]]]:
    clauses = [(clause.id, clause.blocks) for clause in clauses_of(document)]
    return [*clauses, ("header", document.headers), ("footer", document.footers)]


def unmarked(document: Document) -> Document:
    """The text as it would be read without marks; a paragraph that holds only one is empty."""

    def clause(one: Clause) -> Clause:
        children = tuple(clause(child) for child in one.children)
        return replace(one, blocks=_unmarked(one.blocks), children=children)

    return replace(
        document,
        clauses=tuple(clause(one) for one in document.clauses),
        headers=_unmarked(document.headers),
        footers=_unmarked(document.footers),
    )


def _unmarked(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(replace(block, runs=tuple(filter(None, map(_unmarked_run, block.runs)))))
        elif isinstance(block, Table):
            rows = tuple(
                replace(row, cells=tuple(replace(c, blocks=_unmarked(c.blocks)) for c in row.cells))
                for row in block.rows
            )
            found.append(replace(block, rows=rows))
        else:
            found.append(replace(block, blocks=_unmarked(block.blocks)))
    return tuple(found)


def _unmarked_run(run: Run) -> Run | None:
    if isinstance(run, Text):
        text = without_marks(run.text)
        return replace(run, text=text) if text else None
    return replace(run, words=without_marks(run.words)) if isinstance(run, Kept) else run
