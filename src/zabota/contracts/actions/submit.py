"""Sending a contract for approval."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from zabota.cases.actions import (
    touch_case,
)
from zabota.cases.actions.cases import search_words
from zabota.contracts.actions.beforehand import accept_beforehand, tell_beforehand
from zabota.contracts.actions.changes_kept import keep_changes
from zabota.contracts.actions.locked import lock_contract
from zabota.contracts.actions.promise import agree_at_once, lay_promises
from zabota.contracts.actions.rounds import Laid, lay_round
from zabota.contracts.actions.versions import keep_wordings, make_version
from zabota.contracts.actions.word_notes import send_word_return
from zabota.contracts.changes import Changed, changes_between, field_homes
from zabota.contracts.client_number import without_sign
from zabota.contracts.drafts import OpenDraft, open_draft
from zabota.contracts.entries import SUBMITTED
from zabota.contracts.errors import errors_in, for_side, normal_values
from zabota.contracts.fast_lane.lane import Lane, read_lane
from zabota.contracts.models import (
    Contract,
    ContractState,
    Draft,
    Version,
)
from zabota.contracts.models.changes import ChangeKind
from zabota.contracts.parties import is_asked, party_values
from zabota.contracts.rules import (
    Viewer,
    may_submit_contract,
    side_of,
)
from zabota.contracts.stored import field_spec, flat, read_text
from zabota.contracts.text.fields import FieldProblem, clean
from zabota.contracts.text.words import is_blank
from zabota.journal.actions import record
from zabota.people.firm import current_firm

# How long a client's own number of a contract may be.
LONGEST_NAME = 60


@dataclass(frozen=True)
class Fault:
    """Why a contract cannot be sent yet: which field or clause, and what is wrong with it."""

    where: str
    code: str
    params: Mapping[str, Any]


@dataclass
class NotReady(Exception):
    """The text cannot be sent yet; every fault is named, nothing typed is lost."""

    faults: list[Fault]


class NoRoute(Exception):
    """The form has no approval route; the firm's administrator gives it one."""


@transaction.atomic
def submit_contract(
    contract: Contract,
    *,
    by: Viewer,
    at: datetime,
    needed_by: date | None = None,
    client_number: str | None = None,
) -> Version:
    """Send the draft: a version is made of it, what changed becomes rows to be answered, and a
    round of approval begins. NotReady names what is missing.
    """
    contract, stream = lock_contract(contract.pk)
    # Whoever is saving a clause at this moment is waited for: what was saved is sent.
    Draft.objects.select_for_update().filter(contract=contract, side=side_of(by)).first()
    work = open_draft(contract, side_of(by))
    if work is None or not may_submit_contract(by, contract):
        raise PermissionDenied
    values = _clean_values(contract, work)
    changed = _what_changed(contract, work, values)
    lane = _lane(contract, work, values, changed, side_of(by))
    _check_reasons(work, changed, lane)
    _check_text(contract, work, values, side_of(by))
    keep_wordings(work.new_wordings)
    # Before the version: a contract is kept under its numbers together with its words.
    _note_wishes(contract, needed_by, client_number)
    version = make_version(
        contract, work.tree, values, side=side_of(by), origin="edit", by=by.user, at=at
    )
    send_word_return(contract, work.draft.base, version, by=by)
    changes = keep_changes(contract, version, changed, work, by=by, at=at)
    agreed = accept_beforehand(changes, lane, by=by, at=at)
    _begin_round(contract, at)
    # What stays inside needs no stage at all.
    laid = Laid([], [], True) if lane.is_fast else lay_round(contract, by=by, at=at)
    lay_promises(contract, laid, by, at)
    contract.case.state, contract.case.audience = ContractState.REVIEW, "both"
    work.draft.delete()
    opened = [stage.pk for stage in laid.opened]
    told: dict[str, Any] = {"version": version.number, "changes": len(changes), "opened": opened}
    record(stream, SUBMITTED, by=by.user.pk, at=at, contract=contract.pk, **told)
    tell_beforehand(contract, stream, version, lane, agreed, by=by, at=at)
    if laid.complete:
        agree_at_once(contract, stream, by=by, at=at)
    contract.save()
    touched = ("state", "needed_by", "client_number", "audience", "search")
    touch_case(contract.case, by=by, at=at, fields=touched)
    return version


