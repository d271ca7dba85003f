"""The sample firm, made by calling actions: it serves tests, the demo, screenshots and docs.

`build_world` is the whole of it; `build_people` alone is enough for most tests.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import cast

from zabota.clients.access import RoomViewer, room_viewer
from zabota.clients.actions import add_client, invite_contact
from zabota.clients.actions.clients import ClientFields
from zabota.clients.models import Client, Contact
from zabota.common.working_time import add, subtract
from zabota.contracts.actions import (
    approve_stage,
    install_shipped_forms,
    save_clause,
    save_route,
    save_values,
    start_contract,
    submit_contract,
)
from zabota.contracts.actions.draft import open_draft, plain_parts
from zabota.contracts.models import Contract, Draft, Route, Stage, TemplateEdition
from zabota.contracts.stored import load_texts, nodes
from zabota.contracts.text.json import blocks_from_json
from zabota.contracts.text.numbering import numbers, plain_number
from zabota.home.people_of_world import CLIENTS, FIRM, GUESTS, STAFF, TEAMS
from zabota.home.routes_of_world import EXAMPLES, ROUTES
from zabota.people.access import StaffViewer
from zabota.people.actions import (
    change_employee,
    change_firm,
    found_firm,
    grant_power,
    hire_employee,
    open_team,
    revoke_power,
)
from zabota.people.firm import calendar_of
from zabota.people.models import Employee, Firm, Team, User

PASSWORD = "northern-lights-2026"  # noqa: S105 - the sample firm's, said in the docs
MAIL = "severny-svet.example"

type Progress = Callable[[str], None]


@dataclass
class World:
    """What was made, by key: employees, contacts, clients, teams, routes, editions of forms,
    contracts.
    """

    firm: Firm
    staff: dict[str, Employee] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    guests: dict[str, Contact] = field(default_factory=dict)
    routes: dict[str, Route] = field(default_factory=dict)
    forms: dict[str, TemplateEdition] = field(default_factory=dict)
    contracts: dict[str, Contract] = field(default_factory=dict)

    def as_staff(self, key: str) -> StaffViewer:
        """One of ours, acting."""
        employee = Employee.objects.select_related("user", "team", "lead").get(
            pk=self.staff[key].pk
        )
        return StaffViewer(employee.user, employee)

    def as_guest(self, key: str) -> RoomViewer:
        """One of a client's people, acting."""
        user = User.objects.get(contacts=self.guests[key])
        viewer = room_viewer(user, self.guests[key].pk)
        assert viewer is not None
        return viewer


def build_world(at: datetime, *, progress: Progress = lambda words: None) -> World:
    """The firm with its people, clients, forms, and contracts under way at several stages."""
    world = build_people(at - timedelta(days=30), progress=progress)
    progress("forms")
    build_forms(world, at - timedelta(days=29))
    progress("contracts")
    build_contracts(world, at)
    return world


def build_people(at: datetime, *, progress: Progress = lambda words: None) -> World:
    """The firm, its teams, employees with powers, clients with their people."""
    progress("people")
    firm = _found(at)
    world = World(firm)
    for key, (ru, en) in TEAMS.items():
        world.teams[key] = open_team(ru, by=None, at=at, name_en=en)
    director = Employee.objects.get(user__email=f"director@{MAIL}")
    for power in director.powers.filter(kind="approve"):
        revoke_power(power, by=None, at=at)
    grant_power(director, "approve", by=None, at=at, concern="director")
    world.staff["director"] = director
    for person in STAFF[1:]:
        world.staff[person.key] = employee = hire_employee(
            f"{person.key}@{MAIL}",
            person.name,
            by=None,
            at=at,
            position_ru=person.position[0],
            position_en=person.position[1],
            team=world.teams.get(person.team),
            lead=world.staff.get(person.lead),
            password=PASSWORD,
        )
        if person.sees_all:
            change_employee(employee, {"sees_all": True}, by=None, at=at)
        if person.concern:
            grant_power(employee, "approve", by=None, at=at, concern=person.concern)
    for key in ("lawyer", "lawyer2"):
        for kind in ("templates", "routes", "reassign"):
            grant_power(world.staff[key], kind, by=None, at=at)
    grant_power(world.staff["manager"], "clients", by=None, at=at)
    progress("clients")
    _add_clients(world, at)
    return world


def _add_clients(world: World, at: datetime) -> None:
    for key, fields in CLIENTS.items():
        world.clients[key] = add_client(
            cast(ClientFields, fields),
            owner=world.staff["manager"],
            by=None,
            at=at,
        )
    for guest in GUESTS:
        world.guests[guest.key] = invite_contact(
            world.clients[guest.client],
            guest.name,
            f"{guest.key}@{guest.client}.example",
            guest.role,
            by=None,
            at=at,
            position=guest.position,
        )


def _found(at: datetime) -> Firm:
    director = STAFF[0]
    found_firm(
        str(FIRM["name"]),
        f"director@{MAIL}",
        director.name,
        PASSWORD,
        by=None,
        at=at,
        position_ru=director.position[0],
        position_en=director.position[1],
    )
    return change_firm(
        {"legal_name": FIRM["legal_name"], "details": FIRM["details"]},  # type: ignore[typeddict-item]
        by=None,
        at=at,
    )


