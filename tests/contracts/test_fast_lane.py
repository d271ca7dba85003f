"""«Сразу на подпись»: what stays inside what was agreed beforehand needs nobody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests.contracts.beforehand import fast, free_values, slow, variant
from tests.contracts.browsers import browser_of
from tests.contracts.worlds import (
    AT,
    HOUR,
    approve,
    fresh_contract,
    kinds,
    last_entry,
    outcomes,
    sent,
    told,
)
from zabota.cases.models import Promise
from zabota.contracts.actions import (
    move_clause,
    save_values,
    submit_contract,
    take_alternative,
    withdraw_alternative,
)
from zabota.contracts.actions.beforehand import NotOffered
from zabota.contracts.fast_lane.costs import measured, read_costs
from zabota.contracts.fast_lane.limits import kept_words
from zabota.contracts.fast_lane.offered import TOKEN_LETTERS
from zabota.contracts.models import Alternative, Change, Contract, FastLanePass, Stage
from zabota.contracts.reading.cost_words import span_words
from zabota.home.world import World, begin, clause_numbered, reword
from zabota.people.firm import calendar_of

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


def test_ours_read_a_clients_words_beside_the_nearest_variant(world: World) -> None:
    near = variant(world, "5.4", lambda text: text + CAP, name="Близкий")
    variant(world, "5.4", lambda text: "Совсем о другом.", name="Далёкий")
    contract, by = begun(world), world.as_guest("anna")
    reword(contract, "5.4", lambda text: text + CAP.replace("5 (пяти)", "7"), by=by, at=AT)
    contract = send(world, contract)
    page = browser_of(world, "finance").get(f"/desk/contracts/{contract.pk}/")
    found = [
        change.nearest
        for view in page.context["sheet"].clauses
        for change in view.changes
        if change.nearest
    ]
    assert [one.name for one in found] == [near.name("ru")]
    assert 50 < found[0].percent < 100 and "<del>" in found[0].html and "<ins>" in found[0].html
    room = browser_of(world, "anna").get(f"/room/contracts/{contract.pk}/").content.decode()
    assert "Близкий" not in room and "Далёкий" not in room


def test_the_client_reads_what_a_choice_costs_before_sending(world: World) -> None:
    row = variant(world, "5.4", lambda text: text + CAP, seen_by="at_once", name="С пределом")
    contract, by = begun(world, deferral_days=("within", "0", "30")), world.as_guest("anna")
    anna, address = browser_of(world, "anna"), f"/room/contracts/{contract.pk}/submit/"
    take(world, contract, row)
    lane = anna.get(address).context["lane"]
    assert lane.is_fast and lane.at_once == ["С пределом"] and not lane.asked
    save_values(contract, {"deferral_days": "31"}, by=by, at=AT)
    reword(contract, "3.3", lambda text: text + " Да.", by=by, at=AT)
    lane = anna.get(address).context["lane"]
    about = [[one.label for one in asked.about] for asked in lane.asked]
    assert about == [["Пункт 3.3"], ["Отсрочка платежа, календарных дней"]]
    assert lane.by_deadlines
    assert anna.get(address).content.decode().count("прошлых решений пока мало") == 1
    assert lane.asked[0].cost.startswith(
        "уйдёт на согласование: Логистика, срок — 1\xa0рабочий день"
    )
    assert not lane.is_fast


def test_sending_from_the_page_is_agreed_and_the_sheet_says_by_what(world: World) -> None:
    row = variant(
        world, "5.4", lambda text: text + CAP, seen_by="at_once", name="С пределом", who="finance"
    )
    contract = begun(world, deferral_days=("within", "0", "365"))
    take(world, contract, row)
    anna = browser_of(world, "anna")
    assert anna.post(f"/room/contracts/{contract.pk}/submit/", {}).status_code == 302
    sheets = [
        browser_of(world, who).get(f"/{side}/contracts/{contract.pk}/approval-sheet/").content
        for who, side in (("anna", "room"), ("manager", "desk"))
    ]
    room, desk = (sheet.decode() for sheet in sheets)
    assert "согласовано заранее: вариант «С пределом»" in room and "Павел Серов" in room
    assert "Маршрут «Обычный», редакция 2" in desk and "0–365" in desk
    assert "Маршрут" not in room.split("</header>")[-1] or "0–365" not in room


@pytest.mark.parametrize(
    ("minutes", "usual", "most"),
    [([60] * 10, 60, 60), (list(range(1, 11)), 6, 9), (list(range(1, 21)), 10, 18)],
)
def test_median_and_ninth_decile(minutes: list[int], usual: int, most: int) -> None:
    """Nine of ten past ones took no longer than the decile."""
    cost = measured("legal", minutes)
    assert (cost.usual, cost.most, cost.count) == (usual, most, len(minutes))
    assert sum(one <= cost.most for one in minutes) * 10 >= len(minutes) * 9


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (20, "30 мин"), (61, "1 ч 30 мин"), (359, "6 ч"), (480, "1 рабочий день"),
        (700, "1,5 рабочих дня"), (1000, "2 рабочих дня"), (4800, "10 рабочих дней"),
    ],
)  # fmt: skip
def test_time_is_said_as_people_say_it(minutes: int, words: str) -> None:
    with translation.override("ru"):
        assert span_words(minutes, 480).replace("\xa0", " ") == words


def test_past_decisions_are_told_once_there_are_enough(world: World) -> None:
    """Ten past ones of a direction: median and decile in working time; fewer: the deadline."""
    calendar = calendar_of(world.firm)
    for number in range(10):
        contract = sent(world, "nda-ru")
        spent = HOUR if number < 9 else 3 * HOUR
        approve(world, contract, "manager", "manager", AT + spent)
    costs = read_costs({"stages": [{"concern": "legal", "hours": "8"}]}, calendar)
    assert (costs["general"].usual, costs["general"].most, costs["general"].count) == (60, 60, 10)
    assert (costs["legal"].usual, costs["legal"].count) == (480, 0)


def test_a_draft_costs_the_same_however_many_variants(world: World) -> None:
    contract = begun(world)
    variant(world, "5.4", lambda text: text + CAP, seen_by="at_once")
    anna, address = browser_of(world, "anna"), f"/room/contracts/{contract.pk}/"
    anna.get(address)
    with CaptureQueriesContext(connection) as few:
        anna.get(address)
    for number in ("5.6", "7.2", "12.2", "3.3"):
        variant(world, number, lambda text: text + CAP, seen_by="at_once")
    with CaptureQueriesContext(connection) as many:
        anna.get(address)
    assert len(few) == len(many)


@pytest.mark.parametrize(
    ("language", "words"), [("ru", "Пеня: 0,1 (0,05–…)"), ("en", "Пеня: 0.1 (0.05–…)")]
)
def test_a_limit_is_remembered_in_the_readers_figures(language: str, words: str) -> None:
    kept = {"field": "penalty", "value": "0.1", "least": "0.05", "most": ""}
    assert kept_words(kept, "Пеня", language) == words
