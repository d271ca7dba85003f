"""A signature is passed on to another of the same side; the client's person who left is missed."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.contracts.browsers import browser_of
from tests.contracts.signing import agreed, begun, side, sign
from tests.contracts.worlds import AT, HOUR, fresh_contract, kinds, told
from zabota.cases.models import Holder
from zabota.clients.actions import change_role, remove_contact
from zabota.clients.models import Contact, RoomRole
from zabota.contracts.actions import begin_signing, pass_signature
from zabota.contracts.models import Signing
from zabota.home import work
from zabota.home.world import World
from zabota.people.actions import grant_power, revoke_power
from zabota.people.models import Power
from zabota.people.refusal import Refused

LATER = AT + 2 * HOUR
MISSED, PASSED = "contract.signatory_left", "contract.signature_handed_on"


@pytest.fixture(autouse=True)
def signers(world: World) -> None:
    """Boris may sign beside Anna, who owns the room; of ours the head of finance beside the
    director.
    """
    grant_power(world.staff["finance"], "sign", by=None, at=AT)
    change_role(world.guests["boris"], RoomRole.SIGNS, by=None, at=AT)
    world.guests["boris"].refresh_from_db()


def boris_left(world: World) -> Signing:
    signing = begun(world, theirs=world.guests["boris"])
    remove_contact(world.guests["boris"], by=None, at=LATER)
    work.run_once(LATER + HOUR)
    return signing


def test_who_leaves_is_missed_aloud_and_another_signs(world: World) -> None:
    signing = boris_left(world)
    assert sorted(told(MISSED)) == [("anna", "contract_sign"), ("manager", "contract_news")]
    row = side(signing, "theirs")
    assert row.left_at is not None
    assert fresh_contract(signing.contract).case.state == "signing"
    work.run_once(LATER + 2 * HOUR)
    assert kinds(signing.contract).count("signatory_left") == 1
    passed = pass_signature(row, world.guests["anna"], by=world.as_guest("anna"), at=LATER)
    assert (passed.name, passed.left_at, passed.ground) == ("Анна Крылова", None, "")
    assert told(PASSED) == [("manager", "contract_news")]
    assert fresh_contract(signing.contract).client_turn == passed.promise
    sign(world, signing, "theirs", LATER + 3 * HOUR)
    sign(world, signing, "ours", LATER + 4 * HOUR)
    assert fresh_contract(signing.contract).case.state == "signed"


def test_who_may_sign_again_is_waited_for_as_before(world: World) -> None:
    signing = begun(world, theirs=world.guests["boris"])
    for role, hours in ((RoomRole.SEES, 1), (RoomRole.SIGNS, 3)):
        change_role(Contact.objects.get(pk=world.guests["boris"].pk), role, by=None, at=AT)
        work.run_once(AT + hours * HOUR)
        assert (side(signing, "theirs").left_at is None) == (role == RoomRole.SIGNS)
    assert kinds(signing.contract).count("signatory_left") == 1


def test_ours_is_changed_by_whoever_answers_for_the_contract(world: World) -> None:
    signing = begun(world, order="ours")
    row = side(signing, "ours")
    finance = world.staff["finance"]
    pass_signature(row, finance, by=world.as_staff("manager"), at=LATER)
    assert ("finance", "contract_sign") in told(PASSED)
    assert Holder.objects.get(promise=row.promise).employee == finance


@pytest.mark.parametrize("who", ["lawyer", "alien", "boris", "vera"])
def test_others_do_not_pass_it_on(world: World, who: str) -> None:
    signing = begun(world)
    by = world.as_staff(who) if who in world.staff else world.as_guest(who)
    with pytest.raises(PermissionDenied):
        pass_signature(side(signing, "theirs"), world.guests["boris"], by=by, at=LATER)


def test_the_client_does_not_say_who_signs_for_us(world: World) -> None:
    signing, by = begun(world), world.as_guest("anna")
    with pytest.raises(PermissionDenied):
        pass_signature(side(signing, "ours"), world.staff["finance"], by=by, at=LATER)


def test_not_to_the_other_side_nor_to_who_cannot_nor_twice(world: World) -> None:
    signing, by = begun(world), world.as_staff("manager")
    for name, to in (
        ("theirs", world.staff["finance"]), ("ours", world.guests["boris"]),
        ("ours", world.staff["lawyer"]), ("theirs", world.guests["vera"]),
    ):  # fmt: skip
        with pytest.raises(Refused) as wrong:
            pass_signature(side(signing, name), to, by=by, at=LATER)
        assert wrong.value.code == "cannot_sign"
    with pytest.raises(Refused) as twice:
        pass_signature(side(signing, "theirs"), world.guests["anna"], by=by, at=LATER)
    assert twice.value.code == "signs_twice"
    sign(world, signing, "theirs")
    with pytest.raises(PermissionDenied):
        pass_signature(side(signing, "theirs"), world.guests["boris"], by=by, at=LATER)


def test_on_the_page_of_either_side(world: World) -> None:
    contract = agreed(world, at=timezone.now())
    signing = begun(world, contract, theirs=world.guests["boris"], at=timezone.now())
    remove_contact(world.guests["boris"], by=None, at=timezone.now())
    work.run_once(timezone.now() + timedelta(minutes=1))
    row = side(signing, "theirs")
    desk = f"/desk/contracts/{contract.pk}/signing/"
    assert "больше не может подписать" in browser_of(world, "manager").get(desk).content.decode()
    lawyer = browser_of(world, "lawyer")
    assert "Назовите, кто подпишет" not in lawyer.get(desk).content.decode()
    assert lawyer.post(f"{desk}{row.pk}/pass/", {"to": "1"}).status_code == 403
    room = f"/room/contracts/{contract.pk}/signing/"
    anna = browser_of(world, "anna")
    assert "Назовите, кто подпишет" in anna.get(room).content.decode()
    assert anna.post(f"{room}{row.pk}/pass/", {"to": "0"}).status_code == 422
    answer = anna.post(f"{room}{row.pk}/pass/", {"to": str(world.guests["anna"].pk)})
    assert answer.status_code == 302
    assert "signing/code/" in anna.get(room).content.decode()
    assert anna.post(f"{room}{row.pk + 999}/pass/", {"to": "1"}).status_code == 404


def test_the_client_need_not_name_anybody_of_ours(world: World) -> None:
    contract, anna = agreed(world), world.as_guest("anna")
    owner = contract.case.owner
    grant_power(owner, "sign", by=None, at=AT)
    signing = begin_signing(contract, by=anna, at=AT + HOUR, theirs=[world.guests["anna"]])
    assert side(signing, "ours").employee == owner


def test_with_nobody_of_ours_to_sign_the_client_reads_so(world: World) -> None:
    contract = agreed(world, at=timezone.now())
    for power in Power.objects.filter(kind="sign"):
        revoke_power(power, by=None, at=timezone.now())
    anna = browser_of(world, "anna")
    theirs = {"who": "1", "theirs": [world.guests["anna"].pk]}
    page = anna.post(f"/room/contracts/{contract.pk}/signing/begin/", theirs, follow=True)
    assert "пока некому подписать" in page.content.decode()
    assert not Signing.objects.exists()
