"""The passport of a text on the client's paper, typed by hand: who must agree follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation

from zabota.cases.actions import drop_promise, rank_holders, store_promises
from zabota.cases.models import PromiseState
from zabota.contracts.actions.locked import lock_contract
from zabota.contracts.actions.rounds import Laid, facts_of_round, hold_stages, lay_round
from zabota.contracts.actions.standing import facts_asked
from zabota.contracts.entries import PASSPORT_TYPED
from zabota.contracts.holders import holders_of
from zabota.contracts.models import (
    Contract,
    ContractState,
    PassportFact,
    Stage,
)
from zabota.contracts.models.approvals import Outcome
from zabota.contracts.reading.passport import term_label
from zabota.contracts.reading.values import show_value
from zabota.contracts.routing import applicable, from_json
from zabota.contracts.rules import may_type_passport
from zabota.contracts.stored import field_spec, node_of
from zabota.contracts.text.fields import FieldProblem, clean
from zabota.contracts.typed_passport import nearest_edition, passport_specs
from zabota.journal.actions import record
from zabota.people.access import StaffViewer


@dataclass(frozen=True)
class Typed:
    """A fact as it was typed, and the clause it is from, if named."""

    value: str
    clause: str = ""


@dataclass
class WrongFacts(Exception):
    """What cannot be taken, by fact; nothing was stored."""

    problems: dict[str, FieldProblem]


@transaction.atomic
def type_passport(
    contract: Contract, typed: Mapping[str, Typed], *, by: StaffViewer, at: datetime
) -> list[PassportFact]:
    """Our side says what stands in the client's text; an emptied fact is unknown again. The stages
    of the present round follow: what is no longer needed is dropped, what is needed now is laid.
    """
    contract, stream = lock_contract(contract.pk)
    stages = list(
        Stage.objects.filter(contract=contract, round=contract.round).select_related("promise")
    )
    if not may_type_passport(by, contract, stages, holders_of(stages)):
        raise PermissionDenied
    specs = {spec["name"]: spec for spec in passport_specs(contract, nearest_edition(contract))}
    changed = _changed(contract, specs, typed)
    if not changed:
        return []
    PassportFact.objects.filter(contract=contract, name__in=changed).delete()
    kept = PassportFact.objects.bulk_create(
        PassportFact(
            contract=contract,
            name=name,
            value=fact.value,
            clause=fact.clause,
            typed_by=by.employee,
            typed_at=at,
        )
        for name, fact in changed.items()
        if fact.value
    )
    opened = _fit_stages(contract, stages, by, at)
    told: dict[str, Any] = {"what": _what(specs, changed), "opened": [s.pk for s in opened]}
    record(stream, PASSPORT_TYPED, by=by.user.pk, at=at, contract=contract.pk, **told)
    return kept


def lay_anew(contract: Contract, *, by: StaffViewer, at: datetime) -> Laid:
    """A new round over the same text: stages agreed before and not touched stand."""
    open_ones = [
        drop_promise(stage.promise, by=by, at=at, outcome=Outcome.DROPPED)
        for stage in Stage.objects.filter(
            contract=contract, round=contract.round, promise__settled_at=None
        ).select_related("promise")
    ]
    store_promises(open_ones)
    rank_holders(open_ones, by=by, at=at)
    contract.round += 1
    return lay_round(contract, by=by, at=at)


def _changed(
    contract: Contract, specs: Mapping[str, Mapping[str, Any]], typed: Mapping[str, Typed]
) -> dict[str, Typed]:
    """What differs from what is stored, in its normal form; WrongFacts names what is not right."""
    before = {row.name: Typed(row.value, row.clause) for row in contract.typed_facts.all()}
    tree = contract.version.tree if contract.version else contract.edition.tree
    found, wrong = {}, dict[str, FieldProblem]()
    for name, fact in typed.items():
        if name not in specs:
            continue
        try:
            value = clean(field_spec(specs[name]), fact.value) if fact.value.strip() else ""
        except FieldProblem as problem:
            wrong[name] = problem
            continue
        clause = fact.clause if value and node_of(tree, fact.clause) else ""
        if before.get(name, Typed("")) != Typed(value, clause):
            found[name] = Typed(value, clause)
    if wrong:
        raise WrongFacts(wrong)
    return found


def _fit_stages(
    contract: Contract, stages: list[Stage], by: StaffViewer, at: datetime
) -> list[Stage]:
    """Stages not begun that the facts no longer call for are dropped, without a new round; where
    one is wanting, a round is laid in which what was agreed stands. Says what was opened.
    """
    if contract.case.state != ContractState.REVIEW or contract.version is None:
        return []
    spec = from_json(contract.route_copy or {})
    facts = facts_of_round(contract)
    specs = {stage.key: stage for stage in applicable(spec, facts)}
    needed = specs.keys()
    there = {stage.key for stage in stages if stage.promise.outcome != Outcome.DROPPED}
    if needed - there:
        laid = lay_anew(contract, by=by, at=at)
        contract.save(update_fields=["round"])
        return laid.opened
    dropped = [
        drop_promise(stage.promise, by=by, at=at, outcome=Outcome.DROPPED)
        for stage in stages
        if stage.key not in needed and stage.promise.state == PromiseState.PLANNED
    ]
    store_promises(dropped)
    rank_holders(dropped, by=by, at=at)
    # Whoever decides from now on decides knowing these facts.
    for stage in stages:
        if stage.key in needed and not stage.promise.outcome:
            stage.facts = facts_asked(specs[stage.key], facts)
            stage.save(update_fields=["facts"])
    # A power may reach up to a sum: who holds what is left follows from the facts too.
    hold_stages(contract, stages, spec, facts, by=by, at=at)
    return []


def _what(specs: Mapping[str, Mapping[str, Any]], changed: Mapping[str, Typed]) -> dict[str, str]:
    """What was typed, in both languages."""
    told = {}
    for language in ("ru", "en"):
        with translation.override(language):
            told[language] = "; ".join(
                f"{term_label(specs[name])}: "
                f"{show_value(specs[name]['type'], fact.value, language) or '—'}"
                for name, fact in changed.items()
            )
    return told
