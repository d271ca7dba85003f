"""A signing that comes to nothing: refused, called off, lapsed; then it may begin anew."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.signing import begun, side, sign, signed
from tests.contracts.worlds import AT, DAY, HOUR, fresh_contract, kinds, last_entry, told
from zabota.cases.models import Holder, Promise
from zabota.contracts.actions import lapse_signing, refuse_signature, stop_signing
from zabota.contracts.models import Signing
from zabota.home.work import lapse_signings
from zabota.home.world import World
from zabota.people.refusal import Refused


def is_agreed_again(signing: Signing, state: str) -> None:
    signing.refresh_from_db()
    contract = fresh_contract(signing.contract)
    assert (signing.state, contract.case.state, contract.client_turn) == (state, "agreed", None)
    assert not Promise.objects.filter(case=contract.pk, settled_at=None).exists()
    assert not Holder.objects.filter(case=contract.pk, rank_at__isnull=False).exists()


@pytest.mark.parametrize("name", ["ours", "theirs"])
def test_either_side_refuses_with_a_reason(world: World, name: str) -> None:
    signing = begun(world)
    row = side(signing, name)
    by = world.as_staff("director") if name == "ours" else world.as_guest("anna")
    with pytest.raises(Refused):
        refuse_signature(row, by=by, at=AT + 2 * HOUR, reason="  ")
    refuse_signature(row, by=by, at=AT + 2 * HOUR, reason="Не та сумма")
    is_agreed_again(signing, "refused")
    assert last_entry("contract.signature_refused").facts["reason"] == "Не та сумма"
    other = ("anna", "contract_news") if name == "ours" else ("director", "contract_news")
    assert told("contract.signature_refused") == sorted([other, ("manager", "contract_news")])
    with pytest.raises(PermissionDenied):
        refuse_signature(row, by=by, at=AT + 2 * HOUR, reason="Ещё раз")
    number = fresh_contract(signing.contract).registered_number
    again = begun(world, signing.contract)
    assert fresh_contract(again.contract).registered_number == number


def test_who_has_signed_and_others_do_not_refuse(world: World) -> None:
    signing = begun(world)
    sign(world, signing, "theirs")
    row = side(signing, "theirs")
    for by in (world.as_guest("anna"), world.as_guest("vera"), world.as_staff("manager")):
        with pytest.raises(PermissionDenied):
            refuse_signature(row, by=by, at=AT + 3 * HOUR, reason="Передумала")


def test_the_owner_calls_it_off(world: World) -> None:
    signing = begun(world)
    for by in (world.as_staff("lawyer"), world.as_guest("anna"), world.as_guest("alien")):
        with pytest.raises(PermissionDenied):
            stop_signing(signing, by=by, at=AT + 2 * HOUR, reason="x")
    stop_signing(signing, by=world.as_staff("manager"), at=AT + 2 * HOUR, reason="Ошибка в цене")
    is_agreed_again(signing, "stopped")
    assert told("contract.signing_stopped") == [
        ("anna", "contract_news"), ("director", "contract_news"),
    ]  # fmt: skip
    with pytest.raises(PermissionDenied):
        stop_signing(signing, by=world.as_staff("manager"), at=AT + 3 * HOUR, reason="x")


def test_the_worker_lapses_it_after_the_last_day(world: World) -> None:
    signing = begun(world, lapses_on=(AT + DAY).date())
    assert lapse_signings(signing.lapses_at - timedelta(seconds=1)) == 0
    assert lapse_signings(signing.lapses_at) == 1
    is_agreed_again(signing, "lapsed")
    assert kinds(signing.contract)[-1] == "signing_lapsed"
    assert [who for who, _ in told("contract.signing_lapsed")] == ["anna", "director", "manager"]
    assert not lapse_signing(signing, by=None, at=AT + 9 * DAY)


def test_a_signed_one_neither_lapses_nor_is_called_off(world: World) -> None:
    signing = signed(world)
    assert lapse_signings(AT + 400 * DAY) == 0
    with pytest.raises(PermissionDenied):
        stop_signing(signing, by=world.as_staff("manager"), at=AT + 4 * HOUR, reason="x")
