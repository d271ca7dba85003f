"""Requests are found by any form of the words said in them, by those who may read these."""

import pickle
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, DAY, HOUR
from tests.support.fresh import FreshDatabase
from tests.tickets.asked import asked
from zabota.clients.access import RoomViewer
from zabota.clients.actions import erase_person, merge_clients, undo_merge
from zabota.clients.models import Client
from zabota.home import work
from zabota.home.world import World
from zabota.people.access import StaffViewer
from zabota.people.firm import current_firm
from zabota.tickets.actions import (
    end_ticket,
    merge_tickets,
    part_tickets,
    say_in_ticket,
    split_ticket,
    undo_split,
    write_to_ticket,
)
from zabota.tickets.actions.known_words import learn_words
from zabota.tickets.actions.lines import gather_old_words
from zabota.tickets.models import Remark, Ticket, TicketType, TicketWord, TicketWords
from zabota.tickets.reading import found as reading
from zabota.tickets.reading.lists import TicketList, read_tickets
from zabota.tickets.reading.rows import Row

type Who = StaffViewer | RoomViewer


@pytest.fixture(autouse=True)
def in_moscow() -> Iterator[None]:
    reading._all_gathered.clear()
    with timezone.override("Europe/Moscow"), translation.override("ru"):
        yield


def listed(viewer: Who, query: str, **params: str) -> TicketList:
    return read_tickets(viewer, {"q": query, **params}, current_firm(), at=AT + DAY)


def found(viewer: Who, query: str, **params: str) -> list[int]:
    return [row.pk for row in listed(viewer, query, **params).rows]


def said(row: Row) -> str:
    """Who said it and the quotation, marks in brackets."""
    assert row.hit is not None
    pieces = [f"[{p.text}]" if p.marked else p.text for p in row.hit.pieces]
    return f"{row.hit.who}: {''.join(pieces)}"


def talked(world: World) -> Ticket:
    """Anna wrote, a manager answered and noted something for colleagues."""
    ticket, manager = asked(world), world.as_staff("manager")
    write_to_ticket(
        ticket, "Курьер привёз <b>чайники</b> без крышек.", by=world.as_guest("anna"), at=AT
    )
    say_in_ticket(ticket, "Заменим крышки в пятницу.", by=manager, at=AT + HOUR)
    say_in_ticket(ticket, "Кабальный случай № 7.", by=manager, at=AT + HOUR, how="note")
    return ticket


def test_any_form_of_what_was_said_finds_the_line(world: World) -> None:
    ticket, manager = talked(world), world.as_staff("manager")
    (row,) = listed(manager, "чайник курьером").rows
    assert row.pk == ticket.pk
    assert said(row) == "Анна Крылова: [Курьер] привёз <b>[чайники]</b> без крышек."
    page = browser_of(world, "manager").get("/desk/tickets/?q=чайника").content.decode()
    line = Remark.objects.get(text__contains="чайники")
    assert f'href="/desk/tickets/{ticket.pk}/#line-{line.pk}"' in page
    assert "&lt;b&gt;<mark>чайники</mark>&lt;/b&gt;" in page
    thread = browser_of(world, "manager").get(f"/desk/tickets/{ticket.pk}/").content.decode()
    assert f'id="line-{line.pk}"' in thread and thread.count('id="last"') == 1
    end_ticket(ticket, "solved", "Привезли скатерти.", by=manager, at=AT + 2 * HOUR)
    assert found(manager, "скатерть") == [ticket.pk]
    # Words of several lines and of the card find it together.
    assert found(manager, "ромашка скатерть курьер") == [ticket.pk]
    assert found(manager, "скатерть", state="open") == []


def test_half_a_word_finds_what_it_may_become(world: World) -> None:
    ticket, manager = talked(world), world.as_staff("manager")
    assert found(manager, "чайн") == []
    work.run_once(AT + HOUR)
    assert found(manager, "чайн") == [ticket.pk]
    assert "[чайники]" in said(listed(manager, "чайн").rows[0])
    write_to_ticket(ticket, "The teapots leak.", by=world.as_guest("anna"), at=AT + HOUR)
    work.run_once(AT + HOUR)
    assert found(manager, "teap") == [ticket.pk]
    assert learn_words(by=None, at=AT) == 0


def test_notes_are_found_by_ours_alone_and_only_where_they_may_look(world: World) -> None:
    ticket = talked(world)
    (row,) = listed(world.as_staff("manager"), "кабального").rows
    assert row.hit is not None and row.hit.inside
    anna, john = world.as_guest("anna"), world.as_guest("john")
    assert found(anna, "кабальный") == found(anna, "случай") == []
    assert found(anna, "крышку") == [ticket.pk]
    page = browser_of(world, "anna").get("/room/tickets/?q=крышку").content.decode()
    assert "<mark>крышки</mark>" in page and "Кабальный" not in page
    assert found(john, "крышку") == []
    unseeing = next(
        viewer
        for viewer in (world.as_staff(name) for name in world.staff)
        if not viewer.employee.sees_all and found(viewer, ticket.case.number) == []
    )
    assert found(unseeing, "крышку") == []


def test_numbers_names_and_figures_are_found(world: World) -> None:
    ticket, manager = talked(world), world.as_staff("manager")
    number, client = ticket.case.number, ticket.case.client
    for query in (number, number[-3:], "ромаш", client.inn, ticket.case.title[:12], "№ 7 случай"):
        assert ticket.pk in found(manager, query), query
    assert found(manager, "№ 8 случай") == []
    assert listed(manager, "№").too_short and len(listed(manager, "№").rows) > 0


@pytest.mark.parametrize(
    "query", ["a OR b", "NEAR(", "bкурьер", "'; --", "п" * 300, "🙂🙂🙂", '"', "аᦰб"]
)
def test_signs_are_no_commands(world: World, query: str) -> None:
    talked(world)
    shown = listed(world.as_staff("manager"), query)
    assert shown.too_short or shown.rows == []


def test_what_is_one_is_found_as_one_and_apart_again(world: World) -> None:
    stays, manager = talked(world), world.as_staff("manager")
    goes = asked(world, at=AT + HOUR)
    write_to_ticket(goes, "Ещё скатерть порвана.", by=world.as_guest("anna"), at=AT + HOUR)
    link = merge_tickets(stays, goes, by=manager, at=AT + 2 * HOUR)
    assert found(manager, "скатерти чайники") == [stays.pk]
    assert found(manager, goes.case.number) == [stays.pk]
    part_tickets(link, by=manager, at=AT + 3 * HOUR)
    assert found(manager, "скатерти") == [goes.pk]
    assert found(manager, "чайники") == [stays.pk]


def test_what_leaves_is_found_where_it_went(world: World) -> None:
    ticket, manager = talked(world), world.as_staff("manager")
    line = Remark.objects.get(text__contains="чайники")
    kind = TicketType.objects.get(slug="question")
    made = split_ticket(ticket, [line.pk], kind, "Другое", by=manager, at=AT + 2 * HOUR)
    assert found(manager, "чайник") == [made.pk]
    assert found(manager, "крышки") == [made.pk, ticket.pk]
    undo_split(made.case.links.get(), by=manager, at=AT + 3 * HOUR)
    assert found(manager, "чайник") == [ticket.pk]
    assert found(manager, made.case.number) == [ticket.pk]


def test_erased_words_leave_the_index(world: World) -> None:
    ticket = talked(world)
    work.run_once(AT)
    Client.objects.filter(pk=ticket.case.client_id).update(kind="person")
    erase_person(world.guests["anna"], by=None, at=AT + DAY)
    for _ in range(2):
        work.react(AT + DAY)
    manager = world.as_staff("manager")
    assert found(manager, "чайники") == []
    kept = set(TicketWord.objects.values_list("word", flat=True))
    assert {"пятница", "крышка"} <= kept and not {"чайник", "курьер"} & kept
    assert not TicketWords.objects.filter(words__contains="чайник").exists()
    # What we said stays.
    assert found(manager, "пятница") == [ticket.pk]
    check_index()


def check_index() -> None:
    """SQLite compares its index with the words it is of."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tickets_ticketfound(tickets_ticketfound, rank)"
            " VALUES ('integrity-check', 1)"
        )


def test_a_client_is_found_by_the_name_it_has_now(world: World) -> None:
    ticket, manager = talked(world), world.as_staff("manager")
    director = world.staff["director"].user
    other = Client.objects.exclude(pk=ticket.case.client_id).filter(kind="company").first()
    assert other is not None
    Client.objects.filter(pk=other.pk).update(name="ООО «Дирижабль»", short_name="")
    merge_clients(other, ticket.case.client, by=director, at=AT + DAY, reason="одно")
    work.run_once(AT + DAY)
    assert found(manager, "дирижабль крышки") == [ticket.pk]
    undo_merge(ticket.case.client, by=director, at=AT + DAY)
    work.run_once(AT + DAY)
    assert found(manager, "дирижабль крышки") == []


def test_words_there_were_before_are_gathered_by_the_worker(world: World) -> None:
    ticket, manager = talked(world), world.as_staff("manager")
    kept = dict(TicketWords.objects.values_list("pk", "words"))
    TicketWords.objects.update(words="", gathered=False)
    shown = listed(manager, ticket.case.number)
    assert [row.pk for row in shown.rows] == [ticket.pk] and shown.waiting == len(kept)
    assert found(manager, "чайники") == []
    assert gather_old_words(by=None, at=AT) == len(kept)
    assert dict(TicketWords.objects.values_list("pk", "words")) == kept
    assert gather_old_words(by=None, at=AT) == 0
    assert found(manager, "чайники") == [ticket.pk] and not listed(manager, "чайники").waiting
    check_index()


def test_pages_go_on_and_back_and_cost_the_same(world: World) -> None:
    browser, manager = browser_of(world, "manager"), world.as_staff("manager")
    for _ in range(2):
        talked(world)
    browser.get("/desk/tickets/?q=чайник")
    with CaptureQueriesContext(connection) as few:
        browser.get("/desk/tickets/?q=чайник")
    made = [talked(world).pk for _ in range(21)]
    with CaptureQueriesContext(connection) as many:
        browser.get("/desk/tickets/?q=чайник")
    assert len(many) == len(few)
    first = listed(manager, "чайник")
    assert [row.pk for row in first.rows] == sorted(made, reverse=True)[:20]
    second = listed(manager, "чайник", **params(first.leaf.older))
    assert (second.leaf.first, second.leaf.last) == (21, 23)
    again = listed(manager, "чайник", **params(second.leaf.newer))
    assert [row.pk for row in again.rows] == [row.pk for row in first.rows]


def params(address: str) -> dict[str, str]:
    pairs = (part.split("=") for part in address[1:].split("&"))
    return {name: value for name, value in pairs if name != "q"}


def on_this_database(made: bytes) -> list[list[bool]]:
    """Whether each query finds the request, to ours and to the client."""
    world: World = pickle.loads(made)
    ticket, other = talked(world), asked(world)
    manager, anna = world.as_staff("manager"), world.as_guest("anna")
    told = []
    for query in ("чайником", "кабальных", "крышка курьер", "№ 7", "'|&!", other.case.number):
        both = [found(viewer, query) for viewer in (manager, anna)]
        told.append([one == [ticket.pk] for one in both])
    merge_tickets(ticket, other, by=manager, at=AT + HOUR)
    told.append([found(manager, f"чайник {other.case.number}") == [ticket.pk]])
    TicketWords.objects.update(words="", gathered=False)
    gather_old_words(by=None, at=AT)
    told.append([found(manager, "чайник") == [ticket.pk]])
    return told


def test_both_databases_find_alike(firm_on_both: tuple[FreshDatabase, bytes]) -> None:
    database, made = firm_on_both
    yes, ours, no = [True, True], [True, False], [False, False]
    assert database.call(on_this_database, made) == [yes, ours, yes, ours, no, no, [True], [True]]
