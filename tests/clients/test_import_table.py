"""Tables of clients and purchases: any delimiter and charset, tried, taken once, errors by row."""

import io
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from tests.clients.conftest import Clients
from tests.clients.test_pages import browser_of
from tests.people.conftest import AT
from tests.support.refused import refused
from zabota.clients import actions
from zabota.clients.actions import tables
from zabota.clients.models import Client, Contact, Import, ImportState, Purchase
from zabota.clients.tables import guess_columns, read_purchases, read_table
from zabota.clients.tables.rows import read_day, read_money
from zabota.common.packed import Unreadable
from zabota.journal.models import Entry
from zabota.people import actions as people
from zabota.people.models import Place, User

HEAD = ["Контрагент", "ИНН", "Дата", "Сумма, руб.", "Маржа", "Магазин"]
ROWS = [
    ["Ромашка", "7707083893", "03.11.2026", "1 234,50", "300", "Центр"],
    ["Ромашка", "7707083893", "03.11.2026", "1 234,50", "300", "Центр"],
    ["чужая фирма", "", "2026-10-01", "1 000 000 руб.", "", "Север"],
]
CLIENTS = [
    ["Наименование", "ИНН", "КПП", "Телефон", "E-mail", "Контактное лицо", "Должность"],
    [
        "ООО «Сирень»",
        "7729567898",
        "772901001",
        "+7 495 111-22-33",
        "A@Siren.example",
        "Ира",
        "CEO",
    ],
    ["ООО «Ромашка»", "7707083893", "773601001", "", "", "", ""],
    ["«»", "", "", "1", "", "", ""],
    ["ООО «Тополь»", "7729567899", "", "", "not mail", "", ""],
    ["ООО «Сирень» снова", "7729567898", "772901001", "", "", "", ""],
]


def text(rows: list[list[str]], delimiter: str = ";", charset: str = "utf-8") -> bytes:
    told = [delimiter.join(f'"{c}"' if delimiter in c else c for c in row) for row in rows]
    return "\r\n".join(told).encode(charset)


def sheet(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def clerk(clients: Clients) -> User:
    people.grant_power(clients.staff.clerk, "clients", by=None, at=AT)
    return clients.staff.user("clerk")


def taken(kind: str, data: bytes, by: User, name: str = "t.csv") -> Import:
    given_ = actions.open_import(kind, data, name, by=by, at=AT)
    actions.start_import(given_, by=by, at=AT)
    while actions.carry_on_import(by=None, at=AT):
        pass
    return Import.objects.get(pk=given_.pk)


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_any_delimiter_and_charset(charset: str, delimiter: str) -> None:
    table = read_table(text([HEAD, *ROWS], delimiter, charset))
    assert table.head == HEAD
    assert table.rows == [(number, row) for number, row in enumerate(ROWS, 2)]


def test_a_sheet_reads_as_the_text_does() -> None:
    rows = [["Отчёт"], [], HEAD, ["Ромашка", 7707083893, date(2026, 11, 3), 1234.5, 300, "Центр"]]
    table = read_table(sheet(rows))
    assert table.rows == [(4, ["Ромашка", "7707083893", "2026-11-03", "1234.50", "300", "Центр"])]
    columns = guess_columns("purchases", table.head)
    assert columns == {"client": 0, "inn": 1, "day": 2, "sum": 3, "margin": 4, "place": 5}
    (row,) = read_purchases(table, columns)
    assert (row.day, row.sum, row.margin) == (date(2026, 11, 3), Decimal("1234.50"), 300)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"a;b", "empty"),
        (b"PK\x03\x04zip", "not_xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "not_table"),
    ],
)
def test_what_is_no_table_is_said(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_table(data)
    assert caught.value.code == code


@given(data=st.binary(max_size=400))
def test_whatever_comes_is_read_or_refused(data: bytes) -> None:
    try:
        read_table(data)
    except Unreadable as why:
        assert why.code


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1 234,50 ₽", "1234.50"),
        ("1\u00a0234.5", "1234.50"),
        ("1,234,567.80", "1234567.80"),
        ("1.234.567,8", "1234567.80"),
        ("(300)", "-300.00"),
        ("\u2212300 руб.", "-300.00"),
        ("1,500", None),
        ("сто", None),
        ("", None),
    ],
)
def test_sums_as_people_write_them(typed: str, meant: str | None) -> None:
    assert read_money(typed) == (Decimal(meant) if meant else None)


