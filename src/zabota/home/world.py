"""The sample firm, made by calling actions: it serves tests, the demo, screenshots and docs.

`build_world` is the whole of it; `build_people` alone is enough for most tests.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import cast

from django.conf import settings

from zabota.clients.actions import add_client, invite_contact
from zabota.clients.actions.clients import ClientFields
from zabota.contracts.actions import (
    install_shipped_forms,
    mark_for_papers,
    save_route,
)
from zabota.contracts.models import Route
from zabota.home.alarms_of_world import build_alarms
from zabota.home.articles_of_world import build_articles
from zabota.home.beforehand_of_world import agree_beforehand
from zabota.home.broken_of_world import build_broken
from zabota.home.channels_of_world import build_channels
from zabota.home.contracts_of_world import build_contracts
from zabota.home.drills_of_world import build_drills
from zabota.home.evidence_of_world import build_evidence
from zabota.home.figures_of_world import build_bonuses
from zabota.home.gifts_of_world import build_gifts
from zabota.home.holds_of_world import build_holds
from zabota.home.in_world import World, begin, clause_numbered, example_value, open_stage, reword
from zabota.home.macros_of_world import build_macros
from zabota.home.mentions_of_world import build_mentions
from zabota.home.orders_of_world import build_orders
from zabota.home.people_of_world import CLIENTS, FIRM, GUESTS, STAFF, TEAMS
from zabota.home.points_of_world import build_points
from zabota.home.referrals_of_world import build_referrals
from zabota.home.routes_of_world import ROUTES
from zabota.home.scripts_of_world import build_scripts
from zabota.home.tickets_of_world import build_tickets
from zabota.people.actions import (
    change_employee,
    change_firm,
    found_firm,
    grant_power,
    hire_employee,
    open_team,
    revoke_power,
)
from zabota.people.models import Employee, Firm

PASSWORD = "northern-lights-2026"  # noqa: S105 - the sample firm's, said in the docs
MAIL = "severny-svet.example"

type Progress = Callable[[str], None]


def build_world(at: datetime, *, progress: Progress = lambda words: None) -> World:
    """The firm with its people, clients, forms, and contracts under way at several stages."""
    world = build_people(at - timedelta(days=30), progress=progress)
    progress("forms")
    build_forms(world, at - timedelta(days=29))
    agree_beforehand(world, at - timedelta(days=29))
    progress("contracts")
    build_contracts(world, at)
    build_scripts(world, at - timedelta(days=29))
    build_macros(world, at - timedelta(days=29))
    build_articles(world, at - timedelta(days=29))
    build_tickets(world, at)
    build_channels(world, at)
    build_alarms(world, at)
    build_drills(world, at)
    build_broken(world, at)
    build_gifts(world, at - timedelta(minutes=30))
    build_bonuses(at - timedelta(minutes=30))
    build_holds(world, at)
    build_mentions(world, at)
    build_orders(world, at)
    build_evidence(world, at - timedelta(minutes=15))
    build_points(world, at)
    build_referrals(world, at)
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
            f"{person.mail or person.key}@{MAIL}",
            person.name,
            by=None,
            at=at,
            position_ru=person.position[0],
            position_en=person.position[1],
            name_en=person.name_en,
            team=world.teams.get(person.team),
            lead=world.staff.get(person.lead),
            password=PASSWORD,
            language=settings.LANGUAGE_CODE,
        )
        if person.sees_all:
            change_employee(employee, {"sees_all": True}, by=None, at=at)
        if person.concern:
            grant_power(employee, "approve", by=None, at=at, concern=person.concern)
    for key in ("lawyer", "lawyer2"):
        for kind in ("templates", "routes", "reassign"):
            grant_power(world.staff[key], kind, by=None, at=at)
    grant_power(world.staff["manager"], "clients", by=None, at=at)
    for key, limit in (("manager", 5_000), ("finance", 100_000)):
        grant_power(world.staff[key], "beyond", by=None, at=at, limit=Decimal(limit))
    grant_power(
        world.staff["finance"], "sign", by=None, at=at, limit=Decimal(500_000), currency="RUB"
    )
    progress("clients")
    _add_clients(world, at)
    return world


def _add_clients(world: World, at: datetime) -> None:
    for key, fields in CLIENTS.items():
        # Whoever tries it in English reads what these clients read, too; John reads English anyway.
        tongue = "en" if settings.LANGUAGE_CODE == "en" else fields["language"]
        world.clients[key] = add_client(
            cast(ClientFields, fields | {"language": tongue}),
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
            position=guest.position[0],
            name_en=guest.name_en,
            position_en=guest.position[1],
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
        language=settings.LANGUAGE_CODE,
    )
    owner = Employee.objects.get(user__email=f"director@{MAIL}")
    change_employee(
        owner, {"name_en": director.name_en, "phone": "+7 495 777-01-24"}, by=None, at=at
    )
    # Whoever tries the sample firm on a Sunday wants to read at once what a colleague would.
    return change_firm(
        {name: FIRM[name] for name in ("name_en", "legal_name", "details", "keeps_quiet")},  # type: ignore[arg-type]
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
    mark_for_papers(world.routes["foreign"], by=None, at=at)
    for edition in install_shipped_forms(world.routes, by=None, at=at, only=only):
        world.forms[edition.template.slug] = edition


__all__ = [
    "MAIL",
    "PASSWORD",
    "World",
    "begin",
    "build_contracts",
    "build_forms",
    "build_people",
    "build_world",
    "clause_numbered",
    "example_value",
    "open_stage",
    "reword",
]
