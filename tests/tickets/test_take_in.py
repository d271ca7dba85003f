"""The form on a site: a request and its receipt at once, once; machines and other sites outside."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from tests.contracts.worlds import AT
from tests.outreach.test_receive_letter import email_of
from tests.support.refused import refused
from tests.tickets.gates import a_gate, mark_in, page
from zabota.clients.models import Client, Consent, ContactPoint
from zabota.common import clock
from zabota.home import work
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.outreach.actions import announce_entries, change_gate, close_gate
from zabota.outreach.models import ConsentText, Gate, Message, Received
from zabota.outreach.render import render_mail
from zabota.tickets.actions import say_in_ticket
from zabota.tickets.models import Remark, Ticket, TicketType

NEW = "newcomer@nigde.example"
AGREED = "Согласен на обработку данных, чтобы мне ответили."


@pytest.fixture
def gate(world: World, monkeypatch: pytest.MonkeyPatch) -> Gate:
    now = [AT]
    monkeypatch.setattr(clock, "now", lambda: now[0])
    made = a_gate("form", consent=AGREED, sites=["https://svet.example"], asks="either", file=True)
    made.now = now  # type: ignore[attr-defined]
    return made


def shown(gate: Gate, browser: Browser) -> str:
    """The page's mark; then a person writes for half a minute."""
    mark = mark_in(page(browser, f"/ask/{gate.key}/"))
    gate.now[0] += timedelta(seconds=30)  # type: ignore[attr-defined]
    return mark


def send(gate: Gate, browser: Browser | None = None, **fields: object) -> tuple[int, str]:
    browser = browser or Browser()
    words = {
        "name": "Пётр", "reached": NEW, "text": "Не горит фонарь.", "agreed": "on",
        "mark": fields.pop("mark", None) or shown(gate, browser), **fields,
    }  # fmt: skip
    answer = browser.post(f"/ask/{gate.key}/", words)  # type: ignore[arg-type]
    to = answer.headers.get("Location", "")
    return answer.status_code, page(browser, to) if to else answer.content.decode()


def test_a_stranger_has_a_request_and_a_receipt_at_once(gate: Gate, world: World) -> None:
    TicketType.objects.filter(slug="problem").update(team=world.teams["logistics"])
    status, said = send(gate)
    assert status == 302
    ticket = Ticket.objects.select_related("case__client", "contact", "type").get()
    assert ticket.case.number.replace("-", "") in said.replace("-", "").replace("‑", "")
    assert "Обращением занимается: Отдел логистики." in said
    assert "Вам ответит человек до" in said and "Не горит" not in said
    assert (ticket.channel, ticket.type.slug, ticket.case.client.email) == ("form", "problem", NEW)
    # What nobody has proved to be theirs gets no word that was typed: no letters in our name.
    assert ticket.case.title.endswith(": Сайт")
    announce_entries(by=None, at=AT)
    receipt = Message.objects.get(purpose="ticket_receipt")
    mail = render_mail(receipt, [receipt], AT)
    assert (receipt.address, "Не горит" in mail.text) == (NEW, False)
    assert "Вам ответит человек" in mail.text
    consent, text = Consent.objects.get(contact=ticket.contact), ConsentText.objects.get()
    assert consent.text_version == f"2026-11-17 № {text.pk}"
    kinds = set(Entry.objects.values_list("kind", flat=True))
    assert {"outreach.gate_opened", "outreach.words_received", "ticket.opened"} <= kinds


def test_the_reaction_finds_it_done(gate: Gate) -> None:
    send(gate)
    work.react(AT + timedelta(hours=1))
    assert (Ticket.objects.count(), Remark.objects.count()) == (1, 1)


def numbers(said: str) -> list[str]:
    return re.findall(r"\d{4}.\d{5}", said)


def test_the_same_page_sent_twice_is_one_request(gate: Gate) -> None:
    browser = Browser()
    mark = shown(gate, browser)
    first, second = send(gate, browser, mark=mark), send(gate, browser, mark=mark)
    assert (first[0], numbers(first[1])) == (second[0], numbers(second[1]))
    assert send(gate, browser, mark=mark, text="И ещё одно.")[0] == 302
    assert Ticket.objects.count() == 2


def test_whose_address_is_known_is_known(gate: Gate, world: World) -> None:
    send(gate, reached=email_of(world, "anna"))
    ticket = Ticket.objects.select_related("case").get()
    assert ticket.case.client == world.clients["romashka"]
    assert ticket.contact == world.guests["anna"]


def test_by_phone_alone(gate: Gate, world: World) -> None:
    said = send(gate, reached="8 (912) 345-67-89")[1]
    assert "письмо" not in said
    assert ContactPoint.objects.get(normal="+79123456789").kind == "phone"
    send(gate, reached="+7 912 345 67 89", text="Это снова я.")
    assert Client.objects.filter(phone__contains="912").count() == 1
    # What is written would reach nobody: they are called.
    ticket, manager = Ticket.objects.earliest("pk"), world.as_staff("manager")
    with refused("out_of_reach"):
        say_in_ticket(ticket, "Приедем", by=manager, at=AT)
    say_in_ticket(ticket, "Договорились", by=manager, at=AT, how="call")


