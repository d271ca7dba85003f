"""What stands at the door of uploads: a hostile Word file is refused before anything parses it.

Order matters: size, then the archive's table of contents, then raw bytes of the XML parts (no
document type, no entities), and only then the relations are parsed.
"""

import io
import re
import zipfile
import zlib
from typing import Final

from lxml import etree

from zabota.contracts.docx.package import (
    RELATION,
    A,
    R,
    W,
    is_xml_name,
    parse,
    read_relations,
)
from zabota.contracts.docx.refusal import Refused

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_PARTS: Final = 2_000
MOST_BYTES_INSIDE: Final = 200 * 1024 * 1024
MOST_XML_BYTES: Final = 40 * 1024 * 1024
MOST_RATIO: Final = 200
# Small parts may be very repetitive without harm.
RATIO_FROM: Final = 10 * 1024 * 1024
ALLOWED_OUTSIDE: Final = ("hyperlink", "attachedTemplate")
ENCODINGS: Final = re.compile(
    r"^(utf-?8|utf-?16(le|be)?|us-ascii|ascii|iso-8859-\d+|windows-125\d)$"
)
DECLARED: Final = re.compile(rb"^<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
OLE_HEADER: Final = bytes.fromhex("d0cf11e0a1b11ae1")


def inspect(data: bytes) -> None:
    """Refuse a file that is no DOCX or could harm whoever opens it; say why by `Refused`."""
    _inspect_size(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _inspect_names(archive)
            _inspect_expansion(archive, len(data))
            parts = {name: archive.read(name) for name in archive.namelist() if is_xml_name(name)}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise Refused("damaged", detail=str(error)) from error
    for name, part in parts.items():
        _inspect_bytes(name, part)
    _inspect_kind(parts)
    for name, part in parts.items():
        if name.endswith(".rels"):
            _inspect_relations(name, part)


def defuse(data: bytes) -> bytes:
    """Drop links that leave the file: hyperlinks' targets, the attached template.

    The file that is stored and written out again must not call anybody when it is opened.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        contents = {info: archive.read(info) for info in archive.infolist()}
    dropped: dict[str, set[str]] = {}
    written: dict[str, bytes] = {}
    for info, part in contents.items():
        if info.filename.endswith(".rels"):
            owner = _owner(info.filename)
            part, dropped[owner] = _without_external(part, owner)
        written[info.filename] = part
    for owner, ids in dropped.items():
        if ids and owner in written:
            written[owner] = _without_ids(written[owner], owner, ids)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for info in contents:
            archive.writestr(zipfile.ZipInfo(info.filename, info.date_time), written[info.filename])
    return buffer.getvalue()


def _inspect_size(data: bytes) -> None:
    if not data:
        raise Refused("empty")
    if len(data) > MOST_BYTES:
        raise Refused("too_large", size=len(data), limit=MOST_BYTES)
    if data.startswith(OLE_HEADER):
        # Word wraps a file with a password into the old container of .doc files.
        hidden = "EncryptedPackage".encode("utf-16-le") in data
        raise Refused("encrypted" if hidden else "old_doc")
    if not data.startswith(b"PK"):
        raise Refused("not_a_zip")


def _inspect_names(archive: zipfile.ZipFile) -> None:
    infos = archive.infolist()
    if len(infos) > MOST_PARTS:
        raise Refused("too_many_parts", count=len(infos), limit=MOST_PARTS)
    seen: set[str] = set()
    for info in infos:
        # `orig_filename` still has what zipfile cuts off: a NUL and all behind it, backslashes.
        name = info.orig_filename
        steps = re.split(r"[/\\]", name)
        if ".." in steps or name.startswith(("/", "\\")) or re.search(r"[\x00-\x1f:\\]", name):
            raise Refused("bad_name", part=name)
        if name.lower() in seen:
            raise Refused("bad_name", part=name)
        seen.add(name.lower())
        if info.flag_bits & 1:
            raise Refused("encrypted", part=name)
        if name.lower().endswith(("vbaproject.bin", "vbadata.xml")):
            raise Refused("macros", part=name)
    if "[content_types].xml" not in seen:
        raise Refused("not_a_docx")


def _inspect_expansion(archive: zipfile.ZipFile, packed: int) -> None:
    infos = archive.infolist()
    total = sum(info.file_size for info in infos)
    if total > MOST_BYTES_INSIDE:
        raise Refused("too_big_inside", size=total, limit=MOST_BYTES_INSIDE)
    xml = sum(info.file_size for info in infos if is_xml_name(info.filename))
    if xml > MOST_XML_BYTES:
        raise Refused("too_big_inside", size=xml, limit=MOST_XML_BYTES)
    if total > RATIO_FROM and total > packed * MOST_RATIO:
        raise Refused("zip_bomb", ratio=total // packed, limit=MOST_RATIO)
    for info in infos:
        if info.file_size > RATIO_FROM and info.file_size > max(info.compress_size, 1) * MOST_RATIO:
            ratio = info.file_size // max(info.compress_size, 1)
            raise Refused("zip_bomb", part=info.filename, ratio=ratio, limit=MOST_RATIO)


def _inspect_bytes(name: str, part: bytes) -> None:
    """Look for a document type or entities without a parser, and for encodings that hide them."""
    text = part.removeprefix(b"\xef\xbb\xbf")
    if text.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")):
        if text.startswith((b"\xff\xfe\x00\x00", b"<\x00\x00\x00", b"\x00\x00")):
            raise Refused("encoding", part=name, encoding="utf-32")
        # Markup is ASCII, so without its zero bytes it shows itself in either byte order.
        text = text[2:] if text[:1] in (b"\xff", b"\xfe") else text
        text = text.replace(b"\x00", b"")
    text = text.lstrip()
    if text and not text.startswith(b"<"):
        raise Refused("encoding", part=name, encoding="unknown")
    declared = DECLARED.match(text)
    if declared:
        encoding = declared[1].decode("ascii", "replace").lower()
        if not ENCODINGS.match(encoding):
            raise Refused("encoding", part=name, encoding=encoding)
    if re.search(rb"<!\s*(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise Refused("doctype", part=name)


def _inspect_kind(parts: dict[str, bytes]) -> None:
    types = parse(parts["[Content_Types].xml"], "[Content_Types].xml")
    kinds = [kind.get("ContentType", "").lower() for kind in types]
    if any("macroenabled" in kind or "vbaproject" in kind for kind in kinds):
        raise Refused("macros", part="[Content_Types].xml")
    main = "wordprocessingml.document.main+xml"
    template = "wordprocessingml.template.main+xml"
    if not any(kind.endswith((main, template)) for kind in kinds):
        raise Refused("not_a_docx")


def _inspect_relations(name: str, part: bytes) -> None:
    owner = _owner(name)
    root = parse(part, name)
    depth = owner.count("/")
    for link in root.iter(RELATION):
        mode, target = link.get("TargetMode", "").lower(), link.get("Target", "")
        kind = link.get("Type", "").rpartition("/")[2]
        if "vbaproject" in kind.lower():
            raise Refused("macros", part=name)
        if mode == "external":
            if kind not in ALLOWED_OUTSIDE:
                raise Refused("external_target", part=owner, kind=kind, target=target[:200])
        elif re.match(r"[a-z][a-z0-9+.-]*:|//|\\\\", target, re.IGNORECASE):
            raise Refused("external_target", part=owner, kind=kind, target=target[:200])
        elif re.sub(r"%2e", ".", target, flags=re.IGNORECASE).count("..") > depth:
            raise Refused("bad_name", part=owner, target=target[:200])


def _owner(name: str) -> str:
    folder, _, leaf = name.rpartition("/")
    return f"{folder.removesuffix('_rels')}{leaf.removesuffix('.rels')}"


def _without_external(part: bytes, owner: str) -> tuple[bytes, set[str]]:
    ids = {link.id for link in read_relations(part, owner) if link.external}
    if not ids:
        return part, ids
    root = parse(part, owner)
    for link in list(root.iter(RELATION)):
        if link.get("Id") in ids:
            root.remove(link)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True), ids


def _without_ids(part: bytes, owner: str, ids: set[str]) -> bytes:
    root = parse(part, owner)
    for element in list(root.iter(f"{W}hyperlink", f"{W}attachedTemplate", f"{A}*")):
        if element.get(f"{R}id") not in ids:
            continue
        parent = element.getparent()
        if element.tag == f"{W}hyperlink" or parent is None:
            del element.attrib[f"{R}id"]
        else:
            parent.remove(element)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
