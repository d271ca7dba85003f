"""Lists of contracts: what is found, by whom, in which order, at what cost."""

import pickle
from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from tests.contracts.browsers import browser_of, returned_supply
from tests.contracts.worlds import AT, DAY, approve, resent, sent
from tests.home.crowd import copies_of
from tests.support.fresh import FreshDatabase
from zabota.clients.access import RoomViewer
from zabota.contracts.actions import register_contract, start_contract, submit_contract
from zabota.contracts.models import Contract
from zabota.contracts.reading.lists import ContractList, read_contracts
from zabota.home.world import World, begin
from zabota.people.access import StaffViewer
from zabota.people.firm import current_firm


@pytest.fixture(autouse=True)
def in_moscow() -> Iterator[None]:
    with timezone.override("Europe/Moscow"), translation.override("ru"):
        yield


def found(viewer: StaffViewer | RoomViewer, at: datetime = AT, **params: str) -> list[int]:
    return [row.pk for row in listed(viewer, at, **params).rows]


def listed(viewer: StaffViewer | RoomViewer, at: datetime = AT, **params: str) -> ContractList:
    return read_contracts(viewer, params, current_firm(), at=at)


def test_everybody_finds_what_they_may_know_of(world: World) -> None:
    ours, theirs = sent(world), sent(world, "supply-en", "john")
    assert set(found(world.as_staff("lawyer"))) == {ours.pk, theirs.pk}
    assert found(world.as_guest("anna")) == [ours.pk]
    assert found(world.as_guest("john")) == [theirs.pk]
    # The storekeeper holds nothing and sees nothing.
    assert found(world.as_staff("stranger")) == []


def test_what_we_prepare_is_not_in_the_room(world: World) -> None:
    contract = start_contract(
        world.forms["nda-ru"], world.clients["romashka"], by=world.as_staff("manager"), at=AT
    )
    assert found(world.as_staff("manager")) == [contract.pk]
    assert found(world.as_guest("anna")) == []
    assert "preparing" not in browser_of(world, "anna").get("/room/contracts/").content.decode()


def test_it_is_found_by_either_number_by_client_and_by_words(world: World) -> None:
    contract, other = begin(world, "supply-ru", "anna", AT), sent(world, "nda-ru")
    submit_contract(contract, by=world.as_guest("anna"), at=AT, client_number="77/2026-Ё")
    lawyer = world.as_staff("lawyer")
    assert found(lawyer, q=contract.case.number) == [contract.pk]
    assert found(lawyer, q="77/2026-Ё") == [contract.pk]
    assert set(found(lawyer, q="РОМАШКА")) == {contract.pk, other.pk}
    assert found(lawyer, q="договор поставки") == [contract.pk]
    # Words of the text, in another case and number than it stands there.
    assert found(lawyer, q="ПОСТАВЩИКУ") == [contract.pk]
    assert found(lawyer, q="конфиденциальную информацию") == [other.pk]
    assert found(lawyer, q="дирижабль") == []
    assert found(lawyer, q="100%") == []
    assert found(world.as_guest("anna"), q="поставщиком") == [contract.pk]


def test_both_words_of_the_text_and_of_the_client_are_looked_for(world: World) -> None:
    contract, _ = sent(world, "supply-ru"), sent(world, "nda-ru")
    lawyer = world.as_staff("lawyer")
    assert found(lawyer, q="ромашка поставщику") == [contract.pk]
    assert found(lawyer, q="ромашка дирижабль") == []


def test_fewer_than_three_letters_find_everything_and_that_is_said(world: World) -> None:
    contract = sent(world)
    shown = listed(world.as_staff("lawyer"), q="дд")
    assert shown.too_short
    assert [row.pk for row in shown.rows] == [contract.pk]
    page = browser_of(world, "lawyer").get("/desk/contracts/?q=дд").content.decode()
    assert "не меньше трёх" in page


def test_filters_narrow_by_state_turn_client_and_mine(world: World) -> None:
    review, draft = sent(world), begin(world, "nda-ru", "anna", AT)
    english = sent(world, "supply-en", "john")
    lawyer, manager = world.as_staff("lawyer"), world.as_staff("manager")
    assert set(found(lawyer, state="review")) == {review.pk, english.pk}
    assert found(lawyer, turn="theirs") == [draft.pk]
    assert set(found(lawyer, turn="ours")) == {review.pk, english.pk}
    assert found(lawyer, client=str(world.clients["romashka"].pk), state="review") == [review.pk]
    assert set(found(lawyer, mine="1")) == {review.pk, english.pk}
    assert set(found(manager, mine="1")) == {review.pk, draft.pk, english.pk}
    # What nobody offers narrows nothing.
    assert len(found(lawyer, state="x", turn="y", client="²")) == 3


