"""The approval sheet and the printed comparison say who decided what, and what changed."""

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from zabota.contracts.paper import (
    ApprovalLabels,
    ApprovalRow,
    ApprovedContract,
    ComparedClause,
    ComparedTable,
    ComparisonLabels,
    PaperMeta,
    approval_sheet_pdf,
    comparison_pdf,
)

META = PaperMeta(
    title="Лист согласования",
    footer="Договор № 7, редакция 2",
    pages="стр. {page} из {pages}",
    language="ru",
    at=datetime(2026, 11, 22, tzinfo=UTC),
    firm="ООО «Ромашка»",
)
APPROVAL = ApprovalLabels(
    heading="Лист согласования",
    number="Номер",
    kind="Договор",
    subject="Предмет",
    client="Клиент",
    client_number="Номер у клиента",
    stage="Этап",
    person="Кто",
    position="Должность",
    on_behalf_of="За кого",
    decision="Решение",
    remark="Замечание",
    time="Когда",
    version="Редакция",
    nobody="Решений ещё нет.",
)
COMPARISON = ComparisonLabels(
    heading="Сравнение редакций",
    before="Редакция 1",
    after="Редакция 2",
    inserted="вставлено",
    deleted="удалено",
    states={"changed": "Изменён", "added": "Добавлен", "deleted": "Удалён", "moved": "Перемещён"},
    nothing="Изменений нет.",
)
CONTRACT = ApprovedContract("П-7", "Договор поставки", "АО «Вектор»", "насосы", "77/2026")
pytestmark = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext (poppler) is not on PATH"
)


def read(pdf: bytes) -> str:
    done = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return re.sub(r"\s+", " ", done.stdout.decode())


def test_the_sheet_names_stage_person_stand_in_decision_remark_time_and_version() -> None:
    row = ApprovalRow(
        stage="Юрист",
        name="Петрова О. С.",
        position="Юрисконсульт",
        decision="Согласовано с замечаниями",
        on_behalf_of="Смирнова А. В.",
        remark='Уточнить п. 4.2 #read("/etc/passwd").',
        time="21.11.2026, 14:05",
        version="редакция 2",
        passed=True,
    )
    text = read(approval_sheet_pdf([row], CONTRACT, APPROVAL, META))
    for words in (
        *("ООО «Ромашка»", "П-7", "Договор поставки", "АО «Вектор»", "Юрист", "Петрова О. С."),
        *("Предмет насосы", "Номер у клиента 77/2026", "Договор Договор поставки"),
        *("Юрисконсульт", "За кого", "Смирнова А. В.", "✓ Согласовано с замечаниями", row.remark),
        *("21.11.2026, 14:05", "редакция 2", "стр. 1 из 1"),
    ):
        assert words.replace(" ", "") in text.replace(" ", "")


def test_what_no_row_tells_has_no_column() -> None:
    row = ApprovalRow("Логистика", "Отдел логистики", "", "Согласовано")
    text = read(approval_sheet_pdf([row], CONTRACT, APPROVAL, META))
    assert "Этап Кто Решение Когда Редакция" in text


def test_an_empty_sheet_says_that_nobody_has_decided() -> None:
    assert "Решений ещё нет." in read(approval_sheet_pdf([], CONTRACT, APPROVAL, META))


def test_the_heading_row_repeats_on_each_page_of_a_long_sheet() -> None:
    row = ApprovalRow("Юрист", "Петрова О. С.", "Юрисконсульт", "Согласовано", remark="слово " * 90)
    text = read(approval_sheet_pdf([row] * 20, CONTRACT, APPROVAL, META))
    pages = int(re.findall(r"из (\d+)", text)[0])
    assert pages > 1
    assert text.count("Этап Кто Должность Решение Замечание") == pages


def test_a_comparison_shows_both_texts_and_names_each_change() -> None:
    clauses = [
        ComparedClause("1.", "same", [[("equal", "Предмет")]], heading=True),
        ComparedClause(
            "1.1.", "changed", [[("delete", "30"), ("insert", "45"), ("equal", " дней")]]
        ),
        ComparedClause("1.2.", "moved", [[("equal", "Срок")]], note="был пункт 4.2"),
        ComparedClause(
            "2.", "deleted", [ComparedTable([[[[("delete", "Кабель")]], [[("delete", "86,40")]]]])]
        ),
    ]
    text = read(comparison_pdf(clauses, COMPARISON, META))
    for words in ("1. Предмет", "Изменён", "Перемещён, был пункт 4.2", "Удалён", "Кабель"):
        assert words in text
    assert re.search(r"30 ?45 дней", text)
    assert "Изменений нет." not in text


def test_a_comparison_of_equal_texts_says_so() -> None:
    same = [ComparedClause("1.", "same", [[("equal", "Предмет")]])]
    assert "Изменений нет." in read(comparison_pdf(same, COMPARISON, META))


def test_bold_words_stay_bold_in_the_printed_comparison(tmp_path: Path) -> None:
    """A title is bold by its own marks, not by being a heading."""
    for words, bold in ((("equal", "ДОГОВОР", ("bold",)), True), (("equal", "ДОГОВОР"), False)):
        clause = ComparedClause("", "changed", [[words, ("insert", "x")]])
        labels = replace(COMPARISON, heading="")
        (tmp_path / "it.pdf").write_bytes(comparison_pdf([clause], labels, META))
        fonts = subprocess.run(
            ["pdffonts", str(tmp_path / "it.pdf")], capture_output=True, check=True
        )
        assert (b"Bold" in fonts.stdout) is bold