def faults_before_sending(contract: Contract, side: str) -> list[Fault]:
    """What is still missing, asked before anything is sent; nothing is changed."""
    work = open_draft(contract, side)
    if work is None:
        return []
    try:
        values = _clean_values(contract, work)
    except NotReady as not_ready:
        return not_ready.faults
    try:
        changed = _what_changed(contract, work, values)
        _check_reasons(work, changed, _lane(contract, work, values, changed, side))
        _check_text(contract, work, values, side)
    except NotReady as not_ready:
        return not_ready.faults
    return []


def _clean_values(contract: Contract, work: OpenDraft) -> dict[str, str]:
    """Every field in its normal form, or NotReady with all that is wrong at once."""
    typed: dict[str, str] = work.draft.values
    used = _fields_used(work)
    faults, values = [], {}
    for told in contract.edition.fields:
        if not is_asked(told["name"]) or told["name"] not in used:
            continue
        spec = field_spec(told)
        try:
            values[spec.name] = clean(spec, typed.get(spec.name, ""), values=typed)
        except FieldProblem as problem:
            faults.append(Fault(spec.name, problem.code, problem.params))
    if faults:
        raise NotReady(faults)
    return values


def _fields_used(work: OpenDraft) -> set[str]:
    """Fields that still stand in the text: one the client deleted with its clause is not asked
    for.
    """
    from_text = read_text(work.tree, work.wordings)
    return set(field_homes(from_text))


def _what_changed(contract: Contract, work: OpenDraft, values: Mapping[str, str]) -> list[Changed]:
    """Against the version the draft began from; a first version, against its form."""
    old = read_text(work.base, work.wordings)
    new = read_text(work.tree, work.wordings)
    before = work.draft.base.values if work.draft.base else None
    return changes_between(work.base, old, work.tree, new, before, values)


def lane_of_draft(contract: Contract, side: str) -> Lane | None:
    """What this side's draft would need if it were sent now, as far as it is filled in; nothing is
    changed.
    """
    work = open_draft(contract, side)
    if work is None:
        return None
    values = normal_values(contract.edition.fields, work.draft.values)
    return _lane(contract, work, values, _what_changed(contract, work, values), side)


def _lane(
    contract: Contract,
    work: OpenDraft,
    values: Mapping[str, str],
    changed: list[Changed],
    side: str,
) -> Lane:
    """What we prepare ourselves goes its usual way: the client has not seen it yet."""
    if side != "theirs":
        return Lane()
    return read_lane(contract, work, values, changed, current_firm())


def _check_reasons(work: OpenDraft, changed: list[Changed], lane: Lane) -> None:
    """A change to a locked clause is a proposal and says why; of what was agreed beforehand nobody
    has to be persuaded. A clause somebody added and left blank says nothing at all."""
    blank = {
        clause.id
        for clause, _ in flat(read_text(work.tree, work.wordings).document)
        if not clause.children and is_blank(clause.blocks)
    }
    faults = [
        Fault(row.clause, "blank_clause", {"number": row.name})
        for row in changed
        if row.kind == ChangeKind.ADDED and row.clause in blank
    ]
    faults += [
        Fault(row.clause, "locked_reason", {"number": row.name})
        for row in changed
        if row.locked
        and row.clause not in lane.covered
        and not work.draft.reasons.get(row.clause, "").strip()
    ]
    if faults:
        raise NotReady(faults)


def _check_text(contract: Contract, work: OpenDraft, values: Mapping[str, str], side: str) -> None:
    """Likely errors of the kinds that the firm has made a bar; only those this side may read."""
    firm = current_firm()
    if not firm.blocking_errors:
        return
    language = contract.edition.template.language
    told = {**values, **party_values(contract.case.client, firm, language)}
    text = read_text(work.tree, work.wordings)
    found = for_side(errors_in(contract, work.tree, text, told), side)
    faults = [
        Fault(one.clause, "error_in_text", {"number": one.number, "error": one})
        for one in found
        if one.kind in firm.blocking_errors
    ]
    if faults:
        raise NotReady(faults)


def _begin_round(contract: Contract, at: datetime) -> None:
    """The contract takes a copy of its route when it is first sent; a newer edition is a verb."""
    if contract.route_copy is None:
        route = contract.edition.route
        if route is None or route.current is None:
            raise NoRoute
        contract.route = route.current
        contract.route_copy = route.current.spec
    contract.round += 1
    contract.submitted_at = contract.submitted_at or at


def _note_wishes(contract: Contract, needed_by: date | None, client_number: str | None) -> None:
    case = contract.case
    if needed_by is not None:
        case.needed_by = needed_by
    if client_number is not None:
        case.client_number = without_sign(client_number)
    case.search = search_words(case.number, case.client_number, case.title, case.client)
