"""Files as programs write them: 1C's exchange, statements of banks, tables; repeatable, by line."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.worlds import AT
from tests.orders.ordered import staff
from tests.support.refused import refused
from zabota.clients import actions as clients
from zabota.clients.desk.refused_rows import refused_rows
from zabota.clients.models import Client, Import
from zabota.common.packed import Unreadable
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.orders.exchange import read_commerceml, read_statement
from zabota.orders.models import Allocation, Invoice, Order, OrderLine, Payment, Return, Shipment

XML = """<?xml version="1.0" encoding="{charset}"?>
<КоммерческаяИнформация ВерсияСхемы="2.08" ДатаФормирования="2026-11-17T10:00:00">
<Контейнер>
<Документ><Ид>a1</Ид><Номер>УТ-000123</Номер><Дата>2026-11-16</Дата><Время>12:00:00</Время>
<ХозОперация>Заказ товара</ХозОперация><Роль>Продавец</Роль><Валюта>руб</Валюта><Курс>1</Курс>
<Сумма>{total}</Сумма>
<Контрагенты><Контрагент><Ид>c1</Ид><Наименование>Ромашка</Наименование>
<ОфициальноеНаименование>ООО «Ромашка»</ОфициальноеНаименование><ИНН>{inn}</ИНН><КПП>{kpp}</КПП>
<Роль>Покупатель</Роль></Контрагент></Контрагенты>
<Товары><Товар><Ид>g1</Ид><Артикул>LED-40</Артикул><Наименование>Светильник LED 40 Вт</Наименование>
<БазоваяЕдиница Код="796" НаименованиеПолное="Штука">шт</БазоваяЕдиница>
<ЦенаЗаЕдиницу>1220</ЦенаЗаЕдиницу><Количество>{count}</Количество><Сумма>{total}</Сумма>
<Налоги><Налог><Наименование>НДС</Наименование><УчтеноВСумме>true</УчтеноВСумме><Сумма>{vat}</Сумма>
<Ставка>22</Ставка></Налог></Налоги>
<ЗначенияРеквизитов><ЗначениеРеквизита><Наименование>Дата отгрузки</Наименование>
<Значение>{ship}</Значение></ЗначениеРеквизита></ЗначенияРеквизитов></Товар></Товары>
<ЗначенияРеквизитов><ЗначениеРеквизита><Наименование>ПометкаУдаления</Наименование>
<Значение>false</Значение></ЗначениеРеквизита></ЗначенияРеквизитов></Документ>
{papers}</Контейнер></КоммерческаяИнформация>"""
PAPER = """<Документ><Ид>{key}</Ид><Номер>{number}</Номер><Дата>{day}</Дата>
<ХозОперация>{deal}</ХозОперация><Валюта>руб</Валюта><Сумма>{sum}</Сумма>
<Товары>{goods}</Товары></Документ>"""
GOODS = """<Товар><Ид>g1</Ид><Артикул>LED-40</Артикул>
<Наименование>Светильник LED 40 Вт</Наименование>
<ЦенаЗаЕдиницу>1220</ЦенаЗаЕдиницу><Количество>{count}</Количество><Сумма>{sum}</Сумма></Товар>"""


def exchange(world: World, *papers: str, count: int = 10, ship: str = "2026-11-20",
             charset: str = "windows-1251") -> bytes:  # fmt: skip
    daisy = world.guests["anna"].client
    total = Decimal(1220) * count
    text = XML.format(
        charset=charset, inn=daisy.inn, kpp=daisy.kpp, count=count, total=total,
        vat=Decimal(220) * count, ship=ship, papers="".join(papers),
    )  # fmt: skip
    return text.encode(charset)


def paper(deal: str, key: str, number: str, day: str, count: int = 0) -> str:
    total = Decimal(1220) * (count or 10)
    goods = GOODS.format(count=count, sum=total) if count else ""
    return PAPER.format(deal=deal, key=key, number=number, day=day, sum=total, goods=goods)


WHOLE = (
    paper("Счет на оплату", "i1", "УТ-000123", "2026-11-16"),
    paper("Отпуск товара", "s1", "УПД-55", "17.11.2026", 4),
    paper("Выплата безналичных денег", "p1", "77", "2026-11-17"),
)
STATEMENT = """1CClientBankExchange
ВерсияФормата=1.03
Кодировка={charset}
Отправитель=Банк
ДатаНачала=16.11.2026
ДатаКонца=17.11.2026
РасчСчет=40702810600000012345
СекцияРасчСчет
НачальныйОстаток=100.00
РасчСчет=40702810600000012345
КонецРасчСчет
{documents}КонецФайла
"""
MONEY = """СекцияДокумент=Платежное поручение
Номер={number}
Дата={day}
Сумма={sum}
ПлательщикСчет=40702810000000000001
ДатаПоступило={day}
Плательщик=ИНН {inn} ООО «Ромашка»
ПлательщикИНН={inn}
Плательщик1=ООО «Ромашка»
ПолучательСчет=40702810600000012345
ПолучательИНН=7704123450
НазначениеПлатежа={purpose}
КонецДокумента
"""


def statement(*documents: str, charset: str = "Windows") -> bytes:
    text = STATEMENT.format(charset=charset, documents="".join(documents))
    text = text.replace("\n", "\r\n")
    return text.encode("cp1251") if charset == "Windows" else _quoted(text).encode("cp866")


def _quoted(text: str) -> str:
    """The old charset knows neither of these."""
    return text.replace("«", '"').replace("»", '"').replace("№", "N")


def money(world: World, number: str, sum_: str, purpose: str, inn: str = "") -> str:
    inn = inn or world.guests["anna"].client.inn
    return MONEY.format(number=number, day="17.11.2026", sum=sum_, inn=inn, purpose=purpose)


def taken(world: World, kind: str, data: bytes) -> Import:
    by = world.staff["manager"].user
    brought = clients.open_import(kind, data, "file.xml", by=by, at=AT)
    clients.start_import(brought, by=by, at=AT)
    while clients.carry_on_import(by=None, at=AT):
        pass
    return Import.objects.get(pk=brought.pk)


@pytest.mark.parametrize("charset", ["windows-1251", "utf-8"])
def test_an_exchange_of_1c_comes_in_once(world: World, charset: str) -> None:
    came = taken(world, "commerceml", exchange(world, *WHOLE, charset=charset))
    assert (came.total, came.new, came.wrong, came.faults) == (4, 4, 0, [])
    order = Order.objects.select_related("case__client").get(source="1c", outer="a1")
    assert (order.outer_number, order.total, order.vat) == ("УТ-000123", 12200, 2200)
    assert order.case.client == world.guests["anna"].client
    line = order.lines.get()
    assert (line.promised_on, line.shipped, line.vat_rate) == (date(2026, 11, 20), 4, 22)
    assert Invoice.objects.get().paid == Decimal(12200)
    assert (Shipment.objects.get().number, order.paid_on) == ("УПД-55", date(2026, 11, 17))
    entries = Entry.objects.count()
    again = taken(world, "commerceml", exchange(world, *WHOLE, charset=charset))
    assert (again.new, again.changed, again.wrong, again.done) == (0, 0, 0, 4)
    # Only that the file was taken in.
    assert Entry.objects.count() == entries + 1


def test_a_changed_exchange_updates_and_says_what(world: World) -> None:
    taken(world, "commerceml", exchange(world))
    came = taken(world, "commerceml", exchange(world, count=12, ship="2026-11-30"))
    assert (came.new, came.changed) == (0, 1)
    ((_row, number, what),) = came.changes
    assert number.startswith("З-2026-") and "10 → 12" in what and "30.11.2026" in what
    line = OrderLine.objects.get()
    assert (line.quantity, line.promised_on, line.expected_on) == (
        12, date(2026, 11, 20), date(2026, 11, 30)
    )  # fmt: skip
    assert Entry.objects.filter(kind="order.changed").exists()
    # The day moved: the client is asked before they ask.
    assert Entry.objects.filter(kind="delay.found").exists()


def test_a_return_comes_by_the_exchange(world: World) -> None:
    back = paper("Возврат товара", "r1", "В-1", "2026-11-17", 2)
    came = taken(world, "commerceml", exchange(world, *WHOLE, back))
    assert (came.new, came.faults) == (5, [])
    assert Return.objects.get().sum == Decimal(2440)
    # Told again it is the same, by its own sum, too; told otherwise it is laid anew.
    for count, total, how in ((2, 2440, (0, 0)), (3, 3600, (0, 1)), (3, 3600, (0, 0))):
        goods = GOODS.format(count=count, sum=total)
        again = PAPER.format(deal="Возврат товара", key="r1", number="В-1", day="2026-11-17",
                             sum=total, goods=goods)  # fmt: skip
        came = taken(world, "commerceml", exchange(world, *WHOLE, again))
        assert (came.new, came.changed, came.faults) == (*how, [])
        line = OrderLine.objects.get()
        assert (Return.objects.get().sum, line.returned) == (total, count)


def test_goods_that_left_after_all_are_promised_again(world: World) -> None:
    four, ten = (paper("Отпуск товара", "s1", "УПД-55", "17.11.2026", one) for one in (4, 10))
    taken(world, "commerceml", exchange(world, ten))
    line = OrderLine.objects.select_related("promise").get()
    assert line.promise and (line.left, line.promise.state) == (0, "kept")
    # The paper is told with less: what is left is promised for its day again.
    taken(world, "commerceml", exchange(world, four))
    line = OrderLine.objects.select_related("promise", "order").get()
    assert line.promise and (line.left, line.promise.state) == (6, "running")
    assert line.order.shipped_on is None
    gone = four.replace(
        "</Сумма>\n<Товары>", "</Сумма><ПометкаУдаления>true</ПометкаУдаления><Товары>"
    )
    assert taken(world, "commerceml", exchange(world, gone)).changed == 1
    assert OrderLine.objects.get().shipped == 0 and not Shipment.objects.exists()
    assert Entry.objects.filter(kind="order.shipment_taken_off").exists()


def test_a_buyer_nobody_knows_becomes_a_client(world: World) -> None:
    data = exchange(world).decode("cp1251").replace(world.guests["anna"].client.inn, "7743013902")
    came = taken(world, "commerceml", data.encode("cp1251"))
    if came.faults:
        assert came.faults[0][2] == "no_client"
    else:
        assert Client.objects.filter(inn="7743013902").exists()


def test_a_paper_without_its_order_is_named_by_its_line(world: World) -> None:
    alone = "<КоммерческаяИнформация>" + WHOLE[0] + "</КоммерческаяИнформация>"
    came = taken(world, "commerceml", alone.encode())
    assert (came.new, came.wrong) == (0, 1)
    assert came.faults[0][:3] == [1, "of", "no_order"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "bomb"),
        ("<!DOCTYPE a><a/>".encode("utf-16"), "bomb"),
        (b"<a/>", "not_commerceml"),
        (b"no xml", "not_commerceml"),
        (b"<?xml version='1.0' encoding='utf-7'?><a/>", "not_commerceml"),
    ],
)
def test_what_is_no_exchange_is_said(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_commerceml(data)
    assert caught.value.code == code


@given(data=st.binary(max_size=300))
def test_whatever_comes_is_read_or_refused(data: bytes) -> None:
    for read in (read_commerceml, read_statement):
        with pytest.raises(Unreadable):
            read(data)


@pytest.mark.parametrize("charset", ["Windows", "DOS"])
def test_a_statement_pays_what_it_names(world: World, charset: str) -> None:
    taken(world, "commerceml", exchange(world, WHOLE[0]))
    data = statement(
        money(world, "77", "12200.00", "Оплата по сч. № 123 от 16.11.2026 в т.ч. НДС 2200-00"),
        charset=charset,
    )
    came = taken(world, "statement", data)
    assert (came.new, came.wrong) == (1, 0)
    payment = Payment.objects.get()
    assert payment.free == 0 and payment.payer.startswith("ООО") and "Ромашка" in payment.payer
    assert not payment.allocations.get().guess
    assert Invoice.objects.get().paid == Decimal(12200)
    again = taken(world, "statement", data)
    assert (again.new, again.changed, Payment.objects.count()) == (0, 0, 1)
    assert Entry.objects.filter(kind="order.payment_allocated").count() == 1


def test_a_sum_alone_is_a_guess_and_a_stranger_stays_unknown(world: World) -> None:
    taken(world, "commerceml", exchange(world, WHOLE[0]))
    data = statement(
        money(world, "1", "12200.00", "Оплата за товар"),
        money(world, "2", "500.00", "За услуги", inn="5001007322"),
    )
    taken(world, "statement", data)
    assert Allocation.objects.get().guess
    assert Invoice.objects.get().paid == 0
    assert Payment.objects.get(number="2").client is None


def test_a_statement_that_was_cut_off_is_refused(world: World) -> None:
    data = statement(money(world, "1", "1.00", "x"))
    with pytest.raises(Unreadable) as caught:
        read_statement(data[: len(data) - 20])
    assert caught.value.code == "not_ended"
    (wrong,) = read_statement(statement(money(world, "1", "1,000", "x")))
    # Which line of the file, counted from its first.
    assert [(row, fault.code) for row, fault in wrong.faults] == [(15, "sum")]


ORDERS = """Номер заказа;Дата;ИНН;Артикул;Наименование;Количество;Цена;НДС;Срок
17;16.11.2026;{inn};LED-40;Светильник;10;1 220,00;22;20.11.2026
17;16.11.2026;{inn};OGK;Опора;2;18500;22;27.11.2026
18;16.11.2026;{inn};X;Провод;0;10;22;
19;16.11.2026;{inn};X;Провод;1;10;20;
20;16.11.2026;7700000000;X;Провод;1;10;;
"""


def test_a_table_of_orders_comes_in_by_orders(world: World) -> None:
    data = ORDERS.format(inn=world.guests["anna"].client.inn).encode("cp1251")
    came = taken(world, "orders", data)
    assert (came.total, came.new, came.wrong) == (4, 1, 3)
    assert [(row, code) for row, _field, code, _value in came.faults] == [
        (4, "number"), (5, "not_charged"), (6, "no_client")
    ]  # fmt: skip
    order = Order.objects.get(source="table")
    assert (order.lines.count(), order.total) == (2, Decimal(12200 + 37000))
    # What was refused together is put right together.
    both = data.replace(b";10;", b";x;", 1)
    told = list(refused_rows(taken(world, "orders", both)).rows)
    assert [row[-1] for row in told] == [2, 3, 4, 5, 6] and told[0][-2] and not told[1][-2]
    again = taken(world, "orders", data.replace(b";10;", b";11;", 1))
    assert (again.new, again.changed) == (0, 1)
    assert "10 → 11" in again.changes[0][2]


def test_tables_of_papers_come_in_by_the_number_of_their_order(world: World) -> None:
    taken(world, "commerceml", exchange(world))
    head = "Номер;Дата;Заказ;Наименование;Количество;Сумма\n"
    tables = {
        "invoices": "С-1;16.11.2026;УТ-000123;;;\n",
        "shipments": "У-1;17.11.2026;УТ-000123;Светильник LED 40 Вт;5;6100\n",
        "returns": "В-1;18.11.2026;УТ-000123;Светильник LED 40 Вт;1;1220\n"
        "В-2;18.11.2026;нет такого;Лампа;1;1\nВ-3;18.11.2026;УТ-000123;;;\n",
    }
    four = tables["shipments"].replace(";5;6100", ";4;4880")
    assert taken(world, "shipments", (head + four).encode("cp1251")).new == 1
    assert taken(world, "shipments", (head + tables.pop("shipments")).encode("cp1251")).changed == 1
    for kind, rows in tables.items():
        came = taken(world, kind, (head + rows).encode("cp1251"))
        assert came.new == 1, kind
        assert taken(world, kind, (head + rows).encode("cp1251")).new == 0
    assert [(row, code) for row, _field, code, _value in came.faults] == [
        (3, "no_order"), (4, "required")
    ]  # fmt: skip
    line = OrderLine.objects.get()
    assert (Invoice.objects.get().total, line.shipped, line.returned) == (12200, 5, 1)
    # Told otherwise after something came back: that stays so.
    two = (head + four.replace(";4;4880", ";2;2440")).encode("cp1251")
    assert taken(world, "shipments", two).changed == 1
    line = OrderLine.objects.get()
    assert (line.shipped, line.returned, Shipment.objects.get().sum) == (2, 1, 2440)


def test_a_table_of_payments(world: World) -> None:
    taken(world, "commerceml", exchange(world, WHOLE[0]))
    inn = world.guests["anna"].client.inn
    data = f"Дата;ИНН;Сумма;Назначение\n17.11.2026;{inn};100,50;по счету УТ-000123\n".encode()
    assert taken(world, "payments", data).new == 1
    assert taken(world, "payments", data).new == 0
    assert Invoice.objects.get().paid == Decimal("100.50")


def test_the_page_shows_what_would_come_of_it(world: World) -> None:
    by = world.staff["manager"].user
    brought = clients.open_import("statement", statement(money(world, "9", "x", "y")), "s.txt",
                                  by=by, at=AT)  # fmt: skip
    page = staff(world, "manager").get(f"/desk/clients/import/{brought.pk}/").content.decode()
    assert "ООО «Ромашка»" in page and "field-error" in page
    with refused("begun"):
        clients.start_import(brought, by=by, at=AT)
        clients.start_import(brought, by=by, at=AT)
