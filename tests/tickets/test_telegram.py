"""A bot of the firm: what people write to it is a request, what we answer comes back there."""

import json
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from tests.contracts.worlds import AT, HOUR
from tests.support.bot_api import TOKEN, BotServer
from tests.tickets.asked import fresh
from tests.tickets.gates import a_gate, page
from zabota.clients.models import ContactPoint
from zabota.common import clock
from zabota.home import work
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.outreach.actions import change_gate, receive_update
from zabota.outreach.bot import Bot, BotFault
from zabota.outreach.models import Gate, Message, Received, Thread
from zabota.outreach.outlets import bot_of
from zabota.outreach.watch_bots import BotWatch
from zabota.people.actions import change_firm
from zabota.tickets.actions import end_ticket, say_in_ticket
from zabota.tickets.models import Remark, Ticket, TicketType

CHAT = 4242


@pytest.fixture
def server() -> Iterator[BotServer]:
    with BotServer() as made:
        yield made


@pytest.fixture
def gate(world: World, server: BotServer, monkeypatch: pytest.MonkeyPatch) -> Gate:
    monkeypatch.setattr(clock, "now", lambda: AT)
    return a_gate("telegram", token=TOKEN, bot="svet_bot", api=server.url)


def fetch(gate: Gate, at: datetime = AT) -> int:
    """A round of the worker: what came, what follows, what leaves."""
    gate.refresh_from_db()
    watch = BotWatch(threading.Event(), threading.Event(), hold=0)
    bot = bot_of(gate)
    count = watch.take(gate, bot, bot.updates(gate.last_update, 0))
    round_of_work(at)
    return count


def round_of_work(at: datetime) -> None:
    work.react(at)
    work.announce(at)
    work.send(at)


def test_a_stranger_has_a_receipt_in_the_same_chat(gate: Gate, server: BotServer) -> None:
    server.writes(CHAT, "Не горит фонарь у входа.")
    assert fetch(gate) == 1
    ticket = Ticket.objects.select_related("case__client", "contact").get()
    assert (ticket.channel, ticket.case.client.name) == ("telegram", "Пётр")
    assert ContactPoint.objects.get(contact=ticket.contact).value == f"telegram:{CHAT}"
    (receipt,) = server.sent
    assert receipt["chat_id"] == str(CHAT)
    assert "Вам ответит человек" in receipt["text"] and ticket.case.number[2:6] in receipt["text"]
    assert "http" not in receipt["text"]
    # A machine's receipt is no answer.
    assert fresh(ticket).reply.state == "running"


def test_our_answer_goes_there_and_theirs_comes_into_the_thread(
    gate: Gate, server: BotServer, world: World
) -> None:
    server.writes(CHAT, "Не горит фонарь.")
    fetch(gate)
    ticket, manager = Ticket.objects.get(), world.as_staff("manager")
    said = say_in_ticket(ticket, "Который?", by=manager, at=AT, how="ask")
    assert said.channel == "telegram"
    round_of_work(AT + timedelta(seconds=1))
    assert "Который?" in server.sent[-1]["text"]
    server.writes(CHAT, "Левый.", reply_to_message={"message_id": 502})
    fetch(gate, AT + HOUR)
    remarks = list(Remark.objects.order_by("pk").values_list("text", "channel"))
    assert remarks[-1] == ("Левый.", "telegram")
    assert (Ticket.objects.count(), fresh(ticket).case.state) == (1, "open")
    assert Received.objects.latest("pk").answers == Message.objects.get(purpose="ticket_turn")
    assert "Телеграм" in page(browser(world, "director"), f"/desk/tickets/{ticket.pk}/")


def browser(world: World, key: str) -> Browser:
    made = Browser()
    rows = world.guests if key in world.guests else world.staff
    made.force_login(rows[key].user)  # type: ignore[index]
    return made


