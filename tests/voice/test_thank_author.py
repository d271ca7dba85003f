"""Kindly or not, the answer is thanks, for nothing in return; trouble told becomes a request."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.worlds import AT, DAY, HOUR
from tests.voice.said import KIND, UNKIND, fresh, kinds, last_entry, mention
from zabota.cases.models import Holder, LinkKind, PromiseState
from zabota.clients.models import Client
from zabota.home.world import World
from zabota.outreach.actions import announce_entries
from zabota.outreach.models import Message
from zabota.people.refusal import Refused
from zabota.tickets.models import TicketType
from zabota.voice.actions.guess import confirm_author, deny_author, take_back_author
from zabota.voice.actions.thank import (
    bring_back_mention,
    open_trouble,
    set_aside_mention,
    thank_author,
)
from zabota.voice.models import AuthorGuess, Mention, MentionState

WORDS = "Спасибо, что рассказали, как было."


def complaint() -> TicketType:
    return TicketType.objects.get(slug="complaint")


@pytest.mark.parametrize("text", [KIND, UNKIND])
def test_thanked_like_everybody(world: World, text: str) -> None:
    row, by = mention(world, text), world.as_staff("lawyer")
    thank_author(row, WORDS, "public", by=by, at=AT + HOUR, answer_link="https://vk.com/w1_2")
    row = fresh(row)
    assert (row.case.state, row.how, row.words) == (MentionState.THANKED, "public", WORDS)
    assert row.thanked_by == world.staff["lawyer"] and row.case.closed_at == AT + HOUR
    assert row.thanks.state == PromiseState.KEPT and not row.thanks.is_late(AT + DAY)
    assert not Holder.objects.filter(promise=row.thanks, rank_at__isnull=False).exists()
    assert kinds(row)[-1] == "voice.mention_thanked"
    with pytest.raises(PermissionDenied):
        thank_author(row, WORDS, "public", by=by, at=AT)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Спасибо! Удалите, пожалуйста, отзыв, и мы всё исправим.", "asks"),
        ("Спасибо. Если исправите оценку, будем рады.", "asks"),
        ("Thank you! Could you please update your review?", "asks"),
        ("Спасибо, начислим вам 500 баллов.", "reward"),
        ("Спасибо! Дарим скидку на следующий заказ.", "reward"),
        ("Thank you, here is a voucher for you.", "reward"),
        ("   ", "no_words"),
    ],
)
def test_thanks_are_no_exchange(world: World, words: str, code: str) -> None:
    row = mention(world, UNKIND)
    with pytest.raises(Refused) as refused:
        thank_author(row, words, "public", by=world.as_staff("manager"), at=AT)
    assert refused.value.code == code and fresh(row).thanked_at is None


def test_by_letter_only_to_whom_a_person_confirmed(world: World) -> None:
    row, by = mention(world, author="Анна Крылова"), world.as_staff("manager")
    with pytest.raises(Refused) as refused:
        thank_author(row, WORDS, "letter", by=by, at=AT)
    assert refused.value.code == "no_address"
    confirm_author(row, world.clients["romashka"], by=by, at=AT, contact=world.guests["anna"])
    thank_author(row, WORDS, "letter", by=by, at=AT)
    announce_entries(by=None, at=AT)
    letter = Message.objects.get(purpose="mention_thanks")
    assert letter.to == world.guests["anna"].user and WORDS in letter.facts["words"]["ru"]


def test_who_may_have_written_is_guessed_and_shown_to_ours_only(world: World) -> None:
    row = mention(world, author="Анна Крылова")
    guess = AuthorGuess.objects.get(mention=row)
    assert guess.client == world.clients["romashka"] and guess.contact == world.guests["anna"]
    assert guess.why[0] == "name" and 30 <= guess.sure < 60
    assert fresh(row).confirmed_at is None and fresh(row).contact is None
    deny_author(guess, by=world.as_staff("manager"), at=AT)
    assert kinds(row)[-1] == "voice.author_denied"


def test_numbers_in_the_words_make_it_surer(world: World) -> None:
    row = mention(world, f"{UNKIND} Звоните: +7 (495) 123-45-67, офис Ромашки")
    guess = AuthorGuess.objects.get(mention=row)
    assert guess.client == world.clients["romashka"] and guess.sure >= 85 and "phone" in guess.why


def test_confirmed_by_a_person_and_taken_back(world: World) -> None:
    row, by = mention(world), world.as_staff("manager")
    unknown = row.case.client
    with pytest.raises(Refused):
        confirm_author(row, world.clients["vector"], by=by, at=AT, contact=world.guests["anna"])
    confirm_author(row, world.clients["romashka"], by=by, at=AT)
    row = fresh(row)
    assert row.case.client == world.clients["romashka"] and row.contact is None
    assert kinds(row)[-1] == "voice.author_confirmed"
    assert not Mention.objects.visible_to(world.as_guest("anna")).exists()
    take_back_author(row, by=by, at=AT)
    assert fresh(row).case.client == unknown and kinds(row)[-1] == "voice.author_taken_back"
    with pytest.raises(PermissionDenied):
        confirm_author(row, unknown, by=replace(by, read_only=True), at=AT)


def test_trouble_becomes_a_request_with_promises_of_its_own(world: World) -> None:
    row, by = mention(world, UNKIND, author="Пётр Ильин"), world.as_staff("manager")
    ticket = open_trouble(row, complaint(), by=by, at=AT)
    made = ticket.case.client
    assert (made.kind, made.name, made.refused_at) == ("person", "Пётр Ильин", None)
    assert ticket.channel == "mention" and ticket.reply.due_at is not None
    link = ticket.case.links.get()
    assert link.kind == LinkKind.CAUSED and link.other == row.case
    row = fresh(row)
    assert row.case.client == made and row.case.state == MentionState.WAITING
    before = Client.objects.count()
    open_trouble(row, complaint(), by=by, at=AT)
    assert Client.objects.count() == before
    thank_author(row, WORDS, "public", by=by, at=AT)


def test_a_known_author_hears_of_the_request(world: World) -> None:
    row, by = mention(world, UNKIND), world.as_staff("manager")
    confirm_author(row, world.clients["romashka"], by=by, at=AT, contact=world.guests["anna"])
    ticket = open_trouble(fresh(row), complaint(), by=by, at=AT)
    assert ticket.case.client == world.clients["romashka"]
    assert ticket.contact == world.guests["anna"]


def test_set_aside_and_brought_back(world: World) -> None:
    row, by = mention(world), world.as_staff("finance")
    due = row.thanks.due_at
    set_aside_mention(row, "other", by=by, at=AT)
    assert (fresh(row).case.state, fresh(row).aside) == (MentionState.ASIDE, "other")
    assert kinds(row)[-1] == "voice.mention_set_aside"
    assert last_entry(row).facts["why"] == "other"
    with pytest.raises(PermissionDenied):
        open_trouble(row, complaint(), by=by, at=AT)
    bring_back_mention(row, by=by, at=AT + HOUR)
    row = fresh(row)
    assert row.thanks.state == PromiseState.RUNNING and row.thanks.due_at == due
    assert Holder.objects.filter(promise=row.thanks, rank_at__isnull=False).exists()
    assert kinds(row)[-1] == "voice.mention_brought_back"
