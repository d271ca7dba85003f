"""The passport of a contract sets sums, days and per cent as its reader does."""

import pytest
from django.utils.translation import override

from tests.contracts.worlds import sent
from zabota.contracts.reading.passport import read_passport
from zabota.home.world import World

TYPED = {
    "price": "1250000",
    "vat_rate": "22%",
    "prepayment_percent": "30",
    "penalty_percent": "0.1",
}
ROUBLES = "российский рубль"


@pytest.mark.parametrize(
    ("form", "client", "reader", "currency", "shown"),
    [
        (
            "supply-ru", "anna", "ru", ROUBLES,
            ["1\xa0250\xa0000,00\xa0₽", "22\xa0%", "30\xa0%", "0,1\xa0%"],
        ),
        ("supply-ru", "anna", "en", ROUBLES, ["RUB\xa01,250,000.00", "22%", "30%", "0.1%"]),
        ("supply-en", "john", "en", "RUB", ["RUB\xa01,250,000.00", "22%", "30%", "0.1%"]),
        ("supply-en", "john", "ru", "RUB", ["1\xa0250\xa0000,00\xa0₽", "22\xa0%", "30\xa0%"]),
        # What a form words itself stays as it stands in the text.
        ("supply-ru", "anna", "en", "талант серебра", ["1,250,000.00", "талант серебра"]),
    ],
)  # fmt: skip
def test_sums_and_per_cent_are_written_as_their_reader_does(
    world: World, form: str, client: str, reader: str, currency: str, shown: list[str]
) -> None:
    contract = sent(world, form, client)
    with override(reader):
        terms = read_passport(contract, {**TYPED, "currency": currency})
    assert [term.value for term in terms][: len(shown)] == shown


@pytest.mark.parametrize(
    ("reader", "shown"), [("ru", "31\xa0декабря 2027\xa0года"), ("en", "31\xa0December 2027")]
)
def test_the_last_day_is_written_as_its_reader_does(world: World, reader: str, shown: str) -> None:
    contract = sent(world, "supply-ru")
    with override(reader):
        terms = read_passport(contract, {"term_until": "2027-12-31"})
    assert [term.value for term in terms] == [shown]
