"""The worlds that are measured: the sample firm, 20 employees, 50 clients and many contracts."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count, islice
from pathlib import Path

from django.core.management import call_command
from django.db import connections

from benchmarks import things
from benchmarks.bulk import Copy, Thing, multiply
from zabota.cases.models import Holder
from zabota.clients.actions import add_client, invite_contact
from zabota.clients.models import Client, Contact
from zabota.common.working_time import subtract
from zabota.contracts.actions import approve_stage, return_stage, submit_contract
from zabota.contracts.actions.talk import comment
from zabota.contracts.models import Contract
from zabota.home.world import (
    World,
    begin,
    build_forms,
    build_people,
    clause_numbered,
    open_stage,
    reword,
)
from zabota.journal.actions import mark_announced
from zabota.journal.models import Entry
from zabota.journal.verify import Verified, verify_journal
from zabota.people.actions import grant_power, hire_employee
from zabota.people.firm import calendar_of, current_firm
from zabota.people.models import Employee

EMPLOYEES, CLIENTS = 20, 50
# Contracts of the people who are measured, the same in every world: their pages are full in all.
CROWD = 100
# More who do the same work: (as whom, how many, team, direction). What a team or a power holds, all
# of them hold; in the places of managers and lawyers one stands in each copy.
KINDS = (
    ("manager", 4, "sales", "general"),
    ("lawyer", 3, "", "legal"),
    ("finance", 2, "", "finance"),
    ("logist1", 2, "logistics", "logistics"),
)

ORIGINALS = [
    "new",
    "changed",
    "new",
    "parallel",
    "new",
    "changed",
    "returned",
    "new",
    "changed",
    "parallel",
]


@dataclass(frozen=True)
class Bulk:
    """One world: its file, how many cases are under way, and what checking its journal said."""

    path: Path
    count: int
    verified: Verified


@dataclass(frozen=True)
class Base:
    """The firm without its many contracts: its file, what to copy, who is in whose place."""

    path: Path
    cases: list[int]
    pools: dict[int, list[int]]
    users: dict[int, int]
    clients: list[Client]
    inbox: int
    inbox_rows: int
    rows_each: list[int]
    # Somebody of each client, in the order of clients: contact and account.
    guests: list[tuple[int, int]]


def use(path: Path) -> None:
    """From here on the product works with this file."""
    connections["default"].close()
    connections["default"].settings_dict["NAME"] = str(path)


def build_base(path: Path, at: datetime, inbox_rows: int) -> Base:
    """The firm, made by actions: people, clients, forms, and five contracts at different points."""
    use(path)
    call_command("migrate", verbosity=0)
    month = at - timedelta(days=30)
    world = build_people(month)
    build_forms(world, month)
    pools = hire_more(world, month)
    clients = [world.clients["romashka"], *more_clients(world, month)]
    guests = [world.guests["anna"], *(guest_of(client, month) for client in clients[1:])]
    cases = [contract.pk for contract in originals(world, at)]
    mark_announced(list(Entry.objects.values_list("pk", flat=True)), by=None, at=at)
    users = dict(Employee.objects.values_list("pk", "user_id"))
    manager = world.staff["manager"].pk
    # How many rows of Today each of the copied contracts gives its manager.
    held = Holder.objects.filter(employee=manager, rank_at__isnull=False)
    rows_each = [held.filter(case=case).count() for case in cases]
    connections["default"].close()
    return Base(
        path, cases, pools, users, clients, pools[manager][1], inbox_rows, rows_each,
        [(one.pk, one.user_id or 0) for one in guests],
    )  # fmt: skip


def hire_more(world: World, at: datetime) -> dict[int, list[int]]:
    """Colleagues until there are twenty of ours; says who may stand in whose place."""
    pools = {}
    for key, more, team, concern in KINDS:
        pool = [world.staff[key].pk]
        for number in range(more):
            employee = hire_employee(
                f"{key}-{number}@bulk.example", f"{key.title()} {number}", by=None, at=at,
                position_ru="Специалист", team=world.teams.get(team),
                lead=world.staff["director"], password=None,
            )  # fmt: skip
            grant_power(employee, "approve", by=None, at=at, concern=concern)
            pool.append(employee.pk)
        if key in ("manager", "lawyer"):
            pools[pool[0]] = pool
    return pools


def more_clients(world: World, at: datetime) -> list[Client]:
    """Companies until there are fifty."""
    owner = world.staff["manager"]
    return [
        add_client(
            {"kind": "company", "name": f"ООО «Клиент {number}»", "language": "ru"},
            owner=owner, by=None, at=at,
        )
        for number in range(CLIENTS - len(world.clients))
    ]  # fmt: skip


def guest_of(client: Client, at: datetime) -> Contact:
    """Somebody of a client, let into its room."""
    name, address = f"Пётр Клиентов {client.pk}", f"guest-{client.pk}@bulk.example"
    return invite_contact(client, name, address, "edits", by=None, at=at)


def originals(world: World, at: datetime) -> list[Contract]:
    """Ten contracts under way: four before the manager, three with the client's changes before the
    lawyer, two before finance and logistics, one back with the client."""
    start = subtract(calendar_of(world.firm), at, timedelta(hours=5))
    found = []
    for kind in ORIGINALS:
        contract = begin(world, "supply-ru", "anna", start)
        if kind in ("changed", "returned"):
            change(world, contract, start)
        submit_contract(contract, by=world.as_guest("anna"), at=start)
        bring_on(world, contract, kind, start)
        found.append(contract)
    return found


def change(world: World, contract: Contract, at: datetime) -> None:
    """What a client's lawyer changes: ten clauses, a few words each."""
    by = world.as_guest("anna")
    for number in ("2.1", "2.2", "3.1", "3.2", "3.3", "4.1", "4.2", "5.1", "7.1", "7.2"):
        reword(
            contract, number, lambda text: text.rstrip(".") + ", если Стороны не согласовали иное.",
            by=by, at=at, reason="Так принято в наших договорах.",
        )  # fmt: skip


