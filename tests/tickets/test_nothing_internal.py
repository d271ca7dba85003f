"""Nothing internal shows on the client's side of a request, by whichever channel it came."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.test import Client as Browser

from tests.contracts.browsers import browser_of
from tests.contracts.test_every_column import INTERNAL, OURS, mark
from tests.contracts.worlds import AT, HOUR
from tests.support.bot_api import TOKEN, BotServer
from tests.tickets.asked import asked
from tests.tickets.gates import a_gate, mark_in, page
from tests.tickets.test_follow_script import script_of
from tests.tickets.test_kind_fields import question
from tests.tickets.test_use_macro import macro_of
from zabota.cases.actions import (
    Beyond,
    Explained,
    explain_promise,
    go_beyond,
    link_cases,
)
from zabota.cases.models import Explanation
from zabota.common import clock
from zabota.home import work
from zabota.home.world import World
from zabota.outreach.models import Gate, Thread
from zabota.outreach.outlets import bot_of
from zabota.outreach.watch_bots import BotWatch
from zabota.tickets.actions import (
    change_priority,
    say_in_ticket,
    take_ticket,
    watch_ticket,
)
from zabota.tickets.actions.calls import hear_of_call
from zabota.tickets.actions.fields import set_details
from zabota.tickets.actions.snooze import snooze_ticket
from zabota.tickets.calls import Notice
from zabota.tickets.models import Ticket

CHAT, MAIL = 4242, "frolova@nigde.example"
TOLD = ("Везём замену сами.", "Мастер заболел, едет другой.")
# Without these nothing would leave: they stay as they are; the bot's own secret is looked for, too.
NEEDED = {"outreach.Gate": {"secret", "secret_env", "watcher"}, "outreach.Thread": {"outer"}}


@pytest.fixture
def server() -> Iterator[BotServer]:
    with BotServer() as made:
        yield made


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list:  # type: ignore[type-arg]
    moments = [AT]
    monkeypatch.setattr(clock, "now", lambda: moments[0])
    return moments


def came(world: World, server: BotServer, now: list) -> tuple[list[Ticket], Browser, list[str]]:  # type: ignore[type-arg]
    """A request by each way, the browser of a visitor, and the pages they read."""
    bot = a_gate("telegram", token=TOKEN, bot="svet_bot", api=server.url)
    chat, form = a_gate("chat", file=True), a_gate("form", asks="either")
    phone = a_gate("phone", minutes=30)
    visitor, addresses = Browser(), []
    marks = [mark_in(page(visitor, f"/{way}/{one.key}/")) for way, one in
             (("chat", chat), ("ask", form))]  # fmt: skip
    now[0] += timedelta(seconds=20)
    for way, gate, sent in (("chat", chat, marks[0]), ("ask", form, marks[1])):
        words = {"text": "Вы открыты?", "mark": sent, "name": "Ирина", "reached": MAIL}
        addresses.append(visitor.post(f"/{way}/{gate.key}/", words).headers["Location"])
    server.writes(CHAT, "Не горит фонарь.")
    fetch(bot)
    missed = Notice("7001", "missed", "missed", "+79261112233", "", "")
    hear_of_call(phone, missed, by=None, at=AT)
    asked(world)
    return list(Ticket.objects.order_by("pk")), visitor, addresses


def fetch(gate: Gate) -> None:
    gate.refresh_from_db()
    bot = bot_of(gate)
    watch = BotWatch(threading.Event(), threading.Event(), hold=0)
    watch.take(gate, bot, bot.updates(gate.last_update, 0))
    work.react(AT)


def lived(world: World, ticket: Ticket, other: Ticket) -> None:
    """Everything that is ours alone, and words for the client beside it."""
    director, at = world.as_staff("director"), AT + HOUR
    take_ticket(ticket, by=director, at=at)
    say_in_ticket(ticket, f"{OURS} заметка", by=director, at=at, how="note")
    say_in_ticket(ticket, f"{OURS} разговор", by=director, at=at, how="call")
    change_priority(ticket, "low", by=director, at=at, reason=f"{OURS} причина")
    beyond = Beyond(f"{OURS} правило", f"{OURS} зачем", Decimal(1), "RUB", TOLD[0])
    go_beyond(ticket.case, beyond, by=director, at=at)
    link_cases(ticket.case, other.case, "concerns", by=director, at=at)
    watch_ticket(ticket, world.staff["lawyer"], by=director, at=at)
    if ticket.channel != "call":  # nothing that is written reaches whoever only called
        say_in_ticket(ticket, "Едем к вам.", by=director, at=at)
    snooze_ticket(ticket, at + HOUR, by=director, at=at)


def explained(world: World) -> None:
    """Of what broke, why among ourselves and why to the client."""
    late = AT + timedelta(days=60)
    work.escalate_broken(late)
    work.react(late)
    for one in Explanation.objects.select_related("case"):
        why = Explained("hands", f"{OURS} почему", TOLD[1])
        explain_promise(one, why, by=world.as_staff("director"), at=late)


def marked() -> None:
    for label, names in INTERNAL.items():
        mark(label, tuple(one for one in names if one not in NEEDED.get(label, ())), OURS)


def test_no_marker_crosses_by_any_way(world: World, server: BotServer, now: list) -> None:  # type: ignore[type-arg]
    inner = question(world, "Номер щита", asked="ours")
    script_of(world, name_ru=f"{OURS} сценарий")
    macro_of(world, name_ru=f"{OURS} готовый ответ")
    tickets, visitor, addresses = came(world, server, now)
    assert {one.channel for one in tickets} == {"room", "chat", "form", "telegram", "call"}
    for one in tickets:
        lived(world, one, tickets[one is tickets[0]])
    own = tickets[-1]
    set_details(own, {inner: f"{OURS} ответ"}, None, by=world.as_staff("director"), at=AT + HOUR)
    explained(world)
    marked()
    for step in (work.announce, work.send):
        for hours in (2, 24 * 61):
            step(AT + timedelta(hours=hours))
    anna = browser_of(world, "anna")
    rooms = ["/room/", "/room/tickets/", "/room/tickets/new/", f"/room/tickets/{own.pk}/"]
    theirs = [page(anna, path) for path in rooms] + [page(visitor, path) for path in addresses]
    theirs.append(anna.post("/room/profile/export/").content.decode())
    theirs += [str(said) for said in server.sent]
    letters = [one for one in mail.outbox if "severny-svet" not in one.to[0]]
    theirs += [f"{one.subject} {one.message()} {one.body}" for one in letters]
    assert not [text[:400] for text in theirs if OURS in text or TOKEN in text]
    # What is theirs to read came by every way.
    assert any("Едем к вам." in str(said) for said in server.sent)
    assert any("Едем к вам." in one.body for one in letters)
    assert "Едем к вам." in theirs[len(rooms)] and TOLD[0] in theirs[3]
    desk = browser_of(world, "director")
    for one in tickets:
        read = page(desk, f"/desk/tickets/{one.pk}/")
        assert f"{OURS} заметка" in read and f"{OURS} разговор" in read
    assert Thread.objects.count() == 2