def test_days_as_people_write_them() -> None:
    day = date(2026, 11, 3)
    for typed in ("03.11.2026", "3/11/26", "2026-11-03", "2026-11-03 10:00:00", "03.11.2026 г."):
        assert read_day(typed) == day, typed
    for typed in ("31.02.2026", "11.2026", "вчера", "03.11.0026"):
        assert read_day(typed) is None, typed


def test_clients_come_in_once_and_errors_are_told(clients: Clients) -> None:
    by = clerk(clients)
    with pytest.raises(PermissionDenied):
        actions.open_import("clients", text(CLIENTS), "t", by=clients.staff.user("lawyer"), at=AT)
    first = taken("clients", text(CLIENTS, charset="cp1251"), by)
    assert (first.state, first.total, first.new, first.wrong) == (ImportState.DONE, 5, 1, 3)
    lilac = Client.objects.get(inn="7729567898")
    assert (lilac.name, lilac.owner, lilac.email) == (
        "ООО «Сирень»", clients.staff.clerk, "a@siren.example",
    )  # fmt: skip
    ira = Contact.objects.get(client=lilac)
    assert (ira.name, ira.position) == ("Ира", "CEO")
    assert {(row, field, code) for row, field, code, _ in first.faults} == {
        (4, "name", "required"),
        (5, "inn", "digits"),
        (5, "email", "email"),
        (6, "name", "repeated"),
    }
    entry = Entry.objects.get(kind="clients.table_taken_in")
    assert entry.stream == clients.staff.clerk.stream
    assert entry.entry_kind.told is not None
    assert [one.user_id for one in entry.entry_kind.told(entry)] == [by.pk]
    count = Client.objects.count()
    again = taken("clients", text(CLIENTS), by)
    assert again.new == 0
    assert Client.objects.count() == count


def test_purchases_come_in_once_whatever_brings_them(clients: Clients) -> None:
    by = clerk(clients)
    first = taken("purchases", text([HEAD, *ROWS]), by)
    assert (first.new, first.wrong) == (3, 0)
    before = list(Purchase.objects.order_by("pk").values())
    assert [row["client_id"] for row in before] == [clients.daisy.pk] * 2 + [clients.other.pk]
    assert set(Place.objects.values_list("name", flat=True)) == {"Центр", "Север"}
    again = taken("purchases", sheet([HEAD, *ROWS]), by, "t.xlsx")
    assert (again.new, again.wrong, again.done) == (0, 0, 3)
    assert list(Purchase.objects.order_by("pk").values()) == before
    assert Client.objects.get(pk=clients.daisy.pk).worth == 600
    wrong = [["Никто", "", "31.02.2026", "много", "x", ""], ["", "", "", "", "", ""]]
    third = taken("purchases", text([HEAD, ROWS[0], *wrong]), by)
    assert {(field, code) for _row, field, code, _ in third.faults} == {
        ("client", "no_client"), ("day", "date"), ("sum", "sum"), ("margin", "sum"),
    }  # fmt: skip


