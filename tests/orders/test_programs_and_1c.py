"""Orders told by programs: by the API, and by 1C's own exchange with a site; and the report."""

import base64
import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from tests.contracts.worlds import AT
from tests.orders.ordered import LAMPS, daisy_order, lines_of, staff
from tests.orders.test_take_in_files import exchange as exchange_of_1c
from zabota.clients.actions import carry_on_import
from zabota.clients.models import Purchase, PurchaseReturn
from zabota.common import clock
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.orders import actions
from zabota.orders.exchange import read_commerceml
from zabota.orders.models import ExchangeFile, ExchangePart, Invoice, Order, OrderPaper, Payment
from zabota.people.actions.programs import make_key

SALE = "/exchange/1c/?type=sale&mode="


def key(world: World, scope: str = "orders") -> str:
    director = world.staff["director"].user
    _, token = make_key("1С", (scope,), employee=world.staff["manager"], by=director, at=AT)
    return token


def told(world: World, **more: Any) -> dict[str, Any]:
    line = {"id": "1", "name": "Лампа", "quantity": "2", "price": "1220", "vat_rate": 22}
    client = {"inn": world.guests["anna"].client.inn}
    return {"id": "77", "date": "2026-11-16", "client": client, "lines": [line], **more}


def send(token: str, path: str, sent: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    answer = Browser().post(
        f"/api/{path}/", json.dumps(sent), content_type="application/json",
        headers={"authorization": f"Bearer {token}"},
    )  # fmt: skip
    return answer.status_code, answer.json()


def add(token: str, order: str, data: bytes) -> tuple[int, dict[str, Any]]:
    file = SimpleUploadedFile("УПД.pdf", data, "application/pdf")
    answer = Browser().post(
        f"/api/orders/{order}/papers/", {"kind": "transfer", "file": file},
        headers={"authorization": f"Bearer {token}"},
    )  # fmt: skip
    return answer.status_code, answer.json()


def test_programs_tell_orders_and_money_once(world: World) -> None:
    token = key(world)
    status, said = send(token, "orders", told(world))
    assert (status, said["result"]) == (201, "new")
    assert send(token, "orders", told(world)) == (200, {**said, "result": "same"})
    changed = told(world)
    changed["lines"][0]["quantity"] = 3
    status, said = send(token, "orders", changed)
    assert (status, said["result"], said["what"]) == (
        200,
        "changed",
        "Лампа: 2 → 3; Лампа: 2440 → 3660",
    )
    paper = {"id": "i", "number": "9", "date": "2026-11-16", "order": "77"}
    assert send(token, "invoices", paper)[0] == 201
    paid = {"id": "p", "date": "2026-11-17", "sum": "3660.00", "order": "77"}
    assert send(token, "payments", paid)[0] == 201
    assert send(token, "payments", paid)[1]["result"] == "same"
    assert send(token, "shipments", {"id": "s", "date": "2026-11-17", "order": "77"})[0] == 201
    back = {"id": "r", "date": "2026-11-18", "order": "77",
            "lines": [{"id": "1", "name": "Лампа", "quantity": "1"}]}  # fmt: skip
    assert send(token, "returns", back)[0] == 201
    assert (Payment.objects.count(), Invoice.objects.get().paid) == (1, Decimal(3660))
    read = Browser().get("/api/orders/77/", headers={"authorization": f"Bearer {token}"}).json()
    assert (read["state"], read["paid"], read["lines"][0]["returned"]) == (
        "done",
        "3660.00",
        "1.000",
    )
    assert add(token, "77", b"%PDF-1.4 x")[0] == 201
    assert add(token, "77", b"%PDF-1.4 x")[1]["result"] == "same"
    assert add(token, "77", b"MZ")[1]["error"]["field"] == "file"
    assert add(token, "nobody", b"%PDF-1.4 x")[0] == 404
    assert OrderPaper.objects.get().kind == "transfer"
    # Corrected there: the same payment, of another sum.
    assert send(token, "payments", {**paid, "sum": "3000"})[1]["result"] == "changed"
    assert (Payment.objects.get().sum, Invoice.objects.get().paid) == (3000, 3000)


def test_a_payment_told_again_for_another_order_is_refused(world: World) -> None:
    token = key(world)
    for one in ("77", "78"):
        send(token, "orders", told(world, id=one))
    was, now = Order.objects.order_by("pk")
    paid = {"id": "p", "date": "2026-11-17", "sum": "2440.00", "order": "77"}
    assert send(token, "payments", paid)[0] == 201
    # By our number it is the same order; other words change nothing.
    assert send(token, "payments", paid | {"order": was.case.number, "note": "x"})[0] == 200
    for other in (paid | {"order": "78"}, paid | {"order": "78", "sum": "9"}):
        status, said = send(token, "payments", other)
        assert (status, said["error"]["code"], said["error"]["field"]) == (409, "differs", "order")
        assert was.case.number in said["error"]["message"]
        assert now.case.number in said["error"]["message"]
    now.refresh_from_db()
    assert (Payment.objects.get().sum, now.paid) == (2440, 0)


def test_after_the_sale_is_promised_with_the_order(world: World) -> None:
    token, later = key(world), (clock.now() + timedelta(days=30)).date()
    duties = [
        {"kind": "installation", "by_day": f"{later}", "line": "1"},
        {"kind": "warranty", "by_day": f"{later + timedelta(days=700)}"},
    ]
    assert send(token, "orders", told(world, duties=duties))[0] == 201
    assert send(token, "orders", told(world, duties=duties))[1]["result"] == "same"
    moved = [duties[0] | {"by_day": f"{later + timedelta(days=7)}"}, duties[1]]
    assert send(token, "orders", told(world, duties=moved))[1]["result"] == "changed"
    read = Browser().get("/api/orders/77/", headers={"authorization": f"Bearer {token}"}).json()
    said = [(one["kind"], one["line"], one["state"]) for one in read["duties"]]
    assert said == [("installation", "1", "running"), ("warranty", "", "running")]
    duty = Order.objects.get().duties.select_related("promise__replaces").get(kind="installation")
    assert duty.promise.replaces and duty.promise.replaces.state == "replaced"
    assert Entry.objects.filter(kind="order.duty_promised").count() == 3
    for wrong, field in (
        ({"kind": "x"}, "duties[0].kind"),
        ({"by_day": "?"}, "duties[0].by_day"),
        ({"line": "no"}, "duties"),
    ):
        status, answer = send(token, "orders", told(world, id="9", duties=[duties[0] | wrong]))
        assert status in (400, 422) and answer["error"]["field"] == field
    assert Order.objects.count() == 1


def test_a_return_told_with_less_counts_for_less(world: World) -> None:
    token = key(world)
    send(token, "orders", told(world))
    paid = {"id": "p", "date": "2026-11-17", "sum": "2440.00", "order": "77"}
    send(token, "payments", paid)
    send(token, "shipments", {"id": "s", "date": "2026-11-17", "order": "77"})
    purchase = Purchase.objects.get()

    def back(count: str) -> Decimal:
        line = {"id": "1", "name": "Лампа", "quantity": count}
        sent = {"id": "r", "date": "2026-11-18", "order": "77", "lines": [line]}
        assert send(token, "returns", sent)[0] in (200, 201)
        return sum(purchase.returns.values_list("sum", flat=True), Decimal(0))

    assert [back(count) for count in ("2", "1", "1", "2", "1")] == [2440, 1220, 1220, 2440, 1220]
    kinds = ("clients.purchase_returned", "clients.return_lessened")
    assert Entry.objects.filter(kind__in=kinds).count() == 4


def test_what_an_order_grows_by_is_one_more_purchase(world: World) -> None:
    token = key(world)
    send(token, "orders", told(world))
    paid = {"id": "p", "date": "2026-11-17", "sum": "2440.00", "order": "77"}
    send(token, "payments", paid)
    send(token, "shipments", {"id": "s", "date": "2026-11-17", "order": "77"})
    order = Order.objects.get()
    sums = Purchase.objects.order_by("pk").values_list("mark", "sum", "day")
    first = (f"order:{order.case.number}", 2440, date(2026, 11, 17))
    assert list(sums.all()) == [first]
    more = told(world)
    more["lines"].append(more["lines"][0] | {"id": "2", "name": "Опора", "quantity": "1"})
    send(token, "orders", more)
    assert list(sums.all()) == [first] and Order.objects.get().case.state == "open"
    line = {"id": "2", "name": "Опора", "quantity": "1"}
    send(token, "shipments", {"id": "s2", "date": "2026-11-18", "order": "77", "lines": [line]})
    rest = {"id": "p2", "date": "2026-11-19", "sum": "1220.00", "number": "7"}
    invoice = {"id": "i2", "number": "УТ-000042", "date": "2026-11-18", "order": "77", "lines": [
        line | {"price": "1220", "vat_rate": 22}]}  # fmt: skip
    send(token, "invoices", invoice)
    for _again in range(2):
        send(
            token,
            "payments",
            rest | {"note": "Оплата по счёту УТ-000042", "client": more["client"]},
        )
        assert list(sums.all()) == [first, (f"{first[0]}+1", 1220, date(2026, 11, 19))]
    # All of it comes back: each purchase counts for so much less.
    lines = [{"id": "1", "name": "Лампа", "quantity": "2"}, line]
    send(token, "returns", {"id": "r", "date": "2026-11-20", "order": "77", "lines": lines})
    back = PurchaseReturn.objects.order_by("pk").values_list("purchase__mark", "sum")
    assert list(back) == [(first[0], 2440), (f"{first[0]}+1", 1220)]


def test_what_a_program_sends_wrong_is_named(world: World) -> None:
    token = key(world)
    wrong = told(world)
    wrong["lines"][0]["vat_rate"] = 20
    for sent, field in (
        (told(world, date="вчера"), "date"),
        (told(world, lines=[]), "lines"),
        (told(world, lines=[{"name": "x", "quantity": "-1"}]), "lines[0].quantity"),
        (wrong, "lines[0].vat_rate"),
        (told(world, client={"inn": "1"}), "client"),
    ):
        status, said = send(token, "orders", sent)
        assert status in (400, 422) and said["error"]["field"] == field, said
    assert send(key(world, "till"), "orders", told(world))[0] == 403
    assert not Order.objects.exists()


def test_1c_speaks_its_own_exchange(world: World) -> None:
    browser, token = Browser(), key(world)
    basic = base64.b64encode(f"1c:{token}".encode()).decode()
    headers = {"authorization": f"Basic {basic}"}

    def lines(mode: str, body: bytes | None = None) -> list[str]:
        if body is None:
            answer = browser.get(SALE + mode, headers=headers)
        else:
            answer = browser.post(SALE + mode, body, content_type="text/xml", headers=headers)
        return answer.content.decode().split("\n")

    assert Browser().get(f"{SALE}checkauth").status_code == 401
    success, name, value = lines("checkauth")
    assert (success, name) == ("success", "zabota1c")
    browser.cookies[name] = value
    assert lines("init")[0] == "zip=no"
    assert lines("nonsense")[0] == "failure"
    data = exchange_of_1c(world)
    half = len(data) // 2
    assert lines("file&filename=orders.xml", data[:half]) == ["success"]
    assert lines("file&filename=orders.xml", data[half:]) == ["success"]
    assert ExchangePart.objects.count() == 2
    assert lines("import&filename=orders.xml")[0] == "progress"
    while carry_on_import(by=None, at=clock.now()):
        pass
    assert lines("import&filename=orders.xml")[0] == "success"
    assert Order.objects.get().outer == "a1"
    assert not ExchangePart.objects.exists()
    assert lines("import&filename=other.xml")[0] == "failure"
    lines("file&filename=bad.xml", b"<a/>")
    assert lines("import&filename=bad.xml")[0] == "failure"
    # Nothing received is lost.
    assert ExchangeFile.objects.get(name="bad.xml").parts.count() == 1


def test_1c_fetches_our_orders_once(world: World) -> None:
    order = daisy_order(world, LAMPS)
    headers = {"authorization": "Basic " + base64.b64encode(f"x:{key(world)}".encode()).decode()}
    browser = Browser()
    (out,) = read_commerceml(browser.get(f"{SALE}query", headers=headers).content)
    assert (out.outer, out.total, out.faults) == (order.case.number, order.total, [])
    assert (out.lines[0].vat_rate, out.lines[0].quantity) == (22, 10)
    browser.get(f"{SALE}success", headers=headers)
    assert not read_commerceml(browser.get(f"{SALE}query", headers=headers).content)


def test_the_report_counts_what_was_promised(world: World) -> None:
    day = date(2026, 11, 20)
    soon, late = daisy_order(world, LAMPS), daisy_order(world, LAMPS)
    for order, left in ((soon, day), (late, date(2026, 11, 24))):
        paper = actions.Paper("", left)
        at = AT.replace(day=left.day)
        actions.ship_order(order, {lines_of(order)[0].pk: Decimal(10)}, by=None, at=at, paper=paper)
    actions.take_return(soon, {lines_of(soon)[0].pk: Decimal(1)}, "wrong", by=None, at=AT)
    director, asked = staff(world, "director"), "?period=own&from=2026-11-01&to=2026-11-30"
    page = director.get(f"/desk/reports/orders/{asked}").content.decode()
    assert "1 из 2" in page
    behind = director.get(f"/desk/reports/orders/lines/{asked}&what=late").content.decode()
    assert late.case.number in behind and soon.case.number not in behind
    wrong = director.get(f"/desk/reports/orders/lines/{asked}&what=wrong").content.decode()
    assert soon.case.number in wrong and late.case.number not in wrong
    assert director.get(f"/desk/reports/orders/lines/{asked}&what=x").status_code == 404
    assert director.get(f"/desk/reports/orders/{asked}&file=xlsx").content.startswith(b"PK")
