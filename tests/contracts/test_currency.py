"""A contract's sum is listed in the currency its text names."""

import pytest

from tests.contracts.worlds import sent
from zabota.contracts.actions.versions import make_version
from zabota.contracts.currencies import currency_code, currency_sign
from zabota.contracts.models import Contract
from zabota.home.world import World


@pytest.mark.parametrize(
    ("words", "code"),
    [("российский рубль", "RUB"), (" евро", "EUR"), ("USD", "USD"), ("тугрик", ""), ("", "")],
)
def test_the_currency_is_known_by_the_words_of_the_form(words: str, code: str) -> None:
    assert currency_code({"currency": words}) == code


def test_a_sign_is_that_of_the_reader() -> None:
    assert currency_sign("RUB", "ru") == "₽"
    assert currency_sign("RUB", "en") == "RUB"


@pytest.mark.parametrize(("words", "code"), [("китайский юань", "CNY"), ("", "RUB")])
def test_a_version_sets_the_currency_of_its_contract(world: World, words: str, code: str) -> None:
    contract = sent(world)
    before = contract.version
    assert before is not None
    make_version(
        contract, before.tree, {**before.values, "currency": words},
        side="ours", origin="edit", by=None, at=before.made_at,
    )  # fmt: skip
    contract.save()
    assert Contract.objects.get(pk=contract.pk).currency == code
