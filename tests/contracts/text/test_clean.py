"""Values of fields: every right one has one normal form, every wrong one is refused with a code."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zabota.contracts.text.fields import FieldProblem, FieldSpec, clean, parse_token

SBER = "044525225"


def field(kind: str, *args: str, name: str = "x", required: bool = True) -> FieldSpec:
    return FieldSpec(name, kind, "", args, required)


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        ("text", "  ООО\u00a0 «Ромашка»\u200b ", "ООО «Ромашка»"),
        ("longtext", " одна  строка \n\n другая ", "одна строка\n\nдругая"),
        ("date", "03.11.2026", "2026-11-03"),
        ("date", "3/11/2026", "2026-11-03"),
        ("date", "«3» ноября 2026 г.", "2026-11-03"),
        ("date", "3 мая 2026 года", "2026-05-03"),
        ("date", "1 марта 2026", "2026-03-01"),
        ("date", "November 3, 2026", "2026-11-03"),
        ("date", "3rd Nov 2026", "2026-11-03"),
        ("date", "2026-11-03", "2026-11-03"),
        ("money", "150 000,50 руб.", "150000.50"),
        ("money", "150\u00a0000", "150000.00"),
        ("money", "150,000.50", "150000.50"),
        ("money", "1.500.000,00 ₽", "1500000.00"),
        ("money", "1,500", "1500.00"),
        ("money", "12 руб. 05 коп.", "12.05"),
        ("money", "0", "0.00"),
        ("number", "1 250,5", "1250.5"),
        ("number", "0,125", "0.125"),
        ("number", "-3", "-3"),
        ("number", "100", "100"),
        ("number", "12.345", "12.345"),
        ("percent", "0,1 %", "0.1"),
        ("percent", "20%", "20"),
        ("percent", "5 процентов", "5"),
        ("inn", "7707083893", "7707083893"),
        ("inn", "5001 0073 2259", "500100732259"),
        ("kpp", "7736 01001", "773601001"),
        ("kpp", "7736ab001", "7736AB001"),
        ("ogrn", "1027700132195", "1027700132195"),
        ("ogrn", "304500116000157", "304500116000157"),
        ("bik", "044525225", "044525225"),
        ("email", "Ivan.Petrov@Example.RU", "Ivan.Petrov@example.ru"),
        ("email", "почта@пример.рф", "почта@пример.рф"),
        ("phone", "8 (495) 123-45-67", "+74951234567"),
        ("phone", "+44 20 7946 0958", "+442079460958"),
        ("person", "Салтыков-Щедрин  Михаил Евграфович", "Салтыков-Щедрин Михаил Евграфович"),
    ],
)
def test_a_right_value_has_one_normal_form(kind, typed, stored):
    assert clean(field(kind), typed) == stored
    assert clean(field(kind), stored) == stored


@pytest.mark.parametrize("typed", ["двенадцать", "12,5", "1,500", "1.5"])
def test_months_and_days_are_whole(typed):
    spec = field("number", name="warranty_months")
    with pytest.raises(FieldProblem) as told:
        clean(spec, typed)
    assert told.value.code == "not_whole"
    assert clean(spec, "12") == "12"


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("text", " \u200b ", "required"),
        ("text", "x" * 501, "too_long"),
        ("text", "{{ price }}", "braces"),
        ("date", "31.02.2026", "not_a_date"),
        ("date", "вчера", "not_a_date"),
        ("date", "3 мартобря 2026", "not_a_date"),
        ("date", "01.01.0026", "year_out_of_range"),
        ("date", "22.11.1826", "year_out_of_range"),
        ("money", "сто", "not_a_number"),
        ("money", "100 USD", "other_currency"),
        ("money", "1.500", "ambiguous_number"),
        ("money", "-5", "negative"),
        ("money", "0,001", "too_precise"),
        ("money", "9" * 20, "too_big"),
        ("number", "1,500", "ambiguous_number"),
        ("number", "1e9", "not_a_number"),
        ("number", "NaN", "not_a_number"),
        ("percent", "120", "out_of_range"),
        ("inn", "7707083894", "checksum"),
        ("inn", "500100732250", "checksum"),
        ("inn", "770708389", "length"),
        ("inn", "77070838９3", "digits"),
        ("inn", "0000000000", "checksum"),
        ("kpp", "77360100", "length"),
        ("kpp", "77ab01001", "digits"),
        ("ogrn", "1027700132194", "checksum"),
        ("bik", "944525225", "checksum"),
        ("account", "4070281", "length"),
        ("email", "ivan@", "not_an_email"),
        ("email", "ivan@@b.ru", "not_an_email"),
        ("email", "a b@c.ru", "not_an_email"),
        ("phone", "12", "not_a_phone"),
        ("phone", "нет", "not_a_phone"),
        ("person", "Иванов 2", "not_a_person"),
    ],
)
def test_a_wrong_value_is_refused_with_its_code(kind, typed, code):
    with pytest.raises(FieldProblem) as problem:
        clean(field(kind), typed)
    assert problem.value.code == code


def test_a_choice_is_one_of_its_words():
    way = field("choice", "самовывоз", "доставка")
    assert clean(way, " Самовывоз ") == "самовывоз"
    with pytest.raises(FieldProblem) as problem:
        clean(way, "почта")
    assert problem.value.params == {"choices": ("самовывоз", "доставка")}


def test_an_optional_field_may_stay_empty():
    assert clean(field("inn", required=False), "  ") == ""


def test_bounds_of_a_number_and_currency_of_a_sum():
    assert clean(field("number", "1", "365"), "30") == "30"
    with pytest.raises(FieldProblem):
        clean(field("number", "1", "365"), "366")
    assert clean(field("money", "USD"), "$1,500.25") == "1500.25"


@pytest.mark.parametrize(
    ("name", "account", "bik", "good"),
    [
        ("client.account", "40702810938000060473", SBER, False),
        ("client.corr_account", "30101810400000000225", SBER, True),
        ("client.corr_account", "30101810500000000225", SBER, False),
    ],
)
def test_an_account_is_checked_against_its_bank(name, account, bik, good):
    spec = field("account", name=name)
    if good:
        assert clean(spec, account, values={"client.bik": bik}) == account
    else:
        with pytest.raises(FieldProblem) as problem:
            clean(spec, account, values={"client.bik": bik})
        assert problem.value.code == "bik_mismatch"
    assert clean(spec, account) == account


def test_of_ten_key_digits_of_an_account_one_fits():
    fits = 0
    for key in range(10):
        try:
            clean(field("account", name="b"), f"40702810{key}38000060473", values={"bik": SBER})
            fits += 1
        except FieldProblem:
            continue
    assert fits == 1


@pytest.mark.parametrize(
    ("token", "spec"),
    [
        (" price ", FieldSpec("price")),
        ("price: money", FieldSpec("price", "money")),
        (
            'цена.итог : money(RUB) "Цена, всего"',
            FieldSpec("цена.итог", "money", "Цена, всего", ("RUB",)),
        ),
        (
            "way: choice(самовывоз, «доставка, до двери») “Способ”",
            FieldSpec("way", "choice", "Способ", ("самовывоз", "доставка, до двери")),
        ),
        ("note: longtext(optional)", FieldSpec("note", "longtext", required=False)),
        ("client.inn", FieldSpec("client.inn", "inn")),
        ("client.kpp", FieldSpec("client.kpp", "kpp", required=False)),
        ("firm.corr_account", FieldSpec("firm.corr_account", "account")),
        ('x "Метка"', FieldSpec("x", "text", "Метка")),
    ],
)  # fmt: skip
def test_declarations(token, spec):
    assert parse_token(token) == spec


@pytest.mark.parametrize("token", ["", "1x", "a b", "a..b", "x: money(", "x: money) ", 'x "нет'])
def test_a_declaration_without_sense_is_refused(token):
    with pytest.raises(FieldProblem) as problem:
        parse_token(token)
    assert problem.value.code == "field_syntax"


@given(st.decimals(0, 10**12, places=2))
def test_any_sum_written_either_way_is_read_back(amount: Decimal):
    stored = f"{amount:.2f}"
    english = f"{amount:,.2f}"
    russian = english.replace(",", "\u00a0").replace(".", ",")
    money = field("money")
    assert clean(money, english) == clean(money, f"{russian} ₽") == clean(money, stored) == stored


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_any_date_written_either_way_is_read_back(day: date):
    russian = f"{day:%d.%m.%Y}"
    assert clean(field("date"), russian) == clean(field("date"), day.isoformat()) == f"{day}"


@given(
    st.sampled_from(
        ["text", "date", "money", "number", "percent", "inn", "phone", "email", "person"]
    ),
    st.text(max_size=40),
)
def test_any_text_is_either_clean_for_good_or_a_problem(kind: str, typed: str):
    try:
        stored = clean(field(kind), typed)
    except FieldProblem:
        return
    assert clean(field(kind), stored) == stored