def test_an_interrupted_one_goes_on_where_it_was(
    clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = clerk(clients)
    monkeypatch.setattr(tables, "AT_ONCE", 2)
    monkeypatch.setattr(tables, "IN_A_ROUND", 4)
    rows = [["Ромашка", "7707083893", "01.11.2026", str(n), "1", ""] for n in range(1, 8)]
    one = actions.open_import("purchases", text([HEAD, *rows]), "t", by=by, at=AT)
    actions.start_import(one, by=by, at=AT)
    with refused("begun"):
        actions.start_import(one, by=by, at=AT)
    with refused("begun"):
        actions.map_import(one, {}, by=by, at=AT)
    assert actions.carry_on_import(by=None, at=AT) == 4
    assert Import.objects.get(pk=one.pk).done == 4
    # Another worker has it at this moment; it died, and after a while this one goes on.
    Import.objects.filter(pk=one.pk).update(claimed_at=AT)
    assert actions.carry_on_import(by=None, at=AT) == 0
    assert actions.carry_on_import(by=None, at=AT + timedelta(minutes=6)) == 3
    assert Purchase.objects.count() == 7


def test_the_pages_try_take_and_tell(clients: Clients) -> None:
    browser = browser_of(clerk(clients))
    lawyer = browser_of(clients.staff.user("lawyer"))
    path = "/desk/clients/import/"
    assert lawyer.get(path).status_code == 403
    wrong = browser.post(path, {"kind": "clients", "table": SimpleUploadedFile("a.csv", b"x")})
    assert wrong.status_code == 422
    data = text(
        [["Кто", "Когда", "Сколько"], ["Ромашка", "3.11.2026", "120000,5"], ["Ох", "", "5"]]
    )
    sent = browser.post(path, {"kind": "purchases", "table": SimpleUploadedFile("a.csv", data)})
    page = sent.headers["Location"]
    assert lawyer.get(page).status_code == 403
    shown = browser.get(page).content.decode()
    assert "Когда" in shown and not Purchase.objects.exists()
    assert browser.post(page, {"take": "1"}).status_code == 422
    columns = {"client": "0", "day": "1", "sum": "2"}
    assert browser.post(page, columns).status_code == 302
    tried = browser.get(page).content.decode()
    assert "такого клиента нет: «Ох»" in tried and "Дата: пусто" in tried
    assert "120\xa0000,50\xa0₽" in tried
    assert browser.post(page, {**columns, "take": "1"}).status_code == 302
    waiting = browser.get(page).content.decode()
    assert "data-live" in waiting
    live = {"X-Zabota-Live": "1"}
    assert browser.get(f"{page}?seen=waiting.0", headers=live).status_code == 204
    actions.carry_on_import(by=None, at=AT)
    assert browser.get(f"{page}?seen=waiting.0", headers=live).status_code == 286
    done = browser.get(page).content.decode()
    assert "такого клиента нет: «Ох»" in done and Purchase.objects.count() == 1
    assert "a.csv" in browser.get(path).content.decode()
    # What was refused is a file to be put right: as it came, with what is wrong beside it.
    assert f"{page}refused/" in done and lawyer.get(f"{page}refused/").status_code == 403
    file = browser.get(f"{page}refused/")
    assert "attachment" in file.headers["Content-Disposition"]
    table = read_table(file.content)
    assert table.head == ["Кто", "Когда", "Сколько", "Что не так", "Строка"]
    assert table.rows[0][1][:3] == ["Ох", "", "5"] and table.rows[0][1][4] == "3"
    # Brought in again uncorrected, it is refused again, and says so once.
    sent = browser.post(
        path, {"kind": "purchases", "table": SimpleUploadedFile("b.xlsx", file.content)}
    )
    browser.post(sent.headers["Location"], columns)
    again = read_table(browser.get(f"{sent.headers['Location']}refused/").content)
    assert again.head == table.head and again.rows[0][1][4] == "2"


def test_whose_power_ended_meanwhile_takes_nothing_in(clients: Clients) -> None:
    power = people.grant_power(clients.staff.clerk, "clients", by=None, at=AT)
    by = clients.staff.user("clerk")
    one = actions.open_import("clients", text(CLIENTS), "t", by=by, at=AT)
    actions.start_import(one, by=by, at=AT)
    people.revoke_power(power, by=None, at=AT)
    count = Client.objects.count()
    actions.carry_on_import(by=None, at=AT)
    assert Client.objects.count() == count
    assert Import.objects.get(pk=one.pk).state == ImportState.TRIED
    lawyer = clients.staff.user("lawyer")
    people.grant_power(clients.staff.lawyer, "clients", by=None, at=AT)
    actions.start_import(one, by=lawyer, at=AT)
    actions.carry_on_import(by=None, at=AT)
    assert Client.objects.get(inn="7729567898").owner == clients.staff.lawyer
