"""The passport of a contract sets sums and per cent as the contract's language does."""

import pytest

from tests.contracts.worlds import sent
from zabota.contracts.reading.passport import read_passport
from zabota.home.world import World

TYPED = {"price": "1250000", "vat_rate": "22%", "prepayment_percent": "30"}


@pytest.mark.parametrize(
    ("form", "client", "currency", "shown"),
    [
        (
            "supply-ru", "anna", "российский рубль",
            ["1\xa0250\xa0000,00\xa0₽", "22\xa0%", "30\xa0%"],
        ),
        ("supply-en", "john", "RUB", ["1,250,000.00\xa0RUB", "22%", "30%"]),
        ("supply-ru", "anna", "талант серебра", ["1\xa0250\xa0000,00", "талант серебра"]),
    ],
)  # fmt: skip
def test_a_sum_has_its_currency_and_per_cent_its_space(
    world: World, form: str, client: str, currency: str, shown: list[str]
) -> None:
    contract = sent(world, form, client)
    terms = read_passport(contract, {**TYPED, "currency": currency})
    assert [term.value for term in terms][: len(shown)] == shown
