"""A package of our own for a text that came from no Word file: quiet, serif, ready to be signed."""

from typing import Final

from zabota.contracts.docx.write.parts import CONTENT_TYPES, LINKS, WORD_TYPE
from zabota.contracts.docx.write.xml import NAMESPACE

DOCUMENT: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORD: Final = f'xmlns:w="{NAMESPACE}" xmlns:r="{DOCUMENT}"'
SECTION: Final = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701" w:header="567"'
    ' w:footer="567" w:gutter="0"/></w:sectPr>'
)
FONTS: Final = (
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman"'
    ' w:cs="Times New Roman"/>'
)


def plain_parts(language: str) -> dict[str, bytes]:
    """The files of an empty document: A4, Times New Roman 11, page numbers at the foot."""
    files = {
        CONTENT_TYPES: _types(),
        "_rels/.rels": _links((("officeDocument", "word/document.xml"),)),
        "word/_rels/document.xml.rels": _links(
            (("styles", "styles.xml"), ("settings", "settings.xml"), ("footer", "footer.xml"))
        ),
        "word/document.xml": f"<w:document {WORD}><w:body>{SECTION}</w:body></w:document>",
        "word/styles.xml": _styles(language),
        "word/settings.xml": f'<w:settings {WORD}><w:defaultTabStop w:val="567"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode"'
        ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>',
        "word/footer.xml": f'<w:ftr {WORD}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        f"{_number('PAGE')}<w:r><w:t> / </w:t></w:r>{_number('NUMPAGES')}</w:p></w:ftr>",
    }
    return {name: (HEAD + text).encode() for name, text in files.items()}


def _number(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _types() -> str:
    parts = (
        ("document", "document.main"),
        ("styles", "styles"),
        ("settings", "settings"),
        ("footer", "footer"),
    )
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{WORD_TYPE.format(kind)}"/>'
        for name, kind in parts
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _links(links: tuple[tuple[str, str], ...]) -> str:
    inside = "".join(
        f'<Relationship Id="rId{number}" Type="{DOCUMENT}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links, 1)
    )
    return f'<Relationships xmlns="{LINKS}">{inside}</Relationships>'


def _styles(language: str) -> str:
    code = {"ru": "ru-RU", "en": "en-GB"}.get(language, "ru-RU")
    size = '<w:sz w:val="22"/><w:szCs w:val="22"/>'
    heading = (
        '<w:keepNext/><w:spacing w:before="240" w:after="120"/><w:jc w:val="left"/>'
        '<w:outlineLvl w:val="0"/>'
    )
    return (
        f"<w:styles {WORD}><w:docDefaults><w:rPrDefault><w:rPr>{FONTS}{size}"
        f'<w:lang w:val="{code}" w:eastAsia="{code}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="80" w:line="259" w:lineRule="auto"/>'
        '<w:jc w:val="both"/></w:pPr></w:pPrDefault></w:docDefaults>'
        + _style("Normal", "Normal", "", "", default=' w:default="1"', based="")
        + _style("Heading1", "heading 1", heading, "<w:b/><w:bCs/>")
        + _style(
            "Title", "Title", '<w:spacing w:after="200"/><w:jc w:val="center"/>', "<w:b/><w:bCs/>"
        )
        + _style(
            "Footer",
            "footer",
            '<w:spacing w:after="0"/><w:jc w:val="right"/>',
            '<w:sz w:val="17"/>',
        )
        + "</w:styles>"
    )


def _style(
    style: str, name: str, paragraph: str, run: str, default: str = "", based: str = "Normal"
) -> str:
    parent = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{style}"><w:name w:val="{name}"/>{parent}'
        f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )
