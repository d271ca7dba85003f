"""A telephone exchange tells of calls: who calls is seen before one answers, a missed one is a
promise.
"""

import json
import logging
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from tests.contracts.worlds import AT, HOUR
from tests.tickets.asked import fresh
from tests.tickets.gates import a_gate, page
from zabota.clients.actions import add_point, erase_person
from zabota.clients.models import Client
from zabota.common import clock
from zabota.config.discreet import Discreet
from zabota.home import work
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.outreach.actions import close_gate
from zabota.outreach.models import Gate
from zabota.people.actions import change_employee, plan_absence
from zabota.tickets.actions import open_ticket, say_in_ticket
from zabota.tickets.calls import Notice, parse_notice, read_notice
from zabota.tickets.models import Call, Remark, Ticket, TicketType
from zabota.tickets.pages import calls
from zabota.tickets.reading.callers import find_caller

MINUTE = timedelta(minutes=1)
ANNA, DESK, MAIN = "+79161234567", "+74957770130", "+74957770100"
DESCRIBED = {
    "event": "event", "call": "call.id", "caller": "call.from", "callee": "call.to",
    "recording": "record", "ringing": "ringing, incoming", "answered": "answered",
    "ended": "ended, hangup", "missed": "missed", "minutes": 30,
}  # fmt: skip


@pytest.fixture
def gate(world: World, monkeypatch: pytest.MonkeyPatch) -> Gate:
    now = [AT]
    monkeypatch.setattr(clock, "now", lambda: now[0])
    add_point(world.guests["anna"], "phone", "8 916 123-45-67", by=None, at=AT)
    change_employee(world.staff["manager"], {"phone": "+7 495 777-01-30"}, by=None, at=AT)
    made = a_gate("phone", **DESCRIBED)
    made.now = now  # type: ignore[attr-defined]
    return made


def told(
    gate: Gate, event: str, number: str = ANNA, call: str = "1", to: str = DESK, **more: str
) -> int:
    body = {"event": event, "call": {"id": call, "from": number, "to": to}, **more}
    sent = Browser().post(f"/calls/{gate.key}/", json.dumps(body), "application/json")
    return sent.status_code


def manager(world: World, key: str = "manager") -> Browser:
    browser = Browser()
    browser.force_login(world.staff[key].user)
    return browser


def later(gate: Gate, by: timedelta) -> datetime:
    gate.now[0] += by  # type: ignore[attr-defined]
    moment: datetime = gate.now[0]  # type: ignore[attr-defined]
    return moment


@pytest.mark.parametrize(
    ("body", "paths"),
    [
        ('{"e": "in", "c": {"id": 7, "who": [{"n": "+7916"}]}}', ("e", "c.id", "c.who.0.n")),
        ("e=in&id=7&n=%2B7916", ("e", "id", "n")),
        ('cmd=x&json={"e":"in","c":{"id":"7","n":"%2B7916"}}', ("json.e", "json.c.id", "json.c.n")),
    ],
)
def test_any_exchange_is_read_as_described(body: str, paths: tuple[str, str, str]) -> None:
    where = dict(zip(("event", "call", "caller"), paths, strict=True)) | {"ringing": "IN, ring"}
    read = read_notice(parse_notice(body.encode()), where)
    assert read == Notice("7", "ringing", "in", "+7916", "", "")


@pytest.mark.parametrize(
    "body", ["", "{", "[1]", "null", "{" * 9000, "a" * 99, '{"call":{"id":[]}}']
)
def test_what_cannot_be_read_says_nothing(body: str) -> None:
    assert read_notice(parse_notice(body.encode()), DESCRIBED).call == ""


