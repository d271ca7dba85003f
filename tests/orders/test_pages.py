"""Pages of orders on the desk and in the room: what is read, done, and by whom."""

from datetime import date, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.orders.ordered import LAMPS, POLES, browser_of, daisy_order, guest, lines_of, staff
from zabota.cases.models import Case
from zabota.common import clock
from zabota.home.world import World
from zabota.orders import actions
from zabota.orders.models import Delay, Invoice, Order, OrderPaper, Payment

NOW = clock.now()
SOON = NOW.date() + timedelta(days=9)


def fresh_order(world: World) -> Order:
    """Promised for days to come, as pages see time."""
    lamps = LAMPS.__class__(**{**LAMPS.__dict__, "by_day": SOON})
    manager = world.as_staff("manager")
    return actions.place_order(world.guests["anna"].client, [lamps], by=manager, at=NOW)


def rows(*lines: dict[str, str]) -> dict[str, str]:
    """Lines as the form of an order sends them."""
    sent = {"lines-TOTAL_FORMS": str(len(lines)), "lines-INITIAL_FORMS": "0"}
    for number, line in enumerate(lines):
        told = {"vat": "22", "by_day": SOON.isoformat(), **line}
        sent |= {f"lines-{number}-{name}": value for name, value in told.items()}
    return sent


def placed(world: World) -> Order:
    """Put down by hand: what is wrong comes back as it was typed, more rows when asked."""
    desk, client = staff(world, "manager"), world.guests["anna"].client
    at = f"/desk/orders/new/{client.pk}/"
    assert at in desk.get("/desk/orders/new/?q=ромаш").content.decode()
    assert at not in staff(world, "lawyer").get("/desk/orders/new/").content.decode()
    lines = [("Лампа", "2", "1 220,50"), ("Провод", "10", "7")]
    given = rows(*({"name": a, "quantity": b, "price": c} for a, b, c in lines))
    wrong = desk.post(at, {**given, "lines-0-quantity": "много"})
    assert wrong.status_code == 422 and "много" in wrong.content.decode()
    more = desk.post(at, {**given, "more": "1"}).content.decode()
    assert "1 220,50" in more and 'name="lines-4-name"' in more
    desk.post(at, given)
    order = Order.objects.get()
    assert order.total == Decimal("2511.00")
    return order


def test_an_order_goes_through_its_pages(world: World) -> None:
    order, desk = placed(world), staff(world, "manager")
    base = f"/desk/orders/{order.pk}/"
    lamp, cable = lines_of(order)
    desk.post(f"{base}invoice/", {"valid_until": SOON.isoformat()})
    desk.post(f"{base}pay/", {"number": "5", "day": "2026-11-20", "sum": "2 511,00"})
    assert Order.objects.get().paid == order.total
    sent = {"day": NOW.date().isoformat(), "number": "УПД-1", f"line{lamp.pk}": "2"}
    desk.post(f"{base}ship/", {**sent, f"line{cable.pk}": "10"})
    shipment = Order.objects.get().shipments.get()
    desk.post(f"{base}shipments/{shipment.pk}/", {"day": SOON.isoformat()})
    back = {"day": NOW.date().isoformat(), "reason": "wrong", f"line{lamp.pk}": "1"}
    desk.post(f"{base}return/", back)
    desk.post(f"{base}duty/", {"kind": "training", "day": SOON.isoformat()})
    duty = order.duties.get()
    desk.post(f"{base}duties/{duty.pk}/keep/")
    file = SimpleUploadedFile("УПД.pdf", b"%PDF-1.4 x", "application/pdf")
    desk.post(f"{base}papers/", {"kind": "transfer", "paper": file})
    page = desk.get(base).content.decode()
    # One of two came back as not what was ordered; both left the same day, and in time.
    for words in ("То, что заказано: 1 из 2", "В срок: 2 из 2", "в тот же день"):
        assert words in page, words
    for words in ("УПД.pdf", "Исполнен", "УПД-1", "Обучение", "Привезли не то"):
        assert words in page, words
    in_the_room(world, order)


def in_the_room(world: World, order: Order) -> None:
    """The client reads it, its paper while it is there, and says thank you once it is done."""
    paper, anna = OrderPaper.objects.get(), guest(world, "anna")
    at = f"/room/orders/{order.pk}/"
    assert anna.get(f"{at}papers/{paper.pk}/").status_code == 200
    staff(world, "manager").post(f"/desk/orders/{order.pk}/papers/{paper.pk}/remove/")
    assert anna.get(f"{at}papers/{paper.pk}/").status_code == 404
    room = anna.get(at).content.decode()
    assert "УПД-1" in room and "Оплачено" in room
    thank = f"/room/cases/{order.pk}/thank/"
    assert (thank in room) == (Order.objects.get().case.state == "done")
    Case.objects.filter(pk=order.pk).update(state="done")
    assert thank in anna.get(at).content.decode()
    assert order.case.number in anna.get("/room/orders/").content.decode()


