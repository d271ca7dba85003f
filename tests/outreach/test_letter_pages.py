"""«Пришедшие письма»: whoever sorts letters sees what waits, whole and safely, and decides."""

from email.message import EmailMessage

import pytest
from django.test import Client as Browser

from tests.contracts.worlds import AT, sent
from tests.outreach.test_receive_letter import ADDRESS, email_of, mailbox, notice_of, written
from zabota.clients.models import Contact
from zabota.home.world import World
from zabota.outreach.actions import place_letter, receive_letter
from zabota.outreach.models import Mailbox, Received
from zabota.outreach.passwords import password_of
from zabota.outreach.tokens import reply_address

__all__ = ["mailbox"]
LIST = "/desk/letters/"


def browser(world: World, key: str) -> Browser:
    made = Browser()
    rows = world.guests if key in world.guests else world.staff
    made.force_login(rows[key].user)  # type: ignore[index]
    return made


def page(who: Browser, path: str, status: int = 200) -> str:
    answer = who.get(path)
    assert answer.status_code == status, f"{path} answered {answer.status_code}"
    return answer.content.decode()


@pytest.fixture
def unknown(mailbox: Mailbox) -> Received:
    raw = written("Пётр <who@knows.example>", text="Где мой заказ?\n\n> старое", subject="Заказ")
    return receive_letter(raw, mailbox, by=None, at=AT).letter


def test_who_sees_what(world: World, unknown: Received) -> None:
    manager, lawyer = browser(world, "manager"), browser(world, "lawyer")
    assert "Где мой заказ?" in page(manager, LIST)
    one = f"{LIST}{unknown.pk}/"
    assert "Где мой заказ?" in page(manager, one)
    page(lawyer, LIST, 403)
    for path in (one, f"{one}whole/"):
        page(lawyer, path, 404)
        page(browser(world, "anna"), path, 404)
    place_letter(unknown, sent(world).case, by=None, at=AT)
    assert "Где мой заказ?" in page(browser(world, "director"), one)
    for verb in ("place", "confirm", "aside"):
        assert manager.get(f"{one}{verb}/").status_code == 405
        assert lawyer.post(f"{one}{verb}/").status_code in (403, 404)


def test_today_tells_whoever_sorts(world: World, unknown: Received) -> None:
    assert "1 письмо ждёт разбора" in page(browser(world, "manager"), "/desk/")
    assert LIST not in page(browser(world, "lawyer"), "/desk/")


def test_it_is_put_where_it_belongs(world: World, unknown: Received) -> None:
    manager, case = browser(world, "manager"), sent(world).case
    one = f"{LIST}{unknown.pk}/"
    said = manager.post(f"{one}place/", {"number": "нет такого"}, follow=True).content.decode()
    assert "Под этим номером" in said
    said = manager.post(
        f"{one}place/", {"number": f"№ {case.number}"}, follow=True
    ).content.decode()
    assert case.title in said
    unknown.refresh_from_db()
    assert unknown.case == case
    assert page(manager, LIST).count("Где мой заказ?") == 0
    assert "Где мой заказ?" in page(manager, f"{LIST}?show=read")


def test_the_sender_is_found_or_added(world: World, unknown: Received, mailbox: Mailbox) -> None:
    manager, one = browser(world, "manager"), f"{LIST}{unknown.pk}/"
    found = page(manager, f"{one}?q=крылова")
    assert "Анна Крылова" in found
    found = page(manager, f"{one}?q=ромашка")
    assert "Новый человек клиента" in found
    client = world.clients["romashka"]
    manager.post(f"{one}confirm/", {"client": client.pk, "name": "Пётр Иванов"})
    unknown.refresh_from_db()
    contact = Contact.objects.get(name="Пётр Иванов")
    assert (unknown.contact, contact.client) == (contact, client)
    assert contact.points.get().value == "who@knows.example"
    other = receive_letter(written("new@knows.example"), mailbox, by=None, at=AT).letter
    anna = world.guests["anna"]
    manager.post(f"{LIST}{other.pk}/confirm/", {"contact": anna.pk})
    other.refresh_from_db()
    assert other.contact == anna
    assert "Д-" in page(manager, f"{LIST}{other.pk}/") or not sent(world).case.number.startswith(
        "Д"
    )


