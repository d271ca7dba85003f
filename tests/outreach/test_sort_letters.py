"""Letters nobody may place by machine are put where they belong by people, or set aside."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage

from tests.contracts.worlds import AT, HOUR, sent
from tests.outreach.test_receive_letter import ADDRESS, email_of, mailbox, notice_of, written
from tests.support.refused import refused
from zabota.clients.actions import erase_person
from zabota.clients.models import ContactPoint
from zabota.home import work
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.outreach.actions import (
    confirm_sender,
    leave_for_sorting,
    place_letter,
    receive_letter,
    set_aside_letter,
)
from zabota.outreach.models import NOBODY, Mailbox, Received
from zabota.outreach.tokens import reply_address

__all__ = ["mailbox"]


def unknown(mailbox: Mailbox, text: str = "Здравствуйте!") -> Received:
    return receive_letter(written("who@knows.example", text=text), mailbox, by=None, at=AT).letter


def test_a_letter_is_put_into_a_case_once(world: World, mailbox: Mailbox) -> None:
    letter, case = unknown(mailbox), sent(world).case
    with pytest.raises(PermissionDenied):
        place_letter(letter, case, by=world.as_staff("lawyer"), at=AT)
    letter = place_letter(letter, case, by=world.as_staff("manager"), at=AT)
    assert (letter.case, letter.found_by, letter.is_waiting) == (case, "hand", False)
    entry = Entry.objects.get(kind="outreach.letter_placed")
    assert (entry.stream_id, entry.facts["letter"]) == (case.stream_id, letter.pk)
    with refused("settled"):
        place_letter(letter, case, by=world.as_staff("manager"), at=AT)


def test_an_upper_app_makes_a_case_of_it(world: World, mailbox: Mailbox) -> None:
    letter = place_letter(unknown(mailbox), sent(world).case, by=None, at=AT)
    assert (letter.found_by, letter.settled_by) == ("opened", None)


def test_whose_letter_it_is_becomes_known(world: World, mailbox: Mailbox) -> None:
    letter, anna = unknown(mailbox), world.guests["anna"]
    with pytest.raises(PermissionDenied):
        confirm_sender(letter, anna, by=world.staff["lawyer"].user, at=AT)
    letter = confirm_sender(letter, anna, by=world.staff["manager"].user, at=AT)
    assert (letter.contact, letter.waits, letter.is_waiting) == (anna, "caseless", True)
    entry = Entry.objects.get(kind="outreach.sender_confirmed")
    assert (entry.stream_id, entry.facts["case"]) == (anna.client.stream_id, None)
    points = ContactPoint.objects.filter(contact=anna, kind="email", removed_at=None)
    assert {point.value for point in points} == {email_of(world, "anna"), "who@knows.example"}
    assert unknown(mailbox, "Ещё").contact == anna


def test_set_aside_it_waits_no_more(world: World, mailbox: Mailbox) -> None:
    letter, manager = unknown(mailbox), world.staff["manager"].user
    with pytest.raises(PermissionDenied):
        set_aside_letter(letter, by=world.staff["lawyer"].user, at=AT)
    set_aside_letter(letter, by=manager, at=AT)
    assert not Received.objects.waiting().exists()
    assert Entry.objects.get(kind="outreach.letter_set_aside").facts == {"letter": letter.pk}
    with refused("settled"):
        set_aside_letter(letter, by=manager, at=AT)


def test_what_nobody_took_up_waits(world: World, mailbox: Mailbox) -> None:
    notice = notice_of(world, sent(world))
    raw = written(email_of(world, "anna"), reply_address(ADDRESS, notice.pk))
    letter = receive_letter(raw, mailbox, by=None, at=AT).letter
    assert leave_for_sorting(letter, by=None, at=AT) == 1
    assert letter in Received.objects.waiting()
    assert leave_for_sorting(letter, by=None, at=AT) == 0


def test_letters_of_an_erased_person_are_kept_no_longer(world: World, mailbox: Mailbox) -> None:
    anna = world.guests["anna"]
    raw = written(email_of(world, "anna"), text="Мой телефон +7 912 000-00-00")
    letter = receive_letter(raw, mailbox, by=None, at=AT).letter
    other = unknown(mailbox)
    path = letter.file.path
    erase_person(anna, by=None, at=AT + HOUR)
    work.react(AT + HOUR + timedelta(minutes=2))
    letter.refresh_from_db()
    assert (letter.sender, letter.text, letter.subject) == (NOBODY, "", "")
    assert not default_storage.exists(path)
    other.refresh_from_db()
    assert other.sender == "who@knows.example"
