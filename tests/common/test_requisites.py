"""Check digits of Russian requisites, on real public ones and on every single-digit slip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zabota.common import requisites

# Sberbank and the tax service, as published by themselves.
INN, OGRN, BIK, CORR = "7707083893", "1027700132195", "044525225", "30101810400000000225"


def test_published_numbers_hold() -> None:
    assert requisites.inn(INN)
    assert requisites.inn("500100732259")
    assert requisites.kpp("773601001")
    assert requisites.ogrn(OGRN)
    assert requisites.ogrn("304500116000157")
    assert requisites.bik(BIK)
    assert requisites.corr_account(CORR, BIK)


@given(place=st.integers(0, 9), digit=st.integers(0, 9))
def test_one_wrong_digit_is_seen(place: int, digit: int) -> None:
    slip = INN[:place] + str(digit) + INN[place + 1 :]
    assert requisites.inn(slip) == (slip == INN)


@given(body=st.integers(0, 10**16 - 1))
def test_exactly_one_key_fits_an_account(body: int) -> None:
    text = f"{body:016d}"
    fitting = [
        key for key in range(10) if requisites.account(f"4070{text[:4]}{key}{text[4:15]}", BIK)
    ]
    assert len(fitting) in (0, 1)
    keys = [key for key in range(10) if requisites.account(f"40702810{key}{text[:11]}", BIK)]
    assert len(keys) == 1


@pytest.mark.parametrize("text", ["", " ", "٧٧٠٧٠٨٣٨٩٣", "770708389", "77070838930", "x707083893"])
def test_what_is_no_number_is_no_requisite(text: str) -> None:
    assert not requisites.inn(text)
    assert not requisites.ogrn(text)
    assert not requisites.bik(text)
    assert not requisites.account(text, BIK)
    assert not requisites.corr_account(text, BIK)


def test_wrong_ones_are_named_and_blank_ones_are_not_asked() -> None:
    assert requisites.wrong_requisites({"inn": "1", "kpp": "", "ogrn": OGRN}) == ("inn",)
    assert requisites.wrong_requisites({"account": "1" * 20}) == ("account",)
    assert requisites.wrong_requisites({"bik": BIK, "corr_account": CORR}) == ()
