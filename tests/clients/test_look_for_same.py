"""Cards that may be one client: found by keys, said why, told apart for good, never merged."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.clients.conftest import Clients
from tests.clients.test_pages import browser_of
from tests.people.conftest import AT
from tests.support.refused import refused
from zabota.clients import actions
from zabota.clients.actions.clients import ClientFields
from zabota.clients.models import Client, Likeness, SameKey
from zabota.clients.sameness import OFFERED, Card, compare_cards, core_of, digits_of, keys_of
from zabota.people import actions as people


def card(name: str, **more: object) -> Card:
    return Card(name, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("ООО «Ромашка»", "Romashka LLC", ("name",)),
        ("ООО «Стройинвест»", "АО «Стройинвет»", ("like",)),
        ("Иванов Пётр Ильич", "Пётр Ильич Иванов", ("name",)),
        ("ООО «Берёзка»", "ООО «Березка»", ("name",)),
        ("ООО «Ромашка»", "ООО «Рассвет»", ()),
    ],
)
def test_names_with_typos_are_alike(one: str, other: str, why: tuple[str, ...]) -> None:
    alike = compare_cards(card(one), card(other))
    assert alike.why == why
    assert (alike.sure >= OFFERED) == bool(why)
    if why:
        assert keys_of(card(one)) & keys_of(card(other))


def test_numbers_however_typed_and_other_tax_numbers() -> None:
    ways = ("+7 (495) 123-45-67", "8 495 1234567", "84951234567")
    assert {digits_of(way, "RU") for way in ways} == {"74951234567"}
    assert digits_of("доб. 5", "RU") == ""
    phone = frozenset(["74951234567"])
    near = frozenset(["78121234567"])
    assert compare_cards(card("А", phones=phone), card("Б", phones=phone)).why == ("phone",)
    assert compare_cards(card("А", phones=phone), card("Б", phones=near)).why == ("tail",)
    assert compare_cards(card("А", phones=phone), card("Б", phones=near)).sure < OFFERED
    # One accountant keeps the books of two firms: her number alone does not make them one.
    two = card("А", inn="7707083893", phones=phone), card("Б", inn="7736314150", phones=phone)
    assert compare_cards(*two).sure < OFFERED


LETTERS = "абвгдежзиклмнопрстуфхцчшщэюя"


@given(
    name=st.text(LETTERS, min_size=12, max_size=30),
    place=st.integers(0, 11),
    letter=st.sampled_from(LETTERS),
)
def test_a_letter_mistyped_anywhere_is_found_by_some_key(
    name: str, place: int, letter: str
) -> None:
    other = name[:place] + letter + name[place + 1 :]
    assert keys_of(card(name)) & keys_of(card(other))
    assert core_of(name) == core_of(name.upper())


def added(clients: Clients, **fields: str) -> Client:
    told = ClientFields(**fields)  # type: ignore[typeddict-item]
    return actions.add_client(told, owner=clients.staff.clerk, by=None, at=AT)


def look() -> None:
    while actions.look_for_same(by=None, at=AT):
        pass


def test_found_when_a_card_changes_and_gone_when_it_does_no_more(clients: Clients) -> None:
    look()
    assert not Likeness.objects.exists()
    twin = added(clients, name="ООО «Ромашкa»", phone="+7 495 123-45-67")
    actions.change_contact(clients.owner, "owner", by=None, at=AT, phone="8 495 123 45 67")
    look()
    (found,) = Likeness.objects.all()
    assert (found.one, found.other) == (clients.daisy, twin)
    assert "phone" in found.why and found.sure > 80
    look()
    assert Likeness.objects.get() == found
    actions.change_client(twin, {"name": "АО «Совсем другое»", "phone": ""}, by=None, at=AT)
    look()
    assert not Likeness.objects.exists()
    assert Client.objects.filter(root__isnull=False).count() == 0


def test_told_apart_is_remembered(clients: Clients) -> None:
    twin = added(clients, name="Ромашка")
    look()
    (found,) = Likeness.objects.offered()
    with pytest.raises(PermissionDenied):
        actions.tell_apart(found, by=clients.staff.user("lawyer"), at=AT)
    people.grant_power(clients.staff.clerk, "clients", by=None, at=AT)
    actions.tell_apart(found, by=clients.staff.user("clerk"), at=AT)
    with refused("told_apart"):
        actions.tell_apart(found, by=None, at=AT)
    actions.change_client(twin, {"note": "x"}, by=None, at=AT)
    look()
    assert not Likeness.objects.offered()
    kinds = [one.stream.entries.latest("seq").kind for one in (clients.daisy,)]
    assert kinds == ["clients.told_apart"]


def test_the_page_and_the_card_offer_it(clients: Clients) -> None:
    twin = added(clients, name="Ромашка")
    look()
    people.grant_power(clients.staff.clerk, "clients", by=None, at=AT)
    clerk = browser_of(clients.staff.user("clerk"))
    lawyer = browser_of(clients.staff.user("lawyer"))
    page = clerk.get("/desk/clients/same/")
    assert "одинаковое название" in page.content.decode()
    assert f"/desk/clients/{clients.daisy.pk}/merge/{twin.pk}/" in page.content.decode()
    assert lawyer.get("/desk/clients/same/").status_code == 403
    own = f"/desk/clients/{twin.pk}/"
    assert "Возможно, есть ещё одна карточка" in clerk.get(own).content.decode()
    assert "Возможно, есть ещё одна карточка" not in lawyer.get(own).content.decode()
    pair = Likeness.objects.get()
    apart = f"/desk/clients/same/{pair.pk}/apart/"
    assert lawyer.post(apart).status_code == 403
    assert clerk.post(apart, {"back": twin.pk}).headers["Location"] == own
    assert "Возможно, есть ещё одна карточка" not in clerk.get(own).content.decode()
    with CaptureQueriesContext(connection) as few:
        clerk.get("/desk/clients/same/")
    actions.merge_clients(clients.daisy, twin, by=None, at=AT, reason="она же")
    for name in ("Сирень", "Сирень плюс", "Сирень", "Сирень"):
        added(clients, name=name)
    look()
    assert Likeness.objects.offered().count() >= 3
    with CaptureQueriesContext(connection) as many:
        clerk.get("/desk/clients/same/")
    assert len(many) == len(few)


def test_two_clients_are_offered_once_whatever_cards_they_have(clients: Clients) -> None:
    twin, third = added(clients, name="Ромашка"), added(clients, name="ООО «Ромашка»")
    look()
    actions.merge_clients(clients.daisy, twin, by=None, at=AT, reason="она же")
    people.grant_power(clients.staff.clerk, "clients", by=None, at=AT)
    clerk = browser_of(clients.staff.user("clerk"))
    page = clerk.get("/desk/clients/same/").content.decode()
    assert page.count(f"/desk/clients/{clients.daisy.pk}/merge/{third.pk}/") == 1
    assert Likeness.objects.offered().count() == 2
    actions.tell_apart(Likeness.objects.offered()[0], by=None, at=AT)
    assert not Likeness.objects.offered().exists()


def test_an_erased_person_leaves_no_key(clients: Clients) -> None:
    actions.change_contact(clients.owner, "owner", by=None, at=AT, phone="8 495 123 45 67")
    look()
    assert SameKey.objects.filter(client=clients.daisy, key="tail:1234567").exists()
    actions.erase_person(clients.owner, by=None, at=AT)
    assert not SameKey.objects.filter(client=clients.daisy).exists()
    look()
    assert not SameKey.objects.filter(key__contains="1234567").exists()


def test_what_a_look_costs_does_not_grow(clients: Clients) -> None:
    def cost() -> int:
        Client.objects.filter(pk=clients.daisy.pk).update(looked_at=None)
        with CaptureQueriesContext(connection) as asked:
            look()
        return len(asked)

    look()
    before = cost()
    for number in range(60):
        added(clients, name=f"Ромашка-{number}")
    look()
    assert cost() == before


def test_names_that_differ_by_a_number_are_two() -> None:
    assert not compare_cards(card("Школа № 1512"), card("Школа № 1513")).why


def test_where_one_chooses_the_other_card_those_alike_stand_first(clients: Clients) -> None:
    twin = added(clients, name="Ромашка")
    look()
    people.grant_power(clients.staff.clerk, "clients", by=None, at=AT)
    clerk = browser_of(clients.staff.user("clerk"))
    path = f"/desk/clients/{clients.daisy.pk}/merge/"
    assert f"{path}{twin.pk}/" in clerk.get(path).content.decode()
    assert f"{path}{twin.pk}/" not in clerk.get(path, {"q": "чужая"}).content.decode()