def test_a_shipment_noted_by_mistake_is_taken_off(world: World) -> None:
    order, desk = fresh_order(world), staff(world, "manager")
    actions.ship_order(order, {lines_of(order)[0].pk: Decimal(10)}, by=None, at=NOW)
    off = f"/desk/orders/{order.pk}/shipments/{order.shipments.get().pk}/off/"
    assert off in desk.get(f"/desk/orders/{order.pk}/").content.decode()
    assert staff(world, "lawyer").post(off).status_code == 403
    desk.post(off)
    line = lines_of(order)[0]
    assert line.promise and (line.shipped, line.promise.state) == (0, "running")
    assert "Не отгружено" in guest(world, "anna").get(f"/room/orders/{order.pk}/").content.decode()


def test_lines_of_an_order_by_hand_are_changed(world: World) -> None:
    order, desk = fresh_order(world), staff(world, "manager")
    line = lines_of(order)[0]
    at = f"/desk/orders/{order.pk}/lines/"
    assert LAMPS.name in desk.get(at).content.decode()
    actions.issue_invoice(order, by=world.as_staff("manager"), at=NOW)
    own = {"line": str(line.pk), "name": line.name, "article": "LED-40", "unit": "шт",
           "quantity": "4", "price": "1234,56"}  # fmt: skip
    desk.post(at, rows(own, {"name": "Провод", "quantity": "10", "price": "7"}, {"vat": "22"}))
    line, wire = lines_of(order)
    assert (line.quantity, wire.name, wire.promised_on) == (4, "Провод", SOON)
    order.refresh_from_db()
    assert order.total == Decimal("5008.24")
    page = desk.get(f"/desk/orders/{order.pk}/").content.decode()
    assert "Счета выставлены не на" in page
    anna = guest(world, "anna")
    invoice = order.invoices.get()
    paper = f"orders/{order.pk}/invoices/{invoice.pk}/invoice.pdf"
    assert anna.get(f"/room/{paper}").content.startswith(b"%PDF")
    assert desk.get(f"/desk/{paper}").content.startswith(b"%PDF")
    assert guest(world, "alien").get(f"/room/{paper}").status_code == 404
    # What has left stays ordered; what is left out is cancelled; what came otherwise is not ours.
    actions.ship_order(order, {line.pk: Decimal(3)}, by=None, at=NOW)
    assert desk.post(at, rows({**own, "quantity": "2"})).status_code == 422
    answer = desk.post(at, rows(own))
    assert answer.status_code == 302
    assert [one.wanted for one in lines_of(order)] == [4, 0]
    Order.objects.update(source="1c")
    assert desk.get(at).status_code == 403
    assert staff(world, "lawyer").get(at).status_code == 403


def test_strangers_find_nothing(world: World) -> None:
    order = fresh_order(world)
    actions.expect_line(lines_of(order)[0], SOON + timedelta(days=9), by=None, at=NOW)
    delay = Delay.objects.get()
    alien = guest(world, "alien")
    for path in (f"/room/orders/{order.pk}/", f"/room/delays/{delay.pk}/"):
        assert alien.get(path).status_code == 404
        assert browser_of(None).get(path).status_code == 302
    assert alien.post(f"/room/delays/{delay.pk}/choose/", {"choice": "wait"}).status_code == 404
    assert alien.get(f"/desk/orders/{order.pk}/").status_code == 404
    logist = staff(world, "logist1")
    assert logist.get(f"/desk/orders/{order.pk}/").status_code == 404
    assert logist.get("/desk/payments/").status_code == 403
    lawyer = staff(world, "lawyer")
    assert lawyer.get(f"/desk/orders/{order.pk}/ship/").status_code == 403
    assert "ship/" not in lawyer.get(f"/desk/orders/{order.pk}/").content.decode()


def test_a_delay_is_chosen_in_one_tap(world: World) -> None:
    order = fresh_order(world)
    desk = staff(world, "manager")
    line = lines_of(order)[0]
    later = SOON + timedelta(days=9)
    desk.post(f"/desk/orders/{order.pk}/lines/{line.pk}/", {"day": later.isoformat()})
    delay = Delay.objects.get()
    anna = guest(world, "anna")
    assert f"/room/delays/{delay.pk}/" in anna.get("/room/").content.decode()
    assert "Сейчас ваш ход" in anna.get(f"/room/orders/{order.pk}/").content.decode() or (
        f"/room/delays/{delay.pk}/" in anna.get(f"/room/orders/{order.pk}/").content.decode()
    )
    page = anna.get(f"/room/delays/{delay.pk}/").content.decode()
    assert page.count('name="choice"') == 3
    assert (
        'name="choice"'
        not in guest(world, "vera").get(f"/room/delays/{delay.pk}/").content.decode()
    )
    anna.post(f"/room/delays/{delay.pk}/choose/", {"choice": "replace"})
    assert "Вы выбрали" in anna.get(f"/room/delays/{delay.pk}/").content.decode()
    assert "Предложить замену" in desk.get("/desk/").content.decode()
    desk.post(f"/desk/delays/{delay.pk}/settle/")
    assert Delay.objects.select_related("case").get().case.state == "done"
    assert desk.get(f"/desk/cases/{delay.pk}/").url == f"/desk/delays/{delay.pk}/"