def test_what_is_missing_is_named_and_nothing_typed_is_lost(gate: Gate) -> None:
    status, said = send(gate, reached="нет", text="Важные слова", agreed="")
    assert status == 422 and not Received.objects.exists()
    assert "Важные слова" in said
    assert "ни адрес электронной почты, ни номер" in said and "Без вашего согласия" in said
    status, said = send(gate, file=SimpleUploadedFile("a.exe", b"MZ"))
    assert status == 422 and "Такие файлы не принимаем" in said


def test_a_file_stands_with_the_words(gate: Gate) -> None:
    send(gate, file=SimpleUploadedFile("фото.png", b"\x89PNG\r\n\x1a\n1"))
    assert Received.objects.get().files.get().name == "фото.png"


@pytest.mark.parametrize(
    "fields", [{"homepage": "x"}, {"mark": "made-up"}, {"mark": "a.1:b"}], ids=str
)
def test_a_machine_is_asked_once_more(gate: Gate, fields: dict[str, str]) -> None:
    status, said = send(gate, **fields)
    assert status == 422 and "Нажмите кнопку ещё раз" in said and "Не горит" in said
    assert not Received.objects.exists()


def test_faster_than_a_person_writes(gate: Gate) -> None:
    browser = Browser()
    mark = mark_in(page(browser, f"/ask/{gate.key}/"))
    assert send(gate, browser, mark=mark)[0] == 422
    gate.now[0] += timedelta(days=2)  # type: ignore[attr-defined]
    assert send(gate, browser, mark=mark)[0] == 422


def test_one_address_is_not_flooded(gate: Gate) -> None:
    answers = [send(gate, text=f"Письмо {n}")[0] for n in range(5)]
    assert answers == [302, 302, 302, 422, 422]
    assert send(gate, reached="another@nigde.example")[0] == 302


def test_one_network_does_not_flood(gate: Gate) -> None:
    for n in range(20):
        send(gate, reached=f"a{n}@nigde.example")
    assert send(gate, reached="z@nigde.example")[0] == 422
    assert Ticket.objects.count() == 20


def test_only_the_firms_sites_show_it(gate: Gate) -> None:
    answer = Browser().get(f"/ask/{gate.key}/")
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self' https://svet.example" in policy
    assert "X-Frame-Options" not in answer.headers
    assert "script-src 'self'" in policy


def test_its_language_is_the_forms_own(gate: Gate) -> None:
    english = Browser(headers={"accept-language": "en"})
    assert "Напишите нам" in page(english, f"/ask/{gate.key}/")
    change_gate(gate, {"language": "en"}, by=None, at=AT)
    assert "Write to us" in page(Browser(), f"/ask/{gate.key}/")
    assert Entry.objects.filter(kind="outreach.gate_changed").count() == 1


def test_a_closed_form_and_a_foreign_receipt_are_not_there(gate: Gate) -> None:
    send(gate)
    page(Browser(), f"/ask/{gate.key}/done/1-made-up/", 404)
    close_gate(gate, by=None, at=AT)
    page(Browser(), f"/ask/{gate.key}/", 404)
    assert Entry.objects.filter(kind="outreach.gate_closed").count() == 1


def test_another_wording_is_another_edition(gate: Gate) -> None:
    change_gate(gate, {"consent": AGREED}, by=None, at=AT)
    assert ConsentText.objects.count() == 1
    change_gate(gate, {"consent": "Согласен."}, by=None, at=AT)
    assert [one.text for one in ConsentText.objects.order_by("pk")] == [AGREED, "Согласен."]


def test_the_firm_sets_it_up(world: World) -> None:
    director, lawyer = Browser(), Browser()
    director.force_login(world.staff["director"].user)
    lawyer.force_login(world.staff["lawyer"].user)
    kind = Ticket._meta.get_field("type").related_model.objects.get(slug="problem").pk
    sent = {
        "name": "Форма", "language": "ru", "kind": kind, "asks": "email",
        "sites": "www.свет.рф\nhttps://b.example:8443/page", "consent": "",
    }  # fmt: skip
    assert lawyer.post("/desk/firm/channels/new/form/", sent).status_code == 403
    answer = director.post("/desk/firm/channels/new/form/", sent)
    made = Gate.objects.get()
    assert made.options["sites"] == ["https://www.xn--b1ag8ag.xn--p1ai", "https://b.example:8443"]
    assert f"/ask/{made.key}/" in page(director, answer.headers["Location"])
    assert "Форма" in page(director, "/desk/firm/channels/")
    wrong = director.post(f"/desk/firm/channels/{made.pk}/", {**sent, "sites": "a b; script"})
    assert wrong.status_code == 422
    key = made.key
    director.post(f"/desk/firm/channels/{made.pk}/renew/")
    made.refresh_from_db()
    assert made.key != key
    director.post(f"/desk/firm/channels/{made.pk}/close/")
    page(director, f"/desk/firm/channels/{made.pk}/", 404)
    page(director, "/desk/firm/channels/new/pigeon/", 404)
