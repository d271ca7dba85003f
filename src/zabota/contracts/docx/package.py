"""The parts of a Word file: opened once, parsed without entities, found by their relations."""

import io
import posixpath
import zipfile
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from lxml import etree

from zabota.contracts.docx.refusal import Refused

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# ISO 29500 strict files name the same things in other namespaces.
STRICT: Final = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W.strip("{}").encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R.strip("{}").encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": M.strip("{}").encode(),
    b"http://purl.oclc.org/ooxml/drawingml/main": A.strip("{}").encode(),
}


@dataclass(frozen=True, slots=True)
class Relation:
    """A part's link to another part (`target` is its name) or outside (`external`)."""

    id: str
    type: str
    target: str
    external: bool = False

    @property
    def kind(self) -> str:
        """The last word of the type's address: «hyperlink», «image», «footnotes»."""
        return self.type.rpartition("/")[2]


class Package:
    """A Word file opened for reading; call `guard.inspect` on its bytes first."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {
                name: archive.read(name)
                for name in archive.namelist()
                if not name.endswith("/") and is_xml_name(name)
            }
        self.main = self._main()

    def xml(self, name: str) -> etree._Element | None:
        """Parse one part; None when the file has no such part."""
        data = self.parts.get(name)
        return None if data is None else parse(data, name)

    def relations(self, name: str) -> dict[str, Relation]:
        """Say what a part is linked to, by relation id ("" is the package itself)."""
        folder, _, leaf = name.rpartition("/")
        data = self.parts.get(posixpath.join(folder, "_rels", f"{leaf}.rels"))
        return {} if data is None else {link.id: link for link in read_relations(data, name)}

    def related(self, name: str, kind: str) -> list[str]:
        """Name the parts that a part is linked to in one way («header», «styles»)."""
        links = self.relations(name).values()
        return [link.target for link in links if link.kind == kind and not link.external]

    def _main(self) -> str:
        names = self.related("", "officeDocument")
        if not names or names[0] not in self.parts:
            raise Refused("not_a_docx")
        return names[0]


def is_xml_name(name: str) -> bool:
    """Tell by its name whether a part is XML."""
    return name.lower().endswith((".xml", ".rels", ".vml"))


def parse(data: bytes, name: str) -> etree._Element:
    """Parse XML without entities, network or DTD; comments and instructions are left out."""
    for strict, usual in STRICT.items():
        data = data.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        deep = "depth" in str(error).lower()
        raise Refused("too_deep" if deep else "bad_xml", part=name, detail=str(error)) from error


def read_relations(data: bytes, name: str) -> list[Relation]:
    """Read the relations of a part; targets inside are made names of parts."""
    folder = posixpath.dirname(name)
    found = []
    for link in parse(data, name).iter(RELATION):
        external = link.get("TargetMode", "").lower() == "external"
        target = link.get("Target", "")
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
        found.append(Relation(link.get("Id", ""), link.get("Type", ""), target, external))
    return found
