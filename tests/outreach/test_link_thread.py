"""A conversation becomes a person's by a link from the room: once, and not for long."""

from datetime import timedelta

import pytest

from tests.contracts.worlds import AT, world
from zabota.clients.actions import erase_person
from zabota.clients.models import ContactPoint
from zabota.home import work
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.outreach.actions import (
    Arrival,
    begin_thread,
    link_thread,
    make_link_code,
    open_gate,
    receive_words,
)
from zabota.outreach.models import Gate, LinkCode, Message, Received, Thread

__all__ = ["world"]


@pytest.fixture
def gate(world: World) -> Gate:
    fields = {"name": "Бот", "language": "ru", "options": {}, "token": "1:тайна"}
    return open_gate("telegram", fields, by=None, at=AT)  # type: ignore[arg-type]


def code_for(world: World, gate: Gate) -> str:
    anna = world.guests["anna"]
    assert anna.user is not None
    return make_link_code(gate, anna, by=anna.user, at=AT)


def test_the_link_makes_it_theirs_once(world: World, gate: Gate) -> None:
    code, thread = code_for(world, gate), begin_thread(gate, "77", by=None, at=AT)
    assert link_thread(thread, "made-up", by=None, at=AT) is None
    assert link_thread(thread, code, by=None, at=AT) == world.guests["anna"]
    assert Thread.objects.get().contact == world.guests["anna"]
    assert ContactPoint.objects.get(kind="messenger").value == "telegram:77"
    entry = Entry.objects.get(kind="outreach.thread_linked")
    assert entry.actor_id == world.guests["anna"].user_id
    other = begin_thread(gate, "78", by=None, at=AT)
    assert link_thread(other, code, by=None, at=AT) is None
    assert code not in LinkCode.objects.get().digest and "тайна" not in gate.secret


def test_an_old_link_and_one_replaced_are_over(world: World, gate: Gate) -> None:
    first, thread = code_for(world, gate), begin_thread(gate, "77", by=None, at=AT)
    second = code_for(world, gate)
    assert link_thread(thread, first, by=None, at=AT) is None
    assert link_thread(thread, second, by=None, at=AT + timedelta(hours=2)) is None


def test_what_is_said_comes_once(gate: Gate) -> None:
    arrival = Arrival(outer_id="5", text="Здравствуйте", raw=b"{}", name="Пётр")
    first = receive_words(gate, arrival, by=None, at=AT)
    again = receive_words(gate, arrival, by=None, at=AT)
    assert (first.is_new, again.is_new, again.letter) == (True, False, first.letter)
    assert (first.letter.waits, first.letter.mailbox) == ("unknown", None)


def test_an_erased_person_is_known_by_nothing(world: World, gate: Gate) -> None:
    code, thread = code_for(world, gate), begin_thread(gate, "77", by=None, at=AT)
    link_thread(thread, code, by=None, at=AT)
    arrival = Arrival(outer_id="5", text="Слова", raw=b"{}", name="Анна", thread=thread)
    receive_words(gate, arrival, by=None, at=AT)
    Message.objects.create(
        gate=gate, address="77", channel="telegram", purpose="ticket_reply", made_at=AT,
        send_after=AT, message_id="<1@x>",
    )  # fmt: skip
    erase_person(world.guests["anna"], by=None, at=AT)
    work.react(AT)
    thread.refresh_from_db()
    kept = [thread.outer, Message.objects.get(gate=gate).address, *Received.objects.values_list(
        "text", "sender", "sender_name")[0]]  # fmt: skip
    assert not {"77", "Слова", "Анна", "telegram:77"} & set(kept)
    assert not LinkCode.objects.exists()
