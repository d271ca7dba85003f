"""A contract as a Word file: the body written anew, in the package its form was read from.

Each clause lies under a hidden bookmark `_zb_<clause id>` and each value in a content control
tagged `zb_field:<name>`, so that a file that comes back is matched by them.
"""

from collections.abc import Iterable, Mapping

from lxml import etree

from zabota.contracts.docx.package import W, parse
from zabota.contracts.docx.read.styles import read_styles
from zabota.contracts.docx.write.body import Body
from zabota.contracts.docx.write.edges import fill_edges
from zabota.contracts.docx.write.lists import Lists
from zabota.contracts.docx.write.notes import KINDS, Notes
from zabota.contracts.docx.write.parts import Parts, open_parts
from zabota.contracts.docx.write.plain import plain_parts
from zabota.contracts.docx.write.runs import FIELD_TAG, Runs, bookmark
from zabota.contracts.docx.write.xml import serialize
from zabota.contracts.text.notes import called_notes
from zabota.contracts.text.numbering import clauses_of, is_typed
from zabota.contracts.text.tree import Block, Document, Note, Table

__all__ = ["FIELD_TAG", "bookmark", "write"]


def write(
    document: Document,
    numbers: Mapping[str, str],
    values: Mapping[str, str],
    *,
    package: bytes | None,
    language: str,
    title: str,
    kept: Mapping[str, str] | None = None,
    accept: bool = True,
) -> bytes:
    """A clean DOCX of `document`: the same input gives the same bytes, with nobody's name in it.

    `package` is the file the form was read from (already through the guard): its styles, numbering,
    headers, footers and page stay. `kept` gives the XML of kept objects by their key, as the reader
    found them there; an object without XML is named in brackets. Numbers are Word's own, but for
    schemes typed by hand. An empty field is a line to write on. `accept` settles changes tracked
    in the headers and footers of the package.
    """
    parts = Parts(plain_parts(language)) if package is None else open_parts(package, accept=accept)
    styles = read_styles(parts.xml("styles"))
    lists = Lists(document.schemes, parts.xml("numbering"), styles)
    notes = Notes(
        {note.id: note for note in _notes(document)},
        frozenset(name for c in clauses_of(document) for name in called_notes(c.blocks)),
        {"footnote": parts.xml("footnotes"), "endnote": parts.xml("endnotes")},
    )
    runs = Runs(numbers, values, _counted(document), kept or {}, notes)
    body = Body(runs, lists, styles, plain=package is None)
    _put_body(parts, body.write(document))
    if package is not None:
        fill_edges(parts, package, styles, runs)
    notes.write(body.blocks)
    for kind in KINDS:
        # A part that was there is written too: notes nobody calls any more must not stay in it.
        if notes.wanted(kind) or parts.named(f"{kind}s"):
            parts.put(f"{kind}s", notes.roots[kind])
    if lists.changed:
        parts.put("numbering", lists.root)
    return parts.finish(title, language)


def _put_body(parts: Parts, elements: list[etree._Element]) -> None:
    root = parse(parts.files[parts.main], parts.main)
    body = root.find(f"{W}body")
    assert body is not None
    section = body.find(f"{W}sectPr")
    for child in list(body):
        body.remove(child)
    body.extend(elements)
    if section is not None:
        body.append(section)
    parts.files[parts.main] = serialize(root)


def _counted(document: Document) -> frozenset[str]:
    """Clauses whose numbers Word makes, so that a reference may ask it for them."""
    return frozenset(
        clause.id
        for clause in clauses_of(document)
        if clause.numbering
        and clause.numbering.scheme in document.schemes
        and not is_typed(clause.numbering.scheme)
    )


def _notes(document: Document) -> list[Note]:
    return [note for clause in clauses_of(document) for note in _inside(clause.blocks)]


def _inside(blocks: Iterable[Block]) -> list[Note]:
    found: list[Note] = []
    for block in blocks:
        if isinstance(block, Note):
            found.append(block)
        elif isinstance(block, Table):
            found += [n for row in block.rows for cell in row.cells for n in _inside(cell.blocks)]
    return found