def test_who_calls_is_seen_before_one_answers(gate: Gate, world: World) -> None:
    browser = manager(world)
    open_ticket(
        world.clients["romashka"], TicketType.objects.get(slug="question"), "Где заказ?",
        by=world.as_staff("manager"), at=AT,
    )  # fmt: skip
    assert browser.get("/desk/calls/now/?seen=").status_code == 204
    assert told(gate, "incoming") == 204
    banner = page(browser, "/desk/calls/now/?seen=")
    assert "Ромашка" in banner and "+7 916 123-45-67" in banner and "звонит" in banner
    assert "Первый ответ" in banner and "Где заказ?" in banner
    call = Call.objects.get()
    assert f"/desk/clients/{world.clients['romashka'].pk}/tickets/new/?call={call.pk}" in banner
    assert browser.get(f"/desk/calls/now/?seen={call.pk}r").status_code == 204
    # Nobody else is called.
    assert manager(world, "lawyer").get("/desk/calls/now/?seen=").status_code == 204
    told(gate, "answered")
    assert "разговор" in page(browser, f"/desk/calls/now/?seen={call.pk}r")
    told(gate, "hangup", record="https://records.example/1.mp3")
    # Just now it may still be written down.
    assert "Записать звонок" in page(browser, f"/desk/calls/now/?seen={call.pk}a")
    later(gate, 3 * MINUTE)
    assert 'data-live="/desk/calls/now/?seen="' in page(
        browser, f"/desk/calls/now/?seen={call.pk}e"
    )
    call.refresh_from_db()
    assert (call.state, call.recording) == ("ended", "https://records.example/1.mp3")
    assert Ticket.objects.count() == 1


def test_without_an_exchange_nobody_asks_twice(world: World) -> None:
    assert manager(world).get("/desk/calls/now/?seen=").status_code == 286


def test_a_call_is_written_down_with_its_person(gate: Gate, world: World) -> None:
    told(gate, "ringing")
    call, browser = Call.objects.get(), manager(world)
    path = f"/desk/clients/{world.clients['romashka'].pk}/tickets/new/?call={call.pk}"
    assert f'value="{world.guests["anna"].pk}" selected' in page(browser, path)
    kind = TicketType.objects.get(slug="question").pk
    browser.post(path, {"contact": world.guests["anna"].pk, "kind": kind, "text": "Спросила."})
    told(gate, "hangup", record="https://records.example/1.mp3")
    call.refresh_from_db()
    assert call.ticket == Ticket.objects.get()
    beside = page(browser, f"/desk/tickets/{call.ticket_id}/")
    assert "https://records.example/1.mp3" in beside and "Запись разговора" in beside
    told(gate, "ringing", call="2", record="javascript:alert(1)")
    assert Call.objects.latest("pk").recording == ""


def test_a_missed_call_is_a_promise_to_call_back(gate: Gate, world: World) -> None:
    told(gate, "ringing")
    later(gate, MINUTE)
    told(gate, "missed")
    ticket = Ticket.objects.select_related("case", "reply", "taken_by").get()
    assert ticket.case.client == world.clients["romashka"]
    assert ticket.case.owner == world.staff["manager"]
    assert ticket.reply.words("ru") == "Перезвонить вам"
    assert ticket.reply.due_at == AT + MINUTE + timedelta(minutes=30)
    assert (ticket.channel, ticket.remarks.get().kind) == ("call", "missed")
    assert "Пропущенный звонок" in ticket.case.title
    assert "пропущенный звонок" in page(manager(world), f"/desk/tickets/{ticket.pk}/")
    say_in_ticket(ticket, "Перезвонил.", by=world.as_staff("manager"), at=AT + HOUR, how="call")
    assert fresh(ticket).reply.state == "kept"


def test_one_that_ended_unanswered_was_missed(gate: Gate) -> None:
    told(gate, "ringing")
    told(gate, "hangup")
    assert Call.objects.get().state == "missed"


def test_calling_again_within_the_hour_is_the_same_case(gate: Gate, world: World) -> None:
    for number in range(3):
        told(gate, "missed", call=str(number))
        later(gate, 10 * MINUTE)
    ticket = Ticket.objects.get()
    assert list(Remark.objects.values_list("kind", flat=True)) == ["missed"] * 3
    assert Entry.objects.filter(kind="ticket.call_missed").count() == 2
    # Called back: who calls after that asks for something again.
    say_in_ticket(ticket, "Да", by=world.as_staff("manager"), at=later(gate, MINUTE), how="call")
    later(gate, 2 * HOUR)
    told(gate, "missed", call="9")
    assert Ticket.objects.count() == 2


def test_a_number_nobody_knows_becomes_a_client_to_confirm(gate: Gate, world: World) -> None:
    told(gate, "missed", number="89031112233")
    client = Ticket.objects.select_related("case__client").get().case.client
    assert (client.phone, find_caller("+79031112233").client) == ("+79031112233", client)
    # Nothing written reaches them: no promise is kept by words that nobody hears.
    ticket, director = Ticket.objects.get(), manager(world, "director")
    beside = page(director, f"/desk/tickets/{ticket.pk}/")
    assert "Письменно с этим клиентом не связаться" in beside and "tel:+7-903-111-22-33" in beside
    written = director.post(f"/desk/tickets/{ticket.pk}/say/", {"text": "Алло", "how": "answer"})
    assert written.status_code == 422 and fresh(ticket).reply.state == "running"
    add_point(ticket.contact, "email", "who@mail.example", by=None, at=AT)
    director.post(f"/desk/tickets/{ticket.pk}/say/", {"text": "Алло", "how": "answer"})
    assert fresh(ticket).reply.state == "kept"
    assert Remark.objects.get(side="ours").channel == "mail"
    told(gate, "missed", number="anonymous", call="2")
    assert (Call.objects.count(), Ticket.objects.count()) == (2, 2)


