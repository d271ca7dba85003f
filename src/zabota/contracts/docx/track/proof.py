"""The proof of a redline: accept all gives the new text, reject all the old one.

Written apart from the writer and from the reader of forms: its own walk over the bytes of the file,
so that an error of theirs is not repeated here. Paragraph marks, rows and cells count as text;
notes are read where they are called; pictures and other objects leave a sign. The words of
headers and footers are not part of it.
Source: ECMA-376 part 1, 17.13.5.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from lxml import etree

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
LINK: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
STRICT: Final = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W.strip("{}").encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", M.strip("{}").encode()),
)
TABLE, ROW, CELL, OVER = "\x1dtable", "\x1drow", "\x1dcell", "\x1dend"
OBJECT: Final = "\ufffc"
SIGNS: Final = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\u00ad",
}
OBJECTS: Final = frozenset({f"{W}drawing", f"{W}pict", f"{W}object"})
MUTE: Final = frozenset(
    f"{W}{name}"
    for name in ("rPr", "pPr", "sdtPr", "sdtEndPr", "fldData", "rt", "instrText", "delInstrText")
)
CAME: Final = frozenset({f"{W}ins", f"{W}moveTo"})
WENT: Final = frozenset({f"{W}del", f"{W}moveFrom"})


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a redline does not read as it should: accepted or rejected, what was wanted there and
    what is read, as lines (a paragraph, or a sign of table, row or cell)."""

    accepted: bool
    place: int
    wanted: tuple[str, ...]
    found: tuple[str, ...]


def prove(redline: bytes, old: bytes, new: bytes) -> tuple[Difference, ...]:
    """Compare the file with all changes accepted to `new`, with all rejected to `old`.

    Nothing comes back when the redline is right. All three are whole DOCX files that have passed
    the guard; changes tracked in `old` and `new` themselves count as accepted.
    """
    found: list[Difference] = []
    for accepted, wanted in ((True, new), (False, old)):
        found += differences(read_lines(wanted), read_lines(redline, accept=accepted), accepted)
    return tuple(found)


def differences(
    wanted: Sequence[str], found: Sequence[str], accepted: bool
) -> Iterator[Difference]:
    """The places where two readings part."""
    if list(wanted) == list(found):
        return
    for tag, i, i_end, j, j_end in SequenceMatcher(None, wanted, found, False).get_opcodes():
        if tag != "equal":
            yield Difference(accepted, i, tuple(wanted[i:i_end]), tuple(found[j:j_end]))