def build_forms(world: World, at: datetime, only: tuple[str, ...] = ()) -> None:
    """The shipped forms with two routes: the standard one and a short one."""
    people = {key: str(employee.pk) for key, employee in world.staff.items()}
    teams = {key: str(team.pk) for key, team in world.teams.items()}
    for slug, (names, make) in ROUTES.items():
        save_route(slug, make(people, teams), by=None, at=at, names=names)
        world.routes[slug] = Route.objects.get(slug=slug)
    for edition in install_shipped_forms(world.routes, by=None, at=at, only=only):
        world.forms[edition.template.slug] = edition


def begin(world: World, slug: str, guest: str, at: datetime) -> Contract:
    """A contract begun and filled in by a client, not yet sent."""
    by = world.as_guest(guest)
    contract = start_contract(world.forms[slug], by.client, by=by, at=at)
    values = {
        spec["name"]: example_value(spec)
        for spec in contract.edition.fields
        if "." not in spec["name"]
    }
    save_values(contract, values, by=by, at=at)
    return contract


def example_value(spec: dict[str, object]) -> str:
    """What a client might type into a field: the form's own example, or one of its type."""
    args = spec.get("args") or [""]
    if spec["type"] == "choice":
        return str(spec.get("example") or args[0])  # type: ignore[index]
    return str(spec.get("example") or EXAMPLES.get(str(spec["type"]), "как договоримся"))


def reword(
    contract: Contract,
    number: str,
    change: Callable[[str], str],
    *,
    by: RoomViewer,
    at: datetime,
    reason: str = "",
) -> str:
    """Change the words of the clause with this number in the client's draft; says the clause's
    id.
    """
    clause = clause_numbered(contract, number)
    work = open_draft(contract, "theirs")
    assert work is not None
    node = next(found for found in nodes(work.tree) if found["id"] == clause)
    texts = plain_parts(blocks_from_json(work.wordings[node["w"]]))
    save_clause(
        contract,
        clause,
        {place: change(text) for place, text in texts.items()},
        by=by,
        at=at,
        reason=reason or None,
    )
    return clause


def clause_numbered(contract: Contract, number: str) -> str:
    """The id of the clause that a reader sees under this number."""
    contract = Contract.objects.select_related("version", "edition").get(pk=contract.pk)
    draft = Draft.objects.filter(contract=contract).first()
    tree = draft.tree if draft else (contract.version or contract.edition).tree
    (text,) = load_texts(tree)
    shown = numbers(text.document)
    return next(clause for clause, seen in shown.items() if plain_number(seen) == number)


def open_stage(contract: Contract, concern: str) -> Stage:
    """The stage of a direction that is open now."""
    return Stage.objects.get(
        contract=contract, round=Contract.objects.get(pk=contract.pk).round, concern=concern
    )


def build_contracts(world: World, at: datetime) -> None:
    """Contracts at several stages: agreed, before the lawyer with changes, a fresh draft, one in
    English.
    """
    start = working_morning(at - timedelta(days=6))
    agreed = begin(world, "nda-ru", "anna", start)
    submit_contract(agreed, by=world.as_guest("anna"), at=start)
    world.contracts["agreed"] = agreed
    for concern, key in (("general", "manager"), ("legal", "lawyer")):
        stage = Stage.objects.filter(contract=agreed, concern=concern).first()
        if stage is not None:
            start += timedelta(hours=2)
            approve_stage(stage.pk, by=world.as_staff(key), at=start)
    _under_review(world, at)
    world.contracts["draft"] = begin(world, "services-ru", "boris", at - timedelta(hours=3))
    sent = subtract(calendar_of(world.firm), at, timedelta(hours=1))
    english = begin(world, "supply-en", "john", sent)
    submit_contract(english, by=world.as_guest("john"), at=sent)
    world.contracts["english"] = english


def _under_review(world: World, at: datetime) -> None:
    """A supply contract whose two clauses the client changed, standing before the lawyer."""
    calendar = calendar_of(world.firm)
    start = subtract(calendar, at, timedelta(hours=5))
    by = world.as_guest("anna")
    contract = begin(world, "supply-ru", "anna", start)
    reword(contract, "3.3", lambda text: text.replace("не позднее", "не позже"), by=by, at=start)
    reword(
        contract,
        "7.2",
        lambda text: text.rstrip(".") + ", но в любом случае не более 10 (десяти) процентов.",
        by=by,
        at=start,
        reason="Так принято в наших договорах.",
    )
    submit_contract(
        contract,
        by=by,
        at=start,
        needed_by=(at + timedelta(days=8)).date(),
        client_number="77/2026",
    )
    manager = Stage.objects.get(contract=contract, concern="general")
    approve_stage(
        manager.pk,
        by=world.as_staff("manager"),
        at=add(calendar, start, timedelta(hours=2)),
    )
    world.contracts["review"] = contract


def working_morning(at: datetime) -> datetime:
    """Ten in the morning in Moscow of that day, or of the Friday before a weekend."""
    back = max(0, at.weekday() - 4)
    return (
        (at - timedelta(days=back))
        .astimezone(UTC)
        .replace(hour=7, minute=0, second=0, microsecond=0)
    )