def test_files_come_and_go(gate: Gate, server: BotServer, world: World) -> None:
    server.files["photos/1.jpg"] = b"\xff\xd8picture"
    server.writes(CHAT, caption="Вот он", photo=[{"file_id": "x"}, {"file_id": "photos/1.jpg"}])
    fetch(gate)
    ticket = Ticket.objects.get()
    assert Received.objects.get().files.get().name == "photo.jpg"
    path = f"/desk/tickets/{ticket.pk}/"
    assert "photo.jpg" in page(browser(world, "director"), path)
    note = SimpleUploadedFile("схема.pdf", b"%PDF-1.7")
    sent = {"text": "Смотрите схему.", "how": "answer", "files": note, "channel": "telegram"}
    browser(world, "director").post(f"{path}say/", sent)
    # The words have left when the file fails: they are not said twice.
    server.refuse = []
    work.announce(AT)
    message = Message.objects.get(purpose="ticket_reply")
    Message.objects.filter(pk=message.pk).update(outer_id="601")
    round_of_work(AT)
    assert server.sent[-1] == {"file": "схема.pdf", "data": b"%PDF-1.7"}
    assert not [one for one in server.sent if "Смотрите" in str(one.get("text"))]


def test_another_way_may_be_chosen(gate: Gate, server: BotServer, world: World) -> None:
    link(gate, server, world)
    server.writes(CHAT, "Где заказ?")
    fetch(gate)
    ticket = Ticket.objects.get()
    assert ticket.contact == world.guests["anna"]
    path = f"/desk/tickets/{ticket.pk}/"
    manager = browser(world, "manager")
    assert 'name="channel"' in page(manager, path)
    manager.post(f"{path}say/", {"text": "В кабинете.", "how": "answer", "channel": "room"})
    round_of_work(AT)
    message = Message.objects.get(purpose="ticket_reply")
    assert (message.channel, message.to) == ("email", world.guests["anna"].user)
    assert Remark.objects.latest("pk").channel == "room"
    # What is no way of theirs is as if nothing was chosen.
    manager.post(f"{path}say/", {"text": "Ещё.", "how": "answer", "channel": "chat"})
    assert Remark.objects.latest("pk").channel == "telegram"


def link(gate: Gate, server: BotServer, world: World) -> str:
    made = browser(world, "anna").post(f"/room/bots/{gate.pk}/link/").content.decode()
    code = made.partition("?start=")[2].partition('"')[0]
    assert "https://t.me/svet_bot?start=" in made and len(code) == 24
    server.writes(CHAT, f"/start {code}", name="Anna")
    fetch(gate)
    return code


def test_a_link_from_the_room_says_whose_it_is(gate: Gate, server: BotServer, world: World) -> None:
    anna = browser(world, "anna")
    assert "Подключить" in page(anna, "/room/profile/")
    code = link(gate, server, world)
    assert "Подключено" in server.sent[-1]["text"] and not Ticket.objects.exists()
    assert "подключён" in page(anna, "/room/profile/")
    server.writes(999, f"/start {code}")
    fetch(gate)
    assert "больше не действует" in server.sent[-1]["text"]
    server.writes(CHAT, "Где заказ?")
    fetch(gate)
    assert Ticket.objects.get().contact == world.guests["anna"]
    # Their letters bear the way back into the room.
    assert "/room/tickets/" in server.sent[-1]["text"]
    anna.post(f"/room/bots/{gate.pk}/part/")
    assert Entry.objects.filter(kind="outreach.thread_parted").count() == 1
    assert not Thread.objects.filter(contact=world.guests["anna"]).exists()


def test_whoever_only_starts_is_greeted_once(gate: Gate, server: BotServer) -> None:
    for _ in range(3):
        server.writes(CHAT, "/start")
    fetch(gate)
    assert len(server.sent) == 1 and "Напишите" in server.sent[0]["text"]
    assert not Received.objects.exists()


def test_machines_and_groups_are_passed_over(gate: Gate, server: BotServer) -> None:
    server.writes(CHAT, "спам", **{"from": {"id": 1, "is_bot": True}})
    server.writes(CHAT, "всем", chat={"id": -5, "type": "group"})
    server.writes(CHAT, sticker={"file_id": "s"})
    server.writes(CHAT, "сломано", **{"from": None})
    assert fetch(gate) == 4
    assert not Received.objects.exists() and not server.sent
    gate.refresh_from_db()
    assert gate.last_update == 9004


def test_what_comes_twice_does_nothing(gate: Gate, server: BotServer) -> None:
    server.writes(CHAT, "Раз.")
    fetch(gate)
    Gate.objects.filter(pk=gate.pk).update(last_update=0)
    fetch(gate)
    assert (Received.objects.count(), Remark.objects.count()) == (1, 1)


