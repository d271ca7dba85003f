"""A reply to a notice about a contract stands beside the contract, in its writer's name."""

from email.message import EmailMessage

import pytest

from tests.contracts.worlds import AT, HOUR, sent
from tests.outreach.test_receive_letter import (
    ADDRESS,
    email_of,
    mailbox,
    notice_of,
    written,
)
from zabota.clients.actions import merge_clients
from zabota.contracts.actions.letters import comment_by_letter
from zabota.contracts.models import Attachment, Comment, Contract
from zabota.home import work
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.outreach.actions import confirm_sender, place_letter, receive_letter
from zabota.outreach.models import Mailbox, Message, Received
from zabota.outreach.tokens import reply_address
from zabota.people.models import User

__all__ = ["mailbox"]


@pytest.fixture
def notice(world: World) -> Message:
    return notice_of(world, sent(world))


def answered(notice: Message, sender: str, text: str, mailbox: Mailbox) -> Received:
    raw = written(sender, reply_address(ADDRESS, notice.pk), text)
    return receive_letter(raw, mailbox, by=None, at=AT).letter


def test_a_clients_reply_is_their_comment(world: World, notice: Message, mailbox: Mailbox) -> None:
    text = "Согласны на 10 дней.\n\nвт, 3 нояб. 2026 г. в 10:12, Свет <z@s.example>:\n> было 5"
    answered(notice, email_of(world, "anna"), text, mailbox)
    for _ in range(2):
        work.react(AT + HOUR)
    row = Comment.objects.get()
    assert (row.text, row.audience) == ("Согласны на 10 дней.", "both")
    assert (row.made_by, row.contract.case) == (world.guests["anna"].user, notice.case)
    entry = Entry.objects.get(kind="contract.commented")
    assert (entry.audience, entry.facts["side"]) == ("both", "theirs")


def test_one_of_ours_writes_to_colleagues(world: World, mailbox: Mailbox) -> None:
    manager = world.staff["manager"].user
    notice = notice_of(world, sent(world), to=manager, address=manager.email)
    answered(notice, manager.email, "Надо проверить срок", mailbox)
    work.react(AT + HOUR)
    row = Comment.objects.get()
    assert (row.audience, row.made_by) == ("ours", manager)


def test_files_come_into_the_dossier(world: World, notice: Message, mailbox: Mailbox) -> None:
    letter = EmailMessage()
    letter["From"], letter["To"] = email_of(world, "anna"), reply_address(ADDRESS, notice.pk)
    letter["Subject"] = "Реквизиты"
    letter.set_content("")
    for name, data in (("реквизиты.pdf", b"%PDF-1.4"), ("run.exe", b"MZ")):
        letter.add_attachment(data, "application", "octet-stream", filename=name)
    receive_letter(letter.as_bytes(), mailbox, by=None, at=AT)
    work.react(AT + HOUR)
    assert [(row.name, row.audience) for row in Attachment.objects.all()] == [
        ("реквизиты.pdf", "both")
    ]
    assert Comment.objects.get().text == "Реквизиты\n\n📎 реквизиты.pdf, run.exe"


def test_who_has_no_access_any_more_waits(world: World, notice: Message, mailbox: Mailbox) -> None:
    letter = answered(notice, email_of(world, "anna"), "Согласны", mailbox)
    User.objects.filter(pk=notice.to_id).update(is_active=False)
    work.react(AT + HOUR)
    letter.refresh_from_db()
    assert (letter.case, letter.waits, letter.is_waiting) == (None, "other", True)
    assert not Comment.objects.exists()


def test_put_there_by_hand(world: World, notice: Message, mailbox: Mailbox) -> None:
    """Of somebody we do not know: in their name, brought by ours, for ours only."""
    letter = answered(notice, "who@knows.example", "Мы против", mailbox)
    contract = Contract.objects.get(case=notice.case)
    place_letter(letter, contract.case, by=world.as_staff("manager"), at=AT)
    work.react(AT + HOUR)
    row = Comment.objects.get()
    assert (row.text, row.audience, row.author) == ("Мы против", "ours", "who@knows.example")
    assert row.made_by == world.staff["manager"].user


def test_the_sender_turned_out_to_be_the_same_person(
    world: World, notice: Message, mailbox: Mailbox
) -> None:
    letter = answered(notice, "anna.home@mail.example", "Согласны", mailbox)
    assert letter.waits == "other"
    manager = world.staff["manager"].user
    letter = confirm_sender(letter, world.guests["anna"], by=manager, at=AT)
    assert (letter.case, letter.is_waiting) == (notice.case, False)
    work.react(AT + HOUR)
    row = Comment.objects.get()
    assert (row.made_by, row.audience) == (world.guests["anna"].user, "both")
    again = answered(notice, "anna.home@mail.example", "И ещё", mailbox)
    assert (again.case, again.waits) == (notice.case, "")


def test_a_letter_of_no_contract_is_left_alone(world: World, mailbox: Mailbox) -> None:
    arrived = receive_letter(written("who@knows.example"), mailbox, by=None, at=AT)
    assert arrived.entry is not None
    assert comment_by_letter(arrived.entry, by=None, at=AT) == 0
    long = "слово " * 2000
    assert receive_letter(written("x@y.example", text=long), mailbox, by=None, at=AT).is_new


def test_letters_of_merged_clients_still_arrive(
    world: World, notice: Message, mailbox: Mailbox
) -> None:
    """The contract stays with the card it was made by; whoever is one with it writes about it."""
    romashka, vector = world.clients["romashka"], world.clients["vector"]
    merge_clients(vector, romashka, by=None, at=AT, reason="Один ИНН")
    answered(notice, email_of(world, "anna"), "Я всё ещё здесь", mailbox)
    john = notice_of(
        world, Contract.objects.get(case=notice.case), to=world.guests["john"].user,
        address=email_of(world, "john"),
    )  # fmt: skip
    letter = answered(john, email_of(world, "john"), "И я", mailbox)
    assert (letter.case, letter.contact) == (notice.case, world.guests["john"])
    work.react(AT + HOUR)
    assert {(row.made_by, row.audience) for row in Comment.objects.all()} == {
        (world.guests["anna"].user, "both"), (world.guests["john"].user, "both"),
    }  # fmt: skip
