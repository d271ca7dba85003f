"""Агентский договор: «Раздел I» typed, points numbered anew in each by Word (python-docx)."""

import io
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.shared import Pt

from tools.test_contracts.ooxml import MARK_XML, NS, abstract, level, num, num_pr, run
from tools.test_contracts.texts import Section, common, pieces, sections

ROMAN = [
    "I",
    "II",
    "III",
    "IV",
    "V",
    "VI",
    "VII",
    "VIII",
    "IX",
    "X",
    "XI",
    "XII",
    "XIII",
    "XIV",
    "XV",
    "XVI",
    "XVII",
    "XVIII",
    "XIX",
    "XX",
]
LETTERS = "абвгдежзиклмн"


def make(path: Path) -> None:
    """Write the contract, a power of attorney, a report form and a price list."""
    doc: Any = docx.Document()
    normal = doc.styles["Normal"]
    normal.font.name, normal.font.size = "Georgia", Pt(12)
    normal.paragraph_format.line_spacing = 1.3
    written = [*sections("agency"), *common("Термины", "Цена", "Непреодол")]
    _numbering(doc, len(written) + 1)
    _say(doc, "**АГЕНТСКИЙ ДОГОВОР № 5\\-АГ**").alignment = WD_ALIGN_PARAGRAPH.CENTER
    for place, one in enumerate(written):
        _part(doc, place, one)
    _power(doc, len(written) + 1)
    _report(doc)
    _prices(doc)
    out = io.BytesIO()
    doc.save(out)
    path.write_bytes(out.getvalue())


def _xml(text: str) -> Any:
    first = text.index(">")
    at = first - 1 if text[first - 1] == "/" else first
    return parse_xml(f"{text[:at]} {NS}{text[at:]}")


def _numbering(doc: Any, lists: int) -> None:
    """One definition; each section has its own use of it that starts from one."""
    root = doc.part.numbering_part.element
    for old in list(root):
        root.remove(old)
    tab = '<w:suff w:val="space"/>'
    root.append(
        _xml(abstract(1, level(0, "decimal", "%1.", extra=tab), level(1, "decimal", "%1.%2.")))
    )
    root.append(
        _xml(abstract(2, level(0, "bullet", "–", ppr='<w:ind w:left="720" w:hanging="360"/>')))
    )
    root.append(_xml(num(99, 2)))
    for at in range(1, lists + 1):
        root.append(_xml(num(at, 1, {0: 1})))


def _say(doc: Any, text: str, number: tuple[int, int] | None = None) -> Any:
    made = doc.add_paragraph()
    if number:
        made._p.get_or_add_pPr()._insert_numPr(_xml(num_pr(*number)))
    for mark, words in pieces(text):
        if mark != "note":
            made._p.append(_xml(run(words, MARK_XML.get(mark, ""))))
    return made


def _part(doc: Any, place: int, one: Section) -> None:
    # The first four heads say «Раздел», later the author tired and left the numeral alone.
    head = f"**Раздел {ROMAN[place]}.** " if place < 4 else f"**{ROMAN[place]}.** "
    _say(doc, f"{head}**{one.title}**").alignment = WD_ALIGN_PARAGRAPH.CENTER
    for item in one.items:
        _say(doc, item.text, (place + 1, 0))
        for at, words in enumerate(item.subs):
            if place % 2:
                _say(doc, f"{LETTERS[at]})\t{words}")
            else:
                _say(doc, words, (99, 0))


def _power(doc: Any, number: int) -> None:
    doc.add_page_break()
    _say(doc, "**Приложение № 1. Форма доверенности**")
    _say(doc, "Принципал уполномочивает Агента:", (number, 0))
    for words in (
        "вести переговоры и получать документы;",
        "подписывать накладные и акты;",
        "получать товар.",
    ):
        _say(doc, words, (number, 1))
    _say(doc, "Доверенность выдана сроком на один год без права передоверия.", (number, 0))


def _report(doc: Any) -> None:
    doc.add_page_break()
    _say(doc, "**Приложение № 2. Форма отчёта Агента**")
    grid = doc.add_table(1, 5, style="Table Grid")
    heads = ("№", "Покупатель", "Договор", "Сумма, руб.", "Вознаграждение, руб.")
    for cell, words in zip(grid.rows[0].cells, heads, strict=True):
        cell.text = words
    for at in range(1, 36):
        cells = grid.add_row().cells
        for cell, words in zip(
            cells, (f"{at}.", f"КФХ «Нива-{at}»", f"№ {at}/26", "", ""), strict=True
        ):
            cell.text = words
    inner = grid.add_row().cells[1]
    inner.text = "Итого по видам:"
    small = inner.add_table(2, 2)
    small.cell(0, 0).text, small.cell(0, 1).text = "1. тракторы", "2. комбайны"
    _say(doc, "1. Отчёт сдал: Агент ____________")
    _say(doc, "2. Отчёт принял: Принципал ____________")


def _prices(doc: Any) -> None:
    doc.add_page_break()
    _say(doc, "**Приложение № 3. Прейскурант**")
    grid = doc.add_table(0, 3, style="Table Grid")
    for at in range(1, 46):
        cells = grid.add_row().cells
        row = (
            f"{at}",
            f"Трактор «Агро-{1000 + at * 20}», комплектация {at % 3 + 1}",
            f"{3 + at % 5} 450 000",
        )
        for cell, words in zip(cells, row, strict=True):
            cell.text = words
