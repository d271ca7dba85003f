"""Whatever is proposed and answered: the agreed text is the one it began from with each clause of
the table in its agreed wording, and nothing else is changed.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.contracts.disputes import approve_all, open_seat
from tests.contracts.worlds import AT, HOUR, WHY, fresh_contract
from zabota.contracts.actions import (
    accept_change,
    add_clause,
    agree_with_answer,
    counter_change,
    delete_clause,
    move_clause,
    reject_change,
    return_stage,
    save_clause,
    save_values,
    submit_contract,
)
from zabota.contracts.actions.disagreements import insist_on_wording
from zabota.contracts.actions.submit import faults_before_sending
from zabota.contracts.changes import field_homes
from zabota.contracts.drafts import open_draft
from zabota.contracts.models import Change, Contract, Draft
from zabota.contracts.models.changes import ChangeKind
from zabota.contracts.paper.disagreements import ANNEX, MENTION
from zabota.contracts.reading.disagreements import annexed_text, read_disagreements
from zabota.contracts.stored import Tree, load_texts, nodes
from zabota.contracts.text.edit.places import plain_parts
from zabota.contracts.text.json import blocks_from_json
from zabota.home.world import World, begin

EDITS = st.lists(
    st.tuples(
        st.sampled_from(["edit", "delete", "add", "up", "down", "value"]), st.integers(0, 10**6)
    ),
    min_size=1,
    max_size=5,
)
ANSWERS = st.lists(st.sampled_from(["accept", "reject", "counter"]), min_size=1, max_size=6)
REPLIES = st.lists(st.sampled_from(["agree", "insist", "leave"]), min_size=1, max_size=6)


class Rolled(Exception):
    """Leaves nothing of one negotiation behind."""


@pytest.mark.parametrize("form", ["nda-ru"])
@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rounds=st.lists(st.tuples(EDITS, ANSWERS, REPLIES), min_size=1, max_size=2))
def test_the_table_tells_all_that_was_agreed(
    world: World,
    form: str,
    rounds: list[tuple[list[tuple[str, int]], list[str], list[str]]],
) -> None:
    try:
        with transaction.atomic():
            _negotiated(world, form, rounds)
            raise Rolled
    except Rolled:
        pass


def _negotiated(
    world: World, form: str, rounds: list[tuple[list[tuple[str, int]], list[str], list[str]]]
) -> None:
    contract, at = begin(world, form, "anna", AT), AT
    anna = world.as_guest("anna")
    work = open_draft(contract, "theirs")
    assert work is not None
    typed = dict(work.draft.values)
    for edits, answers, replies in rounds:
        for what, where in edits:
            _edit(world, contract, what, where)
        _give_reasons(contract)
        _fill_again(world, contract, typed)
        submit_contract(contract, by=anna, at=at)
        at += timedelta(minutes=1)
        _answer(world, contract, answers, at)
        found = open_seat(world, contract)
        if found is None:
            break
        _return(world, contract, found, at)
        _reply(world, contract, replies, at)
        at += HOUR
    if fresh_contract(contract).case.state == "returned":
        _fill_again(world, contract, typed)
        submit_contract(contract, by=anna, at=at)
    contract = approve_all(world, contract)
    assert contract.case.state == "agreed"
    _holds(contract)


def _give_reasons(contract: Contract) -> None:
    """Whatever touches a locked clause is a proposal, and says why."""
    work = open_draft(contract, "theirs")
    assert work is not None
    reasons = {node["id"]: WHY for tree in (work.base, work.tree) for node in nodes(tree)}
    Draft.objects.filter(pk=work.draft.pk).update(reasons=reasons)


def _fill_again(world: World, contract: Contract, typed: dict[str, str]) -> None:
    """A clause that came back with our refusal asks for its values once more."""
    faults = faults_before_sending(contract, "theirs")
    lost = {fault.where: typed[fault.where] for fault in faults if fault.where in typed}
    save_values(contract, lost, by=world.as_guest("anna"), at=AT)


def _edit(world: World, contract: Contract, what: str, where: int) -> None:
    by, at = world.as_guest("anna"), AT
    work = open_draft(contract, "theirs")
    assert work is not None
    locked = {node["id"] for node in nodes(work.tree) if node.get("l")}
    there = [node["id"] for node in nodes(work.tree) if node["id"] not in locked][6:]
    clause = there[where % len(there)]
    if what == "value":
        names = [name for name, value in work.draft.values.items() if value.isdecimal()]
        if not names:
            return
        name = names[where % len(names)]
        save_values(contract, {name: str(1 + where % 20)}, by=by, at=at)
    elif what == "add":
        new = add_clause(contract, clause, by=by, at=at)
        save_clause(contract, new, {"0": f"Новое {where}."}, by=by, at=at, reason=WHY)
    elif what == "delete":
        inside = {node["id"] for node in nodes(work.tree) if node["id"] == clause and "ch" in node}
        if not inside:
            delete_clause(contract, clause, by=by, at=at, reason=WHY)
    elif what in ("up", "down"):
        move_clause(contract, clause, -1 if what == "up" else 1, by=by, at=at)
    else:
        row = work.clauses.get(clause)
        digest = next(node["w"] for node in nodes(work.tree) if node["id"] == clause)
        blocks = row.blocks if row else work.wordings[digest]
        texts = {
            place: f"{text} {where}."
            for place, text in plain_parts(blocks_from_json(blocks)).items()
        }
        save_clause(contract, clause, texts, by=by, at=at, reason=WHY)


def _answer(world: World, contract: Contract, answers: list[str], at: datetime) -> None:
    """Whoever of ours may answers, from the list in turn."""
    rows = Change.objects.filter(contract=contract, state="open").order_by("pk")
    for place, change in enumerate(rows):
        verb = answers[place % len(answers)]
        found = open_seat(world, contract, change.concern) or open_seat(world, contract)
        by = world.as_staff(found[1] if found else "manager")
        try:
            with transaction.atomic():
                if verb == "accept":
                    accept_change(change, by=by, at=at)
                elif verb == "reject" or not change.new_wording:
                    reject_change(change, by=by, at=at, reason="Нет")
                elif change.kind == ChangeKind.VALUE:
                    counter_change(change, {}, by=by, at=at, value="7")
                else:
                    counter_change(change, {"0": f"Наше {place}."}, by=by, at=at)
        except Exception as refused:
            if type(refused).__name__ != "PermissionDenied":
                raise


def _return(world: World, contract: Contract, found: tuple[str, str], at: datetime) -> None:
    key, who = found
    row = fresh_contract(contract).stages.filter(key=key).order_by("-round")[0]
    return_stage(row.pk, by=world.as_staff(who), at=at, asked="Уточните")


def _reply(world: World, contract: Contract, replies: list[str], at: datetime) -> None:
    anna = world.as_guest("anna")
    rows = Change.objects.filter(contract=contract, state__in=["countered", "rejected"])
    for place, change in enumerate(rows.order_by("pk")):
        match replies[place % len(replies)]:
            case "agree":
                agree_with_answer(change, by=anna, at=at)
            case "insist":
                insist_on_wording(change, by=anna, at=at, words="Нужно")


def _holds(contract: Contract) -> None:
    """Clause by clause: words, values, order."""
    found = read_disagreements(contract)
    if found.beginning is None or contract.version is None:
        assert not Change.objects.filter(contract=contract).exists()
        return
    beginning, last = found.beginning, contract.version
    rows = {row.clause: row for row in found.rows}
    before = {node["id"]: node["w"] for node in nodes(beginning.tree)}
    after = {node["id"]: node["w"] for node in nodes(last.tree)}
    for clause in {*before, *after}:
        if clause in rows:
            agreed = rows[clause].agreed
            assert agreed is not None and agreed.wording == after.get(clause, "")
        else:
            assert before.get(clause) == after.get(clause)
    assert _quiet_order(beginning.tree, rows) == _quiet_order(last.tree, rows)
    _values_hold(beginning.values, last.values, rows, *load_texts(beginning.tree, last.tree))
    contract.ending = "annex"
    chosen = annexed_text(contract)
    assert (chosen is not None) == bool(rows)
    if chosen is not None:
        kept = {c.id: c for c in chosen.text.document.clauses}
        assert set(before) >= {key for key in kept if key not in (ANNEX, MENTION)}


def _quiet_order(tree: Tree, rows: Collection[str]) -> dict[str, list[str]]:
    """Under each clause, the order of what the table is silent about; who is moved takes along what
    stands under it.
    """
    found = {"": [node["id"] for node in tree["clauses"]]}
    found |= {node["id"]: [child["id"] for child in node.get("ch", ())] for node in nodes(tree)}
    quiet = {
        above: [clause for clause in clauses if clause not in rows]
        for above, clauses in found.items()
    }
    return {above: clauses for above, clauses in quiet.items() if clauses}


def _values_hold(
    old: Mapping[str, str], new: Mapping[str, str], rows: Mapping[str, object], *texts: object
) -> None:
    homes = [field_homes(text) for text in texts]  # type: ignore[arg-type]
    for name in {*old, *new}:
        if "." in name or old.get(name, "") == new.get(name, ""):
            continue
        stands = [home[name] for home in homes if name in home]
        assert not stands or set(stands) & set(rows), name
