"""The package going out: what is reachable of the original, ours in place of what changed."""

import io
import posixpath
import zipfile
from typing import Final

from lxml import etree

from zabota.contracts.docx.package import R, Relation, W, is_xml_name, parse, read_relations
from zabota.contracts.docx.read.revisions import count_revisions, settle
from zabota.contracts.docx.write.xml import clean, serialize

CONTENT_TYPES: Final = "[Content_Types].xml"
TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
LINKS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
WORD_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
CORE_TYPE: Final = "application/vnd.openxmlformats-package.core-properties+xml"
# What others wrote about the text or themselves: comments, authors, company, links to their disks.
LEFT_OUT: Final = frozenset(
    {
        *("comments", "commentsExtended", "commentsIds", "commentsExtensible", "people"),
        *("customXml", "attachedTemplate", "custom-properties", "extended-properties"),
        *("core-properties", "thumbnail", "origin", "recipientData", "mailMergeSource"),
        *("mailMergeHeaderSource", "keyMapCustomizations", "vbaProject", "printerSettings"),
        *("metadata", "classificationlabels", "documenttasks"),
    }
)
SETTLED: Final = frozenset({"header", "footer", "footnotes", "endnotes"})
SETTINGS_LEFT_OUT: Final = (
    "attachedTemplate", "mailMerge", "trackRevisions", "docVars", "documentProtection",
    "writeProtection", "rsids", "saveThroughXslt",
)  # fmt: skip
# Zip cannot say an earlier moment; the same one always, so that the same text gives the same bytes.
MOMENT: Final = (1980, 1, 1, 0, 0, 0)


class Parts:
    """The parts of a Word file by name, with their relations and content types."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.types = parse(files[CONTENT_TYPES], CONTENT_TYPES)
        root = self.links("")
        self.main = next(link.target for link in root if link.kind == "officeDocument")

    def links(self, name: str) -> list[Relation]:
        """The relations of a part ("" is the package itself)."""
        data = self.files.get(_links_name(name))
        return [] if data is None else read_relations(data, name)

    def xml(self, kind: str) -> etree._Element | None:
        """Parse the part the main part is linked to in one way («numbering»)."""
        name = self.named(kind)
        return None if name is None else parse(self.files[name], name)

    def named(self, kind: str) -> str | None:
        """Name the part the main part is linked to in one way."""
        targets = [link.target for link in self.links(self.main) if link.kind == kind]
        return next((target for target in targets if target in self.files), None)

    def put(self, kind: str, root: etree._Element, links: str = R.strip("{}")) -> None:
        """Set a part of the main part, linking it when there was none; `links` is the namespace of
        its kind of link."""
        name = self.named(kind)
        if name is None:
            name = posixpath.join(posixpath.dirname(self.main), f"{kind}.xml")
            self._link(self.main, f"{links}/{kind}", name)
            self._type(name, WORD_TYPE.format(kind))
        self.files[name] = serialize(root)

    def finish(self, title: str, language: str) -> bytes:
        """The whole file: only what is reachable, titled, with nobody's name in it."""
        self._clean_settings()
        for name in ["", *self.files]:
            if _links_name(name) in self.files:
                self._keep_links(name)
        self.files["docProps/core.xml"] = _core(title, language)
        self._link(
            "",
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
            "docProps/core.xml",
        )
        self._type("docProps/core.xml", CORE_TYPE)
        names = self._reachable()
        for one in list(self.types):
            if one.tag == f"{TYPES}Override" and one.get("PartName", "").lstrip("/") not in names:
                self.types.remove(one)
        self.files[CONTENT_TYPES] = serialize(self.types)
        return _zipped({name: self.files[name] for name in (CONTENT_TYPES, *sorted(names))})

    def _clean_settings(self) -> None:
        name = self.named("settings")
        if name is None:
            return
        root = parse(self.files[name], name)
        for tag in SETTINGS_LEFT_OUT:
            for element in root.findall(f"{W}{tag}"):
                root.remove(element)
        self.files[name] = serialize(root)

    def _keep_links(self, name: str) -> None:
        root = parse(self.files[_links_name(name)], name)
        for element, link in zip(list(root), self.links(name), strict=True):
            outside = link.external and link.kind != "hyperlink"
            lost = not link.external and link.target not in self.files
            if link.kind in LEFT_OUT or outside or lost:
                root.remove(element)
        self.files[_links_name(name)] = serialize(root)

    def _reachable(self) -> set[str]:
        found: set[str] = set()
        waiting = [""]
        while waiting:
            name = waiting.pop()
            if _links_name(name) in self.files:
                found.add(_links_name(name))
            inside = [link.target for link in self.links(name) if not link.external]
            fresh = [target for target in inside if target not in found]
            found.update(fresh)
            waiting += fresh
        return found

    def _link(self, name: str, kind: str, target: str) -> None:
        data = self.files.get(_links_name(name))
        empty = f'<Relationships xmlns="{LINKS}"/>'.encode()
        root = parse(data or empty, name)
        taken = {link.get("Id") for link in root}
        number = next(n for n in range(1, len(taken) + 2) if f"rIdZb{n}" not in taken)
        link = etree.SubElement(root, f"{{{LINKS}}}Relationship")
        link.set("Id", f"rIdZb{number}")
        link.set("Type", kind)
        link.set("Target", "/" + target)
        self.files[_links_name(name)] = serialize(root)

    def _type(self, name: str, content_type: str) -> None:
        for old in list(self.types):
            if old.get("PartName") == f"/{name}":
                self.types.remove(old)
        override = etree.SubElement(self.types, f"{TYPES}Override")
        override.set("PartName", f"/{name}")
        override.set("ContentType", content_type)


def open_parts(package: bytes, *, accept: bool) -> Parts:
    """Open a package that has passed the guard, its tracked changes settled.

    Strict files come out in the usual namespaces.
    """
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        files = {n: archive.read(n) for n in archive.namelist() if not n.endswith("/")}
    for name in files:
        if is_xml_name(name) and b"purl.oclc.org/ooxml" in files[name]:
            files[name] = serialize(parse(files[name], name)).replace(
                b' w:conformance="strict"', b""
            )
    parts = Parts(files)
    for link in parts.links(parts.main):
        if link.kind in SETTLED and link.target in files:
            root = parse(files[link.target], link.target)
            if count_revisions(root):
                settle(root, accept=accept)
                files[link.target] = serialize(root)
    return parts


def _links_name(name: str) -> str:
    folder, leaf = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{leaf}.rels")


def _core(title: str, language: str) -> bytes:
    dc = "http://purl.org/dc/elements/1.1/"
    core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    root = etree.Element(f"{{{core}}}coreProperties", nsmap={"cp": core, "dc": dc})
    etree.SubElement(root, f"{{{dc}}}title").text = clean(title)
    etree.SubElement(root, f"{{{dc}}}language").text = clean(language)
    return serialize(root)


def _zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, data)
    return out.getvalue()
