"""The firm says which requests there are, who receives them and how fast they are answered."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT
from tests.tickets.asked import asked
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.people.refusal import Refused
from zabota.tickets.actions import close_kind, offer_kind, raise_kind, set_kind, set_speeds
from zabota.tickets.models import ServiceLevel, TicketType

BASE = "/desk/firm/requests/"
DELIVERY = {
    "name_ru": "Доставка", "name_en": "Delivery", "purpose_ru": "где машина", "purpose_en": "",
    "priority": "high",
}  # fmt: skip


def last_kind(world: World) -> str:
    return str(Entry.objects.filter(kind__startswith="ticket.").latest("pk").kind)


def test_a_new_kind_is_chosen_by_a_client_and_received_by_its_team(world: World) -> None:
    team = world.teams["logistics"]
    answer = browser_of(world, "director").post(
        f"{BASE}kinds/new/", {**DELIVERY, "team": team.pk}, follow=True
    )
    assert "Доставка" in answer.content.decode()
    assert last_kind(world) == "ticket.kind_set"
    kind = TicketType.objects.get(slug="delivery")
    assert kind.team == team and kind.position == 5
    assert "Доставка: где машина" in (
        browser_of(world, "anna").get("/room/tickets/new/").content.decode()
    )
    ticket = asked(world, kind="delivery")
    assert (ticket.team, ticket.priority) == (team, "high")


def test_only_who_may_change_the_firm(world: World) -> None:
    kind = TicketType.objects.get(slug="question")
    pages = (
        "", "kinds/new/", f"kinds/{kind.pk}/", "speeds/", "rules/new/"
    )  # fmt: skip
    for page in pages:
        assert browser_of(world, "manager").get(BASE + page).status_code == 403
        assert browser_of(world, "anna").get(BASE + page).status_code == 404
        assert browser_of(world, "director").get(BASE + page).status_code == 200
    assert browser_of(world, "manager").post(f"{BASE}kinds/{kind.pk}/close/").status_code == 403
    with pytest.raises(PermissionDenied):
        close_kind(kind, by=world.staff["manager"].user, at=AT)
    assert browser_of(world, "director").get(f"{BASE}kinds/999999/").status_code == 404


def test_what_is_not_offered_is_not_chosen(world: World) -> None:
    by, kind = world.staff["director"].user, TicketType.objects.get(slug="complaint")
    ticket = asked(world, kind="complaint")
    close_kind(kind, by=by, at=AT)
    assert last_kind(world) == "ticket.kind_closed"
    page = browser_of(world, "anna").get("/room/tickets/new/").content.decode()
    assert "Жалоба" not in page
    assert (
        "Жалоба" in browser_of(world, "manager").get(f"/desk/tickets/{ticket.pk}/").content.decode()
    )
    with pytest.raises(Refused) as twice:
        close_kind(kind, by=by, at=AT)
    assert twice.value.code == "kind_closed"
    offer_kind(kind, by=by, at=AT)
    assert last_kind(world) == "ticket.kind_offered"
    with pytest.raises(Refused):
        offer_kind(kind, by=by, at=AT)


def test_one_kind_is_always_left(world: World) -> None:
    by = world.staff["director"].user
    *others, last = TicketType.objects.order_by("pk")
    for kind in others:
        close_kind(kind, by=by, at=AT)
    with pytest.raises(Refused) as refused:
        close_kind(last, by=by, at=AT)
    assert refused.value.code == "last_kind"


def test_the_order_is_what_clients_choose_from(world: World) -> None:
    by, kind = world.staff["director"].user, TicketType.objects.get(slug="problem")
    raise_kind(kind, by=by, at=AT)
    assert last_kind(world) == "ticket.kinds_ordered"
    page = browser_of(world, "anna").get("/room/tickets/new/").content.decode()
    assert page.index("Что-то не так") < page.index("Вопрос:")
    with pytest.raises(Refused):
        raise_kind(kind, by=by, at=AT)


def test_the_same_values_leave_no_trace(world: World) -> None:
    by, kind = world.staff["director"].user, TicketType.objects.get(slug="problem")
    before = Entry.objects.count()
    names = ("name_ru", "name_en", "purpose_ru", "purpose_en", "priority", "team")
    set_kind(kind, {name: getattr(kind, name) for name in names}, by=by, at=AT)  # type: ignore[arg-type]
    assert Entry.objects.count() == before


def test_speeds_are_typed_in_hours_and_promise_what_comes_next(world: World) -> None:
    old = asked(world)
    page = browser_of(world, "director").get(f"{BASE}speeds/").content.decode()
    assert 'name="urgent_reply" value="0,5"' in page and 'value="80"' in page
    form = {}
    for priority, reply, solution in (
        ("urgent", "0,25", "4"), ("high", "0,5", "8"), ("normal", "4", "24"), ("low", "8", "80")
    ):  # fmt: skip
        form |= {f"{priority}_reply": reply, f"{priority}_solution": solution}
        form |= {f"{priority}_news": "" if priority == "urgent" else "2,5"}
    answer = browser_of(world, "director").post(f"{BASE}speeds/", form, follow=True)
    told = answer.content.decode()
    assert "30\xa0мин" in told and "весть каждые 2\xa0ч\xa030\xa0мин" in told
    level = ServiceLevel.objects.get(priority="urgent")
    # What is left blank is not promised.
    assert (level.reply_minutes, level.news_minutes) == (15, None)
    assert last_kind(world) == "ticket.speeds_set"
    assert asked(world).reply.due_at == AT + timedelta(minutes=30)
    old.reply.refresh_from_db()
    assert old.reply.due_at == AT + timedelta(hours=1)
    wrong = browser_of(world, "director").post(f"{BASE}speeds/", form | {"low_reply": "100"})
    assert wrong.status_code == 422 and 'value="100"' in wrong.content.decode()


def test_the_same_speeds_leave_no_trace(world: World) -> None:
    before = Entry.objects.count()
    minutes = {
        one.priority: (one.reply_minutes, one.solution_minutes, one.news_minutes)
        for one in ServiceLevel.objects.all()
    }
    set_speeds(minutes, by=world.staff["director"].user, at=AT)
    assert Entry.objects.count() == before
