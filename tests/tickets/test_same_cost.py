"""Pages of requests ask the database the same however much there is."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, HOUR
from tests.tickets.asked import asked
from tests.tickets.test_answers import article_of
from tests.tickets.test_follow_script import script_of
from tests.tickets.test_use_macro import macro_of
from zabota.home.world import World
from zabota.tickets.actions import say_in_ticket, watch_ticket, write_to_ticket
from zabota.tickets.models import Ticket

MANY = 7


def cost(browser: Browser, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert browser.get(path).status_code == 200
    return len(queries)


def grows_in_number(world: World, first: Ticket) -> None:
    for number in range(MANY):
        asked(world, guest=("anna", "boris")[number % 2], text=f"Ещё одно: {number}")


def grows_in_words(world: World, first: Ticket) -> None:
    for number in range(MANY):
        at = AT + HOUR / 10 * number
        write_to_ticket(first, f"И ещё {number}", by=world.as_guest("anna"), at=at)
        say_in_ticket(first, f"Отвечаю {number}", by=world.as_staff("manager"), at=at)
        say_in_ticket(first, f"Себе {number}", by=world.as_staff("lawyer"), at=at, how="note")


@pytest.mark.parametrize(
    ("who", "path", "grow"),
    [
        ("anna", "/room/tickets/", grows_in_number),
        ("anna", "/room/", grows_in_number),
        ("manager", "/desk/tickets/", grows_in_number),
        ("manager", "/desk/", grows_in_number),
        ("anna", "/room/tickets/{pk}/", grows_in_words),
        ("manager", "/desk/tickets/{pk}/", grows_in_words),
    ],
)
def test_more_costs_no_more_statements(
    world: World, who: str, path: str, grow: Callable[[World, Ticket], None]
) -> None:
    ticket = asked(world)
    # One of each kind of line is there from the start: kinds cost, rows do not.
    write_to_ticket(ticket, "И вот ещё", by=world.as_guest("anna"), at=AT)
    say_in_ticket(ticket, "Отвечаю", by=world.as_staff("manager"), at=AT)
    say_in_ticket(ticket, "Себе", by=world.as_staff("lawyer"), at=AT, how="note")
    asked(world, guest="boris")
    browser, page = browser_of(world, who), path.format(pk=ticket.pk)
    browser.get(page)
    before = cost(browser, page)
    grow(world, ticket)
    assert cost(browser, page) <= before


def test_ready_words_cost_no_more_statements(world: World) -> None:
    """Scripts, ready answers and articles beside a request, however many there are."""

    def one_more_of_each(number: int) -> None:
        script_of(world, trained_only=bool(number % 2), name_ru=f"Сценарий {number}")
        macro_of(world, name_ru=f"Ответ {number}")
        article_of(world)

    ticket, browser = asked(world), browser_of(world, "manager")
    pages = (f"/desk/tickets/{ticket.pk}/", "/desk/macros/", "/desk/answers/?q=светильник")
    for number in range(2):
        one_more_of_each(number)
    browser.get(pages[0])
    before = [cost(browser, page) for page in pages]
    for number in range(MANY):
        one_more_of_each(number)
    assert [cost(browser, page) for page in pages] <= before


def test_a_page_asks_no_table_for_nothing(world: World) -> None:
    ticket, browser = asked(world), browser_of(world, "manager")
    page = f"/desk/tickets/{ticket.pk}/"
    browser.get(page)
    plain = cost(browser, page)
    assert plain == 11
    # A colleague who looks on is one more.
    watch_ticket(ticket, world.staff["lawyer"], by=world.as_staff("manager"), at=AT)
    assert cost(browser, page) == plain + 1
    assert world.staff["lawyer"].name in browser.get(page).content.decode()
