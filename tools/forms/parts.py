"""The parts of a DOCX package around the body: styles, numbering, settings, footer, properties."""

from xml.sax.saxutils import escape

from tools.forms.body import FIRST_ANNEX_NUM, Body
from tools.forms.markup import Form
from tools.forms.words import FOOTER, STYLES

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
# A4; 20 mm above, below and at the right, 25 mm at the left for the folder.
PAGE = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1417" w:header="567"'
    ' w:footer="567" w:gutter="0"/>'
)
# Every office has Times New Roman or its metric twin; LibreOffice would put a sans in for PT Serif.
FONT = "Times New Roman"
PARTS = {
    "document": "officeDocument",
    "styles": "styles",
    "numbering": "numbering",
    "settings": "settings",
    "fontTable": "fontTable",
    "footer": "footer",
}
LETTERS = {"ru": ("russianLower", "%4)"), "en": ("lowerLetter", "(%4)")}


def package_parts(form: Form) -> dict[str, str]:
    """Every file of the package by its name, in the order they are written."""
    return {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships(
            (f"{R}/officeDocument", "word/document.xml"),
            (
                "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
                "docProps/core.xml",
            ),
        ),
        "word/document.xml": document(form),
        "word/_rels/document.xml.rels": relationships(
            *((f"{R}/{kind}", f"{name}.xml") for name, kind in list(PARTS.items())[1:])
        ),
        "word/styles.xml": styles(form.language),
        "word/numbering.xml": numbering(form),
        "word/settings.xml": settings(form.language),
        "word/fontTable.xml": font_table(),
        "word/footer.xml": footer(form.language),
        "docProps/core.xml": core_properties(form),
    }


