"""Places in words to a client: filled in the right case, or refused with what is wrong."""

import pytest

from zabota.common.language.tokens import (
    BLANK,
    Place,
    WrongToken,
    address_of,
    check_tokens,
    fill_tokens,
)

PLACES = (
    Place("client.name", "клиент", "company"),
    Place("person.first", "имя", "person"),
    Place("person.position", "должность", "position"),
    Place("case.number", "номер"),
)
VALUES = {
    "client.name": "ООО «Ромашка»",
    "person.first": "Анна Сергеевна",
    "person.position": "главный инженер",
    "case.number": "О-2026-00001",
}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{имя}}, здравствуйте!", "Анна Сергеевна, здравствуйте!"),
        ("Позвоним {{ имя : дательный }}.", "Позвоним Анне Сергеевне."),
        ("Позвоним {{person.first: dative}}.", "Позвоним Анне Сергеевне."),
        ("Говорим с {{должность: кем}}.", "Говорим с главным инженером."),
        ("для {{клиент: родительный}}", "для ООО «Ромашка»"),
        ("№ {{номер}} {просто скобки}", "№ О-2026-00001 {просто скобки}"),
    ],
)
def test_a_place_is_filled_in_its_case(text: str, said: str) -> None:
    check_tokens(text, PLACES)
    assert fill_tokens(text, PLACES, VALUES, declines=True).text == said


def test_english_words_have_no_cases_and_latin_names_do_not_turn() -> None:
    values = {**VALUES, "person.first": "John"}
    text = "{{person.first: dative}}"
    assert fill_tokens(text, PLACES, values, declines=False).text == "John"
    assert fill_tokens(text, PLACES, values, declines=True).text == "John"


@pytest.mark.parametrize(("name", "said"), [("Анна", "Анны"), ("Гость", "Гостя")])
def test_a_word_alone_turns_alone(name: str, said: str) -> None:
    values = {"person.first": name}
    assert fill_tokens("{{имя: кого}}", PLACES, values, declines=True).text == said


def test_what_is_not_known_stays_blank_and_what_is_guessed_is_said() -> None:
    filled = fill_tokens(
        "{{имя: дательный}}, {{должность}}", PLACES, {"person.first": "Пётр Чужой"}, declines=True
    )
    assert filled.text == f"Петру Чужому, {BLANK}"
    assert filled.unsure == ("Петру Чужому",) and filled.missing == ("person.position",)


@pytest.mark.parametrize(
    ("text", "code", "near"),
    [
        ("{{клинт}}", "unknown", "клиент"),
        ("{{client.nmae: dative}}", "unknown", "client.name"),
        ("{{имя: дательной}}", "case", "дательный"),
        ("{{номер: дательный}}", "fixed", ""),
        ("{{имя, здравствуйте", "open", ""),
        ("имя}} здравствуйте", "open", ""),
        ("{{}}", "unknown", ""),
    ],
)
def test_what_cannot_be_filled_is_refused(text: str, code: str, near: str) -> None:
    with pytest.raises(WrongToken) as wrong:
        check_tokens(text, PLACES)
    assert (wrong.value.code, wrong.value.near) == (code, near)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Крылова Анна Сергеевна", "Анна Сергеевна"),
        ("Анна Крылова", "Анна"),
        ("John Adams", "John"),
        ("Ромашка", "Ромашка"),
        ("Гость", ""),
    ],
)
def test_how_one_speaks_to_a_person(name: str, address: str) -> None:
    assert address_of(name) == address