def test_debt_and_an_act_in_one_tap(world: World) -> None:
    order, manager = fresh_order(world), world.as_staff("manager")
    actions.ship_order(order, {lines_of(order)[0].pk: Decimal(10)}, by=manager, at=NOW)
    anna, vera, desk = guest(world, "anna"), guest(world, "vera"), staff(world, "manager")
    client = world.guests["anna"].client
    assert desk.get(f"/desk/clients/{client.pk}/terms/").status_code == 200
    desk.post(f"/desk/clients/{client.pk}/terms/", {"days": "14"})
    page = anna.get("/room/debt/").content.decode()
    assert "12 345,60" in page.replace("\u00a0", " ") and "14" in page
    assert vera.get("/room/debt/").status_code == 403
    # Nor is it told by orders: neither what is paid of one nor what is not.
    for path in ("/room/", "/room/orders/", f"/room/orders/{order.pk}/"):
        for words in ("к оплате", "К оплате", "не оплачен", "Оплачено"):
            assert words not in vera.get(path).content.decode(), (path, words)
    assert "К оплате" in anna.get(f"/room/orders/{order.pk}/").content.decode()
    anna.post(f"/room/debt/people/{world.guests['vera'].pk}/", {"sees": "1"})
    assert vera.get("/room/debt/").status_code == 200
    to = vera.post("/room/debt/act/").url
    assert vera.get(to).status_code == 200
    number = to.rstrip("/").rpartition("/")[2]
    assert guest(world, "boris").get(to).status_code == 403
    assert desk.post(f"/desk/acts/{number}/make/").status_code == 302
    assert vera.get(f"{to}act.pdf").content.startswith(b"%PDF")
    assert desk.get(f"/desk/acts/{number}/act.xlsx").content.startswith(b"PK")
    # Or for the days one says; not the other way round.
    asked = vera.post("/room/debt/act/", {"since": "2025-10-01", "until": "2025-12-31"}).url
    assert "01.10.2025" in vera.get(asked).content.decode()
    wrong = vera.post("/room/debt/act/", {"since": "2026-10-01", "until": "2025-12-31"})
    assert wrong.status_code == 422 and "2026-10-01" in wrong.content.decode()
    card = desk.get(f"/desk/clients/{client.pk}/").content.decode()
    assert order.case.number in card and "Должен нам" in card


def test_a_payment_waits_for_a_word(world: World) -> None:
    order, manager = fresh_order(world), world.as_staff("manager")
    invoice = actions.issue_invoice(order, by=manager, at=NOW)
    money = actions.Money("b", date(2026, 11, 20), invoice.total, payer="ООО", purpose="за лампы")
    payment = actions.take_payment(money, by=manager, at=NOW, client=order.case.client)
    desk = staff(world, "manager")
    assert "за лампы" in desk.get("/desk/payments/").content.decode()
    where = f"/desk/payments/{payment.pk}/allocate/"
    assert desk.post(where, {"number": "нет такого"}).status_code == 302
    assert not Invoice.objects.get().paid
    # Of whomever it came: by the number of an invoice, or of its order.
    desk.post(where, {"number": f"№ {invoice.number}"})
    assert Invoice.objects.get().paid == invoice.total
    allocation = payment.allocations.get()
    desk.post(f"/desk/allocations/{allocation.pk}/release/")
    desk.post(f"/desk/payments/{payment.pk}/aside/")
    assert Payment.objects.get().set_aside_at is not None
    # What a bank told of a payer is nothing for the room.
    assert "за лампы" not in guest(world, "anna").get(f"/room/orders/{order.pk}/").content.decode()


def test_a_list_costs_the_same(world: World) -> None:
    daisy_order(world, POLES)
    desk = staff(world, "manager")

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as spent:
            assert desk.get("/desk/orders/").status_code == 200
        return len(spent)

    desk.get("/desk/orders/")
    one = cost()
    for _more in range(3):
        daisy_order(world, LAMPS)
    assert cost() == one
    assert "З-2026-00004" in desk.get("/desk/orders/?q=led-40").content.decode()
    assert "З-2026-00001" not in desk.get("/desk/orders/?q=led-40").content.decode()
    for state in ("open", "late", "unpaid", "done", "cancelled", "nonsense"):
        assert desk.get(f"/desk/orders/?state={state}").status_code == 200
