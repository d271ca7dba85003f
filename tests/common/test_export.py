"""Tables to take along: figures stay figures, and nothing anybody wrote is ever run."""

import csv
import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zabota.common.export import FORMULA, Table, as_csv, as_xlsx, safe_text

HOSTILE = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+7 495 000-00-00",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1",
    "\r=1",
    '  =HYPERLINK("http://evil.example")',
    "\uff1d1",
    "#N/A",
    "a\0b\x07",
    'с "кавычками"; и точкой с запятой\nи строкой',
)


def rows_of(data: bytes, delimiter: str) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


@pytest.mark.parametrize("subject", HOSTILE)
def test_a_hostile_subject_is_text_in_either_file(subject: str) -> None:
    table = Table("Обращения", ["Тема"], [[subject]])
    (_head, (cell,)) = rows_of(as_csv([table], "ru"), ";")
    assert not cell.lstrip(" ").startswith(FORMULA)
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx([table]))).active
    assert sheet is not None
    stored = sheet["A2"]
    assert stored.data_type == "s"
    if subject.strip().startswith(FORMULA):
        assert stored.quotePrefix


@settings(max_examples=200)
@given(st.text())
def test_no_text_at_all_begins_a_formula(text: str) -> None:
    assert not safe_text(text).lstrip(" \u00a0\u200b\ufeff").startswith(FORMULA)
    assert safe_text(text).endswith(text)


def test_numbers_and_days_are_as_the_reader_s_excel_expects() -> None:
    row = ["Итого", -5, Decimal("1234.50"), date(2026, 11, 17), None]
    table = Table("Т", ["a", "b", "c", "d", "e"], [row])
    russian = rows_of(as_csv([table], "ru"), ";")
    assert russian[1] == ["Итого", "-5", "1234,50", "17.11.2026", ""]
    english = rows_of(as_csv([table], "en"), ",")
    assert english[1] == ["Итого", "-5", "1234.50", "2026-11-17", ""]
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx([table]))).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]][:3] == ["Итого", -5, 1234.5]


def test_several_tables_stand_apart() -> None:
    tables = [Table("Первая: [часть]", ["a"], [["1"]]), Table("Первая: [часть]", ["b"], [])]
    told = rows_of(as_csv(tables, "ru"), ";")
    assert told == [["Первая: [часть]"], ["a"], ["1"], [], ["Первая: [часть]"], ["b"]]
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(tables)))
    assert len(set(book.sheetnames)) == 2
