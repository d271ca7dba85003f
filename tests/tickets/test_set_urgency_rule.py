"""Which requests are more urgent than their kind says: by kind, client, words, time of day."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, HOUR, sent
from tests.tickets.asked import asked, fresh
from zabota.cases.models import Case
from zabota.clients.models import Client
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.people.refusal import Refused
from zabota.tickets.actions import change_priority, close_urgency_rule, set_urgency_rule
from zabota.tickets.models import PriorityRule, TicketType
from zabota.tickets.priorities import Came, fits, has_words, rule_for
from zabota.tickets.reading.urgency import look_at_rule

NEW = "/desk/firm/requests/rules/new/"
BLANK: dict[str, Any] = {
    "type": None, "relation": "", "words": "", "from_time": None, "to_time": None,
}  # fmt: skip


def rule(world: World, priority: str = "urgent", **values: Any) -> PriorityRule:
    by = world.staff["director"].user
    given: Any = {**BLANK, "priority": priority, **values}
    return set_urgency_rule(given, by=by, at=AT)


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("суд", "Подаём в суд!", True),
        ("суд", "рассудите нас", False),
        ("прокур*", "пойдём в Прокуратуру", True),
        ("всё  пропало", "Все\nпропало.", True),
        ("комисси*, пожар", "Пожара нет", False),
        ("c++ (старый)", "про C++ (старый) код", True),
        (", *,", "что угодно", True),
    ],
)
def test_words_are_whole_words(words: str, text: str, found: bool) -> None:
    assert has_words(words, text) is found


@given(st.text(max_size=40), st.text(max_size=200))
def test_any_words_and_any_text_are_compared(words: str, text: str) -> None:
    assert has_words(words, text) in (True, False)


def test_a_stretch_may_pass_midnight() -> None:
    night = PriorityRule(from_time=dt.time(18), to_time=dt.time(9), priority="high")
    said = {at: fits(night, Came(1, "", "", dt.time(at))) for at in (8, 9, 17, 18, 23)}
    assert said == {8: True, 9: False, 17: False, 18: True, 23: True}


def test_the_most_urgent_of_those_that_fit_counts() -> None:
    low, high = (
        PriorityRule(words="лифт", priority=priority) for priority in ("low", "high")
    )  # fmt: skip
    came = Came(1, "", "Застряли: лифт", dt.time(12))
    assert rule_for([low, high], came) is high
    assert rule_for([PriorityRule(priority="urgent")], came) is None


def test_words_make_a_request_urgent_and_it_says_so(world: World) -> None:
    made = rule(world, words="Комисси*, суд")
    assert made.words == "комисси*, суд"
    assert Entry.objects.latest("pk").kind == "ticket.urgency_rule_set"
    ticket = asked(world, kind="suggestion")
    assert (ticket.priority, ticket.rule) == ("urgent", made)
    assert ticket.reply.due_at == AT + HOUR / 2
    page = browser_of(world, "manager").get(f"/desk/tickets/{ticket.pk}/").content.decode()
    assert "срочно, по правилу" in page
    assert "по правилу" not in (
        browser_of(world, "anna").get(f"/room/tickets/{ticket.pk}/").content.decode()
    )
    change_priority(ticket, "low", by=world.as_staff("manager"), at=AT, reason="Ошибка")
    assert fresh(ticket).rule is None


def test_kind_client_and_hours_must_all_fit(world: World) -> None:
    Client.objects.filter(pk=world.clients["romashka"].pk).update(relation="relationship")
    question = TicketType.objects.get(slug="question")
    rule(world, type=question, relation="relationship", from_time=dt.time(10), to_time=dt.time(11))
    assert asked(world, kind="question").priority == "urgent"
    assert asked(world, kind="problem").priority == "high"
    assert asked(world, kind="question", at=AT + HOUR).priority == "normal"


def test_a_removed_rule_counts_no_longer(world: World) -> None:
    made, by = rule(world, words="комиссия"), world.staff["director"].user
    answer = browser_of(world, "director").post(
        f"/desk/firm/requests/rules/{made.pk}/close/", follow=True
    )
    assert "Правило больше не действует" in answer.content.decode()
    assert Entry.objects.latest("pk").kind == "ticket.urgency_rule_closed"
    assert asked(world).priority == "high"
    with pytest.raises(Refused):
        close_urgency_rule(made, by=by, at=AT)
    with pytest.raises(PermissionDenied):
        close_urgency_rule(made, by=world.staff["manager"].user, at=AT)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({}, "fits_all"),
        ({"words": " , *"}, "fits_all"),
        ({"from_time": dt.time(9)}, "half_stretch"),
        ({"from_time": dt.time(9), "to_time": dt.time(9)}, "no_stretch"),
    ],
)
def test_a_rule_that_asks_for_nothing_is_refused(
    world: World, values: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        rule(world, **values)
    assert refused.value.code == code


def test_one_looks_before_one_sets(world: World) -> None:
    ticket, other = asked(world), asked(world, text="Когда отгрузка?")
    browser = browser_of(world, "director")
    form = {"priority": "urgent", "words": "комисси*", "look": "1"}
    page = browser.post(NEW, form).content.decode()
    assert "Из последних 2 обращений, которые вы видите, изменилось бы: 1." in page
    assert f"/desk/tickets/{ticket.pk}/" in page and f"/desk/tickets/{other.pk}/" not in page
    assert not PriorityRule.objects.exists() and fresh(ticket).priority == "high"
    form.pop("look")
    assert "комисси*" in browser.post(NEW, form, follow=True).content.decode()
    assert browser.post(NEW, {"priority": "urgent"}).status_code == 422


def test_the_largest_contract_of_a_client_makes_a_request_urgent(world: World) -> None:
    contract = sent(world, "supply-ru")
    assert contract.sum is not None and contract.case.amount == contract.sum
    rule(world, contract_from=contract.sum)
    assert asked(world).priority == "urgent"
    # Of a client without one it does not count; nor of one that was withdrawn.
    assert asked(world, guest="john").priority == "high"
    page = browser_of(world, "director").get("/desk/firm/requests/").content.decode()
    assert "договор от" in page
    looked = look_at_rule(PriorityRule.objects.get(), world.as_staff("director"))
    assert looked.of == 2 and not looked.rows
    Case.objects.filter(pk=contract.pk).update(closed_at=AT)
    assert asked(world).priority == "high"


def test_a_sum_is_typed_on_the_page(world: World) -> None:
    typed = {"priority": "urgent", "contract_from": "1000000"}
    browser_of(world, "director").post(NEW, {**typed, "save": "1"})
    assert PriorityRule.objects.get().contract_from == 1_000_000
