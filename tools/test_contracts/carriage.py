"""Перевозка: written in LibreOffice (flat ODT), saved as DOCX by LibreOffice itself."""

import subprocess
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

from tools.test_contracts.texts import Section, common, pieces, sections

SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
)
PROFILE = "-env:UserInstallation=file:///tmp/lo-twelve"
MARKS = {"b": "Strong", "i": "Slanted", "u": "Lined", "sup": "Raised", "sub": "Lowered"}


def make(path: Path) -> None:
    """Write the flat ODT to a throw-away folder and let LibreOffice save it as Word."""
    with tempfile.TemporaryDirectory() as folder:
        flat = Path(folder) / f"{path.stem}.fodt"
        flat.write_text(_document(), encoding="utf8")
        command = ["soffice", PROFILE, "--headless", "--convert-to", "docx:MS Word 2007 XML"]
        subprocess.run([*command, "--outdir", str(path.parent), str(flat)], check=True, timeout=180)


def _document() -> str:
    written = [*sections("carriage"), *common("Термины", "Заверения")]
    half = len(written) // 2
    body = "".join(
        (
            _p("ДОГОВОР ПЕРЕВОЗКИ ГРУЗОВ № П-77", "Title"),
            _p("ООО «Рефтранс» (Перевозчик) и АО «Молочный берег» (Отправитель) договорились:"),
            _list(written[:half], 'xml:id="main"'),
            _p("Тарифы за простой, рублей за час:"),
            _tariffs(),
            # The table stands between two halves of one list.
            _list(written[half:], 'text:continue-list="main"'),
            _details(),
            _rules(),
            _routes(),
        )
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {SPACES} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:styles>{_styles()}</office:styles>"
        f"<office:automatic-styles>{_automatic()}</office:automatic-styles>"
        f"<office:master-styles>{_pages()}</office:master-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    )


def _styles() -> str:
    point = '<style:paragraph-properties fo:margin-bottom="0.2cm" fo:line-height="150%"/>'
    look = '<style:text-properties style:font-name="Liberation Serif" fo:font-size="12pt"/>'
    base = (
        f'<style:style style:name="Standard" style:family="paragraph">{point}{look}</style:style>'
    )
    title = '<style:style style:name="Title" style:family="paragraph" '
    title += 'style:parent-style-name="Standard">'
    title += '<style:paragraph-properties fo:text-align="center"/>'
    title += '<style:text-properties fo:font-weight="bold"/></style:style>'
    levels = ""
    for at, (fmt, shown, after) in enumerate((("1", 1, "."), ("1", 2, "."), ("a", 1, ")")), 1):
        left = f"{0.8 * at:.1f}cm"
        levels += (
            f'<text:list-level-style-number text:level="{at}" style:num-format="{fmt}" '
            f'style:num-suffix="{after}" text:display-levels="{shown}">'
            "<style:list-level-properties "
            'text:list-level-position-and-space-mode="label-alignment">'
            '<style:list-level-label-alignment text:label-followed-by="listtab" '
            f'fo:margin-left="{left}" fo:text-indent="-0.8cm"/>'
            "</style:list-level-properties></text:list-level-style-number>"
        )
    lists = f'<text:list-style style:name="Contract">{levels}</text:list-style>'
    notes = '<text:notes-configuration text:note-class="footnote" style:num-format="1"/>'
    return base + title + lists + notes


def _automatic() -> str:
    looks = {
        "Strong": 'fo:font-weight="bold"',
        "Slanted": 'fo:font-style="italic"',
        "Lined": 'style:text-underline-style="solid" style:text-underline-width="auto"',
        "Raised": 'style:text-position="super 58%"',
        "Lowered": 'style:text-position="sub 58%"',
    }
    found = "".join(
        f'<style:style style:name="{name}" style:family="text">'
        f"<style:text-properties {look}/></style:style>"
        for name, look in looks.items()
    )
    columns = '<style:columns fo:column-count="2" fo:column-gap="1cm"/>'
    found += '<style:style style:name="Two" style:family="section"><style:section-properties>'
    found += f"{columns}</style:section-properties></style:style>"
    found += (
        '<style:style style:name="New" style:family="paragraph" style:parent-style-name="Standard">'
    )
    found += '<style:paragraph-properties fo:break-before="page"/></style:style>'
    edge = '<style:table-cell-properties fo:border="0.5pt solid #000000"/>'
    found += f'<style:style style:name="Box" style:family="table-cell">{edge}</style:style>'
    page = '<style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" '
    page += 'fo:margin="2cm"/>'
    return (
        found
        + f'<style:page-layout style:name="Sheet">{page}<style:footer-style/></style:page-layout>'
    )


def _pages() -> str:
    foot = '<text:p>Лист <text:page-number text:select-page="current"/></text:p>'
    return (
        '<style:master-page style:name="Standard" style:page-layout-name="Sheet">'
        f"<style:footer>{foot}</style:footer></style:master-page>"
    )


def _said(text: str) -> str:
    out = ""
    for mark, words in pieces(text):
        plain = escape(words).replace("\t", "<text:tab/>").replace("\n", "<text:line-break/>")
        if mark in MARKS:
            out += f'<text:span text:style-name="{MARKS[mark]}">{plain}</text:span>'
        elif mark != "note":
            out += plain
    return out


def _p(text: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{_said(text)}</text:p>'


def _note(words: str) -> str:
    return (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{_p(words)}</text:note-body></text:note>"
    )


def _list(parts: list[Section], how: str) -> str:
    out = ""
    for part in parts:
        points = ""
        for item in part.items:
            inner = "".join(f"<text:list-item>{_p(words)}</text:list-item>" for words in item.subs)
            below = f"<text:list>{inner}</text:list>" if inner else ""
            points += f"<text:list-item>{_p(item.text)}{below}</text:list-item>"
        out += (
            f"<text:list-item>{_p(f'**{part.title}**')}"
            f"<text:list>{points}</text:list></text:list-item>"
        )
    return f'<text:list {how} text:style-name="Contract">{out}</text:list>'


def _row(*cells: str) -> str:
    boxes = "".join(
        f'<table:table-cell table:style-name="Box">{_p(one)}</table:table-cell>' for one in cells
    )
    return f"<table:table-row>{boxes}</table:table-row>"


def _tariffs() -> str:
    head = f"<table:table-header-rows>{_row('Кузов', 'День', 'Ночь')}</table:table-header-rows>"
    rows = _row("Рефрижератор 20 т", "1 900", "2 400") + _row("Тент 20 т", "1 500", "1 900")
    wide = '<table:table-cell table:style-name="Box" table:number-columns-spanned="3">'
    wide += f"{_p('Начатый час считается полным')}</table:table-cell>"
    wide += "<table:covered-table-cell/>" * 2
    columns = '<table:table-column table:number-columns-repeated="3"/>'
    return (
        f'<table:table table:name="T">{columns}{head}{rows}'
        f"<table:table-row>{wide}</table:table-row></table:table>"
    )


def _details() -> str:
    lines = (
        "Перевозчик",
        "ООО «Рефтранс»",
        "ИНН 3525123456",
        "г. Вологда, ул. Мира, 10",
        "_______ Соколов",
        "Отправитель",
        "АО «Молочный берег»",
        "ИНН 3528654321",
        "г. Череповец, пр. Победы, 3",
        "_______ Рябова",
    )
    inside = "".join(_p(line) for line in lines)
    return f'<text:section text:style-name="Two" text:name="Details">{inside}</text:section>'


def _rules() -> str:
    words = (
        "Водитель прибывает на площадку за тридцать минут до назначенного времени.",
        "Водитель предъявляет документы на автомобиль и санитарную книжку.",
        "Температура в кузове до погрузки доводится до заданной.",
        "Курение и открытый огонь на площадке запрещены.",
    )
    items = ""
    for at, one in enumerate(words):
        first = ' text:start-value="1"' if at == 0 else ""
        note = _note("Время указывается местное.") if at == 0 else ""
        items += (
            f'<text:list-item{first}><text:p text:style-name="Standard">'
            f"{_said(one)}{note}</text:p></text:list-item>"
        )
    head = _p("Приложение № 1. Правила для водителей", "New")
    tail = _p("1. Памятку получил: ______________") + _p("2. Вопросов не имею: ______________")
    return head + f'<text:list xml:id="rules" text:style-name="Contract">{items}</text:list>' + tail


def _routes() -> str:
    rows = "".join(
        _row(f"{at}.", f"Вологда — пункт {at}", f"{150 + at * 37} км", f"{9_000 + at * 1_210} руб.")
        for at in range(1, 41)
    )
    head = (
        f"<table:table-header-rows>{_row('№', 'Маршрут', 'Расстояние', 'Плата')}"
        "</table:table-header-rows>"
    )
    columns = '<table:table-column table:number-columns-repeated="4"/>'
    title = _p("Приложение № 2. Маршруты и провозная плата", "New")
    return f'{title}<table:table table:name="R">{columns}{head}{rows}</table:table>'