def read_lines(data: bytes, *, accept: bool = True) -> list[str]:
    """The text of a file with every tracked change accepted or rejected, line by line."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        main = _main(archive)
        body = _parse(archive.read(main)).find(f"{W}body")
        walk = _Walk(accept, _notes(archive, main))
    return walk.story([] if body is None else body)


def element_lines(
    elements: Iterable[etree._Element], notes: Iterable[etree._Element], *, accept: bool
) -> list[str]:
    """The same for a stretch of blocks of a body, given the notes (`w:footnote`, `w:endnote`)."""
    return _Walk(accept, {_note_key(note): note for note in notes}).story(elements, whole=False)


class _Walk:
    """One reading of one file, with what is gone in it by the decision on its changes."""

    def __init__(self, accept: bool, notes: dict[tuple[str, str], etree._Element]) -> None:
        self.accept = accept
        self.gone = WENT if accept else CAME
        self.notes = notes
        self.lines: list[str] = []
        self.line: list[str] = []
        self.fields: list[bool] = []
        self.reading: set[tuple[str, str]] = set()

    def story(self, blocks: Iterable[etree._Element], *, whole: bool = True) -> list[str]:
        """The lines of a container; the end of a `whole` one cannot be deleted."""
        outer = self.lines, self.line
        self.lines, self.line = [], []
        last: etree._Element | None = None
        for block in _flat(blocks):
            if block.tag == f"{W}tbl":
                self._table(block)
            else:
                self._paragraph(block)
            last = block
        lost = last is not None and last.tag == f"{W}p" and self._mark_is_gone(last)
        if self.line or (lost and whole and not self._removable(last)):
            self._end_line()
        found = self.lines
        self.lines, self.line = outer
        return found

    def _removable(self, last: etree._Element | None) -> bool:
        """An empty last paragraph with a lost mark goes where another one is left before it."""
        following = None if last is None else last.getnext()
        return following is not None and bool(self.lines)

    def _paragraph(self, paragraph: etree._Element) -> None:
        self._inside(paragraph)
        if paragraph.tag != f"{W}p" or not self._mark_is_gone(paragraph):
            self._end_line()

    def _mark_is_gone(self, paragraph: etree._Element) -> bool:
        return any(paragraph.find(f"{W}pPr/{W}rPr/{tag}") is not None for tag in self.gone)

    def _end_line(self) -> None:
        self.lines.append("".join(self.line))
        self.line = []

    def _table(self, table: etree._Element) -> None:
        rows = [row for row in _under(table, f"{W}tr") if not self._row_is_gone(row)]
        if not rows:
            return
        if self.line:
            self._end_line()
        self.lines.append(TABLE)
        for row in rows:
            self.lines.append(ROW)
            for cell in _under(row, f"{W}tc"):
                self._cell(cell)
        self.lines.append(OVER)

    def _row_is_gone(self, row: etree._Element) -> bool:
        return any(row.find(f"{W}trPr/{tag}") is not None for tag in self.gone)

    def _cell(self, cell: etree._Element) -> None:
        flag = "cellDel" if self.accept else "cellIns"
        if cell.find(f"{W}tcPr/{W}{flag}") is None:
            self.lines.append(CELL)
            self.lines += self.story(cell)

    def _inside(self, element: etree._Element) -> None:
        for child in element:
            if isinstance(child.tag, str) and child.tag not in self.gone and child.tag not in MUTE:
                self._inline(child)

    def _inline(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if tag in (f"{W}t", f"{M}t") or (tag == f"{W}delText" and not self.accept):
            self._say(_words(element))
        elif tag == f"{W}delText":
            return
        elif tag in SIGNS:
            self._say("\f" if element.get(f"{W}type") == "page" else SIGNS[tag])
        elif tag == f"{W}sym":
            self._say(f"\x1e{element.get(f'{W}char', '').upper().zfill(4)}")
        elif tag == f"{W}fldChar":
            self._field(element.get(f"{W}fldCharType", ""))
        elif tag in OBJECTS:
            self._object(element)
        elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            self._note(tag.removeprefix(W).removesuffix("Reference"), element.get(f"{W}id", ""))
        elif tag == f"{MC}AlternateContent":
            for branch in _branch(element):
                self._inline(branch)
        else:
            self._inside(element)

    def _say(self, words: str) -> None:
        if words and not any(self.fields):
            self.line.append(words)

    def _field(self, kind: str) -> None:
        """The instruction of a field is no text, its result is."""
        if kind == "begin":
            self.fields.append(True)
        elif self.fields and kind == "separate":
            self.fields[-1] = False
        elif self.fields and kind == "end":
            self.fields.pop()

    def _object(self, element: etree._Element) -> None:
        said = [
            " / ".join(self.story(box))
            for box in element.iter(f"{W}txbxContent")
            if not any(above.tag == f"{MC}Fallback" for above in box.iterancestors())
        ]
        self._say(OBJECT + " / ".join(said))

    def _note(self, kind: str, name: str) -> None:
        """A note stands as text where it is called; one that calls itself is read once."""
        key = (kind, name)
        if key in self.reading:
            return
        note = self.notes.get(key)
        self.reading.add(key)
        said = " / ".join(self.story(note)) if note is not None else "?"
        self.reading.discard(key)
        self._say(f"\x1f{kind}: {said.strip()}\x1f")


def _flat(blocks: Iterable[etree._Element]) -> Iterator[etree._Element]:
    """Paragraphs and tables, wrappers taken off."""
    for block in blocks:
        if block.tag in (f"{W}p", f"{W}tbl", f"{M}oMathPara", f"{M}oMath"):
            yield block
        elif block.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}smartTag"):
            yield from _flat(block)
        elif block.tag == f"{MC}AlternateContent":
            yield from _flat(_branch(block))


def _under(owner: etree._Element, tag: str) -> Iterator[etree._Element]:
    for child in owner:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from _under(child, tag)


def _branch(alternatives: etree._Element) -> etree._Element:
    """One branch is read: the first choice, else what stands for programs that know none."""
    found = alternatives.find(f"{MC}Choice")
    if found is None:
        found = alternatives.find(f"{MC}Fallback")
    return alternatives if found is None else found


def _words(element: etree._Element) -> str:
    said = re.sub(r"[\t\r\n]", " ", element.text or "")
    kept = element.get(SPACE) == "preserve" or element.tag == f"{M}t"
    return said if kept else said.strip(" ")


def _main(archive: zipfile.ZipFile) -> str:
    links = _parse(archive.read("_rels/.rels")).iter(LINK)
    target = next(x.get("Target", "") for x in links if _kind(x) == "officeDocument")
    return target.lstrip("/")


def _notes(archive: zipfile.ZipFile, main: str) -> dict[tuple[str, str], etree._Element]:
    folder, leaf = posixpath.split(main)
    name = posixpath.join(folder, "_rels", f"{leaf}.rels")
    found: dict[tuple[str, str], etree._Element] = {}
    if name not in archive.namelist():
        return found
    for link in _parse(archive.read(name)).iter(LINK):
        if _kind(link) in ("footnotes", "endnotes"):
            target = posixpath.normpath(posixpath.join("/", folder, link.get("Target", "")))
            root = _parse(archive.read(target.lstrip("/")))
            found.update({_note_key(note): note for note in root})
    return found


def _note_key(note: etree._Element) -> tuple[str, str]:
    return str(note.tag).removeprefix(W), note.get(f"{W}id", "")


def _kind(link: etree._Element) -> str:
    return link.get("Type", "").rpartition("/")[2]


def _parse(data: bytes) -> etree._Element:
    for strict, usual in STRICT:
        data = data.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    return etree.fromstring(data, parser)
