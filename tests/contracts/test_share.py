"""What we prepared goes into the client's room."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.preparing import begun, prepared
from tests.contracts.worlds import AT, fresh_contract, kinds, last_entry, sent, told
from zabota.cases.models import Case
from zabota.contracts.actions import save_values, share_contract, submit_contract
from zabota.contracts.models import Draft
from zabota.home.world import World


def test_the_client_sees_it_only_now_and_goes_on_with_it(world: World) -> None:
    contract = begun(world, "nda-ru", "manager")
    anna = world.as_guest("anna")
    assert not Case.objects.visible_to(anna).exists()
    assert last_entry("contract.started").audience == "ours"
    share_contract(contract, by=world.as_staff("manager"), at=AT)
    assert Case.objects.visible_to(anna).get() == contract.case
    assert not Case.objects.visible_to(world.as_guest("alien")).exists()
    assert Draft.objects.get().side == "theirs"
    assert fresh_contract(contract).case.state == "draft"
    assert [who for who, _ in told("contract.shared")] == ["anna", "boris", "vera"]
    save_values(contract, {"venue": "Арбитражный суд города Москвы"}, by=anna, at=AT)
    submit_contract(contract, by=anna, at=AT)
    assert kinds(contract) == ["started", "shared", "submitted"]


def test_it_is_shared_once_and_only_while_we_prepare_it(world: World) -> None:
    contract, manager = begun(world, "nda-ru", "manager"), world.as_staff("manager")
    share_contract(contract, by=manager, at=AT)
    for made in (contract, sent(world), prepared(world, "nda-ru", "manager")):
        with pytest.raises(PermissionDenied):
            share_contract(made, by=manager, at=AT)
    with pytest.raises(PermissionDenied):
        share_contract(begun(world, "nda-ru", "manager"), by=world.as_guest("anna"), at=AT)
