"""A contract begins: from a form, like an earlier one, or as an amendment."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from zabota.cases.actions import next_number, open_case
from zabota.cases.models import Case
from zabota.clients.access import RoomViewer
from zabota.clients.models import Client
from zabota.contracts.actions.last_time import why_as_before
from zabota.contracts.actions.search import keep_names
from zabota.contracts.client_number import without_sign
from zabota.contracts.entries import STARTED
from zabota.contracts.last_time import Laid, LastTime, as_last_time, last_time_of, lay_last_time
from zabota.contracts.models import (
    Contract,
    ContractState,
    Draft,
    DraftClause,
    EditionState,
    TemplateEdition,
)
from zabota.contracts.rules import Viewer, may_start_contract, side_of
from zabota.contracts.stored import load_wordings, nodes
from zabota.contracts.surgery import with_wordings
from zabota.journal.actions import record
from zabota.people.firm import current_firm, zone_of
from zabota.people.models import Employee

# «Проект»: what a contract is called by before it is registered.
WORKING = {"ru": "П", "en": "D"}


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

    `like` takes the values and the wording of an earlier contract («как в прошлый раз») and what
    it belonged to, `parent` makes it an amendment to one. What ours begin stays unseen by the
    client until it is shared.
    """
    if not may_start_contract(by):
        raise PermissionDenied
    # A text on the client's own paper is an edition made for this one contract.
    if edition.state != EditionState.IN_FORCE and not edition.template.foreign:
        raise EditionNotInForce
    case = _open(edition, client, owner or _owner(by, client), client_number, by, at)
    parent = parent or (like.parent if like else None)
    contract = Contract.objects.create(case=case, edition=edition, parent=parent, like=like)
    keep_names(contract, by=by, at=at)
    draft = Draft(
        contract=contract,
        side=side_of(by),
        tree=edition.tree,
        values=_first_values(edition, like, parent),
        saved_by=by.user,
        saved_at=at,
    )
    last = last_time_of(contract)
    laid = lay_last_time(last, edition.tree) if last else Laid(edition.tree)
    if last is not None:
        draft.tree, draft.reasons = laid.tree, _reasons(last, edition, laid)
    draft.save()
    _reword(draft, laid)
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


def _reword(draft: Draft, laid: Laid) -> None:
    """Words of last time are changes of this draft: each can go back to the form's."""
    stored = load_wordings(laid.words.values())
    form = {node["id"]: node["w"] for node in nodes(draft.tree)}
    DraftClause.objects.bulk_create(
        DraftClause(
            draft=draft,
            clause=clause,
            base_wording=form[clause],
            blocks=stored[digest],
            saved_by=draft.saved_by,
            saved_at=draft.saved_at,
        )
        for clause, digest in laid.words.items()
    )


def _reasons(last: LastTime, edition: TemplateEdition, laid: Laid) -> dict[str, str]:
    """A change to a locked clause says why: it was agreed before."""
    if not last.agreed:
        return {}
    locked = {node["id"] for node in nodes(edition.tree) if node.get("l")}
    touched = as_last_time(last, edition.tree, with_wordings(laid.tree, dict(laid.words)))
    return dict.fromkeys(touched & locked, why_as_before(last, edition.template.language))


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
        number=f"{WORKING.get(current_firm().language, WORKING['en'])}-{year}-{number:04d}",
        title=edition.template.title(client.language),
        client=client,
        owner=owner,
        state=ContractState.DRAFT if theirs else ContractState.PREPARING,
        audience="both" if theirs else "ours",
        client_number=without_sign(client_number),
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
        and (like is not None or not _of_one_batch(edition, here[name]))
    }
    return taken | about_parent


def _of_one_batch(edition: TemplateEdition, spec: Mapping[str, Any]) -> bool:
    """A specification takes the terms of its contract; what is ordered and its sums are its own. So
    is what an amendment is about.
    """
    if edition.template.kind == "amendment":
        return bool(spec["name"] == "subject")
    if edition.template.kind != "specification":
        return False
    name = str(spec["name"])
    return spec["type"] == "money" or name == "subject" or name.startswith("goods_")


def _parent_values(parent: Contract | None) -> dict[str, str]:
    """An amendment knows the contract it belongs to."""
    if parent is None:
        return {}
    return {
        "base_title": parent.case.title,
        "base_number": parent.registered_number or parent.case.number,
        "base_date": _date_of(parent),
    }


def _date_of(contract: Contract) -> str:
    """The date a contract bears; of one that has no such field, the day it was agreed."""
    written = contract.version.values.get("contract_date", "") if contract.version else ""
    if written or contract.agreed_at is None:
        return str(written)
    return contract.agreed_at.astimezone(zone_of(current_firm())).date().isoformat()
