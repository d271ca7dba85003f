"""Sending a contract for approval, sharing it with the client, taking it back, giving it a number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from zabota.cases.actions import (
    Hold,
    drop_promise,
    keep_promise,
    lay_promise,
    next_number,
    rank_holders,
    resume_promise,
    set_holders,
    store_promises,
    touch_case,
)
from zabota.cases.actions.cases import search_words
from zabota.cases.models import Pause, Promise, PromiseState
from zabota.cases.moments import CONTRACT_AGREED, CONTRACT_ANSWER
from zabota.contracts.actions.draft import OpenDraft, open_draft
from zabota.contracts.actions.locked import lock_contract
from zabota.contracts.actions.rounds import Laid, lay_round
from zabota.contracts.actions.versions import keep_wordings, make_version
from zabota.contracts.changes import Changed, changes_between, field_homes
from zabota.contracts.entries import AGREED, REGISTERED, SHARED, SUBMITTED, WITHDRAWN
from zabota.contracts.models import (
    Change,
    ChangeState,
    Contract,
    ContractState,
    Draft,
    Stage,
    Version,
)
from zabota.contracts.rules import (
    Viewer,
    may_register,
    may_share_contract,
    may_submit_contract,
    may_withdraw_contract,
    side_of,
)
from zabota.contracts.stored import field_spec, read_text
from zabota.contracts.text.fields import FieldProblem, clean
from zabota.journal.actions import record
from zabota.people.firm import calendar_of, current_firm

# Between a client's edit and our answer stands a promise of its own, held by those it concerns.
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
    """Send the draft: a version is made of it, what changed becomes rows to be answered, and a round
    of approval begins. NotReady names what is missing."""
    contract, stream = lock_contract(contract.pk)
    work = open_draft(contract, side_of(by))
    if work is None or not may_submit_contract(by, contract):
        raise PermissionDenied
    values = _clean_values(contract, work)
    changed = _what_changed(contract, work, values)
    _check_reasons(work, changed)
    keep_wordings(work.new_wordings)
    version = make_version(
        contract, work.tree, values, side=side_of(by), origin="edit", by=by.user, at=at
    )
    changes = keep_changes(contract, version, changed, work.draft.reasons, by=by, at=at)
    _begin_round(contract, at)
    _note_wishes(contract, needed_by, client_number)
    laid = lay_round(contract, changes, by=by, at=at)
    _lay_promises(contract, changes, laid, by, at)
    contract.case.state = ContractState.AGREED if laid.complete else ContractState.REVIEW
    if laid.complete:
        contract.agreed_at = at
        _agree(contract, at)
    contract.case.audience = "both"
    contract.save()
    touch_case(
        contract.case,
        by=by,
        at=at,
        fields=("state", "needed_by", "client_number", "audience", "search"),
    )
    work.draft.delete()
    record(
        stream,
        SUBMITTED,
        by=by.user.pk,
        at=at,
        contract=contract.pk,
        version=version.number,
        changes=len(changes),
        opened=[stage.pk for stage in laid.opened],
    )
    if laid.complete:
        record(stream, AGREED, by=by.user.pk, at=at, contract=contract.pk)
    return version


def _clean_values(contract: Contract, work: OpenDraft) -> dict[str, str]:
    """Every field in its normal form, or NotReady with all that is wrong at once."""
    typed: dict[str, str] = work.draft.values
    used = _fields_used(work)
    faults, values = [], {}
    for told in contract.edition.fields:
        if "." in told["name"] or told["name"] not in used:
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
    """Fields that still stand in the text: one the client deleted with its clause is not asked for."""
    from_text = read_text(work.tree, work.wordings)
    return set(field_homes(from_text))


def _what_changed(
    contract: Contract, work: OpenDraft, values: Mapping[str, str]
) -> list[Changed]:
    """Against the version the draft began from; a first version, against its form."""
    old = read_text(work.base, work.wordings)
    new = read_text(work.tree, work.wordings)
    before = work.draft.base.values if work.draft.base else None
    return changes_between(work.base, old, work.tree, new, before, values)


def _check_reasons(work: OpenDraft, changed: list[Changed]) -> None:
    """A change to a locked clause is a proposal and says why."""
    faults = [
        Fault(row.clause, "locked_reason", {"number": row.number})
        for row in changed
        if row.locked and not work.draft.reasons.get(row.clause, "").strip()
    ]
    if faults:
        raise NotReady(faults)


def keep_changes(
    contract: Contract,
    version: Version,
    changed: list[Changed],
    reasons: Mapping[str, str],
    *,
    by: Viewer,
    at: datetime,
) -> list[Change]:
    """Rows to be answered. Earlier answers that the client left as they were count as agreed with;
    clauses changed once more begin anew."""
    touched = {(row.clause, row.field) for row in changed}
    for earlier in Change.objects.filter(contract=contract).exclude(
        state__in=[ChangeState.SUPERSEDED, ChangeState.AGREED]
    ):
        again = (earlier.clause, earlier.field) in touched
        if again:
            earlier.state = ChangeState.SUPERSEDED
        elif earlier.state in (ChangeState.COUNTERED, ChangeState.REJECTED):
            earlier.state = ChangeState.AGREED
        else:
            continue
        earlier.save(update_fields=["state"])
    if by and side_of(by) == "ours":
        return []
    return Change.objects.bulk_create(
        Change(
            contract=contract,
            version=version,
            clause=row.clause,
            kind=row.kind,
            concern=row.concern,
            number=row.number,
            old_wording=row.old_wording,
            new_wording=row.new_wording,
            field=row.field,
            old_value=row.old_value,
            new_value=row.new_value,
            place=row.place,
            reason=reasons.get(row.clause, ""),
            made_by=by.user,
            made_at=at,
        )
        for row in changed
    )


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
        case.client_number = client_number[:LONGEST_NAME]
    case.search = search_words(case.number, case.client_number, case.title, case.client)


def _lay_promises(
    contract: Contract, changes: list[Change], laid: Laid, by: Viewer, at: datetime
) -> None:
    """The whole is promised once and its clock goes on from where it stood; an answer to the client's
    changes is promised each time; what was asked of the client is answered."""
    calendar = calendar_of(current_firm())
    _settle_client_turn(contract, by, at)
    if contract.agreeing is None:
        minutes = _whole_minutes(laid.stages)
        contract.agreeing = lay_promise(
            contract.case,
            CONTRACT_AGREED,
            by=by,
            at=at,
            words=("Договор согласован", "The contract is agreed"),
            minutes=minutes,
            calendar=calendar,
        )
        set_holders({contract.agreeing: [Hold(contract.case.owner_id)]}, by=by, at=at)
    else:
        pause = Pause.objects.filter(promise=contract.agreeing, ended_at=None).first()
        if pause is not None:
            resume_promise(contract.agreeing, pause, by=by, at=at)
            store_promises([contract.agreeing])
            rank_holders([contract.agreeing], by=by, at=at)
    _drop(contract.answering, by, at)
    contract.answering = None
    if changes and not laid.complete:
        _promise_answer(contract, changes, laid, by, at)


def _promise_answer(
    contract: Contract, changes: list[Change], laid: Laid, by: Viewer, at: datetime
) -> None:
    firm = current_firm()
    contract.answering = lay_promise(
        contract.case,
        CONTRACT_ANSWER,
        by=by,
        at=at,
        words=("Ответ на ваши правки", "Answer to your changes"),
        minutes=firm.answer_hours * 60,
        calendar=calendar_of(firm),
    )
    concerns = {change.concern for change in changes}
    concerned = [stage for stage in laid.stages if stage.concern in concerns] or laid.opened
    people = {
        row.employee_id
        for stage in concerned
        for row in stage.promise.holders.all()
    } or {contract.case.owner_id}
    set_holders({contract.answering: [Hold(person) for person in people]}, by=by, at=at, weight=3)


def _settle_client_turn(contract: Contract, by: Viewer, at: datetime) -> None:
    turn = contract.client_turn
    if turn is not None and turn.state in (PromiseState.RUNNING, PromiseState.PAUSED):
        keep_promise(turn, by=by, at=at)
        store_promises([turn])
    contract.client_turn = None


def _drop(promise: Promise | None, by: Viewer, at: datetime) -> None:
    if promise is not None and promise.settled_at is None:
        drop_promise(promise, by=by, at=at)
        store_promises([promise])
        rank_holders([promise], by=by, at=at)


def _whole_minutes(stages: list[Stage]) -> int:
    """Groups follow one another, stages of a group run side by side: the longest of each counts."""
    longest: dict[int, int] = {}
    for stage in stages:
        minutes = stage.promise.allowed_minutes or 0
        longest[stage.group] = max(longest.get(stage.group, 0), minutes)
    return sum(longest.values()) or 1


def _agree(contract: Contract, at: datetime) -> None:
    if contract.agreeing is not None and contract.agreeing.settled_at is None:
        keep_promise(contract.agreeing, by=None, at=at)
        store_promises([contract.agreeing])
        rank_holders([contract.agreeing], by=None, at=at)


@transaction.atomic
def share_contract(contract: Contract, *, by: Viewer, at: datetime) -> Contract:
    """What we prepared goes into the client's room, to be filled in and sent by them."""
    contract, stream = lock_contract(contract.pk)
    if not may_share_contract(by, contract):
        raise PermissionDenied
    Draft.objects.filter(contract=contract, side="ours").update(side="theirs")
    contract.case.state, contract.case.audience = ContractState.DRAFT, "both"
    touch_case(contract.case, by=by, at=at, fields=("state", "audience"))
    record(stream, SHARED, by=by.user.pk, at=at, contract=contract.pk)
    return contract


