"""A part of a request leaves into one of its own, and comes back."""

from datetime import timedelta

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, HOUR
from tests.support.refused import refused
from tests.tickets.asked import asked, fresh, kinds
from zabota.cases.models import Link
from zabota.home.world import World
from zabota.outreach.actions import announce_entries
from zabota.outreach.models import Message
from zabota.tickets.actions import (
    part_tickets,
    say_in_ticket,
    split_ticket,
    undo_split,
    write_to_ticket,
)
from zabota.tickets.models import Remark, Ticket, TicketType

OTHER = "И ещё: пришлите, пожалуйста, закрывающие документы за октябрь."


def with_another_matter(world: World) -> tuple[Ticket, Remark]:
    ticket = asked(world)
    return ticket, write_to_ticket(ticket, OTHER, by=world.as_guest("anna"), at=AT + HOUR)


def split(world: World, ticket: Ticket, *remarks: Remark) -> Ticket:
    kind = TicketType.objects.get(slug="question")
    return split_ticket(
        ticket,
        [one.pk for one in remarks],
        kind,
        "",
        by=world.as_staff("manager"),
        at=AT + 9 * HOUR,
    )


def test_it_has_its_own_promises_from_when_the_words_came(world: World) -> None:
    ticket, remark = with_another_matter(world)
    browser = browser_of(world, "manager")
    assert OTHER[:20] in browser.get(f"/desk/tickets/{ticket.pk}/split/").content.decode()
    kind = TicketType.objects.get(slug="question")
    answer = browser.post(
        f"/desk/tickets/{ticket.pk}/split/",
        {"remarks": [remark.pk], "kind": kind.pk, "title": "Документы за октябрь"},
        follow=True,
    )
    assert OTHER[:20] in answer.content.decode()
    made = Ticket.objects.select_related("case", "reply").get(case__title="Документы за октябрь")
    assert made.reply.started_at == AT + HOUR
    assert made.reply.due_at == AT + timedelta(hours=6)
    assert (
        OTHER not in browser.get(f"/desk/tickets/{ticket.pk}/").content.decode().split("<aside")[0]
    )
    assert kinds(ticket)[-1] == "ticket.split" and kinds(made)[-1] == "ticket.split_from"
    announce_entries(by=None, at=AT + 2 * HOUR)
    news = Message.objects.filter(case=ticket.pk, to=world.guests["anna"].user)
    assert news.filter(purpose="ticket_news").count() == 1
    room = browser_of(world, "anna").get(f"/room/tickets/{ticket.pk}/").content.decode()
    assert f"теперь отдельное обращение: {made.case.number}" in room


def test_splitting_hides_no_lateness_and_keeps_what_was_answered(world: World) -> None:
    ticket, remark = with_another_matter(world)
    late = split(world, ticket, remark)
    assert late.reply.is_late(AT + 9 * HOUR)
    ticket, remark = with_another_matter(world)
    by = world.as_staff("manager")
    answer = say_in_ticket(ticket, "Пришлём сегодня", by=by, at=AT + 2 * HOUR)
    made = split(world, ticket, remark, answer)
    assert fresh(made).reply.settled_at == AT + 2 * HOUR and not made.reply.is_late(AT)


def test_undone_the_lines_stand_where_they_stood(world: World) -> None:
    ticket, remark = with_another_matter(world)
    before = list(Remark.objects.order_by("pk").values()), fresh(ticket).said
    made = split(world, ticket, remark)
    link = Link.objects.get(kind="split")
    assert (
        browser_of(world, "manager").post(f"/desk/tickets/links/{link.pk}/undo/").status_code == 302
    )
    assert (list(Remark.objects.order_by("pk").values()), fresh(ticket).said) == before
    assert kinds(ticket)[-1] == "ticket.split_undone"
    assert fresh(made).case.root_id == ticket.pk
    with refused("undone"):
        Link.objects.filter(pk=Link.objects.get(kind="merged").pk).delete()
        made.case.__class__.objects.filter(pk=made.pk).update(root=None)
        undo_split(link, by=world.as_staff("manager"), at=AT + 9 * HOUR)


def test_what_was_undone_is_not_parted_into_nothing(world: World) -> None:
    ticket, remark = with_another_matter(world)
    split(world, ticket, remark)
    undo_split(Link.objects.get(), by=world.as_staff("manager"), at=AT + 9 * HOUR)
    with refused("empty"):
        part_tickets(
            Link.objects.get(kind="merged"), by=world.as_staff("manager"), at=AT + 9 * HOUR
        )


def test_refused_when_nothing_sensible_is_left(world: World) -> None:
    ticket, remark = with_another_matter(world)
    by = world.as_staff("manager")
    note = say_in_ticket(ticket, "Себе", by=by, at=AT + HOUR, how="note")
    first = Remark.objects.filter(ticket=ticket).earliest("pk")
    with refused("no_words"):
        split(world, ticket, note)
    with refused("all"):
        split(world, ticket, first, remark)
    assert browser_of(world, "logist1").get(f"/desk/tickets/{ticket.pk}/split/").status_code == 404
