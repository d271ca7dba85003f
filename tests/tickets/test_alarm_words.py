"""Words that mean more than they say, found in any form, in Russian and English."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zabota.tickets.alarm_words import WORDS
from zabota.tickets.alarms import find, phrases_of, plain, quote

SAYS = [
    ("court", "Если завтра не почините, мы в суд на вас подадим!"),
    ("court", "Наш юрист готовит досудебную претензию."),
    ("court", "ОБРАТИМСЯ В ПРОКУРАТУРУ"),
    ("court", "Otherwise we are suing you. Regards"),
    ("court", "You will hear from our lawyers."),
    ("leave", "Думаем расторгнуть с вами договор."),
    ("leave", "С нового года уйдём к другому поставщику, хватит"),
    ("leave", "We are switching to another supplier"),
    ("press", "Напишу плохой отзыв на всех картах и позову журналистов"),
    ("press", "I will talk to journalists"),
    ("danger", "Монтажника ударило током!"),
    ("danger", "Была травма на объекте"),
]
HARMLESS = [
    "Подскажите, когда отгрузка? Договор подписан.",
    "Спасибо, всё дошло, ждём счёт.",
    "Судно придёт во вторник, груз на палубе.",
    "Please send the packing list before the truck leaves.",
    "Светильники у входа не горят.",
]


@pytest.mark.parametrize(("meaning", "text"), SAYS)
def test_what_it_means_is_known(meaning: str, text: str) -> None:
    assert find(WORDS[meaning], text) is not None


@pytest.mark.parametrize("text", HARMLESS)
@pytest.mark.parametrize("meaning", ["leave", "court", "press", "danger"])
def test_what_is_harmless_alarms_nobody(meaning: str, text: str) -> None:
    assert find(WORDS[meaning], text) is None


def test_the_quote_is_the_sentence() -> None:
    text = "Здравствуйте. Если не почините,\nмы подадим в суд! Анна"
    found = find("подать в суд", text)
    assert found is not None and quote(text, found) == "мы подадим в суд!"
    long = "суд " * 200
    told = find("суд", long)
    assert told is not None and len(quote(long, told)) <= 240


def test_words_far_from_each_other_are_no_phrase() -> None:
    text = "Подать нам кофе можно в зале, где вчера шёл городской суд."
    assert find("подать в суд", text) is None
    assert find("", "что угодно") is None and find(" , ;\n", "суд") is None


@settings(max_examples=60)
@given(st.text(max_size=300), st.text(max_size=60))
def test_no_text_breaks_it_and_places_are_within(text: str, words: str) -> None:
    for told in (words, text[:40]):
        found = find(told, text)
        if found is not None:
            assert 0 <= found.begins < found.ends <= len(plain(text))
    assert all(phrase for phrase in phrases_of(words))
