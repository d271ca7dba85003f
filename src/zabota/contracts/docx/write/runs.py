"""The inside of a paragraph going out: words, values in content controls, references."""

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Final

from lxml import etree

from zabota.contracts.docx.package import W, parse
from zabota.contracts.docx.write.notes import Notes
from zabota.contracts.docx.write.xml import NAMESPACE, clean, make, put, words
from zabota.contracts.text.numbering import plain_number
from zabota.contracts.text.tree import Break, Field, Kept, Mark, Reference, Run, Text

EMPTY: Final = "________"
FIELD_TAG: Final = "zb_field:"
LONGEST_TAG: Final = 64
MARKS: Final[dict[Mark, list[tuple[str, str | None]]]] = {
    "bold": [("b", None), ("bCs", None)],
    "italic": [("i", None), ("iCs", None)],
    "strike": [("strike", None)],
    "underline": [("u", "single")],
    "sub": [("vertAlign", "subscript")],
    "sup": [("vertAlign", "superscript")],
}
# Of the paragraph mark's look, what its words most likely share: the tree keeps only marks.
SHARED: Final = ("rFonts", "color", "sz", "szCs", "lang")


class Runs:
    """Writes runs; knows the numbers, values, notes and kept objects they speak of."""

    def __init__(
        self,
        numbers: Mapping[str, str],
        values: Mapping[str, str],
        counted: frozenset[str],
        kept: Mapping[str, str],
        notes: Notes,
    ) -> None:
        self.numbers = numbers
        self.values = values
        self.counted = counted
        self.kept = kept
        self.notes = notes

    def write(self, runs: Sequence[Run], look: etree._Element | None) -> list[etree._Element]:
        """Elements for a `w:p`; `look` is the `w:rPr` of the paragraph's mark."""
        return [element for run in runs for element in self._run(run, look)]

    def _run(self, run: Run, look: etree._Element | None) -> list[etree._Element]:
        match run:
            case Text(text, marks):
                return [plain_run(text, marks, look)]
            case Field(name, marks):
                return [self._field(name, marks, look)]
            case Reference(target, "note", _):
                called = self.notes.call(target)
                return [] if called is None else [plain_run(called, ("sup",), look)]
            case Reference(target, _, marks):
                return self._reference(target, marks, look)
            case Break(kind):
                mark = make("tab") if kind == "tab" else make("br")
                if kind == "page":
                    mark.set(f"{W}type", "page")
                return [plain_run(mark, (), look)]
            case Kept():
                return [self._kept(run, look)]

    def _field(
        self, name: str, marks: Sequence[Mark], look: etree._Element | None
    ) -> etree._Element:
        value = self.values.get(name, "")
        run = plain_run(value or EMPTY, marks, look)
        tag = FIELD_TAG + name
        if len(tag) > LONGEST_TAG:
            return run
        about = make("sdtPr", make("alias", val=clean(name)), make("tag", val=clean(tag)))
        if not value:
            about.append(make("showingPlcHdr"))
        about.append(make("text", multiLine="1"))
        return make("sdt", about, make("sdtContent", run))

    def _reference(
        self, target: str, marks: Sequence[Mark], look: etree._Element | None
    ) -> list[etree._Element]:
        shown = plain_number(self.numbers.get(target, "")) or "—"
        run = plain_run(shown, marks, look)
        if target not in self.counted:
            return [run]
        parts = []
        for kind in ("begin", "", "separate", "shown", "end"):
            if kind == "shown":
                parts.append(run)
                continue
            inside = make("fldChar", fldCharType=kind) if kind else make("instrText")
            if not kind:
                inside.text = f" REF {bookmark(target)} \\n \\h "
                inside.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            parts.append(plain_run(inside, marks, look))
        return parts

    def _kept(self, run: Kept, look: etree._Element | None) -> etree._Element:
        xml = self.kept.get(run.key)
        if xml is None:
            return plain_run(f"[{run.words or run.kind}]", (), look)
        return parse(f'<w:x xmlns:w="{NAMESPACE}">{xml}</w:x>'.encode(), run.key)[0]


def bookmark(clause: str) -> str:
    """The hidden bookmark of a clause: Word allows letters, digits and «_», 40 of them at most."""
    if re.fullmatch(r"[A-Za-z0-9_]{1,36}", clause):
        return f"_zb_{clause}"
    return f"_zb_x{sha256(clause.encode()).hexdigest()[:32]}"


def plain_run(
    content: str | etree._Element, marks: Sequence[Mark], look: etree._Element | None
) -> etree._Element:
    """A `w:r` of text (line breaks and tabs in it become Word's) or of one element."""
    about = make("rPr")
    for child in [] if look is None else look:
        if etree.QName(child).localname in SHARED:
            put(about, _copy(child))
    for mark in marks:
        for name, value in MARKS[mark]:
            put(about, make(name) if value is None else make(name, val=value))
    run = make("r", about) if len(about) else make("r")
    run.extend(_pieces(content) if isinstance(content, str) else [content])
    return run


def _pieces(text: str) -> list[etree._Element]:
    found = []
    for piece in re.split("(\r\n|[\r\n\t\u2011\u00ad])", text):
        match piece:
            case "":
                continue
            case "\t":
                found.append(make("tab"))
            case "\u2011":
                found.append(make("noBreakHyphen"))
            case "\u00ad":
                found.append(make("softHyphen"))
            case "\r\n" | "\r" | "\n":
                found.append(make("br"))
            case _:
                found.append(words(piece))
    return found


def _copy(element: etree._Element) -> etree._Element:
    return parse(etree.tostring(element, with_tail=False), "rPr")
