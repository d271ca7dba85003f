"""Another reader of Word files, for tests only: one recursive walk with lxml, sharing no code.

It follows the words as Word shows them with all tracked changes accepted (or rejected): controls
unwrapped, results of fields, one branch of alternatives, each merged cell once, a note after the
block that calls it. Numbers that Word makes by itself are not words here.
"""

import io
import posixpath
import zipfile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
NAMES = {"w": W[1:-1]}
SKIPPED = {
    "pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "instrText",
    "delInstrText", "Fallback", "ctrlPr",
}  # fmt: skip


def words(data: bytes, *, accept: bool = True) -> str:
    """All words of the body and of the notes it calls, in reading order, spaces made equal."""
    return " ".join(Walk(data, accept).text().split())


class Walk:
    """One pass over a file; `gone` and `stays` name the wrappers of changes by what is decided."""

    def __init__(self, data: bytes, accept: bool) -> None:
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        self.gone = {"del", "moveFrom"} if accept else {"ins", "moveTo"}
        self.accept = accept
        self.out: list[str] = []
        self.called: list[tuple[str, str]] = []
        # Depth of field instructions we are in: their words are not shown.
        self.fields: list[bool] = []

    def text(self) -> str:
        root = self.parse("word/document.xml")
        for block in root.find(f"{W}body"):
            self.walk(block)
            calls, self.called = self.called, []
            for part, number in calls:
                self.note(part, number)
        return "".join(self.out)

    def parse(self, name: str):
        return etree.fromstring(self.zip.read(name), etree.XMLParser(resolve_entities=False))

    def note(self, kind: str, number: str) -> None:
        root = self.parse(f"word/{kind}s.xml")
        for note in root.findall(f"{W}{kind}"):
            if note.get(f"{W}id") == number:
                self.out.append("\n")
                for child in note:
                    self.walk(child)

    def walk(self, node) -> None:
        if not isinstance(node.tag, str):
            return
        name = etree.QName(node).localname
        if name in SKIPPED or name in self.gone:
            return
        handler = getattr(self, f"on_{name}", None)
        if handler is not None:
            handler(node)
        else:
            for child in node:
                self.walk(child)

    def say(self, text: str) -> None:
        if not any(self.fields):
            self.out.append(text)

    def on_t(self, node) -> None:
        text = node.text or ""
        kept = node.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
        math = "math" in node.tag
        self.say(text if kept or math else text.strip(" "))

    def on_delText(self, node) -> None:
        self.on_t(node)

    def on_tab(self, node) -> None:
        self.say(" ")

    on_br = on_cr = on_ptab = on_tab

    def on_noBreakHyphen(self, node) -> None:
        self.say("\u2011")

    def on_softHyphen(self, node) -> None:
        self.say("\u00ad")

    def on_fldChar(self, node) -> None:
        kind = node.get(f"{W}fldCharType")
        if kind == "begin":
            self.fields.append(True)
        elif kind == "separate" and self.fields:
            self.fields[-1] = False
        elif kind == "end" and self.fields:
            self.fields.pop()

    def on_footnoteReference(self, node) -> None:
        self.called.append(("footnote", node.get(f"{W}id")))

    def on_endnoteReference(self, node) -> None:
        self.called.append(("endnote", node.get(f"{W}id")))

    def on_p(self, node) -> None:
        for child in node:
            self.walk(child)
        mark = {etree.QName(x).localname for x in node.findall("w:pPr/w:rPr/*", NAMES)}
        after = node.getnext()
        joins = bool(mark & self.gone) and after is not None and self.leads_on(after)
        if not joins:
            self.out.append("\n")

    def leads_on(self, after) -> bool:
        while etree.QName(after).localname in ("bookmarkStart", "bookmarkEnd", "moveFromRangeEnd"):
            after = after.getnext()
        return etree.QName(after).localname in ("p", "sdt")

    def on_drawing(self, node) -> None:
        self.say(" ")
        for child in node:
            self.walk(child)
        for x in node.iter():
            if etree.QName(x).localname == "relIds":
                self.diagram(x.get(f"{R}dm"))
        self.say(" ")

    on_pict = on_object = on_drawing

    def diagram(self, relation: str) -> None:
        for link in self.parse("word/_rels/document.xml.rels"):
            if link.get("Id") == relation:
                part = posixpath.join("word", link.get("Target"))
                data = self.parse(part)
                texts = [x.text or "" for x in data.iter() if x.tag.endswith("main}t")]
                self.say(" ".join(texts))

    def on_tr(self, node) -> None:
        flags = {etree.QName(x).localname for x in node.findall("w:trPr/*", NAMES)}
        if not flags & self.gone:
            for child in node:
                self.walk(child)

    def on_tc(self, node) -> None:
        flags = {etree.QName(x).localname: x for x in node.findall("w:tcPr/*", NAMES)}
        if ("cellDel" if self.accept else "cellIns") in flags:
            return
        merge = flags.get("vMerge")
        state = None if merge is None else merge.get(f"{W}val", "continue")
        if "cellMerge" in flags:
            said = flags["cellMerge"].get(f"{W}vMerge" if self.accept else f"{W}vMergeOrig")
            state = {"cont": "continue", "rest": "restart"}.get(said)
        if state == "continue":
            return
        for child in node:
            self.walk(child)
