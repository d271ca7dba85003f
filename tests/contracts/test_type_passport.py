"""The passport of a text on the client's paper: typed by hand, ours alone, and the route obeys."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.browsers import browser_of
from tests.contracts.test_foreign_paper import paper, started
from tests.contracts.worlds import (
    AT,
    HOUR,
    approve,
    fresh_contract,
    last_entry,
    open_now,
    outcomes,
    person,
    send_back,
    sent,
    stage,
    step,
)
from tests.support.remembered import remembered
from zabota.contracts.actions import mark_for_papers, save_route, submit_contract, type_passport
from zabota.contracts.actions.foreign import start_on_client_paper
from zabota.contracts.actions.passport import Typed, WrongFacts
from zabota.contracts.models import Contract, PassportFact, Route
from zabota.contracts.reading.nearest import reads_alike
from zabota.contracts.routing import conditions
from zabota.contracts.routing.spec import Condition
from zabota.home.world import World
from zabota.people.refusal import Refused

SUM, MARKER = "7654321", "дирижабль-7654"


@pytest.fixture
@remembered
def contract(world: World) -> Contract:
    """Sent by the client on their own paper; before the manager."""
    made = started(world)
    submit_contract(made, by=world.as_guest("anna"), at=AT)
    return fresh_contract(made)


def typing(world: World, contract: Contract, who: str = "manager", **facts: str) -> None:
    typed = {name: Typed(value) for name, value in facts.items()}
    type_passport(contract, typed, by=world.as_staff(who), at=AT + HOUR)


def test_the_sum_nobody_has_typed_asks_the_director(world: World, contract: Contract) -> None:
    assert outcomes(contract)["director"] == ("planned", "")
    page = browser_of(world, "manager").get(f"/desk/contracts/{contract.pk}/")
    assert page.context["unknown"] == ["Сумма"]
    assert page.context["unknown_stages"] == ["Директор"]
    assert "Из текста ещё не внесено: Сумма" in page.content.decode()


def test_a_small_sum_spares_the_director_without_a_new_round(
    world: World, contract: Contract
) -> None:
    typing(world, contract, price="300 000")
    assert outcomes(contract)["director"] == ("dropped", "dropped")
    assert open_now(contract) == {"manager"}
    assert fresh_contract(contract).round == 1
    approve(world, contract, "manager", "manager", AT + HOUR)
    approve(world, contract, "legal", "lawyer", AT + HOUR)
    approve(world, contract, "finance", "finance", AT + HOUR)
    for who in ("logist1", "logist2"):
        approve(world, contract, "logistics", who, AT + HOUR)
    assert fresh_contract(contract).case.state == "agreed"


def test_a_large_sum_keeps_the_director(world: World, contract: Contract) -> None:
    typing(world, contract, price=SUM)
    assert outcomes(contract)["director"] == ("planned", "")


def test_a_sum_mended_later_asks_whom_it_should_and_what_was_agreed_stands(
    world: World, contract: Contract
) -> None:
    typing(world, contract, price="300000")
    approve(world, contract, "manager", "manager", AT + HOUR)
    typing(world, contract, price=SUM)
    assert fresh_contract(contract).round == 2
    assert outcomes(contract)["director"] == ("planned", "")
    assert outcomes(contract)["manager"][1] == "stands"
    assert open_now(contract) == {"legal"}
    assert last_entry("contract.passport_typed").facts["opened"] == [stage(contract, "legal").pk]


def test_what_was_typed_stays_known_in_the_next_round(world: World, contract: Contract) -> None:
    typing(world, contract, price="300000")
    send_back(world, contract, "manager", "manager", AT + HOUR)
    submit_contract(contract, by=world.as_guest("anna"), at=AT + HOUR)
    assert "director" not in outcomes(contract)


def test_it_is_remembered_and_only_for_ours(world: World, contract: Contract) -> None:
    typing(world, contract, price=SUM, venue=MARKER)
    entry = last_entry("contract.passport_typed")
    assert entry.audience == "ours"
    assert entry.facts["what"]["ru"].startswith("Сумма: 7\u00a0654\u00a0321,00; ")
    assert PassportFact.objects.get(name="price").value == "7654321.00"
    typing(world, contract, venue="")
    assert not PassportFact.objects.filter(name="venue").exists()
    count = PassportFact.objects.count()
    typing(world, contract, price=SUM)
    assert (PassportFact.objects.count(), last_entry("contract.passport_typed").seq) == (
        count,
        entry.seq + 1,
    )


def test_approvers_see_who_typed_it_and_from_which_clause(world: World, contract: Contract) -> None:
    browser = browser_of(world, "manager")
    path = f"/desk/contracts/{contract.pk}/"
    shown = browser.get(f"{path}passport/")
    number = shown.context["numbers"][3]
    fields = {"f:price": "1 240 000", "clause:price": f"{number}.", "f:venue": MARKER}
    assert browser.post(f"{path}passport/", fields)["Location"] == path
    page = browser_of(world, "director").get(path)
    terms = {term.label: term for term in page.context["typed_terms"]}
    assert terms["Сумма"].value == "1\u00a0240\u00a0000,00"
    assert terms["Сумма"].number == number
    text = page.content.decode()
    assert text.count(f"внесено вручную: {world.staff['manager'].user.name}") == 2
    again = browser.get(f"{path}passport/").context["facts"]
    assert {q.name: clause for q, clause in again}["price"] == number


def test_nothing_typed_by_hand_reaches_the_client(world: World, contract: Contract) -> None:
    typing(world, contract, price=SUM, venue=MARKER, subject=MARKER)
    room = browser_of(world, "anna")
    base = f"/room/contracts/{contract.pk}/"
    pages = ["", "dossier/", "versions/", "compare/?a=0&b=1", "approval-sheet/", "live/?seen=x"]
    shown = [room.get(f"{base}{page}") for page in pages]
    shown += [room.get("/room/contracts/"), room.get("/room/")]
    shown.append(browser_of(world, "manager").get(f"/desk/contracts/{contract.pk}/as-client/"))
    for answer in shown:
        assert answer.status_code == 200
        text = answer.content.decode().replace("\u00a0", "")
        assert MARKER not in text
        assert SUM not in text
        assert "вручную" not in text
    assert room.get(f"{base}compare/?a=nearest&b=1").status_code == 404
    assert room.get(f"{base}passport/").status_code == 404
    assert MARKER.encode() not in room.get(f"{base}text.docx").content


def test_who_may_not_type(world: World, contract: Contract) -> None:
    path = f"/desk/contracts/{contract.pk}/passport/"
    for who, status in (("finance", 403), ("anna", 404), ("john", 404)):
        browser = browser_of(world, who)
        assert browser.get(path).status_code == status
        assert browser.post(path, {"f:price": "1"}).status_code == status
    with pytest.raises(PermissionDenied):
        typing(world, contract, "finance", price="1")
    ours = sent(world, "supply-ru")
    assert browser_of(world, "manager").get(f"/desk/contracts/{ours.pk}/passport/").status_code == (
        403
    )
    assert not PassportFact.objects.exists()


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(world: World, contract: Contract) -> None:
    browser = browser_of(world, "manager")
    path = f"/desk/contracts/{contract.pk}/passport/"
    for fields, words in (
        ({"f:price": "много", "f:venue": MARKER}, "Это не число"),
        ({"f:price": "5", "clause:price": "99.9", "f:venue": MARKER}, "Пункта 99.9 в тексте нет."),
    ):
        answer = browser.post(path, fields)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert MARKER in answer.content.decode()
    with pytest.raises(WrongFacts):
        typing(world, contract, price="много", venue=MARKER)
    assert not PassportFact.objects.exists()


def test_once_agreed_nothing_is_typed_any_more(world: World) -> None:
    spec = {"no_self_approval": True, "stages": [step("x", "legal", [person(world, "lawyer")])]}
    save_route("foreign", spec, by=None, at=AT, names=("Бумага", "Paper"))
    made = started(world)
    submit_contract(made, by=world.as_guest("anna"), at=AT)
    approve(world, made, "x", "lawyer")
    with pytest.raises(PermissionDenied):
        typing(world, fresh_contract(made), price="1")


def test_on_their_paper_every_direction_is_touched(world: World) -> None:
    touched = {"field": "direction.security.touched", "op": "eq", "value": True}
    asked = {"field": "venue", "op": "eq", "value": "Тверь"}
    spec = {
        "no_self_approval": True,
        "stages": [
            step("x", "legal", [person(world, "lawyer")]),
            step("y", "security", [person(world, "finance")], 2, conditions=[touched]),
            step("z", "general", [person(world, "manager")], 3, conditions=[asked]),
        ],
    }
    save_route("foreign", spec, by=None, at=AT, names=("Бумага", "Paper"))
    made = started(world)
    submit_contract(made, by=world.as_guest("anna"), at=AT)
    assert set(outcomes(made)) == {"x", "y", "z"}
    typing(world, fresh_contract(made), venue="Москва")
    assert outcomes(made)["z"] == ("dropped", "dropped")


def test_our_nearest_form_stands_beside_it(world: World, contract: Contract) -> None:
    path = f"/desk/contracts/{contract.pk}/"
    page = browser_of(world, "lawyer").get(path)
    nearest = page.context["nearest"]
    assert nearest.title == world.forms["supply-ru"].template.title("ru")
    assert nearest.same > len(nearest.other)
    assert nearest.percent < 100
    assert nearest.theirs
    assert nearest.missing
    assert any("не позже" in one.words for one in nearest.other)
    assert "ничего не отличается" not in page.content.decode()
    compared = browser_of(world, "lawyer").get(f"{path}compare/?a=nearest&b=1")
    assert "Ближайшая наша форма" in compared.content.decode()
    assert browser_of(world, "lawyer").get(f"{path}compare/?a=nearest&b=1&view=print").status_code


def test_a_route_is_marked_for_such_papers_by_who_edits_routes(world: World) -> None:
    standard, foreign = world.routes["standard"], Route.objects.get(for_papers=True)
    assert foreign.slug == "foreign"
    path = f"/desk/routes/{standard.pk}/for-papers/"
    assert browser_of(world, "manager").post(path).status_code == 403
    assert browser_of(world, "anna").post(path).status_code == 404
    shown = browser_of(world, "lawyer").get(f"/desk/routes/{standard.pk}/").content.decode()
    assert path in shown
    assert browser_of(world, "lawyer").post(path)["Location"] == f"/desk/routes/{standard.pk}/"
    assert Route.objects.get(for_papers=True) == standard
    assert last_entry("contract.route_for_papers").audience == "ours"
    with pytest.raises(Refused):
        mark_for_papers(standard, by=world.as_staff("lawyer"), at=AT)
    assert started(world, paper(world.forms["nda-ru"])).edition.route == standard


@given(st.sampled_from(["eq", "ne", "gt", "ge", "lt", "le", "in", "filled", "empty", "changed"]))
def test_of_what_is_unknown_every_condition_holds(op: str) -> None:
    asked = Condition("x", op, ("1",) if op == "in" else "1")  # type: ignore[arg-type]
    assert conditions.condition_holds(asked, {"x": conditions.UNKNOWN})


@pytest.mark.parametrize(
    ("form", "text", "alike"),
    [
        ("Цена — {{price}} рублей.", "Цена – 5 000,00 рублей", True),
        ("Цена — {{price}} рублей.", "Цена — рублей.", True),
        ("Цена — {{price}} рублей.", "Цена товара рублями", False),
        ("{{a}} и {{b}}", "это и то", True),
        ("всё как есть", "Все как есть!", True),
        ("всё как есть", "всё как", False),
        ("аб {{x}} аб", "аб", False),
    ],
)
def test_a_field_reads_as_whatever_stands_in_its_place(form: str, text: str, alike: bool) -> None:
    assert reads_alike(form, text) is alike


def test_a_fact_typed_while_the_client_has_it_counts_when_it_comes_back(
    world: World, contract: Contract
) -> None:
    send_back(world, contract, "manager", "manager", AT + HOUR)
    typing(world, contract, price="300000")
    submit_contract(contract, by=world.as_guest("anna"), at=AT + HOUR)
    assert "director" not in outcomes(contract)


def test_ours_type_it_before_it_is_sent(world: World) -> None:
    by = world.as_staff("manager")
    data = paper(world.forms["supply-ru"])
    made = start_on_client_paper(world.clients["romashka"], data, by=by, at=AT)
    typing(world, made, price="300000")
    submit_contract(made, by=by, at=AT)
    assert "director" not in outcomes(made)
    other = started(world)
    assert other.case.state == "draft"
    with pytest.raises(PermissionDenied):
        typing(world, other, price="1")


def test_the_page_asks_as_much_whatever_was_typed(world: World, contract: Contract) -> None:
    browser, path = browser_of(world, "director"), f"/desk/contracts/{contract.pk}/"
    browser.get(path)
    with CaptureQueriesContext(connection) as few:
        browser.get(path)
    typing(world, contract, price=SUM, venue=MARKER, subject=MARKER, deferral_days="5")
    with CaptureQueriesContext(connection) as many:
        browser.get(path)
    assert len(many) == len(few)
