"""Поставка оборудования: a careful lawyer in Word, lists tied to heading styles (python-docx)."""

import io
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Cm, Pt

from tools.test_contracts.ooxml import (
    HEAD,
    MARK_XML,
    NS,
    TYPE,
    abstract,
    field_runs,
    level,
    num,
    num_pr,
    para,
    png,
    run,
)
from tools.test_contracts.texts import Section, common, pieces, sections

STYLES = ("Heading 1", "Heading 2", "Heading 3")


class Author:
    """The document under way and the notes it has called so far."""

    def __init__(self) -> None:
        self.doc: Any = docx.Document()
        self.notes: list[str] = []

    def say(self, text: str, style: str, number: tuple[int, int] | None = None) -> Any:
        """A paragraph of a style; a direct number for what must begin anew."""
        made = self.doc.add_paragraph(style=style)
        if number:
            made._p.get_or_add_pPr()._insert_numPr(_xml(num_pr(*number)))
        for mark, words in pieces(text):
            made._p.append(
                _xml(self._note(words) if mark == "note" else run(words, MARK_XML.get(mark, "")))
            )
        return made

    def _note(self, words: str) -> str:
        place = len(self.notes) + 1
        inner = f"<w:r>{'<w:footnoteRef/>'}</w:r>" + run(" " + words)
        self.notes.append(f'<w:footnote w:id="{place}">{para(inner)}</w:footnote>')
        return f'<w:r><w:rPr>{MARK_XML["sup"]}</w:rPr><w:footnoteReference w:id="{place}"/></w:r>'


def make(path: Path) -> None:
    """Write the contract with its contents, specification and graph."""
    one = Author()
    _prepare(one.doc)
    written = [*sections("supply"), *common("Налоговая")]
    _front(one, written)
    for part in written:
        _part(one, part)
    _reference(one)
    _details(one)
    _specification(one)
    _graph(one)
    _footnotes(one)
    out = io.BytesIO()
    one.doc.save(out)
    path.write_bytes(out.getvalue())


def _xml(text: str) -> Any:
    at = text.index(">") if "/>" not in text[: text.index(">") + 1] else text.index("/>")
    return parse_xml(f"{text[:at]} {NS}{text[at:]}")


def _prepare(doc: Any) -> None:
    normal = doc.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(12)
    normal.paragraph_format.line_spacing = 1.25
    numbering = doc.part.numbering_part.element
    for old in list(numbering):
        numbering.remove(old)
    levels = [
        level(at, "decimal", shown, extra=f'<w:pStyle w:val="Heading{at + 1}"/>')
        for at, shown in enumerate(("%1.", "%1.%2.", "%1.%2.%3."))
    ]
    numbering.append(_xml(abstract(5, *levels)))
    for made in (num(1, 5), num(2, 5, {0: 1}), num(3, 5, {0: 1, 1: 1})):
        numbering.append(_xml(made))
    for at, name in enumerate(STYLES):
        look = doc.styles[name]
        look.element.get_or_add_pPr()._insert_numPr(_xml(num_pr(1, at)))
        look.font.size, look.font.bold = Pt(12), at == 0
    doc.sections[0].footer.paragraphs[0]._p.append(
        _xml(f'<w:fldSimple w:instr=" PAGE ">{run("1")}</w:fldSimple>')
    )
    doc.sections[0].header.paragraphs[0].text = "Договор поставки № ОБ-2026/031"


def _front(one: Author, written: list[Section]) -> None:
    title = one.say("**Договор поставки № ОБ\\-2026/031**", "Normal")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    one.say(
        "ООО «Станкомаш» (Поставщик) и ПАО «Волжский завод» (Покупатель) договорились:", "Normal"
    )
    # A contents field as Word leaves it: numbers and pages are words of the field's result.
    entries = [f"{at}.\t{part.title}\t{at + 1}" for at, part in enumerate(written, 1)]
    start = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    start += '<w:r><w:instrText>TOC \\o "1-1" \\h</w:instrText></w:r>'
    start += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    lines = [para(run("Содержание", "<w:b/>"))]
    for at, entry in enumerate(entries):
        last = at == len(entries) - 1
        end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>' if last else ""
        tabs = '<w:tabs><w:tab w:val="left" w:pos="500"/>'
        tabs += '<w:tab w:val="right" w:leader="dot" w:pos="8600"/></w:tabs>'
        lines.append(para((start if at == 0 else "") + run(entry) + end, tabs))
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
    gallery += "</w:docPartObj></w:sdtPr>"
    body = one.doc.element.body
    body.insert(
        len(body) - 1,
        _xml(f"<w:sdt>{gallery}<w:sdtContent>{''.join(lines)}</w:sdtContent></w:sdt>"),
    )
    one.doc.add_page_break()