def test_a_hidden_number_is_a_promise_too(gate: Gate, world: World) -> None:
    for number, caller in enumerate(("", "anonymous")):
        told(gate, "missed", number=caller, call=str(number))
    ticket = Ticket.objects.select_related("case__client", "reply").get()
    assert (ticket.case.title, ticket.case.client.name) == (
        "Пропущенный звонок, номер скрыт", "Номер скрыт",
    )  # fmt: skip
    assert ticket.reply.due_at == AT + timedelta(minutes=30)
    # Nobody can call them back.
    assert ticket.reply.words("ru") == "Выяснить, кто звонил"
    assert "Номер скрыт" in page(manager(world, "director"), f"/desk/tickets/{ticket.pk}/")
    later(gate, 2 * HOUR)
    told(gate, "missed", number="", call="3")
    assert Ticket.objects.count() == 2
    assert Client.objects.filter(name="Номер скрыт").count() == 1


@pytest.mark.parametrize(
    ("number", "said"),
    [(ANNA, "Ромашка"), ("89031112233", "Незнакомый номер"), ("", "Номер скрыт")],
)
def test_a_call_to_the_main_line_rings_at_every_desk_until_answered(
    gate: Gate, world: World, number: str, said: str
) -> None:
    told(gate, "ringing", number=number, to=MAIN)
    call, lawyer = Call.objects.get(), manager(world, "lawyer")
    banner = page(lawyer, "/desk/calls/now/?seen=")
    assert said in banner and "звонит" in banner
    with CaptureQueriesContext(connection) as asked:
        assert lawyer.get(f"/desk/calls/now/?seen={call.pk}r").status_code == 204
    assert len([one for one in asked if '"tickets_call"' in one["sql"]]) == 1
    assert len([one for one in asked if '"outreach_gate"' in one["sql"]]) == 1
    plan_absence(world.staff["lawyer"], AT, AT + HOUR, by=None, at=AT)
    assert "звонит" not in page(lawyer, f"/desk/calls/now/?seen={call.pk}r")
    # Picked up by the manager: nobody else sees it any more, and it is theirs.
    told(gate, "answered", number=number)
    call.refresh_from_db()
    assert call.employee == world.staff["manager"]
    assert manager(world, "finance").get("/desk/calls/now/?seen=").status_code == 204
    assert "разговор" in page(manager(world), "/desk/calls/now/?seen=")


def test_whoever_picked_up_says_so_where_the_exchange_does_not(gate: Gate, world: World) -> None:
    told(gate, "ringing", to=MAIN)
    told(gate, "answered", to=MAIN)
    call, lawyer, finance = Call.objects.get(), manager(world, "lawyer"), manager(world, "finance")
    for browser in (lawyer, finance):
        banner = page(browser, "/desk/calls/now/?seen=")
        assert "АТС не говорит, кто" in banner and "Ромашка" in banner
    sent = lawyer.post(f"/desk/calls/{call.pk}/take/")
    assert sent.headers["Location"].endswith(f"/tickets/new/?call={call.pk}")
    assert finance.get("/desk/calls/now/?seen=").status_code == 204
    assert "Записать звонок" in page(lawyer, "/desk/calls/now/?seen=")
    late = finance.post(f"/desk/calls/{call.pk}/take/", follow=True).content.decode()
    assert "Ольга Петрова" in late
    call.refresh_from_db()
    assert call.employee == world.staff["lawyer"]
    # One nobody owned up to says so shortly after its end, then leaves everybody in peace.
    told(gate, "ringing", call="2", to=MAIN)
    told(gate, "answered", call="2", to=MAIN)
    told(gate, "hangup", call="2", to=MAIN)
    assert "никто ещё не записал" in page(finance, "/desk/calls/now/?seen=")
    later(gate, 3 * MINUTE)
    assert finance.get("/desk/calls/now/?seen=").status_code == 204


