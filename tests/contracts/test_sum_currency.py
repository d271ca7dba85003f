"""In which currency a contract's sum is, as powers and routes ask."""

from decimal import Decimal

import pytest

from tests.contracts.worlds import AT, holders, open_now, route, seat, sent, step
from zabota.contracts.actions import relay_holders
from zabota.contracts.models import Contract
from zabota.contracts.staff import contract_facts, sum_currency
from zabota.home.world import World
from zabota.people.actions import grant_power, revoke_power


@pytest.mark.parametrize(
    ("words", "code"),
    [("", "RUB"), ("российский рубль", "RUB"), ("доллар США", "USD"), ("EUR", "EUR"),
     ("тугрики", "тугрики")],
)  # fmt: skip
def test_the_code_of_what_a_contract_says(words: str, code: str) -> None:
    assert sum_currency({"currency": words}) == code


def test_facts_say_whether_the_sum_is_the_firms(world: World) -> None:
    contract = sent(world, "supply-ru")
    assert contract.version is not None
    ours = contract_facts(contract, contract.version.values, [])
    assert (ours["sum.currency"], ours["sum.foreign"]) == ("RUB", False)
    theirs = contract_facts(contract, {**contract.version.values, "currency": "доллар США"}, [])
    assert (theirs["sum.currency"], theirs["sum.foreign"]) == ("USD", True)


def test_a_limit_in_roubles_does_not_reach_a_sum_in_dollars(world: World) -> None:
    revoke_power(world.staff["finance"].powers.get(kind="approve"), by=None, at=AT)
    for who, currency in (("logist1", "RUB"), ("logist2", "USD")):
        grant_power(
            world.staff[who], "approve", by=None, at=AT, concern="finance",
            limit=Decimal(10**9), currency=currency,
        )  # fmt: skip
    route(world, step("finance", "finance", [seat("power")]), form="supply-ru")
    contract = sent(world, "supply-ru")
    assert holders(contract, "finance") == {"logist1"}
    version = Contract.objects.get(pk=contract.pk).version
    assert version is not None
    version.values = {**version.values, "currency": "доллар США"}
    version.save(update_fields=["values"])
    relay_holders(contract.pk, by=None, at=AT)
    assert holders(contract, "finance") == {"logist2"}
    assert open_now(contract) == {"finance"}
