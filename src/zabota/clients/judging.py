"""What would become of the rows of a table: taken, there already, or wrong, and by what. It reads,
and writes nothing; the trial and the taking ask the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from zabota.clients.models import Client, Purchase
from zabota.clients.tables import ClientRow, Fault, PurchaseRow

AT_ONCE = 500
_QUOTES = str.maketrans("", "", "«»\"“”„'")


@dataclass
class Judged[Row: (ClientRow, PurchaseRow)]:
    """A row with all that is wrong, whether it is there already, and whose it is."""

    row: Row
    faults: list[Fault] = field(default_factory=list)
    there: bool = False
    client: int | None = None


def judge_clients(rows: Sequence[ClientRow]) -> list[Judged[ClientRow]]:
    """A client is known by INN and KPP, one without INN by its name. Where either says no KPP, the
    INN is enough: a second card of the same client would have to be merged by hand.
    """
    numbers, names = _numbers(row.values["inn"] for row in rows), _names(rows)
    seen: dict[tuple[str, str], int] = {}
    judged = []
    for row in rows:
        inn, kpp = row.values["inn"], row.values["kpp"]
        key = (inn, kpp) if inn else ("", plain(row.values.get("name", "")))
        one = Judged(row, list(row.faults))
        same = _those_with(numbers.get(inn, ()), kpp) if inn else list(names.get(key[1], ()))
        one.there, one.client = bool(same), same[0] if same else None
        if not one.faults and not one.there and key in seen:
            one.faults.append(Fault("name", "repeated", str(seen[key])))
        seen.setdefault(key, row.row)
        judged.append(one)
    return judged


def _those_with(cards: Sequence[tuple[int, str]], kpp: str) -> list[int]:
    """Of the cards with an INN those with this KPP; else whoever may be meant without it."""
    exact = [pk for pk, its_kpp in cards if its_kpp == kpp]
    return exact or [pk for pk, its_kpp in cards if not kpp or not its_kpp]


def judge_purchases(rows: Sequence[PurchaseRow]) -> list[Judged[PurchaseRow]]:
    """Whose they are, by INN, else by name; which of them are there already, by their mark."""
    numbers = _numbers(row.inn for row in rows)
    names = _names(rows) if any(not row.inn for row in rows) else {}
    there = _marks(row.mark for row in rows)
    judged = []
    for row in rows:
        one = Judged(row, list(row.faults), row.mark in there)
        found = {pk for pk, _kpp in numbers.get(row.inn, ())} if row.inn else (
            names.get(plain(row.client), set())
        )  # fmt: skip
        if row.inn or row.client:
            one.client = _only(found, one, row.inn or row.client)
        judged.append(one)
    return judged


def plain(name: str) -> str:
    """A name as it is known again: one case, ё as е, no quotes."""
    return " ".join(name.casefold().replace("ё", "е").translate(_QUOTES).split())


def _only(found: set[int], one: Judged[PurchaseRow], value: str) -> int | None:
    """The one meant; several that are one client are the same to us."""
    if not found:
        one.faults.append(Fault("client", "no_client", value[:60]))
        return None
    if len(found) > 1:
        wholes = {client.whole_id for client in Client.objects.filter(pk__in=found).only("root")}
        if len(wholes) > 1:
            one.faults.append(Fault("client", "many_clients", value[:60]))
            return None
    return min(found)


def _numbers(inns: Iterable[str]) -> dict[str, list[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = {}
    for some in _portions({inn for inn in inns if inn}):
        rows = Client.objects.filter(inn__in=some).order_by("pk").values_list("inn", "pk", "kpp")
        for inn, pk, kpp in rows:
            found.setdefault(inn, []).append((pk, kpp))
    return found


def _names(rows: Sequence[ClientRow] | Sequence[PurchaseRow]) -> dict[str, set[int]]:
    """Of names in the table: whose they are; all clients are read, once for a whole table."""
    wanted = {
        plain(row.client if isinstance(row, PurchaseRow) else row.values.get("name", ""))
        for row in rows
    } - {""}
    found: dict[str, set[int]] = {}
    for pk, *names in Client.objects.values_list("pk", "name", "short_name").iterator():
        for name in names:
            if (key := plain(name)) in wanted:
                found.setdefault(key, set()).add(pk)
    return found


def _marks(marks: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for some in _portions(set(marks)):
        found |= set(Purchase.objects.filter(mark__in=some).values_list("mark", flat=True))
    return found


def _portions(values: set[str]) -> Iterator[list[str]]:
    told = sorted(values)
    for start in range(0, len(told), AT_ONCE):
        yield told[start : start + AT_ONCE]
