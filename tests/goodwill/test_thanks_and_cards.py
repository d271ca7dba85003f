"""Thanks both ways, visiting cards, making good, the export for accounting."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client as Browser

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, DAY
from tests.goodwill.given import a_person, code, fresh, gave, last, left, with_terms
from tests.outreach.test_receive_letter import mailbox, written
from tests.support.refused import refused
from tests.tickets.asked import asked
from zabota.cases.actions import Beyond, go_beyond
from zabota.cases.models import Promise
from zabota.clients.actions import erase_person, export_person
from zabota.clients.actions.purchases import record_purchase
from zabota.clients.models import Purchase
from zabota.goodwill.actions import (
    Given,
    Taken,
    claim_gift,
    make_card,
    make_good,
    open_thanks,
    say_thanks,
    thank_for_case,
)
from zabota.goodwill.addresses import card_address
from zabota.goodwill.models import CardLetter, Gift, ReceivedThanks, SaidThanks
from zabota.home import work
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.outreach.actions import announce_entries, receive_letter, send_waiting
from zabota.outreach.models import Mailbox, Message
from zabota.outreach.render import render_mail
from zabota.outreach.tokens import link_token
from zabota.people.actions import grant_power
from zabota.tickets.actions import end_ticket
from zabota.tickets.models import Ticket

__all__ = ["mailbox"]


def bought(world: World) -> Purchase:
    person = a_person(world)
    world.guests["raisa"] = person
    return record_purchase(
        person.client, day=AT.date(), sum=Decimal(900), mark="till:1", by=None, at=AT
    )


def test_a_buyer_is_thanked_once_and_it_counts_when_opened(world: World) -> None:
    purchase = bought(world)
    thanks = say_thanks(purchase, "Спасибо, Раиса!", by=world.as_staff("finance"), at=AT)
    assert last().kind == "goodwill.thanks_said"
    with refused("thanked"):
        say_thanks(purchase, "И от меня", by=world.as_staff("manager"), at=AT)
    announce_entries(by=None, at=AT)
    message = Message.objects.get(purpose="thanks")
    assert message.to == world.guests["raisa"].user
    # A machine that looks at the link opens nothing; the reader does.
    address, reader = f"/thanks/{link_token('thanks', thanks.pk)}/", Browser()
    assert "Спасибо, Раиса!" not in reader.get(address).content.decode()
    assert SaidThanks.objects.get().opened_at is None
    page = reader.post(address, follow=True).content.decode()
    assert "Спасибо, Раиса!" in page and SaidThanks.objects.get().opened_at is not None
    assert last().kind == "goodwill.thanks_opened"
    assert not open_thanks(thanks, by=None, at=AT)


def test_in_the_room_only_the_buyer_opens_it(world: World) -> None:
    purchase = bought(world)
    page = browser_of(world, "finance").post(
        f"/desk/goodwill/thank/{purchase.pk}/", {"words": "Да"}
    )
    assert page.status_code == 302
    thanks = SaidThanks.objects.get()
    address = f"/room/goodwill/thanks/{thanks.pk}/open/"
    assert browser_of(world, "anna").post(address).status_code == 404
    assert browser_of(world, "raisa").post(address).status_code == 302
    assert SaidThanks.objects.get().opened_at is not None


def test_a_client_thanks_for_a_case_once(world: World) -> None:
    case = asked(world).case
    with pytest.raises(PermissionDenied):
        thank_for_case(case, "", by=world.as_guest("alien"), at=AT)
    assert browser_of(world, "alien").get(f"/room/cases/{case.pk}/thank/").status_code == 404
    # It names whom one thanks; on top stands who reads.
    shown = browser_of(world, "boris").get(f"/room/cases/{case.pk}/thank/").content.decode()
    assert case.owner.name in shown.partition("<main")[2] and "Борис" in shown
    page = browser_of(world, "boris").post(f"/room/cases/{case.pk}/thank/", {"words": "Выручили!"})
    assert page.status_code == 302
    thanks = ReceivedThanks.objects.get()
    assert (thanks.employee, thanks.way) == (case.owner, "room")
    assert last().kind == "goodwill.thanks_received"
    with refused("thanked"):
        thank_for_case(case, "Ещё", by=world.as_guest("anna"), at=AT)
    announce_entries(by=None, at=AT)
    assert Message.objects.filter(entry=last(), to=case.owner.user).exists()


def test_a_client_thanks_by_the_link_of_a_letter(world: World) -> None:
    ticket = asked(world)
    announce_entries(by=None, at=AT)
    message = Message.objects.filter(case=ticket.case, to=world.guests["anna"].user).first()
    assert message is not None
    address = f"/thank/{link_token('thank', message.pk)}/"
    Browser().post(address, {"words": "Спасибо"})
    thanks = ReceivedThanks.objects.get()
    assert (thanks.way, thanks.contact) == ("letter", world.guests["anna"])
    assert "передадим" in Browser().get(address).content.decode()


def test_a_letter_to_a_card_is_answered_by_one_tap(world: World, mailbox: Mailbox) -> None:
    with_terms(world)
    finance = world.as_staff("finance")
    card = make_card(Given("own", "—", what="чай с чабрецом", cost=Decimal(200)), by=finance, at=AT)
    assert last().kind == "goodwill.card_made"
    to = card_address(card.mark, mailbox.address)
    receive_letter(written("gost@park.example", to, "Здравствуйте!"), mailbox, by=None, at=AT)
    for _turn in range(2):
        work.react(AT + timedelta(seconds=1))
    row = CardLetter.objects.get()
    assert not Ticket.objects.exists() and row.letter.settled_at is not None
    assert Entry.objects.filter(kind="goodwill.card_written_to").exists()
    assert (
        browser_of(world, "manager")
        .post(f"/desk/goodwill/card/letters/{row.pk}/answer/")
        .status_code
        == 404
    )
    browser = browser_of(world, "finance")
    assert "gost@park.example" in browser.get("/desk/goodwill/").content.decode()
    answer = f"/desk/goodwill/card/letters/{row.pk}/answer/"
    assert answer in browser.get("/desk/").content.decode()
    assert answer not in browser_of(world, "manager").get("/desk/").content.decode()
    for _tap in range(2):
        assert browser.post(answer, {"next": "/desk/"})["Location"] == "/desk/"
    assert answer not in browser.get("/desk/").content.decode()
    gift = Gift.objects.get()
    assert gift.to_stranger and left(world) == Decimal(4800)
    message = Message.objects.get(purpose="gift")
    mail = render_mail(message, [message], AT)
    assert message.address == "gost@park.example" and "/gifts/" in mail.text
    assert code(gift) not in str(vars(message)) and "Павел Серов" in mail.text


def test_a_card_is_printed(world: World, mailbox: Mailbox) -> None:
    with_terms(world)
    browser = browser_of(world, "finance")
    assert browser.get("/desk/goodwill/card/sheet.pdf").status_code == 404
    page = browser.get("/desk/goodwill/card/?kind=thanks").content.decode()
    assert "once" in page
    browser.post("/desk/goodwill/card/?kind=thanks", {"once": "ab"})
    shown = browser.get("/desk/goodwill/card/").content.decode()
    assert "+gift." in shown
    assert browser.get("/desk/goodwill/card/sheet.pdf").content.startswith(b"%PDF")


def late(world: World) -> Promise:
    """A first reply that was not given in time."""
    return asked(world, at=AT - 9 * DAY).reply


def test_a_failed_moment_pays_for_making_good(world: World) -> None:
    with_terms(world)
    promise = late(world)
    told = Given("flowers", "ответили поздно", cost=Decimal(6000))
    manager = world.as_staff("manager")
    with pytest.raises(PermissionDenied):
        make_good(promise, told, by=manager, at=AT)
    grant_power(world.staff["manager"], "beyond", by=None, at=AT, limit=Decimal(10000))
    gift = make_good(promise, told, by=manager, at=AT)
    assert (gift.paid_by, gift.moment_id, gift.allowance) == ("moment", promise.moment_id, None)
    assert last().kind == "goodwill.made_good" and left_or_all(world) == 5000
    kept = asked(world, at=AT).reply
    with pytest.raises(PermissionDenied):
        make_good(kept, told, by=manager, at=AT)
    page = browser_of(world, "manager").get(f"/desk/cases/{promise.case_id}/beyond/")
    assert f"/desk/goodwill/make-good/{promise.pk}/" in page.content.decode()
    assert (
        browser_of(world, "manager")
        .get(f"/desk/goodwill/make-good/{promise.pk}/?kind=flowers")
        .status_code
        == 200
    )


def left_or_all(world: World) -> Decimal:
    gave(world, "manager", kind="thanks", cost=None)
    gave(world, "manager", kind="discount", cost=Decimal(1))
    return left(world, "manager") + 1


def test_accounting_takes_both_along(world: World) -> None:
    with_terms(world)
    director = browser_of(world, "director")
    assert browser_of(world, "manager").get("/desk/goodwill/accounts/").status_code == 403
    gift = gave(world)
    claim_gift(gift, Taken("k", "Лев", "lev@mail.example", consent="v"), by=None, at=AT)
    grant_power(world.staff["manager"], "beyond", by=None, at=AT)
    told, promise = Given("flowers", "ответили поздно", cost=Decimal("70.50")), late(world)
    make_good(promise, told, by=world.as_staff("manager"), at=AT)
    step = Beyond("Доставка только по будням", "Праздник у клиента", Decimal(1200), "RUB")
    go_beyond(promise.case, step, by=world.as_staff("manager"), at=AT)
    days = "?from=2026-11-01&to=2026-11-30"
    page = director.get(f"/desk/goodwill/accounts/{days}").content.decode()
    assert gift.number in page and "Первый ответ на обращение" in page
    text = director.get(f"/desk/goodwill/accounts/{days}&file=csv").content.decode("utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=";") if row]
    (first,) = [row for row in rows if row[0] == gift.number]
    assert ("Лев" in first, "500,00" in first) == (True, True)
    assert any("70,50" in row and "Первый ответ на обращение" in row for row in rows)
    (beyond,) = [row for row in rows if "Доставка только по будням" in row]
    assert beyond[0] == promise.case.number and "1200,00" in beyond
    assert "Праздник у клиента" in page
    xlsx = director.get(f"/desk/goodwill/accounts/{days}&file=xlsx").content
    assert xlsx.startswith(b"PK")
    assert director.get("/desk/goodwill/accounts/?from=x&to=2026-13-01").status_code == 200


def test_what_is_kept_of_a_person_goes_along_and_is_forgotten(world: World) -> None:
    with_terms(world)
    gift = gave(world)
    claim_gift(
        gift, Taken("k", "Лев", "lev@mail.example", thanks="Тронут", consent="v"), by=None, at=AT
    )
    person = fresh(gift).contact
    assert person is not None
    assert "Тронут" in export_person(person, by=None, at=AT).decode()
    erase_person(person, by=None, at=AT)
    for _turn in range(2):
        work.react(AT + timedelta(minutes=2))
    assert fresh(gift).thanks == "" and fresh(gift).cost == 500
    while send_waiting(by=None, at=AT):
        pass


def test_the_letter_that_a_request_is_done_bears_the_link(world: World) -> None:
    ticket = asked(world)
    end_ticket(ticket, "solved", "Заменили", by=world.as_staff("manager"), at=AT)
    announce_entries(by=None, at=AT)
    message = Message.objects.get(purpose="ticket_ended")
    mail = render_mail(message, [message], AT)
    assert f"/thank/{link_token('thank', message.pk)}/" in mail.text
    receipt = Message.objects.get(purpose="ticket_receipt")
    assert "/thank/" not in render_mail(receipt, [receipt], AT).text
