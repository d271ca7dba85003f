"""Соглашение о неразглашении: Russian and English side by side in a table (python-docx)."""

import io
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.shared import Pt

from tools.test_contracts.ooxml import NS, abstract, level, num, num_pr
from tools.test_contracts.texts import sections

TYPED_PARTS = 4


def make(path: Path) -> None:
    """Write the agreement: typed numbers in the first rows, Word's own in the later ones."""
    doc: Any = docx.Document()
    doc.styles["Normal"].font.name = "Cambria"
    doc.styles["Normal"].font.size = Pt(12)
    doc.styles["Normal"].paragraph_format.line_spacing = 1.5
    _numbering(doc)
    doc.add_paragraph("СОГЛАШЕНИЕ О НЕРАЗГЛАШЕНИИ / NON-DISCLOSURE AGREEMENT")
    doc.add_paragraph("АО «Уральское литьё» / Ural Casting JSC и / and Nordguss GmbH")
    _columns(doc)
    # The list of the Russian column goes on below the table.
    _numbered(doc.add_paragraph("Подписи Сторон / Signatures of the Parties"), 1, 0)
    _numbered(doc.add_paragraph("Подписано в двух экземплярах / Signed in two counterparts."), 1, 1)
    _details(doc)
    _annex(doc)
    out = io.BytesIO()
    doc.save(out)
    path.write_bytes(out.getvalue())


def _xml(text: str) -> Any:
    first = text.index(">")
    at = first - 1 if text[first - 1] == "/" else first
    return parse_xml(f"{text[:at]} {NS}{text[at:]}")


def _numbering(doc: Any) -> None:
    root = doc.part.numbering_part.element
    for old in list(root):
        root.remove(old)
    levels = (level(0, "decimal", "%1.", start=TYPED_PARTS + 1), level(1, "decimal", "%1.%2."))
    plain = (
        level(0, "upperLetter", "%1."),
        level(1, "decimal", "%1.%2"),
        level(2, "lowerRoman", "(%3)"),
    )
    for made in (abstract(1, *levels), abstract(2, *levels), abstract(3, *plain)):
        root.append(_xml(made))
    for made in (num(1, 1), num(2, 2), num(3, 3)):
        root.append(_xml(made))


def _numbered(paragraph: Any, number: int, at: int) -> None:
    paragraph._p.get_or_add_pPr()._insert_numPr(_xml(num_pr(number, at)))


def _columns(doc: Any) -> None:
    grid = doc.add_table(0, 2, style="Table Grid")
    for place, part in enumerate(sections("nda"), 1):
        _row(grid, part.title, place, 0)
        for at, item in enumerate(part.items, 1):
            _row(grid, item.text, place, at)


def _row(grid: Any, pair: str, place: int, at: int) -> None:
    shown = f"{place}.{at}. " if at else f"{place}. "
    for side, (cell, words) in enumerate(zip(grid.add_row().cells, pair.split("|||"), strict=True)):
        paragraph = cell.paragraphs[0]
        if place <= TYPED_PARTS:
            paragraph.add_run(shown + words.strip()).bold = not at
        else:
            paragraph.add_run(words.strip()).bold = not at
            _numbered(paragraph, side + 1, min(at, 1))


def _details(doc: Any) -> None:
    grid = doc.add_table(1, 2)
    for cell, words in zip(
        grid.rows[0].cells,
        (
            "АО «Уральское литьё»\n620014, г. Екатеринбург\n__________",
            "Nordguss GmbH\n20457 Hamburg\n__________",
        ),
        strict=True,
    ):
        cell.text = words


def _annex(doc: Any) -> None:
    doc.add_page_break()
    doc.add_paragraph("Приложение / Annex. Порядок передачи информации / Transfer procedure")
    for at, words in (
        (0, "Защищённое хранилище / Secure data room"),
        (1, "Файлы размещаются в хранилище, доступ к нему имеют лица из списка."),
        (1, "Files are placed in the data room accessible to listed persons:"),
        (2, "просмотр без скачивания / view only;"),
        (2, "скачивание с водяным знаком / download with watermark;"),
        (1, "Журнал доступа хранится три года / The log is kept for three years."),
        (0, "Уполномоченные лица / Authorised persons"),
        (1, "Список лиц приведён ниже / The list is given below."),
    ):
        _numbered(doc.add_paragraph(words), 3, at)
    grid = doc.add_table(1, 3, style="Table Grid")
    for cell, words in zip(grid.rows[0].cells, ("№", "Имя / Name", "Почта / E-mail"), strict=True):
        cell.text = words
    for at in range(1, 26):
        row = (f"{at}.", f"Лицо {at} / Person {at}", f"person{at}@example.com")
        for cell, words in zip(grid.add_row().cells, row, strict=True):
            cell.text = words
