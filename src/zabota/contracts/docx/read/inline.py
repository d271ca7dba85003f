"""What stands inside a paragraph: words with their marks, breaks, fields of Word, kept objects.

Only XML whose tracked changes are settled comes here. Complex fields may run over several
paragraphs (a table of contents), so their state lives as long as the story that is read.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from zabota.contracts.docx.package import MC, M, W
from zabota.contracts.docx.read.kept import KeptStore, branch, words_of
from zabota.contracts.docx.read.styles import Styles, is_on, marks_of, value
from zabota.contracts.docx.refusal import Refused
from zabota.contracts.text.tree import Break, Field, Kept, Mark, Reference, Run, Text

SYMBOLS: Final = {
    "F0FC": "✓", "F0FB": "✗", "F0A8": "☐", "F06F": "☐", "F0FE": "☑", "F0FD": "☒", "F0B7": "•",
    "F0D8": "➢", "F0A7": "▪", "F0E0": "→", "F0DF": "←", "F02D": "–", "F0B0": "°", "F0B1": "±",
}  # fmt: skip
PAGE_FIELDS: Final = {"PAGE": "page", "NUMPAGES": "pages", "SECTIONPAGES": "pages"}
# Fields that fetch from elsewhere when the file is opened or updated.
FETCHING: Final = frozenset({"DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "IMPORT", "LINK"})
UNWRAPPED: Final = frozenset(
    {
        f"{W}{name}"
        for name in ("hyperlink", "smartTag", "customXml", "dir", "bdo", "sdtContent", "sdt")
    }
    | {f"{W}{name}" for name in ("ruby", "rubyBase")}
)
SILENT: Final = frozenset(
    f"{W}{name}"
    for name in (
        "rPr", "pPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "rubyPr", "rt",
        "lastRenderedPageBreak", "footnoteRef", "endnoteRef", "annotationRef", "separator",
        "continuationSeparator", "proofErr", "permStart", "permEnd", "bookmarkEnd",
        "commentRangeStart", "commentRangeEnd", "delText", "delInstrText", "fldData",
    )
)  # fmt: skip
# The tag that our own files give to the content control around a value.
OUR_FIELD: Final = "zb_field:"
OBJECTS: Final = frozenset({f"{W}drawing", f"{W}pict", f"{W}object", f"{W}contentPart"})


@dataclass(slots=True)
class WordField:
    """A complex field being read: its instruction, and where its result begins."""

    instruction: str = ""
    in_result: bool = False
    start: int = 0
    runs: list[Run] | None = None


@dataclass(slots=True)
class Inline:
    """Reads the paragraphs of one story (body, a note, a header) one after another."""

    part: str
    styles: Styles
    store: KeptStore
    seen: Counter[str] = field(default_factory=Counter)
    values: dict[str, str] = field(default_factory=dict)
    open_fields: list[WordField] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)

    def read(self, paragraph: etree._Element) -> tuple[tuple[Run, ...], tuple[str, ...]]:
        """Read one paragraph: its runs, and the names of the bookmarks that begin in it."""
        self.runs, self.bookmarks = [], []
        for child in paragraph:
            self._element(child)
        return merged(self.runs), tuple(self.bookmarks)

    def read_loose(self, element: etree._Element) -> tuple[Run, ...]:
        """Read an element that stands where a paragraph should be, such as a lone formula."""
        self.runs, self.bookmarks = [], []
        self._element(element)
        return merged(self.runs)

    def _element(self, element: etree._Element) -> None:
        tag = element.tag
        if tag == f"{W}r":
            self._run(element)
        elif tag == f"{W}sdt" and (name := _our_field(element)):
            self._value(element, name)
        elif tag in UNWRAPPED:
            for child in element:
                self._element(child)
        elif tag == f"{W}fldSimple":
            self._simple_field(element)
        elif tag in (f"{M}oMath", f"{M}oMathPara"):
            self._emit(self.store.keep(element, self.part, "formula", words_of(element)))
        elif tag == f"{W}bookmarkStart":
            self.bookmarks.append(element.get(f"{W}name", ""))
        elif tag == f"{MC}AlternateContent":
            for child in branch(element):
                self._element(child)
        elif tag in (f"{W}subDoc", f"{W}altChunk"):
            raise Refused("sub_document" if tag == f"{W}subDoc" else "alt_chunk", part=self.part)
        elif tag not in SILENT:
            self._unknown(element)

    def _value(self, control: etree._Element, name: str) -> None:
        """Read a control that our own file puts around a value: a field, and what it holds now."""
        outer, self.runs = self.runs, []
        for child in control:
            self._element(child)
        said, self.runs = merged(self.runs), outer
        words = "".join("\n" if run == Break() else getattr(run, "text", " ") for run in said)
        is_empty = control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None or not words.strip(" _")
        self.values[name] = "" if is_empty else words.strip()
        self._emit(Field(name, said[0].marks if said and isinstance(said[0], Text) else ()))

    def _run(self, run: etree._Element) -> None:
        properties = run.find(f"{W}rPr")
        marks = marks_of(properties, self.styles)
        if properties is not None and is_on(properties.find(f"{W}vanish")):
            self.seen["hidden_text"] += 1
        for child in run:
            self._in_run(child, marks)

    def _in_run(self, child: etree._Element, marks: tuple[Mark, ...]) -> None:
        match str(child.tag).rpartition("}")[2] if child.tag not in SILENT else "":
            case "":
                return
            case "t" if child.tag == f"{W}t":
                self._emit(Text(_spaced(child), marks))
            case "tab" | "ptab":
                self._emit(Break("tab"))
            case "br" | "cr":
                page = child.get(f"{W}type") == "page"
                self._emit(Break("page" if page else "line"))
            case "noBreakHyphen":
                self._emit(Text("\u2011", marks))
            case "softHyphen":
                self._emit(Text("\u00ad", marks))
            case "sym":
                self._symbol(child, marks)
            case "fldChar":
                self._field_char(child.get(f"{W}fldCharType", ""))
            case "instrText":
                if self.open_fields:
                    self.open_fields[-1].instruction += child.text or ""
            case "footnoteReference" | "endnoteReference" as name:
                self._emit(Reference(note_id(name[0], child.get(f"{W}id", "")), "note", marks))
            case "pgNum":
                self._emit(self._page_field("PAGE", ""))
            case "commentReference":
                self.seen["comments"] += 1
            case _:
                self._in_run_object(child)

    def _in_run_object(self, child: etree._Element) -> None:
        if child.tag in OBJECTS:
            self._emit(self.store.keep_object(child, self.part))
        elif child.tag == f"{MC}AlternateContent":
            # A choice between two ways to write plain words is no object.
            if branch(child).find(f".//{W}drawing") is not None or _holds_object(child):
                self._emit(self.store.keep_object(child, self.part))
            else:
                for inner in branch(child):
                    self._in_run(inner, ())
        else:
            self._element(child)

    def _emit(self, run: Run) -> None:
        if all(one.in_result for one in self.open_fields) and run != Text(
            "", getattr(run, "marks", ())
        ):
            self.runs.append(run)

    def _symbol(self, child: etree._Element, marks: tuple[Mark, ...]) -> None:
        code = child.get(f"{W}char", "").upper().zfill(4)
        if code in SYMBOLS:
            self._emit(Text(SYMBOLS[code], marks))
        elif re.fullmatch(r"[0-9A-F]{4}", code) and not "D800" <= code <= "F8FF":
            self._emit(Text(chr(int(code, 16)), marks))
        else:
            run = etree.Element(f"{W}r", nsmap={"w": W.strip("{}")})
            run.append(_copy(child))
            self._emit(self.store.keep(run, self.part, "symbol", ""))

    def _field_char(self, kind: str) -> None:
        if kind == "begin":
            self.open_fields.append(WordField())
        elif self.open_fields and kind == "separate":
            last = self.open_fields[-1]
            last.in_result, last.start, last.runs = True, len(self.runs), self.runs
        elif self.open_fields and kind == "end":
            self._close_field(self.open_fields.pop())

    def _close_field(self, done: WordField) -> None:
        self._check(done.instruction)
        # A field whose result began in an earlier paragraph stays words.
        same = done.in_result and done.runs is self.runs
        result = self.runs[done.start :] if same else []
        special = self._special(done.instruction, result)
        if special is not None:
            del self.runs[done.start if same else len(self.runs) :]
            self._emit(special)

    def _simple_field(self, element: etree._Element) -> None:
        instruction = element.get(f"{W}instr", "")
        self._check(instruction)
        start = len(self.runs)
        for child in element:
            self._element(child)
        special = self._special(instruction, self.runs[start:])
        if special is not None:
            del self.runs[start:]
            self._emit(special)

    def _check(self, instruction: str) -> None:
        name = _field_name(instruction)
        if name in FETCHING:
            raise Refused("external_field", part=self.part, field=instruction.strip()[:200])
        if name == "TOC":
            self.seen["contents"] += 1

    def _special(self, instruction: str, result: list[Run]) -> Run | None:
        """Make a page number or a mention of a clause out of a field; None leaves its result."""
        name = _field_name(instruction)
        words = "".join(run.text for run in result if isinstance(run, Text))
        if name in PAGE_FIELDS:
            return self._page_field(name, words)
        if name == "FORMCHECKBOX" and not words:
            return Text("☐")
        switches = re.findall(r"\\[rnw]\b", instruction.lower())
        plain = words and all(isinstance(run, Text) for run in result)
        if name == "REF" and switches and plain and isinstance(result[0], Text):
            bookmark = instruction.split()[1]
            return Reference(pending(bookmark, words), marks=result[0].marks)
        return None

    def _page_field(self, name: str, words: str) -> Kept:
        simple = etree.Element(f"{W}fldSimple", nsmap={"w": W.strip("{}")})
        simple.set(f"{W}instr", name)
        run = etree.SubElement(simple, f"{W}r")
        etree.SubElement(run, f"{W}t").text = words
        return self.store.keep(simple, self.part, PAGE_FIELDS[name], words)

    def _unknown(self, element: etree._Element) -> None:
        if any((inner.text or "").strip() for inner in element.iter(f"{W}t", f"{M}t")):
            name = str(element.tag).rpartition("}")[2]
            self._emit(self.store.keep(element, self.part, name, words_of(element)))


def merged(runs: list[Run]) -> tuple[Run, ...]:
    """Join neighbouring words under the same marks: Word cuts them at every correction."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if isinstance(run, Text) and isinstance(last, Text) and last.marks == run.marks:
            joined[-1] = Text(last.text + run.text, run.marks)
        else:
            joined.append(run)
    return tuple(joined)


def note_id(kind: str, number: str) -> str:
    """Name a note in the tree: «f2» for the second footnote, «e1» for an endnote."""
    return f"{kind}{number}"


def pending(bookmark: str, words: str) -> str:
    """Mark a reference whose clause is not known before the whole text has been read."""
    return f"\0{bookmark}\0{words}"


def _field_name(instruction: str) -> str:
    words = instruction.split()
    return words[0].upper() if words else ""


def _our_field(control: etree._Element) -> str:
    tag = value(control.find(f"{W}sdtPr/{W}tag"))
    return tag.removeprefix(OUR_FIELD) if tag.startswith(OUR_FIELD) else ""


def _spaced(text: etree._Element) -> str:
    said = re.sub(r"[\t\r\n]", " ", text.text or "")
    kept = text.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
    return said if kept else said.strip(" ")


def _holds_object(element: etree._Element) -> bool:
    return any(branch(element).find(f".//{tag}") is not None for tag in OBJECTS)


def _copy(element: etree._Element) -> etree._Element:
    return etree.fromstring(etree.tostring(element, with_tail=False))
