"""A request written down while somebody talks, whether we know them or not."""

import pytest
from django.test import Client as Browser

from tests.contracts.worlds import AT, HOUR
from tests.tickets.asked import asked, kinds
from tests.tickets.gates import page
from zabota.clients.actions import add_point
from zabota.clients.actions.merge import merge_clients
from zabota.clients.finding import find_clients
from zabota.clients.models import Client
from zabota.common import clock
from zabota.home.world import World
from zabota.people.refusal import Refused
from zabota.tickets.actions import end_ticket
from zabota.tickets.actions.write_down import Stranger, write_down_stranger
from zabota.tickets.models import Ticket, TicketType

PATH = "/desk/tickets/new/"


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Browser:
    monkeypatch.setattr(clock, "now", lambda: AT)
    browser = Browser()
    browser.force_login(world.staff["logist3"].user)
    return browser


def typed(**more: str) -> dict[str, str]:
    kind = TicketType.objects.get(slug="question")
    return {"name": "Ирина Соловьёва", "kind": str(kind.pk), "text": "Есть ли опоры?", **more}


def found(query: str) -> set[str]:
    return {one.display_name for one in find_clients(Client.objects.filter(root=None), query)}


def test_somebody_new_has_a_card_and_a_promise_at_once(world: World, desk: Browser) -> None:
    said = desk.post(PATH, typed(phone="8 916 765-43-21"))
    ticket = Ticket.objects.select_related("case__client", "contact").latest("pk")
    assert said.headers["Location"] == f"/desk/tickets/{ticket.pk}/"
    assert (ticket.channel, ticket.case.client.owner) == ("call", world.staff["logist3"])
    assert kinds(ticket)[-1] == "ticket.opened"
    assert page(desk, f"/desk/tickets/{ticket.pk}/").count("Ирина Соловьёва") > 1
    # The same number again is the same person.
    desk.post(PATH, typed(phone="+79167654321", name="Ира"))
    assert Ticket.objects.latest("pk").contact == ticket.contact


def test_who_cannot_be_answered_is_asked_for_a_way(world: World, desk: Browser) -> None:
    before = Client.objects.count()
    said = desk.post(PATH, typed())
    assert said.status_code == 422
    assert "по которым ответить" in said.content.decode()
    assert Client.objects.count() == before
    kind = TicketType.objects.get(slug="question")
    with pytest.raises(Refused):
        write_down_stranger(Stranger("Ира"), kind, "?", by=world.as_staff("manager"), at=AT)


def test_a_client_is_found_by_their_people_and_numbers(world: World, desk: Browser) -> None:
    add_point(world.guests["anna"], "phone", "8 916 123-45-67", by=None, at=AT)
    name = world.guests["anna"].client.display_name
    for query in ("крылова", "Анна Крылова", "+7 916 123-45-67", "1234567", "anna@", "ромаш анна"):
        assert name in found(query), query
    assert name not in found("Чужой")
    other = Client.objects.get(name__contains="Чужие")
    merge_clients(other, world.guests["anna"].client, by=None, at=AT, reason="одни")
    assert found("Крылова") == {other.display_name}
    shown = page(desk, f"{PATH}?q=Крылова")
    assert f"/desk/clients/{other.pk}/tickets/new/" in shown


def test_the_card_tells_what_is_asked_of_us(world: World, desk: Browser) -> None:
    ticket = asked(world)
    card = f"/desk/clients/{ticket.case.client_id}/"
    browser = Browser()
    browser.force_login(world.staff["manager"].user)
    assert f'href="/desk/tickets/{ticket.pk}/"' in page(browser, card)
    end_ticket(ticket, "solved", "Горят.", by=world.as_staff("manager"), at=AT + HOUR)
    assert f'<a href="/desk/tickets/{ticket.pk}/">' not in page(browser, card)
    # Whoever may not know of a request reads nothing of it.
    other = asked(world, text="Только менеджеру")
    assert f"/desk/tickets/{other.pk}/" not in page(desk, card)


def test_what_a_client_is_worth_stands_in_lists_of_ours_only(world: World) -> None:
    ticket = asked(world)
    Client.objects.filter(pk=ticket.case.client_id).update(worth=147_600)
    browsers = {}
    for side, user in (("desk", world.staff["manager"].user), ("room", world.guests["anna"].user)):
        browsers[side] = Browser()
        assert user is not None
        browsers[side].force_login(user)
    assert "Маржа за год 147,6" in page(browsers["desk"], "/desk/tickets/")
    assert "Маржа" not in page(browsers["room"], "/room/tickets/")


def test_an_answer_half_typed_is_kept_by_its_own_key(world: World) -> None:
    ticket = asked(world)
    user = world.staff["manager"].user
    browser = Browser()
    browser.force_login(user)
    shown = page(browser, f"/desk/tickets/{ticket.pk}/")
    assert f'data-stays="{user.pk}-{ticket.pk}"' in shown
    assert "js/stays.js" in shown
