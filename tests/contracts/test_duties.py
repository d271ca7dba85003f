"""What a contract obliges to, read out of texts: of the shipped forms and of sentences."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zabota.contracts.actions.shipped import FOLDER
from zabota.contracts.docx.read import read
from zabota.contracts.duties import Duty, Signed, find_duties, next_due
from zabota.contracts.text.tree import Clause, Document, Paragraph, Text

SIGNED = date(2026, 11, 17)
LIKE = {"date": "2027-03-31", "money": "1250000.00", "percent": "30", "number": "30"}


def of_form(name: str, **typed: str) -> dict[str, list[Duty]]:
    """The obligations of a shipped form with usual values, by clause."""
    form = read(Path(FOLDER / f"{name}.docx").read_bytes(), revisions="refuse")
    types = {spec.name: spec.type for spec in form.fields}
    values = {name: LIKE.get(kind, "что-то") for name, kind in types.items()} | typed
    found: dict[str, list[Duty]] = {}
    for duty in find_duties(Signed(form.document, values, values, types, {}, SIGNED)):
        found.setdefault(duty.number, []).append(duty)
    return found


def of_words(words: str, **values: str) -> list[Duty]:
    """The obligations of one clause between a supplier and a buyer."""
    lines = ["Поставщик — {{firm.name}}.", "Покупатель — {{client.name}}.", words]
    clauses = tuple(
        Clause(id=str(place), blocks=(Paragraph(runs=(Text(line),)),))
        for place, line in enumerate(lines)
    )
    types = {name: "date" if value[:2] == "20" else "number" for name, value in values.items()}
    return find_duties(Signed(Document(clauses=clauses), values, values, types, {}, SIGNED))


def said(duty: Duty) -> tuple[object, ...]:
    return duty.what, duty.side, duty.due, duty.days, duty.unit, duty.every


@pytest.mark.parametrize(
    ("form", "clause", "wanted"),
    [
        ("supply.ru", "3.1", ("delivery", "firm", date(2027, 3, 31), None, "", "")),
        ("supply.ru", "5.1", ("prepayment", "client", None, 5, "working", "")),
        ("supply.ru", "5.2", ("balance", "client", None, 30, "calendar", "")),
        ("supply.ru", "5.4", ("invoice", "firm", None, 5, "calendar", "")),
        ("supply.ru", "13.1", ("ending", "firm", date(2027, 3, 31), None, "", "")),
        ("services.ru", "2.1", ("services", "firm", date(2027, 3, 31), None, "", "")),
        ("services.ru", "5.2", ("payment", "client", None, 30, "calendar", "")),
        ("lease.ru", "5.1", ("rent", "client", date(2026, 12, 10), None, "", "month")),
        ("lease.ru", "2.3", ("renewal", "", date(2027, 1, 30), None, "", "")),
        ("framework.ru", "6.6", ("reconciliation", "", date(2027, 1, 15), None, "", "quarter")),
        ("framework.ru", "14.2", ("renewal", "", date(2027, 3, 1), None, "", "")),
        ("supply.en", "3.1", ("delivery", "firm", date(2027, 3, 31), None, "", "")),
        ("supply.en", "5.1", ("prepayment", "client", None, 5, "working", "")),
        ("services.en", "7.1", ("report", "firm", None, 3, "working", "")),
        ("nda.en", "12.1", ("ending", "firm", date(2027, 3, 31), None, "", "")),
    ],
)  # fmt: skip
def test_the_shipped_forms(form: str, clause: str, wanted: tuple[object, ...]) -> None:
    assert wanted in [said(duty) for duty in of_form(form, payment_day="10")[clause]]


def test_sums_come_from_the_fields_and_a_zero_share_is_no_obligation() -> None:
    found = of_form("supply.ru")
    assert found["5.1"][0].sum == Decimal("375000.00")
    assert found["5.2"][0].sum == Decimal("875000.00")
    assert "5.1" not in of_form("supply.ru", prepayment_percent="0")


def test_liability_disputes_and_termination_oblige_to_nothing_yet() -> None:
    assert not {"7", "9", "12"} & {number.split(".")[0] for number in of_form("supply.ru")}


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Покупатель оплачивает Товар не позднее 25.12.2026.",
         ("payment", "client", date(2026, 12, 25), None, "", "")),
        ("Поставщик поставляет Товар до 1 марта 2027 года.",
         ("delivery", "firm", date(2027, 3, 1), None, "", "")),
        ("Покупатель уплачивает аванс в течение десяти рабочих дней со дня подписания Договора.",
         ("prepayment", "client", date(2026, 12, 1), 10, "working", "")),
        ("Поставщик ежемесячно, не позднее 5 числа, направляет отчёт об остатках.",
         ("report", "firm", date(2026, 12, 5), None, "", "month")),
        ("Поставщик ежегодно не позднее 20 числа передаёт отчёт.",
         ("report", "firm", date(2026, 11, 20), None, "", "year")),
    ],
)  # fmt: skip
def test_sentences(words: str, wanted: tuple[object, ...]) -> None:
    assert [said(duty) for duty in of_words(words)] == [wanted]


@pytest.mark.parametrize(
    "words",
    [
        "Поставщик уплачивает неустойку в течение 10 дней.",
        "Если Покупатель не принял Товар в течение 5 дней, Поставщик его передаёт иначе.",
        "Покупатель оплатил Товар 01.02.2020.",
        "Товар оплачивается без срока.",
    ],
)
def test_what_is_none(words: str) -> None:
    assert of_words(words) == []


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.sampled_from(["month", "quarter", "year"]),
    st.integers(1, 31),
)
def test_the_next_time_is_always_later_and_keeps_its_day(due: date, every: str, day: int) -> None:
    later = next_due(due, every, day)
    assert later > due
    months = {"month": 1, "quarter": 3, "year": 12}[every]
    assert (later.year - due.year) * 12 + later.month - due.month == months
    assert later.day <= day


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for duty in of_words(text):
        assert replace(duty).quote
