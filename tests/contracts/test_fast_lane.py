"""«Сразу на подпись»: what stays inside what was agreed beforehand needs nobody."""

import pytest

from tests.contracts.beforehand import fast, free_values, slow, variant
from tests.contracts.worlds import AT, HOUR, fresh_contract, kinds, last_entry, outcomes, told
from zabota.cases.models import Promise
from zabota.contracts.actions import (
    move_clause,
    save_clause,
    save_values,
    submit_contract,
    take_alternative,
    withdraw_alternative,
)
from zabota.contracts.actions.beforehand import NotOffered
from zabota.contracts.fast_lane.offered import TOKEN_LETTERS
from zabota.contracts.models import Alternative, Change, Contract, FastLanePass, Stage
from zabota.home.world import World, begin, clause_numbered, reword

CAP = " Но не более 5 (пяти) процентов цены."


def begun(world: World, **limits: tuple[str, str | None, str | None]) -> Contract:
    fast(world)
    free_values(world, **limits)
    return begin(world, "supply-ru", "anna", AT)


def take(world: World, contract: Contract, row: Alternative, who: str = "anna") -> None:
    by = world.as_guest(who)
    take_alternative(contract, row.clause, row.wording[:TOKEN_LETTERS], by=by, at=AT)


def send(world: World, contract: Contract) -> Contract:
    submit_contract(contract, by=world.as_guest("anna"), at=AT + HOUR)
    return fresh_contract(contract)


def test_an_agreed_variant_needs_nobody_and_the_journal_says_by_which_rule(world: World) -> None:
    row = variant(world, "7.2", lambda text: text + CAP, seen_by="at_once", name="Предел пени")
    contract = begun(world)
    take(world, contract, row)
    contract = send(world, contract)
    assert contract.case.state == "agreed" and contract.agreed_at == AT + HOUR
    assert not Stage.objects.filter(contract=contract).exists()
    assert kinds(contract) == ["started", "submitted", "fast_laned", "fast_lane_rule", "agreed"]
    both, ours = last_entry("contract.fast_laned"), last_entry("contract.fast_lane_rule")
    assert (both.audience, both.facts["variants"]["ru"]) == ("both", "«Предел пени»")
    assert (ours.audience, ours.facts["route"]["ru"]) == ("ours", "Обычный")
    assert (ours.facts["edition"], ours.facts["alternatives"]) == (2, [row.pk])
    change = Change.objects.get()
    assert (change.kind, change.state) == ("proposed", "accepted")
    assert change.beforehand.alternative == row
    assert FastLanePass.objects.get().version == contract.version
    assert Promise.objects.get(pk=contract.agreeing_id).state == "kept"
    assert told("contract.agreed") == [
        ("anna", "contract_agreed"), ("boris", "contract_agreed"), ("manager", "contract_agreed"),
        ("vera", "contract_agreed"),
    ]  # fmt: skip


def test_the_form_as_it_is_needs_nobody_either(world: World) -> None:
    assert send(world, begun(world)).case.state == "agreed"


def test_a_route_that_does_not_allow_it_asks_but_not_about_the_variant(world: World) -> None:
    free_values(world)
    slow(world)
    row = variant(world, "5.4", lambda text: text + CAP, seen_by="at_once")
    contract = begin(world, "supply-ru", "anna", AT)
    take(world, contract, row)
    contract = send(world, contract)
    assert contract.case.state == "review" and outcomes(contract)["legal"][0] == "planned"
    assert Change.objects.get().state == "accepted"
    assert kinds(contract) == ["started", "submitted", "accepted_beforehand"]
    assert last_entry("contract.accepted_beforehand").facts["clauses"] == "5.4"
    assert contract.answering_id is None