def test_taken_while_it_rings_where_answers_are_never_told(gate: Gate, world: World) -> None:
    Gate.objects.filter(pk=gate.pk).update(options={**gate.options, "answered": ""})
    told(gate, "ringing", number="89031112233", to=MAIN)
    call, lawyer = Call.objects.get(), manager(world, "lawyer")
    path = f"/desk/tickets/new/?call={call.pk}"
    assert lawyer.post(f"/desk/calls/{call.pk}/take/").headers["Location"] == path
    call.refresh_from_db()
    assert (call.state, call.employee) == ("answered", world.staff["lawyer"])
    kind = TicketType.objects.get(slug="question").pk
    lawyer.post(path, {"name": "Олег", "phone": "89031112233", "kind": kind, "text": "Спросил."})
    assert "разговор" in page(lawyer, "/desk/calls/now/?seen=")
    told(gate, "hangup", number="89031112233", to=MAIN)
    assert lawyer.get("/desk/calls/now/?seen=").status_code == 204


def test_told_again_or_out_of_turn_changes_nothing(gate: Gate) -> None:
    for event in ("ringing", "missed", "missed", "ringing", "answered", "hangup"):
        told(gate, event)
    assert Call.objects.get().state == "missed"
    assert (Ticket.objects.count(), Remark.objects.count()) == (1, 1)


def test_our_own_calls_out_are_not_calls_in(gate: Gate) -> None:
    told(gate, "ringing", number=DESK)
    told(gate, "something else", call="2")
    assert not Call.objects.exists()


def test_by_the_tail_of_a_number(gate: Gate, world: World) -> None:
    client = world.clients["romashka"]
    Client.objects.filter(pk=client.pk).update(phone="123-98-76 (495)", looked_at=None)
    client.refresh_from_db()
    Client.objects.filter(pk=client.pk).update(phone="+7 (495) 123-98-76", looked_at=None)
    work.find_same_clients(AT)
    assert find_caller("74951239876").client == client
    assert find_caller("+998951239876").client == client
    assert find_caller("9876").client is None


def test_the_secret_is_all_the_way_in(gate: Gate, caplog: pytest.LogCaptureFixture) -> None:
    browser = Browser()
    assert browser.post("/calls/wrong/", "{}", "application/json").status_code == 404
    record = logging.LogRecord("x", 40, "", 0, "Fault at %s", (f"/calls/{gate.key}/",), None)
    Discreet().filter(record)
    assert gate.key not in record.getMessage() and "/calls/…" in record.getMessage()
    close_gate(gate, by=None, at=AT)
    assert told(gate, "ringing") == 404


def test_the_firm_tries_a_notice_first(gate: Gate, world: World) -> None:
    director = manager(world, "director")
    path = f"/desk/firm/channels/{gate.pk}/"
    assert f"/calls/{gate.key}/" in page(director, path)
    sample = json.dumps({"event": "incoming", "call": {"id": 5, "from": ANNA, "to": DESK}})
    said = director.post(f"{path}try/", {"sample": sample}).content.decode()
    assert "Ромашка" in said and "Игорь Ким" in said and "incoming" in said
    assert not Call.objects.exists()
    assert manager(world, "lawyer").post(f"{path}try/", {"sample": sample}).status_code == 403
    described = {**DESCRIBED, "name": "АТС", "language": "ru", "kind": gate.options["kind"]}
    wrong: dict[str, Any] = {**described, "call": "no such path!"}
    assert director.post(path, wrong).status_code == 422
    assert director.post(path, described).status_code == 302


def test_a_notice_that_says_nothing_is_named(gate: Gate) -> None:
    Browser().post(f"/calls/{gate.key}/", "{}", "application/json")
    gate.refresh_from_db()
    assert gate.fault
    told(gate, "ringing")
    gate.refresh_from_db()
    assert not gate.fault


def test_an_erased_person_leaves_no_number(gate: Gate, world: World) -> None:
    told(gate, "ringing")
    erase_person(world.guests["anna"], by=None, at=AT)
    work.react(AT)
    assert Call.objects.values_list("caller", "number").get() == ("", "")


def test_a_secret_that_leaked_opens_no_flood(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "NOTICES", 2)
    answers = [told(gate, "ringing", call=str(number)) for number in range(3)]
    assert answers == [204, 204, 429] and Call.objects.count() == 2
    later(gate, HOUR)
    assert told(gate, "ringing", call="9") == 204
