"""The package round hand-written Word XML: parts, relationships, notes, and the file itself."""

import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import quoteattr

from lxml import etree

from tools.test_contracts.ooxml import HEAD, MARK_XML, NS, REL, TYPE, para, png, run
from tools.test_contracts.texts import pieces

WHEN = (2026, 1, 15, 9, 0, 0)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Word wants the properties of paragraphs and runs in the order of its schema.
ORDER = [
    "pStyle",
    "keepNext",
    "pageBreakBefore",
    "numPr",
    "tabs",
    "spacing",
    "ind",
    "jc",
    "outlineLvl",
    "rFonts",
    "b",
    "i",
    "caps",
    "vanish",
    "sz",
    "szCs",
    "u",
    "vertAlign",
    "rtl",
    "sectPr",
]


def in_order(xml: bytes) -> bytes:
    """The same part, each paragraph's and run's properties in the schema's order."""
    root = etree.fromstring(xml)
    for found in root.iter(f"{W}pPr", f"{W}rPr"):
        found[:] = sorted(found, key=lambda one: ORDER.index(one.tag.removeprefix(W)))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


@dataclass
class Package:
    """A .docx under way: body, notes, headers and whatever else it refers to."""

    body: list[str] = field(default_factory=list)
    styles: str = ""
    numbering: str = ""
    notes: dict[str, list[str]] = field(default_factory=lambda: {"footnote": [], "endnote": []})
    parts: dict[str, bytes] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    rels: list[str] = field(default_factory=list)

    def add(self, *blocks: str) -> None:
        self.body.extend(blocks)

    def inline(self, text: str, props: str = "", note: str = "footnote") -> str:
        """Runs of a text with small marks; its notes are put into the package."""
        out = ""
        for mark, words in pieces(text):
            if mark == "note":
                out += self.note(words, note)
            else:
                out += run(words, MARK_XML.get(mark, "") + props)
        return out

    def note(self, words: str, kind: str = "footnote") -> str:
        """A note's call; the note itself goes to its part."""
        place = len(self.notes[kind]) + 1
        mark = f"<w:r><w:rPr>{MARK_XML['sup']}</w:rPr><w:{kind}Ref/></w:r>"
        self.notes[kind].append(
            f'<w:{kind} w:id="{place}">{para(mark + run(" " + words))}</w:{kind}>'
        )
        reference = f'<w:{kind}Reference w:id="{place}"/>'
        return f"<w:r><w:rPr>{MARK_XML['sup']}</w:rPr>{reference}</w:r>"

    def relate(self, kind: str, target: str, *, outside: bool = False) -> str:
        """A relationship of the main part; its id."""
        name = f"rId{len(self.rels) + 1}"
        mode = ' TargetMode="External"' if outside else ""
        self.rels.append(
            f'<Relationship Id="{name}" Type="{REL}/{kind}" Target={quoteattr(target)}{mode}/>'
        )
        return name

    def edge(self, kind: str, name: str, content: str, of: str = "default") -> str:
        """A header or footer part; the reference a section needs."""
        root = "hdr" if kind == "header" else "ftr"
        self.parts[f"word/{name}.xml"] = f"{HEAD}<w:{root} {NS}>{content}</w:{root}>".encode()
        self.kinds[f"/word/{name}.xml"] = f"{TYPE}{kind}+xml"
        rel = self.relate(kind, f"{name}.xml")
        return f'<w:{kind}Reference w:type="{of}" r:id="{rel}"/>'

    def image(self) -> str:
        self.parts["word/media/stamp.png"] = png()
        return self.relate("image", "media/stamp.png")

    def save(self, path: Path) -> None:
        """Write the package; the same words make the same bytes."""
        self._common_parts()
        kinds = "".join(
            f'<Override PartName="{name}" ContentType="{kind}"/>'
            for name, kind in self.kinds.items()
        )
        content = (
            f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Default Extension="png" ContentType="image/png"/>{kinds}</Types>'
        )
        space = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
        main = f'<Relationship Id="rId1" Type="{REL}/officeDocument" Target="word/document.xml"/>'
        files = {
            "[Content_Types].xml": content.encode(),
            "_rels/.rels": f"{HEAD}<Relationships {space}>{main}</Relationships>".encode(),
            "word/_rels/document.xml.rels": (
                f"{HEAD}<Relationships {space}>{''.join(self.rels)}</Relationships>".encode()
            ),
            **self.parts,
        }
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
            for name, data in files.items():
                out.writestr(zipfile.ZipInfo(name, WHEN), data, zipfile.ZIP_DEFLATED)

    def _common_parts(self) -> None:
        body = "".join(self.body)
        self._part("document", f"<w:document {NS}><w:body>{body}</w:body></w:document>", "", "main")
        self._part("styles", f"<w:styles {NS}>{self.styles}</w:styles>", "styles")
        if self.numbering:
            self._part(
                "numbering", f"<w:numbering {NS}>{self.numbering}</w:numbering>", "numbering"
            )
        for kind, notes in self.notes.items():
            if notes:
                marks = "".join(
                    (
                        f'<w:{kind} w:type="{one}" w:id="{at}"><w:p>'
                        f"<w:r><w:{one}/></w:r></w:p></w:{kind}>"
                    )
                    for at, one in ((-1, "separator"), (0, "continuationSeparator"))
                )
                inside = f"<w:{kind}s {NS}>{marks}{''.join(notes)}</w:{kind}s>"
                self._part(f"{kind}s", inside, f"{kind}s")

    def _part(self, name: str, xml: str, rel: str, suffix: str = "") -> None:
        self.parts[f"word/{name}.xml"] = in_order((HEAD + xml).encode())
        kind = f"document.{suffix}" if suffix else name
        self.kinds[f"/word/{name}.xml"] = f"{TYPE}{kind}+xml"
        if rel:
            self.relate(rel, f"{name}.xml")
