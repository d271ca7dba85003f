"""A contract begins: from a form, like an earlier one, or as an amendment."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from zabota.cases.actions import next_number, open_case
from zabota.cases.models import Case
from zabota.clients.access import RoomViewer
from zabota.clients.models import Client
from zabota.contracts.entries import STARTED
from zabota.contracts.models import Contract, ContractState, Draft, EditionState, TemplateEdition
from zabota.contracts.rules import Viewer, may_start_contract, side_of
from zabota.journal.actions import record
from zabota.people.models import Employee


class EditionNotInForce(Exception):
    """The form was withdrawn or is not in force yet; contracts begin from editions in force."""


@transaction.atomic
def start_contract(
    edition: TemplateEdition,
    client: Client,
    *,
    by: Viewer,
    at: datetime,
    owner: Employee | None = None,
    like: Contract | None = None,
    parent: Contract | None = None,
    client_number: str = "",
) -> Contract:
    """Begin a contract from an edition of a form: the client in their room, or ours for a client.

    `like` takes the values of an earlier contract («как в прошлый раз»), `parent` makes it an
    amendment to one. What ours begin stays unseen by the client until it is shared.
    """
    if not may_start_contract(by):
        raise PermissionDenied
    # A text on the client's own paper is an edition made for this one contract.
    if edition.state != EditionState.IN_FORCE and not edition.template.foreign:
        raise EditionNotInForce
    case = _open(edition, client, owner or _owner(by, client), client_number, by, at)
    contract = Contract.objects.create(case=case, edition=edition, parent=parent, like=like)
    Draft.objects.create(
        contract=contract,
        side=side_of(by),
        tree=edition.tree,
        values=_first_values(edition, like, parent),
        saved_by=by.user,
        saved_at=at,
    )
    record(
        case.stream,
        STARTED,
        by=by.user.pk,
        at=at,
        audience=case.audience,
        contract=contract.pk,
        title={"ru": edition.template.title_ru, "en": edition.template.title_en},
    )
    return contract


def _open(
    edition: TemplateEdition,
    client: Client,
    owner: Employee,
    client_number: str,
    by: Viewer,
    at: datetime,
) -> Case:
    """The case under its working number; what ours prepare the client does not see yet."""
    theirs = side_of(by) == "theirs"
    year, number = next_number("contract-draft", by=by, at=at)
    return open_case(
        "contract",
        by=by.user,
        at=at,
        number=f"П-{year}-{number:04d}",
        title=edition.template.title(client.language),
        client=client,
        owner=owner,
        state=ContractState.DRAFT if theirs else ContractState.PREPARING,
        audience="both" if theirs else "ours",
        client_number=client_number,
    )


def _owner(by: Viewer, client: Client) -> Employee:
    """Whoever of ours is in charge of the client; an employee who begins it for one, that
    employee.
    """
    return client.owner if isinstance(by, RoomViewer) else by.employee


def _first_values(
    edition: TemplateEdition, like: Contract | None, parent: Contract | None
) -> dict[str, str]:
    """What was typed last time and has a field of the same name and type in this form.

    Numbers and dates belong to one contract and are not taken over.
    """
    here = {spec["name"]: spec for spec in edition.fields}
    about_parent = {name: text for name, text in _parent_values(parent).items() if name in here}
    source = like or parent
    if source is None or source.version is None:
        return about_parent
    before = {spec["name"]: spec for spec in source.edition.fields}
    taken = {
        name: value
        for name, value in source.version.values.items()
        if name in here
        and "." not in name
        and here[name]["type"] == before.get(name, {}).get("type")
        and here[name]["type"] != "date"
        and not name.endswith("_number")
    }
    return taken | about_parent


def _parent_values(parent: Contract | None) -> dict[str, str]:
    """An amendment knows the contract it belongs to."""
    if parent is None:
        return {}
    agreed = parent.agreed_at
    return {
        "base_title": parent.case.title,
        "base_number": parent.registered_number or parent.case.number,
        "base_date": agreed.date().isoformat() if agreed else "",
    }
