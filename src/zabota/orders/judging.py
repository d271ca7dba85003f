"""What would become of documents: taken, there already just so, changed, or wrong, and by what. It
reads and writes nothing; the trial and the taking ask the same.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from zabota.clients.bringing import Brought
from zabota.clients.judging import plain
from zabota.clients.models import Client
from zabota.clients.tables import Fault
from zabota.common import requisites
from zabota.orders.exchange import Document, Party, digest_of
from zabota.orders.models import Invoice, Order, Payment, Return, Shipment, Source
from zabota.orders.vat import is_charged
from zabota.people.firm import current_firm

AT_ONCE = 500
KEPT_BY_DIGEST = (
    ("order", Order), ("invoice", Invoice), ("shipment", Shipment), ("return", Return),
)  # fmt: skip
OF_ORDER = ("invoice", "shipment", "return")


@dataclass
class Known:
    """What is here of what the documents name; read once for all of them."""

    source: str
    digests: dict[tuple[str, str], str] = field(default_factory=dict)
    orders: set[str] = field(default_factory=set)
    # Payments and returns by their key: day and sum.
    money: dict[str, tuple[date, Decimal]] = field(default_factory=dict)


def judge_documents(
    documents: Sequence[Document], source: str, *, adds_clients: bool, typed: bool = False
) -> list[Brought]:
    """Each with what is wrong. `adds_clients`: a buyer nobody knows becomes a client, if their INN
    is sound; `typed`: people wrote it, so that its rates of VAT are checked by its day.
    """
    known = _known(documents, source)
    whose = Whose(one.party for one in documents)
    country = current_firm().country
    coming = {one.outer for one in documents if one.what == "order" and not one.faults}
    seen: dict[tuple[str, str], int] = {}
    judged = []
    for told in documents:
        one = Brought(told.row, said_of(told), told, list(told.faults))
        if told.outer and (told.what, told.outer) in seen:
            told.wrong("outer", "repeated", str(seen[told.what, told.outer]))
            one.faults = list(told.faults)
        seen.setdefault((told.what, told.outer), told.row)
        _judge_client(told, whose, one, adds_clients=adds_clients)
        if told.what in OF_ORDER and told.of not in known.orders | coming:
            one.faults.append((told.row, told_fault("of", "no_order", told.of_number or told.of)))
        if typed and told.day is not None:
            for line in told.lines:
                if not is_charged(country, line.vat_rate, told.day):
                    fault = told_fault("vat", "not_charged", f"{line.vat_rate} %")
                    one.faults.append((line.row, fault))
        known_return = known.digests.get((told.what, told.outer)) if told.what == "return" else ""
        if told.what == "payment" or (told.what == "return" and not known_return):
            money = known.money.get(told.outer)
            one.there, one.changes = _same_money(told, money), money is not None
        else:
            before = known.digests.get((told.what, told.outer))
            one.there, one.changes = before == digest_of(told), before is not None
        one.changes = one.changes and not one.there
        judged.append(one)
    return judged


class Whose:
    """Whose documents are, by INN and KPP, else by name; asked once for all of them."""

    def __init__(self, parties: Iterable[Party]) -> None:
        some = list(parties)
        self._numbers: dict[str, list[Client]] = {}
        inns = sorted({one.inn for one in some if one.inn})
        for start in range(0, len(inns), AT_ONCE):
            rows = Client.objects.filter(inn__in=inns[start : start + AT_ONCE])
            for client in rows.select_related("root").order_by("pk"):
                self._numbers.setdefault(client.inn, []).append(client)
        self._names: dict[str, list[Client]] = {}
        wanted = {plain(one.name) for one in some if one.name and not one.inn}
        if wanted:
            for client in Client.objects.select_related("root").order_by("pk").iterator():
                for name in {plain(client.name), plain(client.short_name)} & wanted:
                    self._names.setdefault(name, []).append(client)

    def find(self, party: Party) -> tuple[Client | None, str]:
        """The client, or why there is none: no_client, many_clients."""
        found = (
            self._numbers.get(party.inn, [])
            if party.inn
            else self._names.get(plain(party.name), [])
        )
        exact = [one for one in found if party.inn and party.kpp and one.kpp == party.kpp]
        wholes = {one.whole_id: one.whole for one in exact or found}
        if len(wholes) == 1:
            return next(iter(wholes.values())), ""
        return None, "many_clients" if wholes else "no_client"


def is_sound(party: Party) -> bool:
    """Whether a card may be made of it: a name, and an INN whose digits fit."""
    return bool(party.name) and requisites.inn(party.inn)


def told_fault(name: str, code: str, value: str = "") -> Fault:
    """A fault found here, not in the file."""
    return Fault(name, code, value[:60])


def said_of(told: Document) -> str:
    """How it reads in a list: number, whose, how much."""
    total = told.total
    if total is None and told.lines and all(one.sum is not None for one in told.lines):
        total = sum((one.sum for one in told.lines if one.sum is not None), told.lines[0].price * 0)
    words = (told.number, told.party.name or told.party.inn, f"{total:.2f}" if total else "",
             told.note[:80] if told.what == "payment" else "")  # fmt: skip
    return " · ".join(word for word in words if word)


def _judge_client(told: Document, whose: Whose, one: Brought, *, adds_clients: bool) -> None:
    if told.what in OF_ORDER or (told.what == "payment" and not told.of):
        return
    client, why = whose.find(told.party)
    if client is not None or told.what == "payment":
        return
    if why == "no_client" and adds_clients and is_sound(told.party):
        return
    value = told.party.inn or told.party.name
    one.faults.append((told.row, told_fault("client", why if value else "required", value)))


def _same_money(told: Document, money: tuple[date, Decimal] | None) -> bool:
    """Of a return without a sum of its own only its day is told."""
    if money is None:
        return False
    return money[0] == told.day and told.total in (None, money[1])


def _known(documents: Sequence[Document], source: str) -> Known:
    known = Known(source)
    outers = sorted({one.outer for one in documents if one.outer})
    of = sorted({one.of for one in documents if one.of})
    for start in range(0, len(outers), AT_ONCE):
        some = outers[start : start + AT_ONCE]
        for what, rows in KEPT_BY_DIGEST:
            told = rows.objects.filter(source=source, outer__in=some)
            for outer, digest in told.values_list("outer", "digest"):
                known.digests[what, outer] = digest
        came = Payment.objects.filter(mark__in=some).values_list("mark", "day", "sum")
        backs = Return.objects.filter(source=source, outer__in=some)
        for key, day, total in (*came, *backs.values_list("outer", "day", "sum")):
            known.money[key] = (day, total)
        ours = Order.objects.filter(case__number__in=some).values_list("case__number", "digest")
        known.digests.update({("order", number): digest for number, digest in ours})
    _know_orders(known, of)
    return known


def _know_orders(known: Known, of: Sequence[str]) -> None:
    """Orders that papers name, by their key there or by our number."""
    for start in range(0, len(of), AT_ONCE):
        some = of[start : start + AT_ONCE]
        known.orders.update(
            Order.objects.filter(source=known.source, outer__in=some).values_list(
                "outer", flat=True
            )
        )
        known.orders.update(
            Order.objects.filter(case__number__in=some).values_list("case__number", flat=True)
        )
        if known.source == Source.TABLE:
            theirs = Order.objects.filter(outer_number__in=some)
            counted = Counter(theirs.values_list("outer_number", flat=True))
            known.orders.update(number for number, count in counted.items() if count == 1)
