"""Values as a reader sees them: sums look the same before and after they are sent."""

import pytest

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT
from zabota.contracts.actions import save_values
from zabota.contracts.reading.values import show_value
from zabota.home.world import World, begin


@pytest.mark.parametrize(
    ("typed", "language", "shown"),
    [
        ("225409.84", "ru", "225\u00a0409,84"),
        ("225409,84", "ru", "225\u00a0409,84"),
        ("225 409,84 руб.", "ru", "225\u00a0409,84"),
        ("225,409.84", "en", "225,409.84"),
        ("сто рублей", "ru", "сто рублей"),
        ("$100", "ru", "$100"),
    ],
)
def test_a_sum_is_shown_as_it_will_be_sent(typed: str, language: str, shown: str) -> None:
    assert show_value("money", typed, language) == shown


def test_a_sum_typed_into_a_draft_is_set_in_groups(world: World) -> None:
    contract = begin(world, "supply-ru", "anna", AT)
    name = next(spec["name"] for spec in contract.edition.fields if spec["type"] == "money")
    save_values(contract, {name: "225409,84"}, by=world.as_guest("anna"), at=AT)
    page = browser_of(world, "anna").get(f"/room/contracts/{contract.pk}/").content.decode()
    assert "225\u00a0409,84" in page
