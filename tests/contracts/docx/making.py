"""Small Word files made from pieces of XML, for tests."""

import io
import zipfile

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NS = (
    f'xmlns:w="{W_NS}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
KINDS = ("styles", "numbering", "footnotes", "endnotes", "settings")


def docx(
    body: str, *, extra: dict[str, str | bytes] | None = None, links: str = "", **parts
) -> bytes:
    """Make a file of a body and of parts by kind (`numbering="<w:num …/>"`); `extra` by name."""
    written: dict[str, str | bytes] = {
        "word/document.xml": f"<w:document {NS}><w:body>{body}<w:sectPr/></w:body></w:document>"
    }
    kinds = ""
    overrides = f'<Override PartName="/word/document.xml" ContentType="{MAIN}.document.main+xml"/>'
    for name, content in parts.items():
        kind = name.rstrip("0123456789")
        root = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
        written[f"word/{name}.xml"] = f"<w:{root} {NS}>{content}</w:{root}>"
        kinds += f'<Relationship Id="k{name}" Type="{OFFICE}/{kind}" Target="{name}.xml"/>'
        overrides += f'<Override PartName="/word/{name}.xml" ContentType="{MAIN}.{kind}+xml"/>'
    written["word/_rels/document.xml.rels"] = relations(kinds + links)
    written["_rels/.rels"] = relations(
        f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    )
    written["[Content_Types].xml"] = (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    return zipped(written | (extra or {}))


def relations(links: str) -> str:
    """A relations part."""
    return f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """Pack parts by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def p(words: str = "", properties: str = "", *, bold: bool = False) -> str:
    """A paragraph; a tab in the words becomes Word's."""
    inside = words.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    about = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:p>{about}<w:r>{look}<w:t xml:space="preserve">{inside}</w:t></w:r></w:p>'


def counted(words: str, list_id: int = 1, level: int = 0, *, bold: bool = False) -> str:
    """A paragraph that Word numbers."""
    return p(words, numpr(list_id, level), bold=bold)


def numpr(list_id: int, level: int = 0) -> str:
    """Numbering properties of a paragraph."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def abstract(
    key: int, *levels: tuple[str, str], more: str = "", each: dict[int, str] | None = None
) -> str:
    """A definition with (format, pattern) by level; `each` adds XML to a level."""
    made = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'{(each or {}).get(depth, "")}<w:lvlText w:val="{pattern}"/>'
        f'<w:pPr><w:ind w:left="{360 * (depth + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
        for depth, (form, pattern) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{key}">{made}{more}</w:abstractNum>'


def num(list_id: int, key: int, overrides: str = "") -> str:
    """A list made from a definition."""
    inside = f'<w:abstractNumId w:val="{key}"/>{overrides}'
    return f'<w:num w:numId="{list_id}">{inside}</w:num>'


def restart(level: int = 0, start: int = 1) -> str:
    """An override that begins a level anew."""
    return f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def table(*rows: str) -> str:
    """A table of rows made by `row`."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def row(*cells: str) -> str:
    """A row of cells made by `cell`."""
    return f"<w:tr>{''.join(cells)}</w:tr>"


def cell(content: str, properties: str = "") -> str:
    """A cell; content is XML of blocks."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"
