"""A letter nobody asked for is closed quietly; the firm may let strangers' letters wait."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, HOUR
from tests.outreach.test_receive_letter import ADDRESS, mailbox
from tests.support.refused import refused
from tests.tickets.asked import asked, fresh, kinds
from tests.tickets.test_write_by_letter import arrives
from zabota.cases.models import Holder, Promise
from zabota.clients.actions import refuse_client
from zabota.home import work
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.outreach.actions import announce_entries
from zabota.outreach.models import Mailbox, Message
from zabota.people.actions import change_firm
from zabota.tickets.actions import say_in_ticket
from zabota.tickets.actions.refuse import accept_ticket, refuse_ticket
from zabota.tickets.models import Ticket

__all__ = ["mailbox"]
SPAM, OFFER = "promo@spam.example", "Только сегодня скидка на рассылки!"


@pytest.fixture
def unasked(world: World, mailbox: Mailbox) -> Ticket:
    arrives(mailbox, SPAM, ADDRESS, OFFER)
    return fresh(Ticket.objects.get())


def test_closed_without_a_word(world: World, mailbox: Mailbox, unasked: Ticket) -> None:
    told = Message.objects.count()
    refuse_ticket(unasked, by=world.as_staff("director"), at=AT + HOUR)
    now = fresh(unasked)
    assert (now.case.state, now.outcome, now.ask_at) == ("done", "", None)
    assert kinds(unasked)[-1] == "ticket.refused"
    assert set(Promise.objects.filter(case=unasked.pk).values_list("state", flat=True)) == {
        "dropped"
    }
    assert not Holder.objects.filter(case=unasked.pk, rank_at__isnull=False).exists()
    # What they write from now on is kept and begins nothing.
    letter = arrives(mailbox, SPAM, ADDRESS, "Последний шанс!")
    assert Ticket.objects.count() == 1 and not letter.is_waiting
    announce_entries(by=None, at=AT + 2 * HOUR)
    assert work.ask_whether_it_helped(AT + 48 * HOUR) == 0
    assert Message.objects.count() == told
    client = now.case.client
    entry = Entry.objects.filter(stream=client.stream_id).latest("seq")
    assert entry.kind == "clients.refused"
    director = browser_of(world, "director")
    assert SPAM not in director.get("/desk/clients/").content.decode()
    assert SPAM in director.get("/desk/clients/?refused=1").content.decode()


def test_a_client_after_all(world: World, unasked: Ticket) -> None:
    by = world.as_staff("director")
    refuse_ticket(unasked, by=by, at=AT + HOUR)
    accept_ticket(unasked, by=by, at=AT + 2 * HOUR)
    now = fresh(unasked)
    assert now.case.state == "open" and now.reply.state == "running"
    assert now.case.client.refused_at is None and now.reopened == 0
    assert kinds(unasked)[-1] == "ticket.accepted"
    last = Entry.objects.filter(stream=now.case.client.stream_id).latest("seq")
    assert last.kind == "clients.accepted"
    announce_entries(by=None, at=AT + 2 * HOUR)
    sent = Message.objects.filter(entry__kind="ticket.accepted", address=SPAM)
    assert [one.purpose for one in sent] == ["ticket_receipt"]


def test_only_what_a_strangers_letter_began(world: World, unasked: Ticket) -> None:
    with pytest.raises(PermissionDenied):
        refuse_ticket(unasked, by=world.as_staff("logist1"), at=AT + HOUR)
    known = asked(world)
    with pytest.raises(PermissionDenied):
        refuse_ticket(known, by=world.as_staff("director"), at=AT + HOUR)
    with refused("has_access"):
        refuse_client(world.clients["romashka"], by=None, at=AT)
    say_in_ticket(unasked, "Слушаем вас", by=world.as_staff("director"), at=AT + HOUR)
    with pytest.raises(PermissionDenied):
        refuse_ticket(unasked, by=world.as_staff("director"), at=AT + HOUR)
    with pytest.raises(PermissionDenied):
        accept_ticket(unasked, by=world.as_staff("director"), at=AT + HOUR)


def test_by_hand_there_and_back(world: World, unasked: Ticket) -> None:
    director, base = browser_of(world, "director"), f"/desk/tickets/{unasked.pk}/"
    assert "Это не клиент" in director.get(base).content.decode()
    page = director.post(f"{base}refuse/", follow=True).content.decode()
    assert "Закрыто без ответа" in page and "Всё-таки клиент" in page
    assert director.post(f"{base}refuse/").status_code == 403
    page = director.post(f"{base}accept/", follow=True).content.decode()
    assert "Это не клиент" in page
    assert browser_of(world, "logist1").post(f"{base}refuse/").status_code == 404


def test_strangers_may_wait(world: World, mailbox: Mailbox) -> None:
    form = browser_of(world, "director").get("/desk/firm/").context["form"]
    assert form.initial["answers_strangers"] == "yes"
    change_firm({"answers_strangers": False}, by=None, at=AT)
    letter = arrives(mailbox, SPAM, ADDRESS, OFFER)
    assert letter.is_waiting and not Ticket.objects.exists()
