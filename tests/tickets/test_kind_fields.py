"""What a kind of request asks beside its words: set, asked, shown, looked for, counted."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT
from tests.support.refused import refused
from tests.tickets.asked import asked, facts, fresh, kinds
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.tickets.actions import open_ticket, set_urgency_rule
from zabota.tickets.actions.fields import close_kind_field, set_details, set_kind_field
from zabota.tickets.models import FieldValue, KindField, Ticket, TicketType
from zabota.tickets.reading.fields import answers_of

BLANK: dict[str, Any] = {
    "name_en": "", "options_ru": "", "options_en": "", "required": False, "asked": "both",
}  # fmt: skip


def question(
    world: World, name: str, kind: str = "text", of: str = "problem", **more: Any
) -> KindField:
    values: Any = {**BLANK, "name_ru": name, "kind": kind, **more}
    by = world.staff["director"].user
    return set_kind_field(TicketType.objects.get(slug=of), None, values, by=by, at=AT)


def test_the_firm_sets_questions_of_a_kind(world: World) -> None:
    browser, kind = browser_of(world, "director"), TicketType.objects.get(slug="problem")
    base = f"/desk/firm/requests/kinds/{kind.pk}/fields/"
    browser.post(
        f"{base}new/",
        {"name_ru": "Где", "kind": "choice", "options_ru": "Двор\nФасад", "asked": "both"},
    )
    field = KindField.objects.get()
    assert Entry.objects.latest("pk").kind == "ticket.kind_field_set"
    assert "Двор, Фасад" in browser.get(base).content.decode()
    browser.post(
        f"{base}{field.pk}/",
        {"name_ru": "Где горит", "kind": "choice", "options_ru": "Двор\nФасад", "asked": "both",
         "options_en": "Yard\nFront"},
    )  # fmt: skip
    field.refresh_from_db()
    assert field.options("en") == [("Двор", "Yard"), ("Фасад", "Front")]
    browser.post(f"{base}{field.pk}/close/")
    assert Entry.objects.latest("pk").kind == "ticket.kind_field_closed"
    with refused("closed"):
        close_kind_field(field, by=world.staff["director"].user, at=AT)
    with pytest.raises(PermissionDenied):
        close_kind_field(field, by=world.staff["lawyer"].user, at=AT)
    assert browser_of(world, "lawyer").get(base).status_code == 403


def test_questions_that_make_no_sense_are_refused(world: World) -> None:
    with refused("no_options"):
        question(world, "Где", "choice", options_ru="Двор")
    with refused("same_option"):
        question(world, "Где", "choice", options_ru="Двор\nДвор")
    with refused("other_count"):
        question(world, "Где", "choice", options_ru="Двор\nФасад", options_en="Yard")


def test_the_client_answers_in_the_room_and_both_read_it(world: World) -> None:
    where = question(world, "Где", "choice", options_ru="Двор\nФасад", options_en="Yard\nFront")
    order = question(world, "Номер заказа", required=True)
    inside = question(world, "Чья вина", asked="ours")
    other = question(world, "Какая книга", of="question")
    guest, kind = browser_of(world, "anna"), TicketType.objects.get(slug="problem")
    form = guest.get("/room/tickets/new/").content.decode()
    assert "Номер заказа" in form and "Чья вина" not in form
    sent = {"kind": kind.pk, "text": "Не горит", f"q{where.pk}": "Фасад", f"q{other.pk}": "лишнее"}
    again = guest.post("/room/tickets/new/", sent)
    assert again.status_code == 422 and "Без этого мы не сможем" in again.content.decode()
    guest.post("/room/tickets/new/", {**sent, f"q{order.pk}": "A-17", f"q{inside.pk}": "их"})
    ticket = Ticket.objects.get()
    assert {a.field: a.words for a in answers_of([ticket.pk])[ticket.pk]} == {
        where: "Фасад",
        order: "A-17",
    }
    for page in (
        guest.get(f"/room/tickets/{ticket.pk}/"),
        browser_of(world, "manager").get(f"/desk/tickets/{ticket.pk}/"),
    ):
        assert "A-17" in page.content.decode()


def test_our_people_fill_in_every_kind_of_answer(world: World) -> None:
    fields = {
        kind: question(world, f"Поле {kind}", kind, asked="ours", options_ru="Да\nНет\nХз")
        if kind == "choice"
        else question(world, f"Поле {kind}", kind, asked="ours")
        for kind in ("text", "choice", "number", "money", "date", "yes_no")
    }
    ticket, browser = asked(world), browser_of(world, "manager")
    typed = {
        "text": "слова", "choice": "Хз", "number": "2,5", "money": "1000",
        "date": "2026-12-01", "yes_no": "yes",
    }  # fmt: skip
    path = f"/desk/tickets/{ticket.pk}/details/"
    assert "Поле money" in browser.get(path).content.decode()
    browser.post(path, {f"q{field.pk}": typed[kind] for kind, field in fields.items()})
    kept = dict(FieldValue.objects.values_list("field__kind", "text"))
    assert kept == {**typed, "number": "2.5"}
    assert kinds(ticket)[-1] == "ticket.details_set" and len(facts(ticket)["what"]) == 6
    page = browser.get(f"/desk/tickets/{ticket.pk}/").content.decode()
    assert "декабря" in page and "слова" in page
    assert (
        "слова" not in browser_of(world, "anna").get(f"/room/tickets/{ticket.pk}/").content.decode()
    )
    assert f'value="{typed["date"]}"' in browser.get(path).content.decode()
    browser.post(path, {f"q{fields['text'].pk}": "слова"})
    assert FieldValue.objects.count() == 1
    with refused("answered"):
        by: Any = world.staff["director"].user
        values: Any = {**BLANK, "name_ru": "Другое", "kind": "date"}
        set_kind_field(ticket.type, fields["text"], values, by=by, at=AT)
    with pytest.raises(PermissionDenied):
        set_details(ticket, {}, None, by=world.as_guest("anna"), at=AT)  # type: ignore[arg-type]
    assert browser_of(world, "logist1").get(path).status_code == 404


def test_the_list_is_narrowed_by_kind_and_by_answer(world: World) -> None:
    where = question(world, "Где", "choice", options_ru="Двор\nФасад")
    kind = TicketType.objects.get(slug="problem")
    by = world.as_guest("anna")
    yard, front = (
        open_ticket(by.client, kind, place, by=by, at=AT, answers={where: place})
        for place in ("Двор", "Фасад")
    )
    asked(world, "question")
    browser = browser_of(world, "manager")
    page = browser.get(f"/desk/tickets/?kind={kind.pk}&q{where.pk}=Двор").content.decode()
    assert f"/desk/tickets/{yard.pk}/" in page and f"/desk/tickets/{front.pk}/" not in page
    assert "Фасад</option>" in page
    assert browser.get("/desk/tickets/?kind=x&qz=1&q9999999999999=2").status_code == 200


def test_money_at_stake_makes_it_urgent(world: World) -> None:
    money = question(world, "Сумма", "money")
    day = question(world, "Когда", "date")
    rule: Any = {
        "type": None, "relation": "", "words": "", "from_time": None, "to_time": None,
        "priority": "urgent", "amount_from": Decimal(100_000), "worth_from": None,
    }  # fmt: skip
    set_urgency_rule(rule, by=world.staff["director"].user, at=AT)
    kind, by = TicketType.objects.get(slug="problem"), world.as_guest("anna")

    def came(amount: int | None) -> str:
        answers = {money: Decimal(amount) if amount else None, day: dt.date(2026, 12, 1)}
        ticket = open_ticket(by.client, kind, "Не горит", by=by, at=AT, answers=answers)
        return fresh(ticket).priority

    assert [came(amount) for amount in (None, 99_999, 100_000)] == ["high", "high", "urgent"]
    page = browser_of(world, "director").get("/desk/firm/requests/").content.decode()
    assert "на кону от" in page


def test_what_the_client_brings_makes_it_urgent(world: World) -> None:
    rule: Any = {
        "type": None, "relation": "", "words": "", "from_time": None, "to_time": None,
        "priority": "urgent", "amount_from": None, "worth_from": Decimal(1_000_000),
    }  # fmt: skip
    set_urgency_rule(rule, by=world.staff["director"].user, at=AT)
    client = world.clients["romashka"]
    assert asked(world).priority == "high"
    client.__class__.objects.filter(pk=client.pk).update(worth=Decimal(1_500_000))
    assert asked(world).priority == "urgent"
