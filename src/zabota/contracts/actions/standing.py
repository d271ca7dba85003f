"""Which earlier decisions stand in a new round: those on words that are the same now as then.

Nothing is followed from round to round: the text each decision was given on is compared with the
text as it is now, whoever changed it meanwhile: the client, our answers, a detail on a card.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from zabota.contracts.models import Change, ChangeState, Contract, Decision, Stage, Version
from zabota.contracts.models.approvals import Outcome, Verdict
from zabota.contracts.models.changes import ChangeKind
from zabota.contracts.reading.values import contract_values
from zabota.contracts.routing import StageSpec, from_json
from zabota.contracts.routing.conditions import UNKNOWN
from zabota.contracts.routing.resolve import resolve_stage
from zabota.contracts.staff import contract_facts, staff_at
from zabota.contracts.stored import load_texts
from zabota.contracts.touched import Difference, SentText, differences, scopes_of
from zabota.people.models import Employee


@dataclass(frozen=True)
class Standing:
    """A stage agreed earlier that is not asked again: where its decisions are, who gave the last
    one, on which version, and what has changed since until which one, none of it its business.
    """

    stage: Stage
    version: Version
    by: Employee
    until: int
    changed: list[Difference] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The reason, as it is kept with the stage: the approval sheet tells it."""
        return {
            "version": self.version.number,
            "until": self.until,
            "changed": [found.as_json() for found in self.changed],
        }


def standing_stages(
    contract: Contract, needed: Collection[StageSpec], facts: Mapping[str, Any], at: datetime
) -> dict[str, Standing]:
    """Of the stages a new round needs, those whose earlier decision covers the present text and
    what the route asks of it; by key.
    """
    given = _given_earlier(contract)
    if not given or contract.version is None:
        return {}
    scopes, since = scopes_of(needed), _Since(contract, given)
    found = {}
    for spec in needed:
        for one in given.get(spec.key, ()):
            changed = since.changed(one.version)
            if any(scopes[spec.key].holds(each.concerns) for each in changed):
                continue
            if _asks_as_then(contract, spec, one, facts, at):
                found[spec.key] = Standing(
                    one.stage, one.version, one.by, contract.version.number, changed
                )
                break
    return found


def accept_decided(
    contract: Contract,
    needed: Collection[StageSpec],
    standing: Mapping[str, Standing],
    at: datetime,
) -> None:
    """A change that only brings back words its direction has agreed to is answered by that: nobody
    of the direction is asked in this round.
    """
    for change in Change.objects.filter(contract=contract, state=ChangeState.OPEN):
        keys = [spec.key for spec in needed if spec.concern == change.concern]
        if keys and all(key in standing for key in keys):
            change.state, change.answered_at = ChangeState.ACCEPTED, at
            change.answered_by = standing[keys[-1]].by
            change.save(update_fields=["state", "answered_at", "answered_by"])


def facts_asked(spec: StageSpec, facts: Mapping[str, Any]) -> dict[str, str]:
    """What the conditions and the seats of a stage ask of the contract, as it is now; what nobody
    knows yet is left out.
    """
    names = [
        condition.field
        for condition in spec.conditions
        if condition.field and not condition.field.startswith("direction.")
    ]
    for seat in spec.seats:
        names += [seat.ref] if seat.kind == "field" else []
        names += ["sum", "sum.currency"] if seat.kind == "power" else []
    known = {name: facts.get(name) for name in names}
    return {
        name: "" if fact is None else str(fact)
        for name, fact in known.items()
        if fact is not UNKNOWN
    }


def spec_of(stage: Stage) -> StageSpec:
    """The stage as its route says, from the copy the contract took."""
    return from_json({"stages": [stage.spec], "no_self_approval": True}).stages[0]


@dataclass(frozen=True)
class _Given:
    """An approval of a stage in some earlier round: on which version, by whom last."""

    stage: Stage
    version: Version
    by: Employee


def _given_earlier(contract: Contract) -> dict[str, list[_Given]]:
    """Approvals of earlier rounds by key of their stage, the latest first. Whoever returned it is
    asked again: what they agreed to before their return counts no more.
    """
    if contract.round < 2:
        return {}
    rows = Stage.objects.filter(contract=contract, round__lt=contract.round)
    stages: dict[str, list[Stage]] = {}
    returned = set()
    for row in rows.select_related("promise").order_by("-round"):
        if row.promise.outcome == Outcome.RETURNED:
            returned.add(row.key)
        elif row.promise.outcome == Outcome.APPROVED and row.key not in returned:
            stages.setdefault(row.key, []).append(row)
    last = {
        decision.stage_id: decision
        for decision in Decision.objects.filter(
            stage__in=[s for rows in stages.values() for s in rows]
        )
        .exclude(verdict=Verdict.RETURNED)
        .select_related("version", "by")
        .order_by("pk")
    }
    return {
        key: [_Given(row, last[row.pk].version, last[row.pk].by) for row in rows]
        for key, rows in stages.items()
    }


class _Since:
    """What of the present text differs from each version that was decided on."""

    def __init__(self, contract: Contract, given: Mapping[str, list[_Given]]) -> None:
        assert contract.version is not None
        self.now = contract.version.pk
        versions = {one.version.pk: one.version for some in given.values() for one in some}
        versions[self.now] = contract.version
        texts = load_texts(*(version.tree for version in versions.values()))
        language = contract.edition.template.language
        self.texts = {
            pk: SentText(version.tree, text, contract_values(contract, version.values, language))
            for (pk, version), text in zip(versions.items(), texts, strict=True)
        }
        moved = Q(kind=ChangeKind.MOVED) | Q(place__isnull=False)
        self.moved = list(
            Change.objects.filter(moved, contract=contract)
            .order_by("pk")
            .values_list("clause", flat=True)
        )
        self.found: dict[int, list[Difference]] = {self.now: []}

    def changed(self, version: Version) -> list[Difference]:
        if version.pk not in self.found:
            old, new = self.texts[version.pk], self.texts[self.now]
            self.found[version.pk] = differences(old, new, self.moved)
        return self.found[version.pk]


def _asks_as_then(
    contract: Contract, spec: StageSpec, given: _Given, facts: Mapping[str, Any], at: datetime
) -> bool:
    """Whether the stage is the same as then: its direction, seats and rule, what its conditions
    ask, and, where a power reaches up to a sum, those who have it.
    """
    then = spec_of(given.stage)
    terms = ("concern", "seats", "rule", "quorum")
    if any(getattr(spec, name) != getattr(then, name) for name in terms):
        return False
    before = given.stage.facts
    if not before:
        before = facts_asked(spec, contract_facts(contract, given.version.values, ()))
    now = facts_asked(spec, facts)
    differ = {name for name in before.keys() & now.keys() if before[name] != now[name]}
    sums = {"sum", "sum.currency"}
    if differ - (sums - {condition.field for condition in spec.conditions}):
        return False
    # A sum that nobody knew when it was decided may be beyond the power it was decided by.
    if not differ and not (now.keys() - before.keys()) & sums:
        return True
    return _same_people(spec, {**facts, **dict.fromkeys(sums), **before}, facts, at)


def _same_people(
    spec: StageSpec, before: Mapping[str, Any], now: Mapping[str, Any], at: datetime
) -> bool:
    staff = staff_at(at)
    was, is_now = (resolve_stage(spec, staff, facts, frozenset(), at) for facts in (before, now))
    return [seat.people for seat in was.seats] == [seat.people for seat in is_now.seats]