def test_numbers_that_begin_anew_or_come_out_of_turn_lose_nothing(
    gate: Gate, server: BotServer
) -> None:
    watch = BotWatch(threading.Event(), threading.Event(), hold=0)
    server.writes(CHAT, "Раз.")
    count = watch.ask(gate, bot_of(gate), 0)
    assert watch.ask(gate, bot_of(gate), count) == 0
    # After a quiet week Telegram counts from any number.
    server.writes(CHAT, "Два.")["update_id"] = 17
    assert watch.ask(gate, bot_of(gate), 0) == 1
    late = server.writes(CHAT, "Три.") | {"update_id": 3}
    receive_update(gate, late, bot_of(gate), by=None, at=AT)
    round_of_work(AT)
    assert [one.text for one in Remark.objects.filter(side="theirs").order_by("pk")] == [
        "Раз.", "Два.", "Три.",
    ]  # fmt: skip


def test_what_is_put_right_is_said_once_more(gate: Gate, server: BotServer) -> None:
    update = server.writes(CHAT, "Дом 7")
    fetch(gate)
    said = {**update["message"], "text": "Дом 17", "edit_date": 5}
    for number in (9100, 9101):
        edited = {"update_id": number, "edited_message": said}
        receive_update(gate, edited, bot_of(gate), by=None, at=AT)
    round_of_work(AT)
    lines = list(Remark.objects.filter(side="theirs").values_list("text", flat=True))
    assert lines == ["Дом 7", "Исправлено: Дом 17"]


def test_after_three_quiet_days_it_is_about_something_else(
    gate: Gate, server: BotServer, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.writes(CHAT, "Первое.")
    fetch(gate)
    end_ticket(Ticket.objects.get(), "solved", "Готово.", by=world.as_staff("manager"), at=AT)
    server.writes(CHAT, "спасибо")
    fetch(gate)
    assert (Ticket.objects.count(), Ticket.objects.get().case.state) == (1, "done")
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(days=4))
    server.writes(CHAT, "Второе.")
    fetch(gate, AT + timedelta(days=4))
    assert Ticket.objects.count() == 2


def test_who_blocked_the_bot_is_not_asked_again(
    gate: Gate, server: BotServer, world: World
) -> None:
    server.writes(CHAT, "Раз.")
    server.refuse = [(403, {"description": "Forbidden: bot was blocked by the user"})]
    fetch(gate)
    message = Message.objects.get(gate=gate)
    assert (message.state, message.fault) == ("failed", "Forbidden: bot was blocked by the user")
    assert "blocked" in page(browser(world, "director"), "/desk/firm/undelivered/")


def test_a_busy_server_says_when_to_come_back(gate: Gate, server: BotServer) -> None:
    server.writes(CHAT, "Раз.")
    server.refuse = [(429, {"description": "Too Many Requests", "parameters": {"retry_after": 7}})]
    fetch(gate)
    assert Message.objects.get(gate=gate).send_after == AT + timedelta(seconds=7)
    work.send(AT + timedelta(seconds=8))
    assert Message.objects.get(gate=gate).state == "sent" and len(server.sent) == 1


def test_the_token_is_in_no_fault(gate: Gate, server: BotServer) -> None:
    assert TOKEN not in gate.secret
    for bot in (Bot(TOKEN, "http://127.0.0.1:9"), Bot("7:wrong", server.url)):
        with pytest.raises(BotFault) as fault:
            bot.send_text("1", "x")
        assert "token" not in str(fault.value) and "wrong" not in str(fault.value)
    with pytest.raises(BotFault):
        Bot(TOKEN, "file:///etc/passwd")
    with pytest.raises(BotFault):
        Bot(TOKEN, server.url).file("../secret")


def test_long_words_go_in_several(server: BotServer) -> None:
    assert Bot(TOKEN, server.url).send_text("1", "я" * 9000) == "501"
    assert [len(one["text"]) for one in server.sent] == [4096, 4096, 808]


