"""A letter begins a request, or goes on with one; nobody waits without a word."""

import re
from datetime import timedelta

import pytest

from tests.contracts.worlds import AT, HOUR
from tests.outreach.test_receive_letter import ADDRESS, email_of, mailbox, written
from tests.tickets.asked import asked, fresh, kinds
from zabota.clients.models import Client, ContactPoint
from zabota.home import work
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.outreach import rules
from zabota.outreach.actions import announce_entries, receive_letter
from zabota.outreach.headers import headers_of
from zabota.outreach.models import Mailbox, Message, Received
from zabota.outreach.render import render_mail
from zabota.outreach.tokens import reply_address
from zabota.tickets.actions import end_ticket, say_in_ticket
from zabota.tickets.models import Remark, Ticket

__all__ = ["mailbox"]
SECOND = timedelta(seconds=1)


def arrives(mailbox: Mailbox, sender: str, to: str, text: str) -> Received:
    letter = receive_letter(written(sender, to, text), mailbox, by=None, at=AT).letter
    for _ in range(2):
        work.react(AT + SECOND)
    announce_entries(by=None, at=AT + SECOND)
    letter.refresh_from_db()
    return letter


def messages(ticket: Ticket) -> dict[str, Message]:
    return {row.purpose: row for row in Message.objects.filter(case=ticket.pk).order_by("pk")}


def test_who_is_known_has_a_request_within_a_second(world: World, mailbox: Mailbox) -> None:
    letter = arrives(mailbox, email_of(world, "anna"), ADDRESS, "Не горит фонарь у входа.")
    ticket = Ticket.objects.select_related("case").get()
    assert ticket.case.client == world.clients["romashka"]
    assert (ticket.channel, letter.case, letter.is_waiting) == ("mail", ticket.case, False)
    assert [row.text for row in Remark.objects.all()] == ["Не горит фонарь у входа."]
    receipt = messages(ticket)["ticket_receipt"]
    assert receipt.to == world.guests["anna"].user
    assert receipt.send_after == AT + SECOND
    assert kinds(ticket) == ["ticket.opened", "outreach.letter_placed"]


def test_whom_nobody_knows_becomes_a_client_to_confirm(world: World, mailbox: Mailbox) -> None:
    arrives(mailbox, "nikto@nigde.example", ADDRESS, "Вы возите опоры в Тверь?")
    ticket = Ticket.objects.select_related("case__client", "contact").get()
    assert ticket.case.client.email == "nikto@nigde.example"
    assert ContactPoint.objects.get(contact=ticket.contact).value == "nikto@nigde.example"
    receipt = messages(ticket)["ticket_receipt"]
    assert (receipt.to, receipt.address) == (None, "nikto@nigde.example")
    mail = render_mail(receipt, [receipt], AT)
    assert "Вам ответит человек — до" in mail.text
    # Without an account there is nowhere to go: the letter is answered as it is.
    assert "http" not in mail.text and "http" not in mail.html


def test_who_writes_english_is_answered_so(world: World, mailbox: Mailbox) -> None:
    arrives(mailbox, "jane@abroad.example", ADDRESS, "Our lamp is broken, please help.")
    receipt = Message.objects.get(purpose="ticket_receipt", address="jane@abroad.example")
    assert "A person will answer you" in render_mail(receipt, [receipt], AT).text


def test_an_automaton_that_says_nothing_of_it_runs_into_a_limit(
    world: World, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "RECEIPTS_AN_HOUR", 2)
    for number in range(4):
        letter = arrives(mailbox, "ivan@loop.example", ADDRESS, f"Приняли, номер {number}")
        assert letter.case_id is not None
    receipts = Message.objects.filter(address="ivan@loop.example").order_by("pk")
    assert receipts.count() == 2 and Ticket.objects.count() == 4
    # Its program is told that a machine answers, and what.
    headers = headers_of(receipts[0], [receipts[0]])
    first = Received.objects.earliest("pk")
    assert headers["Auto-Submitted"] == "auto-replied"
    assert headers["In-Reply-To"] == first.message_id


def test_our_answer_is_read_in_the_letter_and_answered_by_one(
    world: World, mailbox: Mailbox
) -> None:
    arrives(mailbox, "nikto@nigde.example", ADDRESS, "Вы возите опоры в Тверь?")
    ticket = Ticket.objects.get()
    say_in_ticket(ticket, "Возим.\nКакой адрес?", by=world.as_staff("manager"), at=AT, how="ask")
    announce_entries(by=None, at=AT + HOUR)
    answer = messages(ticket)["ticket_turn"]
    assert "Возим.\nКакой адрес?" in render_mail(answer, [answer], AT).text
    letter = arrives(mailbox, "nikto@nigde.example", reply_address(ADDRESS, answer.pk), "Мира, 1")
    assert letter.case_id == ticket.pk
    assert fresh(ticket).case.state == "open"
    assert kinds(ticket)[-2:] == ["outreach.letter_received", "ticket.client_wrote"]
    assert Client.objects.filter(email="nikto@nigde.example").count() == 1


def test_one_of_ours_who_replies_writes_a_note(world: World, mailbox: Mailbox) -> None:
    ticket = asked(world)
    announce_entries(by=None, at=AT)
    task = messages(ticket)["ticket_task"]
    manager = world.staff["manager"].user.email
    arrives(mailbox, manager, reply_address(ADDRESS, task.pk), "Съезжу сам")
    note = Remark.objects.get(text="Съезжу сам")
    assert (note.audience, note.kind) == ("ours", "note")
    assert fresh(ticket).reply.state == "running"


def test_somebody_elses_reply_waits_for_a_person(world: World, mailbox: Mailbox) -> None:
    ticket = asked(world)
    announce_entries(by=None, at=AT)
    receipt = messages(ticket)["ticket_receipt"]
    letter = arrives(mailbox, email_of(world, "alien"), reply_address(ADDRESS, receipt.pk), "Моё!")
    assert letter.is_waiting and Ticket.objects.count() == 1
    assert not Remark.objects.filter(text="Моё!").exists()


def test_a_finished_request_is_begun_anew_a_few_times_a_day(world: World, mailbox: Mailbox) -> None:
    ticket, manager = asked(world), world.as_staff("manager")
    anna = email_of(world, "anna")
    for number in range(5):
        if fresh(ticket).case.state != "done":
            end_ticket(ticket, "solved", "Готово", by=manager, at=AT)
        announce_entries(by=None, at=AT)
        ended = messages(ticket)["ticket_ended"]
        letter = arrives(mailbox, anna, reply_address(ADDRESS, ended.pk), f"Ещё раз {number}")
    assert fresh(ticket).reopened == 3
    assert letter.is_waiting


@pytest.mark.parametrize("times", [2, 5])
def test_the_same_letter_says_one_thing_once(world: World, mailbox: Mailbox, times: int) -> None:
    raw = written(email_of(world, "anna"), ADDRESS, "Один раз")
    for _ in range(times):
        receive_letter(raw, mailbox, by=None, at=AT)
        work.react(AT + SECOND)
    assert Remark.objects.count() == Ticket.objects.count() == 1


def test_no_address_stands_in_the_journal(world: World, mailbox: Mailbox) -> None:
    arrives(mailbox, "nikto@nigde.example", ADDRESS, "Тайна переписки")
    for entry in Entry.objects.filter(kind__startswith="ticket."):
        assert not re.search("nigde|Тайна", entry.canonical)