def content_types() -> str:
    """What each part is."""
    kinds = {name: "document.main" if name == "document" else name for name in PARTS}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{OFFICE}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    return (
        f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f"{overrides}"
        '<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def relationships(*targets: tuple[str, str]) -> str:
    """Links from one part to others, numbered in order."""
    links = "".join(
        f'<Relationship Id="rId{place}" Type="{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(targets, start=1)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{XML}<Relationships xmlns="{space}">{links}</Relationships>'


def document(form: Form) -> str:
    """The main part; the footer is the last relationship of the document."""
    footer_id = f"rId{len(PARTS) - 1}"
    return (
        f'{XML}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{Body(form).write()}'
        f'<w:sectPr><w:footerReference w:type="default" r:id="{footer_id}"/>{PAGE}</w:sectPr>'
        "</w:body></w:document>"
    )


def styles(language: str) -> str:
    """Paragraph styles; clauses get their numbers from their styles alone."""
    tag = {"ru": "ru-RU", "en": "en-GB"}[language]
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    names = STYLES[language]
    both = '<w:jc w:val="both"/>'
    keep = "<w:keepNext/><w:keepLines/>"
    written = [
        style("Normal", "Normal", gap(0, 100), default=True),
        style("Title", "Title", f'{keep}{gap(0, 240)}<w:jc w:val="center"/>', BOLD + size(28)),
        style("Subtitle", "Subtitle", f'{keep}{gap(0, 240)}<w:jc w:val="center"/>', size(24)),
        style(
            "Heading1",
            "heading 1",
            f'{keep}{number(0, 1)}{gap(240, 100)}<w:outlineLvl w:val="0"/>',
            BOLD + size(24),
        ),
        style("BodyText", "Body Text", gap(0, 100) + both),
        style("Clause", names["Clause"], number(1, 1) + gap(0, 100) + both),
        style("Subclause", names["Subclause"], number(2, 1) + gap(0, 80) + both),
        style("ListItem", names["ListItem"], number(3, 1) + gap(0, 60) + both),
        style("PlaceLine", names["PlaceLine"], gap(0, 200)),
        style("AnnexMark", names["AnnexMark"], gap(0, 20) + '<w:jc w:val="right"/>'),
        style(
            "AnnexHeading",
            names["AnnexHeading"],
            f'{keep}{gap(300, 200)}<w:jc w:val="center"/><w:outlineLvl w:val="0"/>',
            BOLD + size(24),
        ),
        style("AnnexClause", names["AnnexClause"], number(0, 2) + gap(0, 100) + both),
        style("AnnexSubclause", names["AnnexSubclause"], number(1, 2) + gap(0, 80) + both),
        style(
            "SignaturesHeading",
            names["SignaturesHeading"],
            f'{keep}{gap(300, 100)}<w:outlineLvl w:val="1"/>',
            BOLD,
        ),
        style("CellText", names["CellText"], gap(20, 40), size(21)),
        style("Footer", "footer", gap(0, 0) + '<w:jc w:val="center"/>', size(18)),
    ]
    return (
        f'{XML}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts}{size(23)}'
        f'<w:lang w:val="{tag}" w:eastAsia="{tag}"/></w:rPr></w:rPrDefault><w:pPrDefault/>'
        f"</w:docDefaults>{''.join(written)}</w:styles>"
    )


BOLD = "<w:b/><w:bCs/>"


def size(half_points: int) -> str:
    """Size of letters in half-points."""
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def gap(before: int, after: int) -> str:
    """Space around a paragraph in twips; lines stand a little apart."""
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="259" w:lineRule="auto"/>'


def number(level: int, scheme: int) -> str:
    """Numbering by style."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{scheme}"/></w:numPr>'


def style(key: str, name: str, paragraph: str, marks: str = "", *, default: bool = False) -> str:
    """One paragraph style based on the normal one."""
    based = "" if default else '<w:basedOn w:val="Normal"/>'
    flag = ' w:default="1"' if default else ""
    return (
        f'<w:style w:type="paragraph"{flag} w:styleId="{key}"><w:name w:val="{name}"/>{based}'
        f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{marks}</w:rPr></w:style>"
    )


def numbering(form: Form) -> str:
    """One scheme for the contract, one for annexes; every annex starts it anew."""
    letters, pattern = LETTERS[form.language]
    main = (
        level(0, "decimal", "%1.", 567, 567, "Heading1", bold=True)
        + level(1, "decimal", "%1.%2.", 567, 567, "Clause")
        + level(2, "decimal", "%1.%2.%3.", 1304, 737, "Subclause")
        + level(3, letters, pattern, 992, 425, "ListItem")
    )
    annex = level(0, "decimal", "%1.", 567, 567, "AnnexClause") + level(
        1, "decimal", "%1.%2.", 1134, 567, "AnnexSubclause"
    )
    restart = (
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="1"/></w:lvlOverride>'
    )
    count = max((block.annex for block in form.blocks), default=0)
    annexes = "".join(
        f'<w:num w:numId="{FIRST_ANNEX_NUM + place}"><w:abstractNumId w:val="2"/>{restart}</w:num>'
        for place in range(1, count + 1)
    )
    return (
        f'{XML}<w:numbering xmlns:w="{W}">'
        f'<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>{main}'
        '</w:abstractNum><w:abstractNum w:abstractNumId="2">'
        f'<w:multiLevelType w:val="multilevel"/>{annex}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>{annexes}</w:numbering>'
    )


def level(
    place: int, kind: str, pattern: str, left: int, hanging: int, style: str, *, bold: bool = False
) -> str:
    """One depth of a scheme, tied to the style that uses it; indents are twips."""
    marks = f"<w:rPr>{BOLD}</w:rPr>" if bold else ""
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:pStyle w:val="{style}"/><w:suff w:val="tab"/><w:lvlText w:val="{pattern}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:tabs><w:tab w:val="num" w:pos="{left}"/></w:tabs>'
        f'<w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>{marks}</w:lvl>'
    )


def settings(language: str) -> str:
    """Settings of the document: its language, the behaviour of current Word."""
    tag = {"ru": "ru-RU", "en": "en-GB"}[language]
    return (
        f'{XML}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/>'
        '<w:defaultTabStop w:val="567"/><w:compat><w:compatSetting w:name="compatibilityMode"'
        ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{tag}"/></w:settings>'
    )


def font_table() -> str:
    """The font and what stands in for it where it is not installed."""
    return (
        f'{XML}<w:fonts xmlns:w="{W}"><w:font w:name="{FONT}"><w:altName w:val="PT Serif"/>'
        '<w:panose1 w:val="02020603050405020304"/><w:charset w:val="CC"/><w:family w:val="roman"/>'
        '<w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def footer(language: str) -> str:
    """«Страница 1 из 5», counted by Word."""
    before, between = FOOTER[language]

    def counted(name: str) -> str:
        return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'

    def words(text: str) -> str:
        return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'

    return (
        f'{XML}<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        f"{words(before)}{counted('PAGE')}{words(between)}{counted('NUMPAGES')}</w:p></w:ftr>"
    )


def core_properties(form: Form) -> str:
    """Title and language; no author, no moment of building."""
    return (
        f"{XML}<cp:coreProperties"
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(form.properties[f'title {form.language}'])}</dc:title>"
        f"<dc:language>{form.language}</dc:language></cp:coreProperties>"
    )
