"""Browsers of the sample firm's people, and a supply contract on its way."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client as Browser

from tests.contracts.worlds import AT, HOUR, fresh_contract, send_back
from tests.support.remembered import remembered
from zabota.contracts.actions import submit_contract
from zabota.contracts.models import Contract
from zabota.home.world import World, begin, reword

type Visit = Callable[[str], Browser]
CHANGED = "3.3"
MINUTE = timedelta(minutes=1)


@remembered
def sent_supply(world: World) -> Contract:
    """A supply contract with one changed clause, sent by Anna, lying before our manager."""
    by = world.as_guest("anna")
    contract = begin(world, "supply-ru", "anna", AT)
    reword(contract, CHANGED, lambda t: t.replace("не позднее", "не позже"), by=by, at=AT)
    submit_contract(contract, by=by, at=AT + HOUR)
    return fresh_contract(contract)


@remembered
def returned_supply(world: World) -> Contract:
    """The same, returned by our manager with a question: the client's turn."""
    contract = sent_supply(world)
    send_back(world, contract, "manager", "manager", AT + 2 * HOUR, "Уточните срок")
    return fresh_contract(contract)


def browser_of(world: World, key: str) -> Browser:
    """The browser of one of the firm's people or of a client's, signed in."""
    browser = Browser()
    person = world.staff.get(key) or world.guests[key]
    browser.force_login(person.user)  # type: ignore[arg-type]
    return browser


@pytest.fixture
def visit(world: World) -> Visit:
    return lambda key: browser_of(world, key)