def _part(one: Author, part: Section) -> None:
    head = one.say(part.title, STYLES[0])
    if part.title.startswith("Порядок поставки"):
        marks = ('<w:bookmarkStart w:id="41" w:name="_Ref41"/>', '<w:bookmarkEnd w:id="41"/>')
        head._p.insert(1, _xml(marks[0]))
        head._p.append(_xml(marks[1]))
    for item in part.items:
        one.say(item.text, STYLES[1])
        for words in item.subs:
            one.say(words, STYLES[2])


def _reference(one: Author) -> None:
    point = one.say("Условия о приёмке, изложенные в разделе ", STYLES[1])
    for made in _xml(para(field_runs("REF _Ref41 \\r \\h", "3"))):
        point._p.append(made)
    point.add_run(", применяются и к оборудованию, поставленному взамен дефектного.")
    note = "Согласовать с главным механиком до подписания."
    one.doc.add_comment(point.runs[0], text=note, author="Юрист", initials="Ю")


def _details(one: Author) -> None:
    one.say("Адреса, реквизиты и подписи Сторон", STYLES[0])
    cells = one.doc.add_table(1, 2).rows[0].cells
    for cell, lines in zip(
        cells,
        (
            ("Поставщик:", "ООО «Станкомаш»", "ИНН 7451234567", "________ /Орлов Д.А./"),
            ("Покупатель:", "ПАО «Волжский завод»", "ИНН 5257654321", "________ /Белова И.В./"),
        ),
        strict=True,
    ):
        cell.text = "\n".join(lines)


def _specification(one: Author) -> None:
    section = one.doc.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    one.say("**Приложение № 1. Спецификация**", "Normal")
    one.say("Состав Оборудования", STYLES[0], (2, 0))
    one.say("Поставщик поставляет Оборудование по следующему перечню:", STYLES[1], (2, 1))
    heads = ("№", "Наименование", "Артикул", "Кол-во", "Цена, руб.", "Сумма, руб.")
    grid = one.doc.add_table(2, 6, style="Table Grid")
    for at, words in enumerate(heads):
        grid.cell(1, at).text = words
    grid.cell(0, 0).merge(grid.cell(0, 3)).text = "Оборудование"
    grid.cell(0, 4).merge(grid.cell(0, 5)).text = "Стоимость без НДС"
    for row in grid.rows:
        row._tr.get_or_add_trPr().append(_xml("<w:tblHeader/>"))
    kinds = ("Станок токарный", "Станок фрезерный", "Конвейер", "Пресс", "Манипулятор")
    for at in range(1, 31):
        price = 180_000 + at * 17_350
        row = (
            f"{at}.",
            f"{kinds[at % 5]} СМ-{100 + at}",
            f"СМ.{at:03}",
            "2",
            f"{price:,}",
            f"{2 * price:,}",
        )
        for cell, words in zip(grid.add_row().cells, row, strict=True):
            cell.text = words.replace(",", " ")
    one.say("Цена включает упаковку, маркировку и доставку.", STYLES[1], (2, 1))
    one.say("Порядок оплаты", STYLES[0], (2, 0))
    one.say(
        "Аванс 30 % — в течение 10 рабочих дней, остаток 70 % — после ввода.", STYLES[1], (2, 1)
    )


def _graph(one: Author) -> None:
    section = one.doc.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    one.say("**Приложение № 2. График**", "Normal")
    one.doc.add_paragraph().add_run().add_picture(io.BytesIO(png()), width=Cm(1.5))
    one.say("Этапы", STYLES[0], (3, 0))
    for words in (
        "Изготовление — 90 дней с даты аванса.",
        "Доставка — 10 дней.",
        "Шеф-монтаж — 20 дней.",
    ):
        one.say(words, STYLES[1], (3, 1))


def _footnotes(one: Author) -> None:
    marks = "".join(
        f'<w:footnote w:type="{kind}" w:id="{at}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for at, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    xml = f"{HEAD}<w:footnotes {NS}>{marks}{''.join(one.notes)}</w:footnotes>"
    main = one.doc.part
    part = Part(PackURI("/word/footnotes.xml"), f"{TYPE}footnotes+xml", xml.encode(), main.package)
    main.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
