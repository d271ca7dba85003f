"""Erasing a person reaches what requests keep of them; taking their data along holds it."""

import json

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, DAY, HOUR
from tests.tickets.asked import asked
from zabota.cases.models import Verdict
from zabota.clients import actions
from zabota.clients.models import Client, Import
from zabota.common.models import File
from zabota.home import work
from zabota.home.world import World
from zabota.journal.verify import verify_journal
from zabota.tickets.actions import (
    end_ticket,
    give_ticket_verdict,
    say_in_ticket,
    write_to_ticket,
)
from zabota.tickets.actions.files import Brought
from zabota.tickets.models import Remark, RemarkFile, Ticket

PASSPORT = Brought("паспорт.txt", b"Anna, born 1980", "text/plain")
TABLE = "Название;Телефон\nАнна Крылова;+7 495 123-45-67\n".encode()


def told_everything(world: World) -> Ticket:
    """Anna asks, adds a file and says what she thought."""
    by, ticket = world.as_guest("anna"), asked(world)
    write_to_ticket(ticket, "Вот паспорт", by=by, at=AT, files=[PASSPORT])
    end_ticket(ticket, "solved", "Готово", by=world.as_staff("manager"), at=AT + HOUR)
    assert work.ask_whether_it_helped(AT + 2 * DAY) == 1
    give_ticket_verdict(ticket, "yes", 2, "Анне помогли", by=by, at=AT + 2 * DAY)
    return ticket


def test_an_export_holds_requests_and_answers(world: World) -> None:
    ticket = told_everything(world)
    told = json.loads(actions.export_person(world.guests["anna"], by=None, at=AT + 3 * DAY))
    assert [one["files"] for one in told["requests"]] == [[], ["паспорт.txt"]]
    assert told["requests"][1]["request"] == ticket.case.number
    assert told["answers"][0]["words"] == "Анне помогли" and told["letters"] == []


def test_erasing_reaches_words_files_and_tables(world: World) -> None:
    told_everything(world)
    director = world.staff["director"].user
    table = actions.open_import("clients", TABLE, "люди.csv", by=director, at=AT)
    actions.start_import(table, by=director, at=AT)
    actions.carry_on_import(by=None, at=AT)
    held = [RemarkFile.objects.get().file_id, table.file_id]
    actions.erase_person(world.guests["anna"], by=None, at=AT + 3 * DAY)
    for _ in range(2):
        work.react(AT + 3 * DAY)
    verdict = Verdict.objects.get()
    assert (verdict.words, verdict.helped, verdict.effort) == ("", "yes", 2)
    assert not RemarkFile.objects.exists() and not File.objects.filter(pk__in=held).exists()
    left = Import.objects.get()
    assert (left.name, left.faults, left.total) == ("—", [], 1)
    for page in ("/desk/clients/import/", f"/desk/clients/import/{left.pk}/"):
        assert browser_of(world, "director").get(page).status_code == 200


def test_the_words_of_somebody_who_is_a_client_themselves_go(world: World) -> None:
    ticket, anna = told_everything(world), world.guests["anna"]
    Client.objects.filter(pk=anna.client_id).update(kind="person")
    say_in_ticket(ticket, "Наши слова", by=world.as_staff("manager"), at=AT + 2 * DAY)
    actions.erase_person(anna, by=None, at=AT + 3 * DAY)
    for _ in range(2):
        work.react(AT + 3 * DAY)
    said = list(Remark.objects.order_by("pk").values_list("side", "text"))
    assert [text for side, text in said if side == "theirs"] == ["", ""]
    assert "Наши слова" in [text for _side, text in said]
    now = Ticket.objects.select_related("case").get(pk=ticket.pk)
    assert (now.said, now.case.title) == ("", "Что-то не так")
    assert "светильник" not in now.case.search.casefold()
    page = browser_of(world, "manager").get(f"/desk/tickets/{ticket.pk}/").content.decode()
    assert "Удалено по желанию человека" in page and "комиссия" not in page
    assert verify_journal().broken is None


def test_what_was_said_for_a_company_stays_the_company_s(world: World) -> None:
    told_everything(world)
    actions.erase_person(world.guests["anna"], by=None, at=AT + 3 * DAY)
    work.react(AT + 3 * DAY)
    assert all(Remark.objects.filter(side="theirs").values_list("text", flat=True))