def bring_on(world: World, contract: Contract, kind: str, at: datetime) -> None:
    """From just sent to where this kind of contract stands."""
    if kind == "new":
        return
    at += timedelta(minutes=40)
    approve_stage(open_stage(contract, "general").pk, by=world.as_staff("manager"), at=at)
    lawyer, legal = world.as_staff("lawyer"), open_stage(contract, "legal")
    clause = clause_numbered(contract, "3.3")
    for audience in ("ours", "both"):
        comment(contract, "Сверьте.", by=lawyer, at=at, audience=audience, clause=clause)
    if kind == "parallel":
        approve_stage(legal.pk, by=lawyer, at=at + timedelta(minutes=20))
    if kind == "returned":
        return_stage(
            legal.pk, by=lawyer, at=at + timedelta(minutes=20), asked="Пришлите спецификацию.",
            reasons=[{"clause": clause, "text": "Срок не указан."}],
        )  # fmt: skip


def build_bulk(base: Base, path: Path, contracts: int) -> Bulk:
    """The firm with so many contracts under way, its journal checked from end to end."""
    use(base.path)
    thing = things.contract(current_firm())
    return built(base.path, path, thing, base.cases, contracts, copies(base))


def built(
    start: Path, path: Path, thing: Thing, cases: list[int], count: int, some: Iterator[Copy]
) -> Bulk:
    """The world `start` with copies of `cases` until there are so many."""
    connections["default"].close()
    shutil.copyfile(start, path)
    multiply(path, thing, cases, islice(some, count - len(cases)))
    use(path)
    verified = verify_journal()
    if verified.broken is not None:
        raise RuntimeError(f"the bulk world's journal does not hold: {verified.broken}")
    return Bulk(path, count, verified)


def copies(base: Base) -> Iterator[Copy]:
    """The first hundred stay with those who are measured; then one colleague's list is filled to a
    known length; the rest are spread over everybody."""
    filled = 0
    for index in count():
        place = index // len(base.cases)
        people = {}
        for first, pool in base.pools.items():
            rest = [one for one in pool if one != base.inbox]
            people[first] = first if index < CROWD else rest[place % len(rest)]
        manager = next(iter(base.pools))
        if index >= CROWD and filled < base.inbox_rows:
            people[manager] = base.inbox
            filled += base.rows_each[index % len(base.cases)]
        client = base.clients[0] if index < CROWD else base.clients[index % len(base.clients)]
        users = {base.users[old]: base.users[new] for old, new in people.items()}
        back = timedelta(minutes=37 * index % (60 * 24 * 2))
        yield Copy(f"Б-2026-{index:06d}", client, people, users, back)
