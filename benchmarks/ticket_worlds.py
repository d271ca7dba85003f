"""The same firm with many open requests, copied from ten that were made by actions."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from django.db import connections

from benchmarks import things
from benchmarks.bulk import Copy
from benchmarks.worlds import CROWD, Base, Bulk, built, use
from zabota.clients.access import room_viewer
from zabota.clients.models import Contact
from zabota.common.working_time import subtract
from zabota.journal.actions import mark_announced
from zabota.journal.models import Entry
from zabota.people.access import StaffViewer
from zabota.people.firm import calendar_of, current_firm
from zabota.people.models import Employee, User
from zabota.tickets.actions import open_ticket, say_in_ticket, take_ticket, write_to_ticket
from zabota.tickets.actions.kinds import KindOfRequest, set_kind
from zabota.tickets.models import Ticket, TicketType

ASKS = "Прошу согласовать договор аренды офиса: когда можно подписать и кто от вас подпишет?"
# How far each of the ten is: just come; before a team; talked over; waiting for the client.
ORIGINALS = ("new", "team", "talk", "new", "waits", "new", "talk", "team", "new", "waits")
TITLE = "Договор аренды № {}"


@dataclass(frozen=True)
class Requests:
    """The firm with its first ten requests."""

    base: Base
    path: Path
    cases: list[int]


def build_requests(base: Base, path: Path, at: datetime) -> Requests:
    """Ten requests under way, made by actions."""
    connections["default"].close()
    shutil.copyfile(base.path, path)
    use(path)
    start = subtract(calendar_of(current_firm()), at, timedelta(hours=3))
    manager = _manager(base)
    kind = TicketType.objects.get(slug="question")
    for_sales = KindOfRequest(
        name_ru="Для отдела продаж", name_en="For sales", purpose_ru="", purpose_en="",
        priority=kind.priority, team=manager.employee.team,
    )  # fmt: skip
    ours = set_kind(
        None, for_sales, by=User.objects.get(email="director@severny-svet.example"), at=at
    )
    cases = [
        _original(base, manager, ours if how == "team" else kind, how, start).pk
        for how in ORIGINALS
    ]
    mark_announced(list(Entry.objects.values_list("pk", flat=True)), by=None, at=at)
    connections["default"].close()
    return Requests(base, path, cases)


def _manager(base: Base) -> StaffViewer:
    found = Employee.objects.select_related("user", "team", "lead")
    employee = found.get(pk=next(iter(base.pools)))
    return StaffViewer(employee.user, employee)


def _original(base: Base, manager: StaffViewer, kind: TicketType, how: str, at: datetime) -> Ticket:
    contact = Contact.objects.select_related("user").get(pk=base.guests[0][0])
    assert contact.user is not None
    guest = room_viewer(contact.user, contact.pk)
    assert guest is not None
    ticket = open_ticket(guest.client, kind, ASKS, by=guest, at=at, title=TITLE.format(0))
    minute = timedelta(minutes=1)
    if how in ("talk", "waits"):
        take_ticket(ticket, by=manager, at=at + minute)
        say_in_ticket(ticket, "Смотрим, ответим сегодня.", by=manager, at=at + 9 * minute)
        say_in_ticket(ticket, "Спросил юристов.", by=manager, at=at + 12 * minute, how="note")
        write_to_ticket(ticket, "Спасибо, ждём. Срок — пятница.", by=guest, at=at + 20 * minute)
    if how == "talk":
        say_in_ticket(ticket, "Звонил, всё в силе.", by=manager, at=at + 30 * minute, how="call")
    if how == "waits":
        say_in_ticket(ticket, "Пришлите устав.", by=manager, at=at + 30 * minute, how="ask")
    return ticket


def build_open(requests: Requests, path: Path, number: int) -> Bulk:
    """So many open requests, the journal checked from end to end."""
    some = _copies(requests)
    return built(requests.path, path, things.ticket(), requests.cases, number, some)


def _copies(requests: Requests) -> Iterator[Copy]:
    """The first hundred are those of who is measured; the rest are spread over everybody."""
    base = requests.base
    first, pool = next(iter(base.pools.items()))
    contact, account = base.guests[0]
    for index in count():
        place = index // len(requests.cases)
        one = first if index < CROWD else pool[place % len(pool)]
        # They change places: whoever else of the team has it has it still.
        people = {first: one, one: first}
        client = 0 if index < CROWD else index % len(base.clients)
        users = {base.users[old]: base.users[new] for old, new in people.items()}
        users[account] = base.guests[client][1]
        yield Copy(
            f"О-2026-{index + 100:06d}", base.clients[client], people, users,
            timedelta(minutes=37 * index % (60 * 24 * 2)),
            {contact: base.guests[client][0]}, TITLE.format(index),
        )  # fmt: skip
