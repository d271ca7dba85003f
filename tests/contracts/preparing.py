"""Contracts that our side prepares for a client."""

from datetime import datetime

from tests.contracts.worlds import AT, fresh_contract
from tests.support.remembered import remembered
from zabota.contracts.actions import save_values, start_contract, submit_contract
from zabota.contracts.models import Contract
from zabota.home.world import World, example_value


@remembered
def begun(world: World, form: str, who: str, at: datetime = AT) -> Contract:
    """Begun and filled in by one of ours for «Ромашка»; the client does not see it yet."""
    by = world.as_staff(who)
    contract = start_contract(world.forms[form], world.clients["romashka"], by=by, at=at)
    values = {
        spec["name"]: example_value(spec)
        for spec in contract.edition.fields
        if "." not in spec["name"]
    }
    save_values(contract, values, by=by, at=at)
    return contract


@remembered
def prepared(world: World, form: str, who: str, at: datetime = AT) -> Contract:
    """Written and sent for approval by one of ours."""
    contract = begun(world, form, who, at)
    submit_contract(contract, by=world.as_staff(who), at=at)
    return fresh_contract(contract)
