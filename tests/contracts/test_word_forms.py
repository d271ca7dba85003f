"""Values in other words, the same in the browser, on paper and in Word; a guess is never used."""

import pytest

from tests.contracts.test_paper_folds import in_word, on_paper, on_screen
from zabota.contracts.parties import is_asked
from zabota.contracts.reading.values import labels_of, shown_values
from zabota.contracts.text.fields import form_of, parse_token
from zabota.contracts.text.tree import Clause, Document, Field, Paragraph, Text

NAMES = (
    "price", "price.words", "days", "days.gen", "made.words", "client.signatory.gen",
    "client.signatory_position.gen", "client.signatory.acting", "client.authority.gen",
    "client.name.gen",
)  # fmt: skip
TYPES = {"price": "money", "days": "number", "made": "date"}
FIELDS = [
    {"name": name, "type": TYPES.get(name, parse_token(name).type), "label": ""}
    for name in ("made", *NAMES)
]
VALUES = {
    "price": "2000.00",
    "days": "5",
    "made": "2026-11-26",
    "client.signatory": "Иванова Мария Петровна",
    "client.signatory_position": "Генеральный директор",
    "client.authority": "Устав",
    "client.name": "Общество с ограниченной ответственностью «Ромашка»",
}


def test_a_party_is_introduced_as_contracts_do() -> None:
    shown = shown_values(FIELDS, VALUES, "ru")
    assert shown["client.signatory_position.gen"] == "генерального директора"
    assert shown["client.signatory.gen"] == "Ивановой Марии Петровны"
    assert shown["client.signatory.acting"] == "действующей"
    assert shown["client.authority.gen"] == "Устава"
    assert shown["client.name.gen"] == "Общества с ограниченной ответственностью «Ромашка»"
    assert shown["price.words"].replace("\u00a0", " ") == "2 000 (Две тысячи) рублей 00 копеек"
    assert shown["days.gen"] == "5 (пяти)"
    assert shown["made.words"] == "двадцать шестого ноября две тысячи двадцать шестого года"


@pytest.mark.parametrize("typed", ["1 250 000,50", "1250000,5", "1 250 000.50 руб."])
def test_a_draft_says_the_sum_as_it_was_typed_in_words(typed: str) -> None:
    said = shown_values(FIELDS, {**VALUES, "price": typed}, "ru")["price.words"]
    expected = "1 250 000 (Один миллион двести пятьдесят тысяч) рублей 50 копеек"
    assert said.replace("\u00a0", " ") == expected
    assert "price.words" not in shown_values(FIELDS, {**VALUES, "price": "много"}, "ru")


def test_an_english_text_has_no_cases() -> None:
    values = {**VALUES, "client.signatory": "Mary Smith", "currency": "USD"}
    shown = shown_values(FIELDS, values, "en")
    assert shown["client.signatory.gen"] == "Mary Smith"
    assert shown["client.signatory.acting"] == "acting"
    assert "two thousand US dollars" in shown["price.words"]


def test_what_is_only_guessed_stays_blank() -> None:
    shown = shown_values(FIELDS, {**VALUES, "client.signatory": "Павел Заяц"}, "ru")
    assert "client.signatory.gen" not in shown
    labels = labels_of(FIELDS)
    assert labels["client.signatory.gen"] == labels["client.signatory.acting"] != ""


def test_what_was_fixed_in_a_version_stands() -> None:
    fixed = {**VALUES, "client.signatory.gen": "Ивановой М. П."}
    assert shown_values(FIELDS, fixed, "ru")["client.signatory.gen"] == "Ивановой М. П."


@pytest.mark.parametrize("name", ["price.words", "days.gen", "client.signatory.gen"])
def test_a_form_of_a_value_is_never_asked(name: str) -> None:
    assert not is_asked(name)
    assert form_of(name)[1]
    assert parse_token(name).name == name


def test_screen_paper_and_word_say_the_same() -> None:
    runs = tuple(run for name in NAMES for run in (Field(name), Text(" ")))
    document = Document((Clause("c", (Paragraph(runs),)),))
    shown = shown_values(FIELDS, VALUES, "ru")
    paper = on_paper(document, shown)
    assert on_screen(document, shown) == paper
    assert in_word(document, shown) == "".join(paper)
    assert "Ивановой" in paper[0]