@pytest.mark.parametrize(
    "spoil",
    ["own_words", "another_clause", "moved", "value", "sum", "currency", "withdrawn", "retyped"],
)
def test_whatever_was_not_agreed_beforehand_is_asked_about(world: World, spoil: str) -> None:
    row = variant(world, "5.4", lambda text: text + CAP, seen_by="at_once")
    contract = begun(world, deferral_days=("within", "0", "30"))
    by = world.as_guest("anna")
    take(world, contract, row)
    values = {"deferral_days": "30"}
    match spoil:
        case "own_words":
            reword(contract, "5.4", lambda text: text + " Да.", by=by, at=AT)
        case "another_clause":
            reword(contract, "3.3", lambda text: text + " Да.", by=by, at=AT)
        case "moved":
            move_clause(contract, clause_numbered(contract, "5.6"), -1, by=by, at=AT)
        case "value":
            values["deferral_days"] = "31"
        case "sum":
            values["price"] = "2 000 000,01"
        case "currency":
            values["currency"] = "доллар США"
        case "withdrawn":
            withdraw_alternative(row, by=world.as_staff("finance"), at=AT)
        case "retyped":
            # Look-alike letters are other words.
            reword(contract, "5.4", lambda text: text.replace("Но", "Hо"), by=by, at=AT)
    save_values(contract, values, by=by, at=AT)
    contract = send(world, contract)
    assert contract.case.state == "review"
    assert not FastLanePass.objects.exists()
    assert "fast_laned" not in kinds(contract)


def test_words_typed_letter_for_letter_are_the_variant(world: World) -> None:
    """What counts is what stands there, not which button was pressed."""
    variant(world, "5.4", lambda text: text + CAP, seen_by="at_once")
    contract = begun(world)
    reword(contract, "5.4", lambda text: text + CAP, by=world.as_guest("anna"), at=AT)
    assert send(world, contract).case.state == "agreed"


def test_a_client_who_guesses_a_hidden_step_learns_nothing(world: World) -> None:
    row = variant(world, "5.4", lambda text: text + CAP)
    contract = begun(world)
    with pytest.raises(NotOffered):
        take(world, contract, row)
    reword(contract, "5.4", lambda text: text + CAP, by=world.as_guest("anna"), at=AT)
    contract = send(world, contract)
    assert contract.case.state == "review"
    assert Change.objects.get().state == "open"


def test_one_variant_is_seen_only_after_touching_the_clause(world: World) -> None:
    row = variant(world, "5.4", lambda text: text + CAP, seen_by="after_touch")
    contract, by = begun(world), world.as_guest("anna")
    with pytest.raises(NotOffered):
        take(world, contract, row)
    reword(contract, "5.4", lambda text: text + " Да.", by=by, at=AT)
    take(world, contract, row)
    assert send(world, contract).case.state == "agreed"


def test_terms_hide_it_or_stand_beside_it(world: World) -> None:
    dear = [{"field": "sum", "op": "le", "value": "1000"}]
    paid = [{"field": "prepayment_percent", "op": "ge", "value": "50"}]
    hidden = variant(world, "5.4", lambda text: text + CAP, seen_by="at_once", terms=dear)
    open_one = variant(world, "5.6", lambda text: text + CAP, seen_by="at_once", terms=paid)
    contract, by = begun(world), world.as_guest("anna")
    with pytest.raises(NotOffered):
        take(world, contract, hidden)
    take(world, contract, open_one)
    again = begin(world, "supply-ru", "anna", AT)
    save_values(contract, {"prepayment_percent": "49"}, by=by, at=AT)
    assert send(world, contract).case.state == "review"
    take(world, again, open_one)
    save_values(again, {"prepayment_percent": "50"}, by=by, at=AT)
    assert send(world, again).case.state == "agreed"


def test_what_is_not_ruled_is_asked_about(world: World) -> None:
    fast(world)
    contract = send(world, begin(world, "supply-ru", "anna", AT))
    assert contract.case.state == "review"


def test_it_is_for_the_first_sending_only(world: World) -> None:
    from_form = begun(world)
    reword(from_form, "3.3", lambda text: text + " Да.", by=world.as_guest("anna"), at=AT)
    contract = send(world, from_form)
    assert contract.round == 1 and contract.case.state == "review"
    save = save_clause
    assert save is not None
