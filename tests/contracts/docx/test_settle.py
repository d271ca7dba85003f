"""Tracked changes are refused, accepted or rejected, as Word does it."""

import pytest

from tests.contracts.docx.making import cell, docx, p, row, table
from zabota.contracts.docx.read import Refused, read
from zabota.contracts.text.words import plain_text

ITS = 'w:id="1" w:author="Юрист" w:date="2026-01-01T00:00:00Z"'


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def para(inside: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def test_tracked_changes_are_refused_accepted_or_rejected():
    body = para(
        run("Срок ")
        + f"<w:del {ITS}><w:r><w:delText>5</w:delText></w:r></w:del>"
        + f"<w:ins {ITS}>{run('10')}</w:ins>"
        + run(" дней")
    )
    with pytest.raises(Refused) as refusal:
        read(docx(body))
    assert refusal.value.params == {"count": 2, "authors": ["Юрист"]}
    assert plain_text(read(docx(body), revisions="accept").document) == "Срок 10 дней"
    assert plain_text(read(docx(body), revisions="reject").document) == "Срок 5 дней"


def test_paragraph_marks_join_and_rows_go():
    flagged = f"<w:rPr><w:del {ITS}/></w:rPr>"
    gone = f"<w:tr><w:trPr><w:del {ITS}/></w:trPr>{cell(p('строка'))}</w:tr>"
    body = para(run("Одна "), flagged) + p("фраза") + table(gone, row(cell(p("есть"))))
    assert plain_text(read(docx(body), revisions="accept").document) == "Одна фраза\nесть"
    rejected = plain_text(read(docx(body), revisions="reject").document)
    assert rejected == "Одна \nфраза\nстрока\nесть"


def test_old_properties_come_back_on_reject():
    before = '<w:pPr><w:jc w:val="right"/></w:pPr>'
    changed = f'<w:jc w:val="center"/><w:pPrChange {ITS}>{before}</w:pPrChange>'
    body = para(run("x"), changed)
    aligns = {
        how: read(docx(body), revisions=how).document.clauses[0].blocks[0].align
        for how in ("accept", "reject")
    }
    assert aligns == {"accept": "center", "reject": "right"}


def test_moves_cells_and_merges():
    moved = f"<w:moveFrom {ITS}>{run('туда')}</w:moveFrom>"
    came = f"<w:moveTo {ITS}>{run('сюда')}</w:moveTo>"
    cells = row(
        cell(p("новая"), f"<w:cellIns {ITS}/>"), cell(p("старая"), f"<w:cellDel {ITS}/>"),
        cell(p("верх"), f'<w:cellMerge {ITS} w:vMerge="rest"/>'),
    ) + row(cell(p("x")), cell(p("низ"), f'<w:cellMerge {ITS} w:vMerge="cont"/>'))  # fmt: skip
    body = para(moved + came) + table(cells)
    accepted = plain_text(read(docx(body), revisions="accept").document).split()
    rejected = plain_text(read(docx(body), revisions="reject").document).split()
    assert accepted == ["сюда", "новая", "верх", "x"]
    assert rejected == ["туда", "старая", "верх", "x", "низ"]


def test_deleted_instructions_of_a_field_come_back_on_reject():
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = "<w:r><w:delInstrText> DATE </w:delInstrText></w:r>"
    shown = "<w:r><w:delText>1 мая</w:delText></w:r>"
    inside = char("begin") + code + char("separate") + shown + char("end")
    body = para(run("Дата: ") + f"<w:del {ITS}>{inside}</w:del>")
    assert plain_text(read(docx(body), revisions="reject").document) == "Дата: 1 мая"
    assert plain_text(read(docx(body), revisions="accept").document) == "Дата: "
