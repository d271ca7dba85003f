"""Several sign for one side: each by a code of their own, the sides in their order."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.contracts.browsers import browser_of
from tests.contracts.signing import CHARTER, agreed, begun, today
from tests.contracts.test_bind_exchange import zipped
from tests.contracts.worlds import AT, DAY, HOUR, fresh_contract, told
from zabota.clients.models import Contact, RoomRole
from zabota.common.files import read_file
from zabota.contracts.actions import (
    ask_signing_code,
    bind_exchange,
    refuse_signature,
    sign_contract,
)
from zabota.contracts.models import Contract, Signing
from zabota.contracts.reading.signing import fixed_text
from zabota.contracts.reading.signing.check import find_signed
from zabota.contracts.reading.signing.text import signed_copy
from zabota.home import work
from zabota.home.world import World
from zabota.people.actions import grant_power, plan_absence
from zabota.people.models import SignInCode
from zabota.people.refusal import Refused
from zabota.people.sign_in import code_digits

NOON = AT + 2 * HOUR


@pytest.fixture(autouse=True)
def signers(world: World) -> None:
    """The head of finance signs beside the director, Boris beside Anna."""
    grant_power(world.staff["finance"], "sign", by=None, at=AT)
    Contact.objects.filter(pk=world.guests["boris"].pk).update(role=RoomRole.SIGNS)
    world.guests["boris"].refresh_from_db()


def four(world: World, contract: Contract | None = None, **more: Any) -> Signing:
    people = {
        "ours": [world.staff["director"], world.staff["finance"]],
        "theirs": [world.guests["anna"], world.guests["boris"]],
    }
    return begun(world, contract, **(people | more))


def signs(world: World, signing: Signing, who: str, at: Any = NOON) -> Signing:
    staff = who in world.staff
    by = world.as_staff(who) if staff else world.as_guest(who)
    row = signing.signatories.select_related("signing").get(user=by.user)
    ask_signing_code(row, CHARTER, by=by, at=at, accepts=True)
    digits = code_digits(SignInCode.objects.filter(user=by.user).latest("pk"))
    return sign_contract(row, digits, by=by, at=at)


def states(signing: Signing) -> list[str]:
    return [row.promise.state for row in signing.signatories.order_by("pk") if row.promise]


def test_all_of_one_side_then_all_of_the_other(world: World) -> None:
    signing = four(world)
    assert sorted(told("contract.signing_begun")) == [
        ("anna", "contract_sign"), ("boris", "contract_sign"),
    ]  # fmt: skip
    assert states(signing) == ["running", "running", "planned", "planned"]
    signs(world, signing, "anna")
    assert states(signing) == ["kept", "running", "planned", "planned"]
    contract = fresh_contract(signing.contract)
    turn = signing.signatories.get(user=world.guests["boris"].user).promise
    assert (contract.client_turn, contract.case.state) == (turn, "signing")
    signs(world, signing, "boris")
    assert sorted(name for name, purpose in told("contract.contract_signed")[-3:]) == [
        "director", "finance", "manager",
    ]  # fmt: skip
    assert states(signing) == ["kept", "kept", "running", "running"]
    signs(world, signing, "finance")
    assert fresh_contract(contract).case.state == "signing"
    assert find_signed(signing.digest) is None, "one signature of ours is still awaited"
    signing = signs(world, signing, "director")
    assert fresh_contract(contract).case.state == "signed"
    found = find_signed(signing.digest)
    assert found is not None
    assert [one.name for one in found.signatures] == [
        "Анна Крылова", world.guests["boris"].name, "Елена Орлова",
        world.staff["finance"].user.name,
    ]  # fmt: skip


def test_the_page_of_signatures_has_them_all(world: World) -> None:
    signing = four(world, order="any")
    for who in ("director", "finance", "anna", "boris"):
        signing = signs(world, signing, who)
    contract = fresh_contract(signing.contract)
    fixed = fixed_text(contract, world.as_staff("manager"), world.firm)
    rows = list(signing.signatories.order_by("pk"))
    assert signing.signed_pdf is not None
    one_less = signed_copy(fixed, signing, rows[:3], at=NOON)
    assert signing.signed_pdf.size > len(one_less), "the fourth signature has a frame of its own"


@pytest.mark.parametrize("order", ["theirs", "any"])
def test_nobody_is_asked_before_those_whose_number_is_smaller(world: World, order: str) -> None:
    places = {world.staff["director"].user_id: 2, world.guests["anna"].user_id or 0: 2}
    signing = four(world, order=order, places=places)
    first = {"boris"} if order == "theirs" else {"boris", "finance"}
    assert {who for who, what in told("contract.signing_begun") if what == "contract_sign"} == first
    # anna, boris, director, finance
    ours = "planned" if order == "theirs" else "running"
    assert states(signing) == ["planned", "running", "planned", ours]
    with pytest.raises(PermissionDenied):
        signs(world, signing, "anna")
    signs(world, signing, "boris")
    signs(world, signing, "anna")
    assert states(signing) == ["kept", "kept", "planned", "running"]
    page = browser_of(world, "manager").get(f"/desk/contracts/{signing.contract_id}/signing/")
    shown = page.content.decode()
    order_shown = [shown.index(name) for name in (
        world.guests["boris"].name, "Анна Крылова",
        world.staff["finance"].user.name, "Елена Орлова",
    )]  # fmt: skip
    assert order_shown == sorted(order_shown)
    signs(world, signing, "finance")
    assert told("contract.contract_signed")[-2:] == [
        ("director", "contract_sign"), ("manager", "contract_news"),
    ]  # fmt: skip
    signs(world, signing, "director")
    assert fresh_contract(signing.contract).case.state == "signed"


@pytest.mark.parametrize("place", [0, 6])
def test_a_place_is_a_number_from_one_on(world: World, place: int) -> None:
    with pytest.raises(Refused) as wrong:
        four(world, places={world.staff["director"].user_id: place})
    assert wrong.value.code == "bad_place"


def test_one_refusal_ends_it_for_all(world: World) -> None:
    signing = four(world)
    signs(world, signing, "anna")
    row = signing.signatories.get(user=world.guests["boris"].user)
    refuse_signature(row, by=world.as_guest("boris"), at=NOON, reason="Не та сумма")
    assert states(signing) == ["kept", "dropped", "dropped", "dropped"]
    assert fresh_contract(signing.contract).case.state == "agreed"
    assert {"anna", "director", "finance"} <= {who for who, _ in told("contract.signature_refused")}


def test_who_is_away_is_not_replaced_by_one_who_signs_already(world: World) -> None:
    signing = four(world, order="ours")
    plan_absence(world.staff["finance"], AT + 2 * HOUR, AT + 5 * DAY, by=None, at=AT + 2 * HOUR)
    work.run_once(AT + 3 * HOUR)
    users = set(signing.signatories.values_list("user", flat=True))
    assert len(users) == 4
    assert world.staff["finance"].user_id in users


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_nobody_of_a_side_and_one_twice_are_refused(world: World, side: str) -> None:
    contract = agreed(world)
    with pytest.raises(Refused) as nobody:
        four(world, contract, **{side: []})
    assert nobody.value.code == "bad_number"
    one = world.staff["director"] if side == "ours" else world.guests["anna"]
    with pytest.raises(Refused) as twice:
        four(world, contract, **{side: [one, one]})
    assert twice.value.code == "signs_twice"


def test_chosen_on_the_desk(world: World) -> None:
    contract, manager = agreed(world, at=timezone.now()), browser_of(world, "manager")
    page = f"/desk/contracts/{contract.pk}/signing/begin/"
    assert "Кто за кем подписывает" in manager.get(page).content.decode()
    answer = manager.post(
        page,
        {
            "way": "code", "order": "theirs", "lapses_on": today(),
            "ours": [world.staff["director"].pk, world.staff["finance"].pk],
            "theirs": [world.guests["anna"].pk, world.guests["boris"].pk],
            f"place_{world.staff['director'].user_id}": "2",
        },
    )  # fmt: skip
    assert answer.status_code == 302
    rows = Signing.objects.get().signatories
    assert rows.count() == 4
    assert [row.user.name for row in rows.filter(place=2)] == ["Елена Орлова"]
    for who, door in (("boris", "room"), ("anna", "room"), ("manager", "desk")):
        shown = browser_of(world, who).get(f"/{door}/contracts/{contract.pk}/")
        assert shown.status_code == 200
        if door == "room":
            assert "Сейчас у вас: прочитайте" in shown.content.decode()
    assert contract.case.title in manager.get("/desk/contracts/?turn=theirs").content.decode()


def test_chosen_in_the_room(world: World) -> None:
    contract, anna = agreed(world, at=timezone.now()), browser_of(world, "anna")
    page = f"/room/contracts/{contract.pk}/signing/begin/"
    assert "Кто подписывает" in anna.post(page).content.decode()
    assert not Signing.objects.exists()
    assert anna.post(page, {"who": "1"}).status_code == 422
    both = [world.guests["anna"].pk, world.guests["boris"].pk]
    assert anna.post(page, {"who": "1", "theirs": both}).status_code == 302
    assert Signing.objects.get().signatories.filter(side="theirs").count() == 2


def test_through_an_operator_everybodys_signature_is_awaited(world: World) -> None:
    signing, manager = four(world, way="operator"), world.as_staff("manager")
    parts = {"a.pdf": read_file(signing.pdf)} | {f"a.{n}.sig": b"%d" % n for n in range(3)}
    bind_exchange(signing, "a.zip", zipped(parts), by=manager, at=NOON)
    assert fresh_contract(signing.contract).case.state == "signing"
    path = f"/desk/contracts/{signing.contract_id}/signing/"
    page = browser_of(world, "manager").get(path).content.decode()
    assert "Подписей получено: 3 из 4" in page
    bind_exchange(signing, "b.zip", zipped(parts | {"b.sig": b"4"}), by=manager, at=NOON)
    assert fresh_contract(signing.contract).case.state == "signed"
