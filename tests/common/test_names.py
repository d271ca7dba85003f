"""Names and details in two alphabets, phones as people read them."""

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.template import Context, Template
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

import zabota
from zabota.common.formats import phone
from zabota.common.names import detail, has_cyrillic, latin, person_name, row_client, row_person


@pytest.mark.parametrize(
    ("russian", "passport"),
    [
        ("Ольга Петрова", "Olga Petrova"),
        ("Мария Левина", "Mariia Levina"),
        ("Юлия Щукина", "Iuliia Shchukina"),
        ("Хорхе Жуков-Эйхман", "Khorkhe Zhukov-Eikhman"),
        ("Объедков Ёрш Ильич", "Obieedkov Ersh Ilich"),
        ("ЦЫПЛЯЕВ Я. Ю.", "TSYPLIAEV Ia. Iu."),
        ("John Adams", "John Adams"),
    ],
)
def test_a_name_is_written_as_in_a_passport(russian: str, passport: str) -> None:
    assert latin(russian) == passport


@given(st.text(alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВЁЖЩЪЬЭЮЯ -Zz'", max_size=40))
def test_no_russian_letter_is_left_and_nothing_else_is_touched(name: str) -> None:
    assert not has_cyrillic(latin(name))
    assert latin(latin(name)) == latin(name)


def test_the_typed_english_name_goes_before_the_passport() -> None:
    assert person_name("Мария Левина", "Maria Levina", "en") == "Maria Levina"
    assert person_name("Мария Левина", "", "en") == "Mariia Levina"
    assert person_name("Мария Левина", "Maria Levina", "ru") == "Мария Левина"
    with override("en"):
        assert person_name("Мария Левина") == "Mariia Levina"
        assert row_person({"user__name": "Мария", "user__name_en": None}, "user__") == "Mariia"
        assert row_person({"user__name": None, "user__name_en": None}, "user__") == ""


def test_a_detail_is_read_in_the_other_language_where_it_lacks_its_own() -> None:
    assert detail("Устав", "the Charter", "en") == "the Charter"
    assert detail("Устав", "the Charter", "ru") == "Устав"
    assert (detail("Устав", "", "en"), detail("", "the Charter", "ru")) == ("Устав", "the Charter")
    row = {"c__name": "ООО «Ромашка»", "c__short_name": "«Ромашка»", "c__name_en": "Romashka LLC"}
    with override("en"):
        assert row_client({**row, "c__short_name_en": ""}, "c__") == "Romashka LLC"
    with override("ru"):
        assert row_client({**row, "c__short_name_en": ""}, "c__") == "«Ромашка»"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("+74951234567", "+7 495 123-45-67"),
        ("8 (495) 123-45-67", "+7 495 123-45-67"),
        ("+442079460958", "+44 20 7946 0958"),
        ("доб. 12", "доб. 12"),
        ("12", "12"),
        ("", ""),
    ],
)
def test_a_phone_is_shown_in_groups_and_no_phone_as_typed(typed: str, shown: str) -> None:
    assert phone(typed) == shown


@pytest.mark.parametrize(("language", "shown"), [("ru", "№ П-7"), ("en", "No. П-7")])
def test_the_sign_of_a_number_is_the_readers(language: str, shown: str) -> None:
    with override(language):
        assert Template("{{ number|numbered }}").render(Context({"number": "П-7"})) == shown


def test_no_page_or_sentence_has_the_russian_sign_of_its_own() -> None:
    apps = Path(zabota.__file__).parent
    pages = [p for p in apps.rglob("templates/**/*.*") if "styleguide" not in p.parts]
    assert len(pages) > 50
    assert [p.name for p in pages if "№" in p.read_text(encoding="utf-8")] == []
    sentences = [
        message.id
        for file in apps.rglob("locale/ru/LC_MESSAGES/django.po")
        for message in read_po(BytesIO(file.read_bytes()), locale="ru")
    ]
    assert len(sentences) > 500
    assert [one for one in sentences if "№" in str(one)] == []
