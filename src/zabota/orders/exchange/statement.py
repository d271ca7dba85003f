"""A statement of a bank in the exchange format of 1C («1CClientBankExchange», version 1.03).

Lines `Name=Value` between sections; the charset is told by the file («Кодировка=Windows» is
windows-1251, «DOS» is cp866). Source: the format's description by 1C (v8.1c.ru, «Стандарт обмена
с системами Клиент банка»).
"""

import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from zabota.clients.tables.rows import read_day, read_money
from zabota.common.packed import Unreadable
from zabota.orders.exchange.document import Document, Party

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_DOCUMENTS: Final = 50_000
HEAD: Final = "1CClientBankExchange"
LONGEST: Final = 1000
CHARSETS: Final = {"windows": "cp1251", "dos": "cp866", "utf-8": "utf-8-sig", "utf8": "utf-8-sig"}

type Section = dict[str, tuple[int, str]]
type Said = Callable[..., str]


def read_statement(data: bytes) -> list[Document]:
    """Payments of a statement, ours and to us; Unreadable says why it is none: too_large,
    not_statement, too_many, not_ended.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable("too_large", MOST_BYTES)
    lines = _text(data).splitlines()
    if not lines or lines[0].strip() != HEAD:
        raise Unreadable("not_statement")
    accounts, sections, ended = _sections(lines)
    if not ended:
        # Cut off on its way: what is missing would look as if nobody had paid.
        raise Unreadable("not_ended")
    if len(sections) > MOST_DOCUMENTS:
        raise Unreadable("too_many", MOST_DOCUMENTS)
    found = [_payment(row, section, accounts) for row, section in sections]
    return [one for one in found if one is not None]


def _text(data: bytes) -> str:
    start = data[:2000]
    for name in (b"\xca\xee\xe4\xe8\xf0\xee\xe2\xea\xe0=", b"\x8a\xae\xa4\xa8\xe0\xae\xa2\xaa\xa0=",
                 "Кодировка=".encode()):  # fmt: skip
        place = start.find(name)
        if place >= 0:
            told = start[place + len(name) :].split(b"\r")[0].split(b"\n")[0].strip()
            charset = CHARSETS.get(told.decode("ascii", "replace").casefold())
            if name.startswith("К".encode()):
                charset = "utf-8-sig"
            return data.decode(charset or "cp1251", errors="replace")
    if data.startswith(b"\xef\xbb\xbf"):
        return data.decode("utf-8-sig", errors="replace")
    return data.decode("cp1251", errors="replace")


def _sections(lines: list[str]) -> tuple[set[str], list[tuple[int, Section]], bool]:
    """Accounts of ours the statement is of; its documents, each from its line on; whether it has
    its end.
    """
    accounts: set[str] = set()
    found: list[tuple[int, Section]] = []
    open_: Section | None = None
    begun = 0
    for number, line in enumerate(lines, 1):
        name, sign, value = line.strip().partition("=")
        name, value = name.strip(), value.strip()[:LONGEST]
        if name == "СекцияДокумент":
            open_, begun = {"Вид": (number, value)}, number
        elif name == "КонецДокумента" and open_ is not None:
            found.append((begun, open_))
            open_ = None
        elif name == "КонецФайла":
            return accounts, found, open_ is None
        elif name == "РасчСчет" and open_ is None:
            accounts.add(value)
        elif sign and open_ is not None:
            open_.setdefault(name, (number, value))
    return accounts, found, False


def _payment(row: int, section: Section, accounts: set[str]) -> Document | None:
    """Of a document of another account nothing is told: it only passed through."""

    def said(*names: str) -> str:
        return next((section[one][1] for one in names if section.get(one, (0, ""))[1]), "")

    payer, receiver = (
        said("ПлательщикСчет", "ПлательщикРасчСчет"),
        said("ПолучательСчет", "ПолучательРасчСчет"),
    )
    back = payer in accounts and receiver not in accounts
    if payer in accounts and receiver in accounts:
        # From one account of ours to another: nobody's payment.
        return None
    side = "Получатель" if back else "Плательщик"
    name = said(f"{side}1", side)
    told = Document("payment", row, back=back, number=said("Номер"), currency="RUB")
    told.party = Party(_without_inn(name), said(f"{side}ИНН"), said(f"{side}КПП"))
    told.account = receiver if back else payer
    told.note = " ".join(_purposes(said, said("НазначениеПлатежа"))).strip()
    told.day = _day(told, section, "ДатаСписано" if back else "ДатаПоступило")
    told.total = _sum(told, section)
    told.outer = _mark(told, said("Дата"))
    return told


def _purposes(said: Said, whole: str) -> Iterator[str]:
    if whole:
        yield whole
        return
    for number in range(1, 7):
        yield said(f"НазначениеПлатежа{number}")


def _day(told: Document, section: Section, name: str) -> date | None:
    """When the money moved; where the bank does not say, the day of the paper."""
    row, value = section.get(name, (0, ""))
    if not value:
        row, value = section.get("Дата", (told.row, ""))
    day = read_day(value)
    if day is None:
        told.wrong("day", "date" if value else "required", value, row)
    return day


def _sum(told: Document, section: Section) -> Decimal | None:
    row, value = section.get("Сумма", (told.row, ""))
    # Written with a point and no spaces; «1000.000» is nothing anybody can be sure of.
    found = read_money(value)
    if found is None or found <= 0:
        told.wrong("sum", "sum" if value else "required", value, row)
        return None
    return found


def _mark(told: Document, paper_day: str) -> str:
    """The same for the same paper in whatever statement; two alike of one day are told apart by
    their number, which a bank gives once a day.
    """
    parts = (
        told.number, paper_day, str(told.total), told.party.inn, told.account, str(told.back),
        told.note,
    )  # fmt: skip
    return "bank:" + hashlib.sha256("|".join(parts).encode()).hexdigest()[:60]


def _without_inn(name: str) -> str:
    """«ИНН 7707083893 ООО «Ромашка»» → «ООО «Ромашка»»."""
    words = name.split()
    if len(words) > 2 and words[0].upper() == "ИНН" and words[1].isdecimal():
        words = words[2:]
    return " ".join(words)