def test_news_end_the_waiting(gate: Gate, server: BotServer) -> None:
    timer = threading.Timer(0.1, lambda: server.writes(CHAT, "Раз."))
    timer.start()
    assert len(bot_of(gate).updates(0, 20)) == 1
    assert server.asked[-1]["timeout"] == 20


def test_the_firm_sets_it_up(gate: Gate, world: World) -> None:
    director = browser(world, "director")
    path = f"/desk/firm/channels/{gate.pk}/"
    shown = page(director, path)
    assert "https://t.me/svet_bot" in shown and TOKEN not in shown
    typed = {
        "name": "Бот", "language": "ru", "bot": "@other_bot", "token": "",
        "kind": gate.options["kind"], "api": "",
    }  # fmt: skip
    assert director.post(path, typed).status_code == 302
    gate.refresh_from_db()
    assert gate.options["bot"] == "other_bot" and gate.secret
    without = director.post("/desk/firm/channels/new/telegram/", typed)
    assert without.status_code == 422 and "токен" in without.content.decode()
    change_gate(gate, {"secret_env": "BOT"}, by=None, at=AT)
    gate.refresh_from_db()
    assert not gate.secret


def told_by_itself(gate: Gate, server: BotServer, text: str, secret: str | None = None) -> int:
    """The server calls the address it was given."""
    assert server.webhook is not None
    path = server.webhook["url"].removeprefix(settings.BASE_URL)
    sent = server.webhook["secret_token"] if secret is None else secret
    update = server.writes(CHAT, text)
    headers = {"X-Telegram-Bot-Api-Secret-Token": sent}
    answers = [
        Browser().post(path, json.dumps(update), "application/json", headers=headers)
        for _ in range(2)
    ]
    return answers[0].status_code


def test_the_server_may_tell_us_by_itself(gate: Gate, server: BotServer, world: World) -> None:
    options = {**gate.options, "webhook": True}
    gate = change_gate(gate, {"options": options}, by=None, at=AT)
    stop = threading.Event()
    watch = BotWatch(stop, threading.Event(), hold=0)
    stop.set()
    watch.read(gate)
    assert server.webhook is not None and server.webhook["max_connections"] == 1
    assert told_by_itself(gate, server, "Не горит фонарь.") == 200
    round_of_work(AT)
    # Told twice, taken in once.
    assert (Ticket.objects.count(), Remark.objects.count()) == (1, 1) and not server.asked
    assert "Вам ответит человек" in server.sent[-1]["text"]
    for wrong in ("", "чужой", server.webhook["secret_token"][:-1]):
        assert told_by_itself(gate, server, "Ложь", wrong) == 404
    path = server.webhook["url"].removeprefix(settings.BASE_URL)
    secret = {"X-Telegram-Bot-Api-Secret-Token": server.webhook["secret_token"]}
    for broken in ("[]", "{", '{"update_id": "x"}', ""):
        answer = Browser().post(path, broken, "application/json", headers=secret)
        assert answer.status_code == 200
    assert Remark.objects.count() == 1
    # Asked again: what the server told of no one may tell any more.
    gate = change_gate(gate, {"options": {**options, "webhook": False}}, by=None, at=AT)
    assert told_by_itself(gate, server, "Поздно") == 404
    watch.read(gate)
    assert server.webhook == {}


def test_the_form_says_what_a_webhook_needs(gate: Gate, world: World) -> None:
    director = browser(world, "director")
    typed = {
        "name": "Бот", "language": "ru", "kind": TicketType.objects.get(slug="question").pk,
        "bot": "svet_bot", "token": TOKEN, "secret_env": "", "api": "", "webhook": "on",
    }  # fmt: skip
    answer = director.post(f"/desk/firm/channels/{gate.pk}/", typed)
    assert answer.status_code == 422 and "https://" in answer.content.decode()
    typed["api"] = "https://bots.svet.example"
    assert director.post(f"/desk/firm/channels/{gate.pk}/", typed).status_code == 302
    gate.refresh_from_db()
    assert gate.options["webhook"] is True
    page = director.get("/desk/firm/channels/new/telegram/").content.decode()
    assert '<option value="ru" selected>' in page
    change_firm({"language": "en"}, by=None, at=AT)
    page = director.get("/desk/firm/channels/new/telegram/").content.decode()
    assert '<option value="en" selected>' in page
