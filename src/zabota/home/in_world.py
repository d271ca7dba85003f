"""Acting in the sample firm: as one of ours, as one of a client's people, filling in, rewording."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from zabota.clients.access import RoomViewer, room_viewer
from zabota.clients.models import Client, Contact
from zabota.contracts.actions import (
    save_clause,
    save_values,
    start_contract,
)
from zabota.contracts.drafts import open_draft
from zabota.contracts.models import Contract, Draft, Route, Stage, TemplateEdition
from zabota.contracts.parties import is_asked
from zabota.contracts.stored import load_texts, nodes
from zabota.contracts.text.edit.places import plain_parts
from zabota.contracts.text.json import blocks_from_json
from zabota.contracts.text.numbering import numbers, plain_number
from zabota.home.routes_of_world import EXAMPLES
from zabota.people.access import StaffViewer
from zabota.people.models import Employee, Firm, Team, User


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


def begin(world: World, slug: str, guest: str, at: datetime) -> Contract:
    """A contract begun and filled in by a client, not yet sent."""
    by = world.as_guest(guest)
    contract = start_contract(world.forms[slug], by.client, by=by, at=at)
    values = {
        spec["name"]: example_value(spec)
        for spec in contract.edition.fields
        if is_asked(spec["name"])
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
