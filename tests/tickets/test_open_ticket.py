"""A request begins: received at once, with a promise, in somebody's hands."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, DAY, HOUR
from tests.tickets.asked import WORDS, asked, facts, fresh, kinds
from zabota.cases.models import Case, Holder
from zabota.clients.access import RoomViewer
from zabota.home.world import World
from zabota.outreach.actions import announce_entries
from zabota.outreach.models import Message
from zabota.people.actions import appoint_substitute, change_employee, plan_absence
from zabota.tickets.actions import open_ticket, take_ticket
from zabota.tickets.actions.words import Empty, TooLong
from zabota.tickets.models import Ticket, TicketType


def holders(ticket: Ticket) -> set[str]:
    rows = Holder.objects.filter(case=ticket.pk, rank_at__isnull=False)
    return {mail.split("@")[0] for mail in rows.values_list("employee__user__email", flat=True)}


def test_it_is_promised_and_remembered(world: World) -> None:
    ticket = fresh(asked(world))
    assert ticket.case.number == "О-2026-00001"
    assert (ticket.case.state, ticket.priority) == ("new", "high")
    # Ten in the morning: an hour to answer, a day's work to solve, lunch and the night left out.
    assert ticket.reply.due_at == AT + HOUR
    assert ticket.solution.due_at == AT + DAY
    assert kinds(ticket) == ["ticket.opened"]
    assert holders(ticket) == {"manager"}
    assert [remark.text for remark in ticket.remarks.all()] == [WORDS]
    assert WORDS not in str(facts(ticket))


def test_a_team_has_it_until_somebody_takes_it(world: World) -> None:
    kind = TicketType.objects.get(slug="problem")
    kind.team = world.teams["logistics"]
    kind.save()
    ticket = asked(world)
    assert holders(ticket) == {"logist1", "logist2", "logist3"}
    page = browser_of(world, "anna").get(f"/room/tickets/{ticket.pk}/").content.decode()
    assert "Отдел логистики" in page and "Анна Волкова" not in page


def test_the_receipt_names_the_team_and_the_room_then_the_person(world: World) -> None:
    TicketType.objects.filter(slug="problem").update(team=world.teams["logistics"])
    ticket = asked(world)
    announce_entries(by=None, at=AT)
    receipt = Message.objects.get(case=ticket.pk, purpose="ticket_receipt")
    said = receipt.facts["words"]
    assert said["ru"].startswith("Обращением занимается: Отдел логистики. Вам ответит человек — до")
    assert said["en"].startswith("Who has it: Logistics. A person will answer you by")
    take_ticket(ticket, by=world.as_staff("logist1"), at=AT)
    page = browser_of(world, "anna").get(f"/room/tickets/{ticket.pk}/").content.decode()
    assert "Анна Волкова" in page


def test_who_knows_the_client_is_away(world: World) -> None:
    manager, lawyer = world.staff["manager"], world.staff["lawyer"]
    plan_absence(manager, AT - HOUR, AT + DAY, by=None, at=AT - HOUR)
    ticket = asked(world)
    assert ticket.case.owner == manager.lead
    appoint_substitute(manager, lawyer, AT - HOUR, AT + DAY, by=None, at=AT - HOUR)
    assert asked(world).case.owner == lawyer


def test_the_client_is_told_at_once_and_ours_too(world: World) -> None:
    ticket = asked(world)
    announce_entries(by=None, at=AT + timedelta(seconds=1))
    sent = {(m.address.split("@")[0], m.purpose): m for m in Message.objects.filter(case=ticket.pk)}
    assert set(sent) == {("anna", "ticket_receipt"), ("manager", "ticket_task")}
    receipt = sent["anna", "ticket_receipt"]
    assert receipt.send_after == AT + timedelta(seconds=1)
    assert receipt.facts["words"]["ru"] == "Вам ответит человек — до 17\xa0ноября, 11:00."


def test_nothing_and_too_much_are_named(world: World) -> None:
    with pytest.raises(Empty):
        asked(world, text=" \n ")
    with pytest.raises(TooLong):
        asked(world, text="а" * 20_001)
    browser = browser_of(world, "anna")
    kind = TicketType.objects.get(slug="problem").pk
    answer = browser.post("/room/tickets/new/", {"kind": kind, "text": "а" * 20_001})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "20000" in page.replace("\xa0", "").replace(" ", "") and "а" * 20_001 in page


def test_one_of_ours_who_looks_on_writes_nothing(world: World) -> None:
    guest = world.as_guest("anna")
    eyes = RoomViewer(guest.user, guest.contact, guest.contacts, read_only=True, looking_on=True)
    with pytest.raises(PermissionDenied):
        open_ticket(guest.client, TicketType.objects.get(slug="question"), "?", by=eyes, at=AT)


def test_in_the_room_by_hand(world: World) -> None:
    browser = browser_of(world, "anna")
    page = browser.get("/room/tickets/new/").content.decode()
    assert "Что-то не так" in page and "Обязательное поле" not in page
    kind = TicketType.objects.get(slug="complaint").pk
    answer = browser.post("/room/tickets/new/", {"kind": kind, "text": WORDS}, follow=True)
    page = answer.content.decode()
    assert WORDS in page and "Сейчас у нас: Игорь Ким" in page
    assert WORDS.rstrip(".") in browser.get("/room/tickets/").content.decode()
    ticket = Ticket.objects.get()
    stranger = browser_of(world, "alien")
    assert stranger.get(f"/room/tickets/{ticket.pk}/").status_code == 404


def test_written_down_while_they_talk(world: World) -> None:
    browser = browser_of(world, "lawyer")
    contact = world.as_guest("anna").contact
    address = f"/desk/clients/{contact.client_id}/tickets/new/"
    kind = TicketType.objects.get(slug="question").pk
    form = {"kind": kind, "text": "Когда приедет бригада?", "contact": contact.pk, "priority": ""}
    page = browser.post(address, form, follow=True).content.decode()
    assert "Когда приедет бригада?" in page
    ticket = Ticket.objects.get()
    assert (ticket.channel, ticket.contact) == ("call", contact)
    assert ticket.priority == "normal"


def test_who_leads_sees_what_their_people_have_and_nothing_of_the_client_s_alone(
    world: World,
) -> None:
    ticket = asked(world)
    change_employee(world.staff["manager"], {"lead": world.staff["stranger"]}, by=None, at=AT)
    lead = Case.objects.visible_to(world.as_staff("stranger"))
    assert lead.filter(pk=ticket.pk).exists()
    stays = asked(world)
    Case.objects.filter(pk=ticket.pk).update(root=stays.pk)
    assert lead.filter(pk=stays.pk).exists()
    # What only the client knows of is nobody's of ours, however it hangs together.
    Case.objects.filter(pk=stays.pk).update(audience="theirs")
    assert not lead.filter(pk=stays.pk).exists()
    seen_by_all = Case.objects.visible_to(world.as_staff("director"))
    assert not seen_by_all.filter(pk=stays.pk).exists()
