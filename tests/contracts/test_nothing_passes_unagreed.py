"""A contract that nobody was asked about holds only the form’s words, agreed variants its client
might choose, and values within limits; whatever the client did to come there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contracts.beforehand import clause_of, edition_of, fast, free_values, variant
from tests.contracts.worlds import AT, HOUR, WHY, fresh_contract
from zabota.contracts.actions import (
    add_clause,
    delete_clause,
    move_clause,
    restore_clause,
    revert_clause,
    save_clause,
    save_values,
    submit_contract,
    take_alternative,
)
from zabota.contracts.actions.beforehand import NotOffered
from zabota.contracts.actions.draft import Gone
from zabota.contracts.actions.submit import NotReady
from zabota.contracts.fast_lane.offered import TOKEN_LETTERS
from zabota.contracts.models import Alternative, Contract, FastLanePass, Stage
from zabota.contracts.stored import Tree, load_wordings, nodes
from zabota.contracts.text.edit.places import plain_parts
from zabota.contracts.text.json import blocks_from_json
from zabota.home.world import World, begin

MOST = Decimal(1_000_000)
DAYS, PAID = ("0", "30"), [{"field": "prepayment_percent", "op": "ge", "value": "50"}]
VALUES = {
    "deferral_days": ("0", "30", "31", "365"),
    "prepayment_percent": ("49,9", "50", "100"),
    "price": ("999 999,99", "1000000", "1000000,01"),
    "currency": ("российский рубль", "евро"),
}
# Letters of another alphabet look the same and are other words.
TAILS = (" Первый.", " Второй.", " Третий.", " Скрытый.", " Свой.", " Пepвый.", "")
NUMBERS = ("5.4", "5.6", "7.2")
VERBS = ("take", "type", "type", "value", "value", "move", "delete", "restore", "revert", "add")
steps = st.lists(
    st.tuples(st.sampled_from(VERBS), st.integers(0, 2), st.integers(0, 6)), max_size=7
)


@dataclass
class Scene:
    """A world with variants of every kind, and what is known of them without the product."""

    world: World
    clauses: list[str]
    rows: list[Alternative]
    words: dict[str, str]
    form: list[tuple[str, str]]


def scene_of(world: World) -> Scene:
    fast(world, most=str(MOST))
    free_values(world, deferral_days=("within", *DAYS))
    rows = []
    for number in NUMBERS:
        plan: list[tuple[str, str, list[dict[str, Any]]]] = [
            (TAILS[0], "at_once", []),
            (TAILS[1], "after_touch", []),
            (TAILS[2], "at_once", PAID),
            (TAILS[3], "staff", []),
        ]
        for tail, seen_by, terms in plan:
            rows.append(
                variant(world, number, adding(tail), seen_by=seen_by, name=tail, terms=terms)
            )
    tree = edition_of(world, "supply-ru").tree
    form = read(tree)
    return Scene(world, [clause_of(world, n) for n in NUMBERS], rows, dict(form), form)


def adding(tail: str) -> Callable[[str], str]:
    return lambda text: text + tail


def read(tree: Tree) -> list[tuple[str, str]]:
    """Clauses in reading order with their words, fields as tokens."""
    stored = load_wordings(node["w"] for node in nodes(tree))
    return [
        (node["id"], "\n".join(plain_parts(blocks_from_json(stored[node["w"]])).values()))
        for node in nodes(tree)
    ]


def do(scene: Scene, contract: Contract, verb: str, place: int, which: int) -> None:
    by, clause = scene.world.as_guest("anna"), scene.clauses[place]
    match verb:
        case "take":
            mine = [row for row in scene.rows if row.clause == clause]
            row = mine[which % len(mine)]
            take_alternative(contract, clause, row.wording[:TOKEN_LETTERS], by=by, at=AT)
        case "type":
            texts = {"0": scene.words[clause] + TAILS[which]}
            save_clause(contract, clause, texts, by=by, at=AT, reason=WHY)
        case "value":
            name = list(VALUES)[(place + which) % len(VALUES)]
            value = VALUES[name][which % len(VALUES[name])]
            save_values(contract, {name: value}, by=by, at=AT)
        case "move":
            move_clause(contract, clause, 1 if which % 2 else -1, by=by, at=AT)
        case "delete":
            delete_clause(contract, clause, by=by, at=AT, reason=WHY)
        case "restore":
            restore_clause(contract, clause, by=by, at=AT)
        case "revert":
            revert_clause(contract, clause, by=by, at=AT)
        case "add":
            new = add_clause(contract, clause, by=by, at=AT)
            save_clause(contract, new, {"0": "Новое."}, by=by, at=AT, reason=WHY)


def stays_inside(scene: Scene, contract: Contract) -> bool:
    """The same question, asked of the sent text by somebody who knows nothing of the product."""
    version = contract.version
    assert version is not None
    values = version.values
    paid = Decimal(values["prepayment_percent"]) >= 50
    allowed = {TAILS[0], TAILS[1], *([TAILS[2]] if paid else [])}
    text = read(version.tree)
    if [clause for clause, _words in text] != [clause for clause, _words in scene.form]:
        return False
    for clause, words in text:
        own = scene.words[clause]
        known = {own + tail for tail in allowed} if clause in scene.clauses else set()
        if words != own and words not in known:
            return False
    return (
        Decimal(values["deferral_days"]) <= 30
        and values["currency"] == VALUES["currency"][0]
        and Decimal(values["price"]) <= MOST
    )


def test_nothing_passes_that_was_not_agreed(world: World) -> None:
    scene = scene_of(world)
    passed = []

    @settings(
        max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(steps)
    def tried(chosen: list[tuple[str, int, int]]) -> None:
        with transaction.atomic():
            contract = begin(world, "supply-ru", "anna", AT)
            by = world.as_guest("anna")
            start = {"deferral_days": "30", "prepayment_percent": "50", "price": "900000"}
            save_values(contract, start, by=by, at=AT)
            for verb, place, which in chosen:
                try:
                    do(scene, contract, verb, place, which)
                except (NotOffered, Gone, PermissionDenied):
                    continue
            try:
                submit_contract(contract, by=by, at=AT + HOUR)
            except NotReady:
                transaction.set_rollback(True)
                return
            contract = fresh_contract(contract)
            inside = stays_inside(scene, contract)
            assert (contract.case.state == "agreed") == inside
            assert FastLanePass.objects.filter(contract=contract).exists() == inside
            assert Stage.objects.filter(contract=contract).exists() != inside
            passed.append(inside)
            transaction.set_rollback(True)

    tried()
    assert True in passed and False in passed
