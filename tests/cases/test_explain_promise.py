"""A broken promise is explained: at once, to the person named, and to the client."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, DAY, HOUR
from tests.tickets.asked import asked, kinds
from zabota.cases.actions import Explained, explain_promise, name_explained_to
from zabota.cases.models import Explanation, Holder, Moment, Promise
from zabota.cases.moments import TICKET_REPLY
from zabota.clients.actions import add_client, add_contact
from zabota.clients.actions.clients import ClientFields
from zabota.home import work
from zabota.home.reading.beyond import whom_to_tell
from zabota.home.reading.reached import Reached, how_reached
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.outreach.actions import announce_entries
from zabota.outreach.models import Message
from zabota.people.actions import change_employee
from zabota.people.refusal import Refused
from zabota.tickets.actions import open_ticket, say_in_ticket, take_ticket
from zabota.tickets.models import Ticket, TicketType

INSIDE = "ВНУТРИ-ПОЧЕМУ"
TOLD = "Мастер заболел, а замену мы искали слишком долго. Приедем завтра к девяти."
WHY = Explained("hands", f"Некому ехать. {INSIDE}", TOLD)
# The first reply of a problem is promised within a working hour.
LATE = AT + HOUR + timedelta(minutes=1)


def broken(world: World, at: Any = LATE) -> tuple[Ticket, Explanation]:
    """A request whose first reply did not come in time."""
    ticket = asked(world)
    take_ticket(ticket, by=world.as_staff("manager"), at=AT)
    work.escalate_broken(at)
    work.react(at)
    return ticket, Explanation.objects.select_related("asked", "promise", "case").get()


def told() -> set[tuple[str, str, str]]:
    while announce_entries(by=None, at=AT + DAY):
        pass
    found = Message.objects.filter(
        purpose__in=("explain_task", "promise_explained", "promise_unexplained", "why_broken")
    )
    return {(m.address.split("@")[0], m.purpose, m.path) for m in found}


def explain(world: World, one: Explanation, who: str = "manager", why: Explained = WHY) -> None:
    to, by = whom_to_tell(one.case), world.as_staff(who)
    explain_promise(one, why, by=by, at=LATE + HOUR / 2, contact=to)


def test_whoever_had_it_is_asked_at_once(world: World) -> None:
    ticket, one = broken(world)
    assert one.to == world.staff["director"]
    assert (one.asked.audience, one.asked.due_at) == ("ours", LATE + HOUR)
    held = Holder.objects.filter(promise=one.asked, rank_at__isnull=False)
    assert [row.employee for row in held] == [world.staff["manager"]]
    assert kinds(ticket)[-1] == "case.explain_asked"
    where = f"/desk/explanations/{one.pk}/"
    assert told() == {("manager", "explain_task", where)}
    today = browser_of(world, "manager").get("/desk/").content.decode()
    assert "Кому сказать почему: Елена Орлова" in today and where in today
    # Asked once, and never about the explanation itself.
    work.react(LATE)
    work.escalate_broken(LATE + 3 * HOUR)
    work.react(LATE + 3 * HOUR)
    about = Explanation.objects.exclude(promise__moment__slug__startswith="ticket")
    assert not about.exists()


def test_explained_in_a_tap_and_a_sentence(world: World) -> None:
    ticket, one = broken(world)
    change_employee(world.staff["director"], {"phone": "+7 (495) 770-01-23"}, by=None, at=AT)
    manager, address = browser_of(world, "manager"), f"/desk/explanations/{one.pk}/"
    page = manager.get(address).content.decode()
    assert 'href="tel:+7-495-770-01-23"' in page and "Подвёл партнёр или поставщик" in page
    lacking = manager.post(address, {"cause": "hands", "words": INSIDE, "told": ""})
    assert lacking.status_code == 422 and INSIDE in lacking.content.decode()
    given = {"cause": "hands", "words": WHY.words, "told": TOLD}
    done = manager.post(address, given, follow=True).content.decode()
    assert "Объяснили, клиенту тоже" in done and "Не хватило рук" in done
    one.refresh_from_db()
    assert (one.cause, one.explained_by) == ("hands", world.staff["manager"])
    kept = Promise.objects.get(pk=one.asked_id)
    assert (kept.state, kept.outcome) == ("kept", "hands")
    assert kinds(ticket)[-2:] == ["case.explained", "case.explained_to_client"]
    assert not Holder.objects.filter(promise=kept, rank_at__isnull=False).exists()
    desk = manager.get(f"/desk/tickets/{ticket.pk}/").content.decode()
    assert f"Не хватило рук: {WHY.words}" in desk


def test_the_client_reads_their_own_words_only(world: World) -> None:
    ticket, one = broken(world)
    room = browser_of(world, "anna").get(f"/room/tickets/{ticket.pk}/").content.decode()
    assert "объясн" not in room.casefold()
    explain(world, one)
    room = browser_of(world, "anna").get(f"/room/tickets/{ticket.pk}/").content.decode()
    assert f"Почему мы не уложились в срок: Первый ответ. {TOLD}" in room
    assert INSIDE not in room and "Не хватило рук" not in room
    assert INSIDE not in browser_of(world, "anna").get("/room/").content.decode()
    assert told() >= {
        ("anna", "why_broken", f"/room/cases/{ticket.pk}/"),
        ("director", "promise_explained", f"/desk/explanations/{one.pk}/"),
    }
    letters = Message.objects.filter(purpose="why_broken").select_related("entry")
    assert not [one for one in letters if INSIDE in one.entry.canonical]


def test_refused_to_whom_and_twice(world: World) -> None:
    _, one = broken(world)
    for key in ("lawyer", "director", "finance"):
        with pytest.raises(PermissionDenied):
            explain(world, one, key)
    lawyer = browser_of(world, "lawyer")
    given = {"cause": "hands", "words": "а", "told": "б"}
    assert lawyer.post(f"/desk/explanations/{one.pk}/", given).status_code == 403
    stranger = browser_of(world, "stranger")
    assert stranger.get(f"/desk/explanations/{one.pk}/").status_code == 404
    assert stranger.post(f"/desk/explanations/{one.pk}/", given).status_code == 404
    explain(world, one)
    with pytest.raises(Refused):
        explain(world, one)
    again = browser_of(world, "manager").post(
        f"/desk/explanations/{one.pk}/", given | {"words": "ИЗ-ВТОРОГО-ОКНА"}
    )
    page = again.content.decode()
    assert again.status_code == 422 and "Это уже объяснено." in page and "ИЗ-ВТОРОГО-ОКНА" in page


def test_whom_no_letter_reaches_is_called(world: World) -> None:
    fields: ClientFields = {"kind": "person", "name": "Пётр", "phone": "+7 926 111-22-33"}
    client = add_client(fields, owner=world.staff["manager"], by=None, at=AT)
    person = add_contact(client, "Пётр", by=None, at=AT, email="", phone="+7 926 111-22-33")
    kind = TicketType.objects.get(slug="problem")
    ticket = open_ticket(client, kind, "Звонил", by=None, at=AT, contact=person)
    assert how_reached(ticket.case) == Reached("Пётр", "+7-926-111-22-33", False)
    work.escalate_broken(LATE)
    work.react(LATE)
    one = Explanation.objects.get(case=ticket.case)
    for path in (f"/desk/explanations/{one.pk}/", f"/desk/cases/{ticket.pk}/beyond/"):
        page = browser_of(world, "manager").get(path).content.decode()
        assert "tel:+7-926-111-22-33" in page and "письменно до него ничего не дойдёт" in page
    path = f"/desk/cases/{asked(world).pk}/beyond/"
    assert "не дойдёт" not in browser_of(world, "manager").get(path).content.decode()


def test_unexplained_after_an_hour_it_stands_before_the_director(world: World) -> None:
    ticket, one = broken(world)
    assert work.raise_what_is_unexplained(LATE + HOUR) == 0
    # The hour is one of working time: lunch does not count.
    assert work.raise_what_is_unexplained(LATE + HOUR + timedelta(minutes=1)) == 1
    assert work.raise_what_is_unexplained(LATE + 2 * HOUR) == 0
    assert kinds(ticket)[-1] == "case.unexplained"
    today = browser_of(world, "director").get("/desk/").content.decode()
    # Whoever had it may still say why: the director is not the only one who can.
    assert "Никто не объяснил, почему не в срок" in today and "решить некому" not in today
    assert ("director", "promise_unexplained", f"/desk/explanations/{one.pk}/") in told()
    page = browser_of(world, "director").get(f"/desk/explanations/{one.pk}/").content.decode()
    assert "У кого было" in page and "Игорь Ким" in page
    explain(world, one, "director")
    assert Explanation.objects.get().explained_by == world.staff["director"]


def test_what_was_explained_is_not_raised(world: World) -> None:
    _, one = broken(world)
    explain(world, one)
    assert work.raise_what_is_unexplained(LATE + DAY) == 0


def test_kept_late_is_explained_all_the_same(world: World) -> None:
    ticket = asked(world)
    work.escalate_broken(LATE)
    say_in_ticket(ticket, "Едем", by=world.as_staff("manager"), at=LATE)
    work.react(LATE)
    assert Explanation.objects.get().asked.state == "running"


def test_kept_in_time_asks_nothing(world: World) -> None:
    ticket = asked(world)
    say_in_ticket(ticket, "Едем", by=world.as_staff("manager"), at=AT)
    work.escalate_broken(LATE)
    work.react(LATE)
    assert not Explanation.objects.exists()


def test_the_firm_names_who_listens(world: World) -> None:
    director, finance = browser_of(world, "director"), world.staff["finance"]
    page = director.get("/desk/firm/moments/").content.decode()
    assert "Первый ответ на обращение" in page and "Объяснение нарушенного" not in page
    director.post("/desk/firm/moments/", {TICKET_REPLY: finance.pk})
    assert Moment.objects.get(slug=TICKET_REPLY).explained_to == finance
    named = Entry.objects.filter(kind="case.explained_to_changed")
    assert named.count() == 1
    _, one = broken(world)
    assert one.to == finance
    manager = browser_of(world, "manager")
    assert manager.get("/desk/firm/moments/").status_code == 403
    moment = Moment.objects.get(slug=TICKET_REPLY)
    with pytest.raises(PermissionDenied):
        name_explained_to(moment, None, by=world.staff["manager"].user, at=AT)
    # Named twice, it is remembered once.
    name_explained_to(moment, finance, by=world.staff["director"].user, at=AT)
    assert named.count() == 1


def test_nobody_explains_to_themselves(world: World) -> None:
    name_explained_to(Moment.objects.get(slug=TICKET_REPLY), world.staff["manager"], by=None, at=AT)
    _, one = broken(world)
    assert one.to == world.staff["director"]


def test_causes_are_counted(world: World) -> None:
    _, one = broken(world)
    director = browser_of(world, "director")
    assert "1 обещание ещё не объяснено" in director.get("/desk/explanations/").content.decode()
    explain(world, one)
    page = director.get("/desk/explanations/").content.decode()
    counted = page.partition("Причины за девяносто дней")[2].partition("Все нарушенные")[0]
    assert "Не хватило рук" in counted and "100%" in counted and "не объяснено" not in counted
    manager = browser_of(world, "manager").get("/desk/explanations/").content.decode()
    assert "Причины за девяносто дней" not in manager and "Первый ответ" in manager
    stranger = browser_of(world, "stranger").get("/desk/explanations/").content.decode()
    assert "Первый ответ" not in stranger