@transaction.atomic
def withdraw_contract(contract: Contract, *, by: Viewer, at: datetime, reason: str) -> Contract:
    """Taken back: no more decisions are asked; the text and its history stay."""
    contract, stream = lock_contract(contract.pk)
    if not may_withdraw_contract(by, contract):
        raise PermissionDenied
    open_ones = list(
        Promise.objects.filter(
            case=contract.case_id,
            state__in=[PromiseState.PLANNED, PromiseState.RUNNING, PromiseState.PAUSED],
        )
    )
    for promise in open_ones:
        drop_promise(promise, by=by, at=at)
    store_promises(open_ones)
    rank_holders(open_ones, by=by, at=at)
    contract.case.state, contract.case.closed_at = ContractState.WITHDRAWN, at
    touch_case(contract.case, by=by, at=at, fields=("state", "closed_at"))
    record(stream, WITHDRAWN, by=by.user.pk, at=at, audience=contract.case.audience, contract=contract.pk, reason=reason)
    return contract


@transaction.atomic
def register_contract(contract: Contract, *, by: Viewer, at: datetime) -> Contract:
    """An agreed contract gets its registration number: the firm's pattern, gapless per kind and year."""
    contract, stream = lock_contract(contract.pk)
    if not may_register(by, contract):
        raise PermissionDenied
    firm = current_firm()
    year, number = next_number(f"contract-{contract.edition.template.kind}", by=by, at=at)
    contract.registered_number = firm.number_pattern.format(
        year=year, number=number, kind=contract.edition.template.kind
    )
    contract.save(update_fields=["registered_number"])
    case = contract.case
    case.search = f"{case.search} {contract.registered_number}".casefold()
    touch_case(case, by=by, at=at, fields=("search",))
    record(
        stream,
        REGISTERED,
        by=by.user.pk,
        at=at,
        contract=contract.pk,
        number=contract.registered_number,
    )
    return contract

