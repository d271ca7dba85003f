"""Sums, counts and dates in words: what is written can be read back, in every gender and case."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zabota.common.language import (
    CASES,
    cardinal,
    count_words,
    date_words,
    number_words,
    read_number,
    sum_words,
)
from zabota.common.language.english import english_cardinal, english_ordinal
from zabota.contracts.currencies import CODES

NBSP = "\u00a0"


@given(
    st.integers(min_value=-(10**15), max_value=10**15),
    st.sampled_from(["m", "f", "n"]),
    st.sampled_from(CASES),
)
def test_a_number_in_words_reads_back(number: int, gender: str, case: str) -> None:
    assert read_number(cardinal(number, gender, case)) == number  # type: ignore[arg-type]
    assert read_number(english_cardinal(number)) == number


def test_words_that_are_no_number_are_none() -> None:
    assert read_number("пять рабочих") is None
    assert read_number("") is None
    assert read_number("тысяча") == 1000


@pytest.mark.parametrize(
    ("amount", "currency", "language", "case", "words"),
    [
        ("2000", "RUB", "ru", "nom", "2 000 (Две тысячи) рублей 00 копеек"),
        ("1.01", "RUB", "ru", "nom", "1 (Один) рубль 01 копейка"),
        ("21002.42", "RUB", "ru", "nom", "21 002 (Двадцать одна тысяча два) рубля 42 копейки"),
        ("0", "RUB", "ru", "nom", "0 (Ноль) рублей 00 копеек"),
        ("-1.005", "RUB", "ru", "nom", "−1 (Минус один) рубль 01 копейка"),
        ("2000", "RUB", "ru", "gen", "2 000 (Двух тысяч) рублей 00 копеек"),
        ("1000000000000000", "CNY", "ru", "nom", None),
        ("5.5", "USD", "ru", "nom", "5 (Пять) долларов США 50 центов"),
        ("121.21", "EUR", "ru", "nom", "121 (Сто двадцать один) евро 21 евроцент"),
        ("302", "KZT", "ru", "nom", "302 (Триста два) тенге 00 тиынов"),
        ("1250000.5", "USD", "en", "nom",
         "USD 1,250,000.50 (one million two hundred and fifty thousand US dollars and 50 cents)"),
        ("1", "RUB", "en", "nom", "RUB 1.00 (one Russian rouble and 00 kopecks)"),
        ("-0.5", "EUR", "en", "nom", "EUR −0.50 (minus zero euros and 50 cents)"),
    ],
)  # fmt: skip
def test_a_sum_as_contracts_write_it(
    amount: str, currency: str, language: str, case: str, words: str | None
) -> None:
    said = sum_words(Decimal(amount), currency, language, case)  # type: ignore[arg-type]
    expected = words or "1 000 000 000 000 000 (Один квадриллион) юаней 00 фэней"
    assert said.replace(NBSP, " ") == expected


def test_what_is_too_much_or_unknown_is_refused() -> None:
    with pytest.raises(ValueError):
        sum_words(Decimal(10**15 + 1))
    with pytest.raises(KeyError):
        sum_words(Decimal(1), "XXX")


@pytest.mark.parametrize(
    ("count", "noun", "case", "words"),
    [
        (5, "working_day", "gen", "5 (пяти) рабочих дней"),
        (2, "working_day", "nom", "2 (два) рабочих дня"),
        (1, "working_day", "gen", "1 (одного) рабочего дня"),
        (21, "calendar_day", "gen", "21 (двадцати одного) календарного дня"),
        (12, "month", "gen", "12 (двенадцати) месяцев"),
        (2, "copy", "loc", "2 (двух) экземплярах"),
        (5, "year", "nom", "5 (пять) лет"),
    ],
)
def test_a_count_agrees_with_what_it_counts(count: int, noun: str, case: str, words: str) -> None:
    assert count_words(count, noun, "ru", case) == words  # type: ignore[arg-type]


def test_percents_and_fractions() -> None:
    assert count_words(Decimal("0.1"), "percent") == "0,1 (ноль целых одна десятая) процента"
    assert count_words(Decimal("22"), "percent") == "22 (двадцать два) процента"
    assert count_words(Decimal("7.5"), "percent", "en") == "7.5 (seven point five) per cent"
    assert number_words(Decimal("1.5"), case="gen") == "1,5 (одной целой пяти десятых)"
    assert number_words(60000) == f"60{NBSP}000 (шестьдесят тысяч)"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 26), "двадцать шестого ноября две тысячи двадцать шестого года"),
        (date(2000, 1, 3), "третьего января двухтысячного года"),
        (date(1999, 5, 30), "тридцатого мая одна тысяча девятьсот девяносто девятого года"),
        (date(2100, 10, 13), "тринадцатого октября две тысячи сотого года"),
    ],
)
def test_a_date_all_in_words(day: date, words: str) -> None:
    assert date_words(day) == words


def test_a_date_in_english() -> None:
    words = date_words(date(2026, 12, 21), "en")
    assert words == "the twenty-first day of December two thousand and twenty-six"
    assert [english_ordinal(n) for n in (1, 12, 20, 33)] == [
        "first", "twelfth", "twentieth", "thirty-third",
    ]  # fmt: skip


@pytest.mark.parametrize("code", sorted({*CODES.values()}))
@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_currency_a_form_offers_is_said_in_words(code: str, language: Any) -> None:
    for amount in ("1.01", "2.02", "5.05", "21.00"):
        said = sum_words(Decimal(amount), code, language)
        assert "(" in said and said.endswith(tuple("абвгдежзийклмнопрстуфхцчшщъыьэюя)"))


def test_dirhams_and_belarusian_roubles() -> None:
    plain = sum_words(Decimal("2.05"), "AED").replace("\u00a0", " ")
    assert plain == "2 (Два) дирхама ОАЭ 05 филсов"
    plain = sum_words(Decimal("5.01"), "BYN").replace("\u00a0", " ")
    assert plain == "5 (Пять) рублей Республики Беларусь 01 копейка"
    assert "five UAE dirhams" in sum_words(Decimal(5), "AED", "en")