def test_an_answer_to_somebody_else_offers_whose_and_where(world: World, mailbox: Mailbox) -> None:
    notice = notice_of(world, sent(world))
    raw = written("anna.home@mail.example", reply_address(ADDRESS, notice.pk))
    letter = receive_letter(raw, mailbox, by=None, at=AT).letter
    shown = page(browser(world, "manager"), f"{LIST}{letter.pk}/")
    assert notice.case is not None
    assert "Анна Крылова" in shown and notice.case.number in shown


def test_set_aside(world: World, unknown: Received) -> None:
    browser(world, "manager").post(f"{LIST}{unknown.pk}/aside/")
    assert not Received.objects.waiting().exists()


def test_files_leave_safely(world: World, mailbox: Mailbox) -> None:
    letter = EmailMessage()
    letter["From"], letter["To"] = "who@knows.example", ADDRESS
    letter.set_content("x")
    letter.add_alternative("<p>Верстка</p><script>alert(1)</script>", subtype="html")
    for name, data in (("счёт.pdf", b"%PDF-1.4"), ("run.exe", b"MZ")):
        letter.add_attachment(data, "application", "octet-stream", filename=name)
    row = receive_letter(letter.as_bytes(), mailbox, by=None, at=AT).letter
    manager, one = browser(world, "manager"), f"{LIST}{row.pk}/"
    shown = page(manager, one)
    assert "Верстка" in shown and "alert(1)" not in shown and "run.exe" in shown
    good, bad = row.files.order_by("pk")
    answer = manager.get(f"{one}files/{good.pk}/")
    assert answer.content == b"%PDF-1.4" and "attachment" in answer["Content-Disposition"]
    assert manager.get(f"{one}files/{bad.pk}/").status_code == 404
    whole = manager.get(f"{one}whole/")
    assert whole.content == letter.as_bytes()
    assert whole["Content-Type"] == "application/octet-stream"


def test_what_could_not_be_read_is_shown_as_it_came(world: World, mailbox: Mailbox) -> None:
    row = receive_letter("Сырые <b>байты</b>".encode("koi8-r"), mailbox, by=None, at=AT).letter
    manager = browser(world, "manager")
    shown = page(manager, f"{LIST}{row.pk}/")
    assert "Сырые &lt;b&gt;байты&lt;/b&gt;" in shown and "отправитель не назван" in shown
    assert f"{LIST}{row.pk}/" in page(manager, f"{LIST}?show=kept")


def test_a_list_asks_as_often_for_many_as_for_few(
    world: World, mailbox: Mailbox, django_assert_max_num_queries: object
) -> None:
    manager = browser(world, "manager")

    def letters(count: int) -> None:
        for n in range(count):
            raw = written(f"a{n}@knows.example", text=f"{count}.{n}")
            receive_letter(raw, mailbox, by=None, at=AT)

    letters(1)
    with django_assert_max_num_queries(100) as few:  # type: ignore[operator]
        page(manager, LIST)
    letters(20)
    with django_assert_max_num_queries(len(few)):  # type: ignore[operator]
        page(manager, LIST)


def test_mailboxes_are_kept_in_the_firms_settings(world: World, mailbox: Mailbox) -> None:
    director, boxes = browser(world, "director"), "/desk/firm/mailboxes/"
    page(browser(world, "lawyer"), boxes, 403)
    typed = {
        "name": "Продажи", "address": "sales@svet.example", "way": "imap", "host": "imap.s.example",
        "port": "993", "security": "tls", "login": "sales", "password": "тайна", "folder": "",
    }  # fmt: skip
    answer = director.post(f"{boxes}add/", {**typed, "password": ""})
    assert answer.status_code == 422 and "пароль" in answer.content.decode().lower()
    assert director.post(f"{boxes}add/", typed).status_code == 302
    box = Mailbox.objects.get(name="Продажи")
    assert (password_of(box), box.folder) == ("тайна", "INBOX")
    shown = page(director, f"{boxes}{box.pk}/")
    assert "тайна" not in shown and box.secret not in shown
    director.post(f"{boxes}{box.pk}/", {**typed, "password": "", "name": "Отдел продаж"})
    box.refresh_from_db()
    assert (box.name, password_of(box)) == ("Отдел продаж", "тайна")
    Mailbox.objects.filter(pk=box.pk).update(fault="no route", fault_since=AT)
    assert "no route" in page(director, boxes)
    director.post(f"{boxes}{box.pk}/close/")
    assert "Отдел продаж" not in page(director, boxes)
    assert email_of(world, "anna")