def test_a_row_says_whose_turn_it_is_until_when_and_whether_it_is_late(world: World) -> None:
    contract = sent(world, "supply-ru")
    (row,) = listed(world.as_staff("lawyer")).rows
    assert (row.stage, row.who, row.late) == ("Менеджер", "Игорь Ким", False)
    assert row.sum.replace("\xa0", " ") == "1 250 000 ₽"
    assert listed(world.as_staff("lawyer"), AT + DAY).rows[0].late
    approve(world, contract, "manager", "manager")
    approve(world, contract, "legal", "lawyer")
    (ours,) = listed(world.as_staff("lawyer")).rows
    assert "Анна Волкова" in ours.who
    (theirs,) = listed(world.as_guest("anna")).rows
    assert theirs.who == "Павел Серов, Отдел логистики" or "Отдел логистики" in theirs.who
    assert "Волкова" not in theirs.who


def test_while_the_client_has_it_the_clock_stands(world: World) -> None:
    contract = returned_supply(world)
    (row,) = listed(world.as_guest("anna")).rows
    assert (row.turn, row.who, row.due) == ("theirs", "вы", "срок приостановлен")
    resent(world, contract, "anna", AT + DAY, "3.3")
    assert listed(world.as_guest("anna")).rows[0].turn == "ours"


@pytest.mark.parametrize("number", ["К-7", "15", "7/К"])
def test_a_short_number_of_the_client_is_found(world: World, number: str) -> None:
    contract, other = begin(world, "supply-ru", "anna", AT), sent(world, "nda-ru")
    submit_contract(contract, by=world.as_guest("anna"), at=AT, client_number=number)
    for viewer in (world.as_staff("lawyer"), world.as_guest("anna")):
        assert found(viewer, q=number.lower()) == [contract.pk]
        assert other.pk in found(viewer, q="информацию 5")


def test_the_registration_number_stands_instead_of_the_working_one(world: World) -> None:
    contract = sent(world)
    approve(world, contract, "manager", "manager")
    approve(world, contract, "legal", "lawyer")
    register_contract(contract, by=world.as_staff("manager"), at=AT)
    number = Contract.objects.get(pk=contract.pk).registered_number
    assert listed(world.as_guest("anna"), q=number).rows[0].number == number


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("anna", "/desk/contracts/", 404),
        ("lawyer", "/room/contracts/", 404),
        ("lawyer", "/desk/contracts/?after=x&before=y&from=z&client=0", 200),
        ("anna", "/room/contracts/?after=9999-99-99~1&q=%00", 200),
    ],
)
def test_doors_and_nonsense(world: World, who: str, path: str, status: int) -> None:
    sent(world)
    assert browser_of(world, who).get(path).status_code == status


@pytest.mark.parametrize(
    ("who", "path"), [("lawyer", "/desk/contracts/"), ("anna", "/room/contracts/")]
)
def test_a_list_costs_the_same_with_one_row_and_with_a_thousand(
    world: World, who: str, path: str
) -> None:
    contract = sent(world)
    browser = browser_of(world, who)
    browser.get(path)
    with CaptureQueriesContext(connection) as few:
        browser.get(path)
    copies_of(contract, 300, AT)
    with CaptureQueriesContext(connection) as many:
        page = browser.get(path).content.decode()
    assert len(many) == len(few)
    assert "1–50" in page


def searched(made: bytes) -> list[bool]:
    """What is found in the database of this process."""
    world: World = pickle.loads(made)
    sent(world, "supply-ru")
    lawyer = world.as_staff("lawyer")
    return [
        bool(found(lawyer, q=query)) for query in ("НАСОСЫ", "подъём", "ромашку", "100%", "_____")
    ]


def test_both_databases_find_alike(firm_on_both: tuple[FreshDatabase, bytes]) -> None:
    database, made = firm_on_both
    assert database.call(searched, made) == [True, False, True, False, False]
