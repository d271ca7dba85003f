"""Word XML written by hand: runs, paragraphs, tables and numbering."""

import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MARK_XML = {
    "b": "<w:b/>",
    "i": "<w:i/>",
    "u": '<w:u w:val="single"/>',
    "sup": '<w:vertAlign w:val="superscript"/>',
    "sub": '<w:vertAlign w:val="subscript"/>',
}


def text_xml(words: str) -> str:
    """Words inside a run: tabs, line breaks, soft and no-break hyphens are elements."""
    out, plain = "", ""
    special = {
        "\t": "<w:tab/>",
        "\n": "<w:br/>",
        "\u00ad": "<w:softHyphen/>",
        "\u2011": "<w:noBreakHyphen/>",
    }
    for letter in words + "\0":
        if letter not in special and letter != "\0":
            plain += letter
            continue
        if plain:
            out += f'<w:t xml:space="preserve">{escape(plain)}</w:t>'
            plain = ""
        out += special.get(letter, "")
    return out


def run(words: str, props: str = "") -> str:
    """One run with its properties as XML."""
    rpr = f"<w:rPr>{props}</w:rPr>" if props else ""
    return f"<w:r>{rpr}{text_xml(words)}</w:r>"


def para(content: str, ppr: str = "") -> str:
    """One paragraph of ready runs."""
    return f"<w:p>{f'<w:pPr>{ppr}</w:pPr>' if ppr else ''}{content}</w:p>"


def num_pr(num: int | None, level: int | None = None) -> str:
    """Direct numbering of a paragraph; either half may be left to the style."""
    ilvl = "" if level is None else f'<w:ilvl w:val="{level}"/>'
    number = "" if num is None else f'<w:numId w:val="{num}"/>'
    return f"<w:numPr>{ilvl}{number}</w:numPr>"


def style_pr(style: str) -> str:
    return f"<w:pStyle w:val={quoteattr(style)}/>"


def field_runs(code: str, shown: str) -> str:
    """A complex field: its code is not text, its result is."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


@dataclass(frozen=True)
class Cell:
    """A table cell: `content` is ready paragraphs when `ready`, else words."""

    content: str
    span: int = 1
    merge: str = ""
    ready: bool = False
    props: str = ""


def table(
    rows: Iterable[Sequence[Cell | str]],
    widths: Sequence[int],
    *,
    heads: int = 0,
    borders: bool = True,
    props: str = "",
) -> str:
    """A table; `heads` rows repeat on each page; widths in twentieths of a point."""
    edge = '<w:{0} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(edge.format(side) for side in sides) if borders else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = "".join(
        _row(row, widths, header=place < heads, props=props) for place, row in enumerate(rows)
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f"<w:tblBorders>{lines}</w:tblBorders>"
        '<w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
    )


def _row(row: Sequence[Cell | str], widths: Sequence[int], *, header: bool, props: str) -> str:
    cells, at = "", 0
    for one in row:
        cell = one if isinstance(one, Cell) else Cell(one)
        width = sum(widths[at : at + cell.span])
        at += cell.span
        span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
        merge = {"start": '<w:vMerge w:val="restart"/>', "on": "<w:vMerge/>"}.get(cell.merge, "")
        words = cell.content if cell.ready else para(run(cell.content, cell.props or props))
        cells += f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}</w:tcPr>{words}'
        cells += "</w:tc>"
    head = "<w:trPr><w:tblHeader/></w:trPr>" if header else ""
    return f"<w:tr>{head}{cells}</w:tr>"


def level(at: int, fmt: str, shown: str, *, extra: str = "", start: int = 1, ppr: str = "") -> str:
    """One level of a list: `extra` is what stands between numFmt and lvlText (pStyle, isLgl …)."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{fmt}"/>{extra}'
        f'<w:lvlText w:val={quoteattr(shown)}/><w:lvlJc w:val="left"/>'
        f"<w:pPr>{ppr}</w:pPr></w:lvl>"
    )


def abstract(number: int, *levels: str, head: str = "", tail: str = "") -> str:
    """A list definition; `tail` is what follows multiLevelType (styleLink, numStyleLink)."""
    return (
        f'<w:abstractNum w:abstractNumId="{number}">{head}'
        f'<w:multiLevelType w:val="multilevel"/>{tail}{"".join(levels)}</w:abstractNum>'
    )


def num(number: int, of: int, starts: dict[int, int] | None = None, inner: str = "") -> str:
    """A list in use; `starts` are levels that begin anew, and from which number."""
    overrides = "".join(
        f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{first}"/></w:lvlOverride>'
        for at, first in (starts or {}).items()
    )
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{overrides}{inner}</w:num>'


def style(name: str, title: str, *, based: str = "", ppr: str = "", rpr: str = "") -> str:
    """A paragraph style."""
    base = f"<w:basedOn w:val={quoteattr(based)}/>" if based else ""
    default = ' w:default="1"' if name == "Normal" else ""
    return (
        f'<w:style w:type="paragraph" w:styleId={quoteattr(name)}{default}>'
        f"<w:name w:val={quoteattr(title)}/>{base}<w:qFormat/>"
        f"<w:pPr>{ppr}</w:pPr><w:rPr>{rpr}</w:rPr></w:style>"
    )


def fonts(name: str, half_points: int) -> str:
    return (
        f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:cs="{name}"/>'
        f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    )


def sect(
    *,
    refs: str = "",
    landscape: bool = False,
    columns: int = 1,
    kind: str = "nextPage",
    first: bool = False,
) -> str:
    """Section properties of an A4 page."""
    wide = 'w:w="16838" w:h="11906" w:orient="landscape"'
    size = wide if landscape else 'w:w="11906" w:h="16838"'
    return (
        f'<w:sectPr>{refs}<w:type w:val="{kind}"/><w:pgSz {size}/>'
        '<w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1418" w:header="600" '
        f'w:footer="600" w:gutter="0"/><w:cols w:num="{columns}" w:space="500"/>'
        + ("<w:titlePg/>" if first else "")
        + "</w:sectPr>"
    )


def png(side: int = 24) -> bytes:
    """A tiny square picture: a stamp's blue frame."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + crc

    rows = b""
    for y in range(side):
        edge = y in (0, side - 1)
        line = [edge or x in (0, side - 1) for x in range(side)]
        rows += b"\0" + b"".join(b"\x20\x40\xa0" if on else b"\xff\xff\xff" for on in line)
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )


def picture(rel: str, name: str, side: int = 457200) -> str:
    """A run with an inline picture (side in EMU)."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{side}" cy="{side}"/>'
        f'<wp:docPr id="7" name={quoteattr(name)}/><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="7" name={quoteattr(name)}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{rel}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{side}" cy="{side}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )
