"""Our signature passes on when whoever was to give it is dismissed, powerless or away."""

from tests.contracts.signing import begun, side, sign
from tests.contracts.worlds import AT, DAY, HOUR, fresh_contract, kinds, told
from zabota.cases.models import Holder
from zabota.contracts.models import Signing
from zabota.contracts.reading.lists import read_contracts
from zabota.contracts.reading.signing import our_signers
from zabota.home import work
from zabota.home.world import World
from zabota.people.actions import (
    appoint_substitute,
    dismiss_employee,
    grant_power,
    plan_absence,
    revoke_power,
)
from zabota.people.models import Power

PASSED = "contract.signature_passed_on"


def may_sign(world: World, *keys: str) -> None:
    for key in keys:
        grant_power(world.staff[key], "sign", by=None, at=AT)


def held_by(signing: Signing) -> set[str]:
    rows = Holder.objects.filter(promise=side(signing, "ours").promise)
    return set(rows.values_list("employee__user__name", flat=True))


def signer(signing: Signing) -> str:
    return side(signing, "ours").name


def dismissed(world: World, key: str) -> None:
    dismiss_employee(world.staff[key], heir=world.staff["manager"], by=None, at=AT + 2 * HOUR)


def test_a_dismissed_signatory_is_followed_by_who_has_the_power(world: World) -> None:
    may_sign(world, "finance")
    signing = begun(world, ours=world.staff["finance"])
    dismissed(world, "finance")
    work.run_once(AT + 3 * HOUR)
    assert signer(signing) == world.staff["director"].user.name
    assert held_by(signing) == {signer(signing)}
    assert kinds(signing.contract)[-2:] == ["signature_passed_on", "holders_relaid"]
    # Not awaited yet: the owner reads of it, the heir when it is their turn.
    assert told(PASSED) == [("manager", "contract_news")]
    work.run_once(AT + 4 * HOUR)
    assert kinds(signing.contract).count("signature_passed_on") == 1


def test_who_is_away_when_it_is_awaited_is_not_waited_for(world: World) -> None:
    may_sign(world, "lawyer", "lawyer2")
    signing = begun(world, order="ours")
    plan_absence(world.staff["director"], AT + DAY, AT + 9 * DAY, by=None, at=AT + 2 * HOUR)
    appoint_substitute(
        world.staff["director"], world.staff["lawyer2"], AT + DAY, AT + 9 * DAY, by=None, at=AT
    )
    work.run_once(AT + 3 * HOUR)
    assert held_by(signing) == {world.staff["director"].user.name}
    work.run_once(AT + DAY + HOUR)
    # Of those with a power of their own, the substitute.
    assert signer(signing) == world.staff["lawyer2"].user.name
    assert held_by(signing) == {signer(signing)}
    assert ("lawyer2", "contract_sign") in told(PASSED)


def test_away_before_ones_turn_passes_on_only_when_the_turn_comes(world: World) -> None:
    may_sign(world, "lawyer")
    signing = begun(world)
    plan_absence(world.staff["director"], AT + HOUR, AT + 9 * DAY, by=None, at=AT + HOUR)
    work.run_once(AT + 2 * HOUR)
    assert signer(signing) == world.staff["director"].user.name
    sign(world, signing, "theirs", AT + 3 * HOUR)
    assert signer(signing) == world.staff["lawyer"].user.name
    assert told("contract.contract_signed")[0] == ("lawyer", "contract_sign")
    row = side(signing, "ours")
    assert (row.ground, row.agreement) == ("", None)


def test_with_nobody_to_sign_the_owner_has_it_until_somebody_may(world: World) -> None:
    may_sign(world, "finance")
    signing = begun(world, ours=world.staff["finance"])
    for power in Power.objects.filter(kind="sign"):
        revoke_power(power, by=None, at=AT + 2 * HOUR)
    work.run_once(AT + 3 * HOUR)
    assert signer(signing) == world.staff["finance"].user.name
    assert held_by(signing) == {world.staff["manager"].user.name}
    may_sign(world, "lawyer")
    work.run_once(AT + 4 * HOUR)
    assert held_by(signing) == {world.staff["lawyer"].user.name}


def test_who_is_away_is_not_offered_while_somebody_is_here(world: World) -> None:
    signing = begun(world)
    plan_absence(world.staff["director"], AT, AT + 9 * DAY, by=None, at=AT)
    contract = fresh_contract(signing.contract)
    at = AT + HOUR
    assert world.staff["director"] in our_signers(contract, AT + 10 * DAY)
    assert our_signers(contract, at) == [world.staff["director"]]
    may_sign(world, "lawyer")
    assert our_signers(contract, at) == [world.staff["lawyer"]]


def test_lists_name_the_signatory_and_until_when(world: World) -> None:
    signing = begun(world)
    sign(world, signing, "theirs")
    for viewer in (world.as_staff("manager"), world.as_guest("anna")):
        shown = read_contracts(viewer, {"turn": "ours"}, world.firm, at=AT + 3 * HOUR)
        row = next(one for one in shown.rows if one.pk == signing.contract_id)
        assert row.who == world.staff["director"].name
        assert row.due
        late = read_contracts(viewer, {}, world.firm, at=AT + 9 * DAY)
        assert next(one for one in late.rows if one.pk == signing.contract_id).late
