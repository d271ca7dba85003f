"""Goods kept for a client: promised, looked at, prolonged, asked about, warned of, over."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.browsers import returned_supply
from tests.contracts.worlds import AT, DAY, HOUR
from tests.orders.held import TODAY, again, held, invoice, kinds, store
from tests.orders.ordered import LAMPS, daisy_order
from zabota.cases.actions import answer_beyond
from zabota.cases.models import Case, Deviation, Holder, PromiseState
from zabota.contracts.actions.own_route import promise_own_answer
from zabota.home.holds.work import check_holds, lapse_holds, warn_of_holds
from zabota.home.reading.holds import known_of, lay_holds
from zabota.home.work import escalate_broken, react
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.orders.actions import Money, cancel_order, issue_invoice, take_payment
from zabota.orders.actions.holds import (
    NextStep,
    Quote,
    prolong_own_hold,
    promise_hold,
    release_hold,
    say_own_date,
    set_hold_rule,
    take_step,
)
from zabota.orders.models import Hold, HoldRule, HoldStep, Order, StepKind
from zabota.orders.reading.hold_rule import hold_rule
from zabota.orders.timeline import Said, Step
from zabota.outreach.actions import announce_entries
from zabota.outreach.models import Message
from zabota.people.firm import calendar_of
from zabota.people.refusal import Refused


def days(count: int) -> timedelta:
    return timedelta(days=count)


def letters() -> set[tuple[str, str]]:
    announce_entries(by=None, at=AT + 90 * DAY)
    found = Message.objects.filter(purpose__startswith="hold").values_list("address", "purpose")
    return {(address.split("@")[0], purpose) for address, purpose in found}


LATER = TODAY + timedelta(days=26)


def step(kind: str = StepKind.PROLONG, until: date = LATER, **more: Any) -> NextStep:
    given = {"reason": "Ждём их совета директоров", "cost": Decimal(500)} | more
    return NextStep(kind, until, **given)


def short(world: World, **known: Any) -> Hold:
    """Ten days, and an approval of three weeks."""
    hold = held(world, client_until=TODAY + days(21), **known)
    assert check_holds(AT) == 1
    return again(hold)


def test_a_hold_is_a_promise_to_the_client(world: World) -> None:
    hold = held(world)
    assert (hold.case.number, hold.case.kind, hold.case.state) == ("Р-2026-00001", "hold", "held")
    assert hold.until == TODAY + days(10) and hold.kept.state == PromiseState.RUNNING
    assert hold.kept.due_at is not None and hold.kept.due_at.date() == hold.until
    assert kinds(hold) == ["hold.promised", "case.linked"]
    assert letters() == {("anna", "hold_news")}
    assert Case.objects.visible_to(world.as_guest("anna")).filter(pk=hold.pk).exists()
    assert not Hold.objects.visible_to(world.as_guest("alien")).filter(pk=hold.pk).exists()
    (line,) = hold.lines.all()
    assert (line.name, line.quantity, line.unit) == ("Светильник LED 40 Вт", 40, "шт")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"paid": Decimal(100_000)}, "paid"),
        ({"cancelled_at": AT}, "cancelled"),
    ],
)
def test_what_is_paid_or_taken_back_is_not_kept(
    world: World, change: dict[str, Any], code: str
) -> None:
    one = invoice(world)
    type(one).objects.filter(pk=one.pk).update(**change)
    with pytest.raises(Refused) as why:
        promise_hold(one, Quote(store(world), TODAY), by=world.as_staff("manager"), at=AT)
    assert why.value.code == code


def test_one_hold_of_an_invoice_and_within_the_rule(world: World) -> None:
    one, by = invoice(world), world.as_staff("manager")
    for until, code in ((TODAY - DAY, "past"), (TODAY + days(11), "beyond")):
        with pytest.raises(Refused) as why:
            promise_hold(one, Quote(store(world), until), by=by, at=AT)
        assert why.value.code == code
    promise_hold(one, Quote(store(world), TODAY + days(3)), by=by, at=AT)
    with pytest.raises(Refused) as why:
        promise_hold(one, Quote(store(world), TODAY + days(3)), by=by, at=AT)
    assert why.value.code == "held"


def test_ten_days_meet_three_weeks_and_somebody_has_it_to_save(world: World) -> None:
    hold = short(world)
    assert hold.short == 14 and kinds(hold)[-1] == "hold.would_lapse"
    assert hold.rescue is not None and hold.rescue.audience == "ours"
    row = Holder.objects.get(promise=hold.rescue)
    assert row.employee == world.staff["manager"] and row.rank_at is not None
    # The next look finds the same and says nothing new.
    assert check_holds(AT + HOUR) == 0 and kinds(hold)[-1] == "hold.would_lapse"
    assert ("igor.kim", "hold_task") in letters() or ("manager", "hold_task") in letters()


def test_within_ones_power_it_is_saved_at_once(world: World) -> None:
    hold = short(world)
    taken = take_step(
        hold, step(told="Держим до вашего решения."), by=world.as_staff("manager"), at=AT
    )
    hold = again(hold)
    assert (taken.state, hold.until, hold.short) == ("done", TODAY + days(26), 0)
    assert hold.rescue is not None and hold.rescue.state == PromiseState.KEPT
    assert not Holder.objects.filter(promise=hold.rescue, rank_at__isnull=False).exists()
    assert taken.deviation is not None and taken.deviation.cost == 500
    assert kinds(hold)[-2:] == ["case.went_beyond", "hold.prolonged"]
    assert hold.kept.replaces is not None and hold.kept.agreed_at == AT
    assert check_holds(AT + HOUR) == 0


def test_within_the_rule_no_power_is_needed(world: World) -> None:
    hold = held(world)
    take_step(
        hold, NextStep(StepKind.PROLONG, TODAY + days(17)), by=world.as_staff("lawyer"), at=AT
    )
    assert again(hold).until == TODAY + days(17) and not Deviation.objects.exists()


def test_above_it_whoever_may_allow_it_is_asked(world: World) -> None:
    hold = short(world)
    by = world.as_staff("manager")
    taken = take_step(hold, step(cost=Decimal(20_000)), by=by, at=AT)
    assert (taken.state, again(hold).until) == ("asked", TODAY + days(10))
    rescue = again(hold).rescue
    assert rescue is not None and rescue.outcome == "asked"
    with pytest.raises(Refused) as why:
        take_step(hold, step(), by=by, at=AT)
    assert why.value.code == "asked"
    assert check_holds(AT + 2 * HOUR) == 0
    assert taken.deviation is not None
    answer_beyond(taken.deviation, "", by=world.as_staff("director"), at=AT + HOUR, granted=True)
    react(AT + HOUR)
    assert again(hold).until == TODAY + days(26) and kinds(hold)[-1] == "hold.prolonged"


def test_refused_it_is_to_be_saved_again(world: World) -> None:
    hold = short(world)
    taken = take_step(hold, step(StepKind.OFFICE), by=world.as_staff("manager"), at=AT)
    assert taken.state == "asked" and taken.deviation is not None
    answer_beyond(
        taken.deviation, "Товар нужен", by=world.as_staff("director"), at=AT + HOUR, granted=False
    )
    react(AT + HOUR)
    assert HoldStep.objects.get(pk=taken.pk).state == "refused"
    first = again(hold).rescue
    assert check_holds(AT + 2 * HOUR) == 1 and again(hold).rescue != first


def test_another_store_and_the_next_truck(world: World) -> None:
    hold, by, other = short(world), world.as_staff("manager"), store(world, "Склад в Подольске")
    take_step(hold, step(StepKind.STORE, store=other), by=by, at=AT)
    assert again(hold).store == other and kinds(hold)[-1] == "hold.moved"
    truck = step(StepKind.TRUCK, comes_on=TODAY + days(20), until=TODAY + days(30))
    take_step(hold, truck, by=by, at=AT + HOUR)
    assert again(hold).comes_on == TODAY + days(20) and kinds(hold)[-1] == "hold.from_truck"
    calendar = calendar_of(world.firm)
    line = lay_holds([again(hold)], hold_rule(), calendar, at=AT)[hold.pk]
    delivery = line.after(Step.DELIVERY)
    assert delivery is not None and calendar.local(delivery.begins).date() >= TODAY + days(20)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"until": TODAY + days(9)}, "shorter"),
        ({"until": TODAY + days(10)}, "same"),
        ({"reason": " "}, "no_reason"),
        ({"kind": StepKind.STORE}, "same_store"),
        ({"kind": StepKind.TRUCK}, "no_truck"),
    ],
)
def test_a_step_that_cannot_be(world: World, change: dict[str, Any], code: str) -> None:
    hold = held(world)
    with pytest.raises(Refused) as why:
        take_step(hold, step(**change), by=world.as_staff("manager"), at=AT)
    assert why.value.code == code


def test_a_client_takes_no_step_of_ours(world: World) -> None:
    with pytest.raises(PermissionDenied):
        take_step(held(world), step(), by=world.as_guest("anna"), at=AT)  # type: ignore[arg-type]


def test_the_client_keeps_it_for_longer_within_the_rule(world: World) -> None:
    hold, anna = held(world), world.as_guest("anna")
    prolong_own_hold(hold, by=anna, at=AT)
    assert again(hold).until == TODAY + days(15) and kinds(hold)[-1] == "hold.prolonged"
    prolong_own_hold(hold, by=anna, at=AT + HOUR)
    assert (again(hold).until, again(hold).own_times) == (TODAY + days(20), 2)
    with pytest.raises(PermissionDenied):
        prolong_own_hold(hold, by=anna, at=AT + 2 * HOUR)
    assert not Deviation.objects.exists()


def test_a_stranger_keeps_nothing_for_longer(world: World) -> None:
    with pytest.raises(PermissionDenied):
        prolong_own_hold(held(world), by=world.as_guest("alien"), at=AT)


def test_what_the_client_says_is_laid_on_the_line(world: World) -> None:
    hold = held(world)
    check_holds(AT)
    assert again(hold).short == 0
    say_own_date(hold, TODAY + days(21), by=world.as_guest("anna"), at=AT + HOUR)
    assert kinds(hold)[-1] == "hold.client_said"
    assert check_holds(AT + HOUR) == 1 and again(hold).short == 14
    # They are ready sooner after all.
    say_own_date(hold, TODAY + days(5), by=world.as_staff("manager"), at=AT + 2 * HOUR)
    assert check_holds(AT + 2 * HOUR) == 1 and kinds(hold)[-1] == "hold.fits"
    rescue = again(hold).rescue
    assert rescue is not None and rescue.state == PromiseState.DROPPED
    with pytest.raises(Refused):
        say_own_date(hold, TODAY - DAY, by=world.as_staff("manager"), at=AT)


def test_their_date_in_the_contract_counts(world: World) -> None:
    contract = returned_supply(world)
    hold = held(world, AT + 3 * HOUR, agreement=contract.case)
    calendar = calendar_of(world.firm)

    def client() -> Any:
        line = lay_holds([again(hold)], hold_rule(), calendar, at=AT + 4 * HOUR)[hold.pk]
        assert [one.step for one in line.steps][:2] == [Step.CLIENT, Step.OURS]
        return line.steps[0]

    assert client().takes.said == Said.RULE
    promise_own_answer(contract, TODAY + days(21), by=world.as_guest("anna"), at=AT + 4 * HOUR)
    assert client().takes.said == Said.ROUTE
    assert calendar.local(client().ends).date() == TODAY + days(21)
    assert known_of(again(hold)).agreement == contract.pk


def test_the_client_is_warned_before_and_told_when_it_is_over(world: World) -> None:
    hold = held(world)
    assert warn_of_holds(AT + 6 * DAY) == 0
    assert warn_of_holds(AT + 7 * DAY) == 1 and warn_of_holds(AT + 7 * DAY + HOUR) == 0
    assert check_holds(AT + 7 * DAY) == 1 and kinds(hold)[-2:] == [
        "hold.lapses_soon",
        "hold.unpaid",
    ]
    assert lapse_holds(AT + 10 * DAY) == 0
    assert lapse_holds(AT + 11 * DAY) == 1 and escalate_broken(AT + 11 * DAY) == 0
    hold = again(hold)
    assert (hold.case.state, hold.kept.state, hold.kept.outcome) == ("lapsed", "kept", "lapsed")
    assert hold.kept.settled_at == hold.kept.due_at and hold.ended_at is not None
    assert kinds(hold)[-1] == "hold.lapsed"
    assert {("anna", "hold_lapses"), ("anna", "hold_news")} <= letters()
    with pytest.raises(PermissionDenied):
        prolong_own_hold(hold, by=world.as_guest("anna"), at=AT + 11 * DAY)


def test_prolonged_after_the_warning_it_is_warned_of_anew(world: World) -> None:
    hold = held(world)
    warn_of_holds(AT + 8 * DAY)
    prolong_own_hold(hold, by=world.as_guest("anna"), at=AT + 8 * DAY)
    assert warn_of_holds(AT + 9 * DAY) == 0 and warn_of_holds(AT + 13 * DAY) == 1


def test_let_go_by_either_side(world: World) -> None:
    hold = held(world)
    with pytest.raises(Refused):
        release_hold(hold, " ", by=world.as_staff("manager"), at=AT)
    release_hold(hold, "", by=world.as_guest("anna"), at=AT + HOUR)
    hold = again(hold)
    assert (hold.case.state, hold.kept.state) == ("released", "dropped")
    assert kinds(hold)[-1] == "hold.released"
    with pytest.raises(PermissionDenied):
        release_hold(hold, "", by=world.as_guest("anna"), at=AT + HOUR)


def ordered(world: World) -> tuple[Order, Hold]:
    """By the actions people use: an order, its счёт, and ten days."""
    manager = world.as_staff("manager")
    order = daisy_order(world, LAMPS)
    made = issue_invoice(order, by=manager, at=AT)
    hold = promise_hold(made, Quote(store(world), TODAY + days(10)), by=manager, at=AT)
    return order, hold


def test_paid_for_the_goods_are_theirs(world: World) -> None:
    _order, hold = ordered(world)
    check_holds(AT)
    manager, made = world.as_staff("manager"), hold.invoice
    half = made.total / 2
    take_payment(Money("t:1", TODAY, half), by=manager, at=AT + DAY, invoice=made)
    react(AT + DAY)
    assert again(hold).ended_at is None
    made.refresh_from_db()
    take_payment(Money("t:2", TODAY, half), by=manager, at=AT + DAY, invoice=made)
    react(AT + DAY)
    hold = again(hold)
    assert (hold.case.state, hold.kept.outcome, kinds(hold)[-1]) == ("paid", "paid", "hold.paid")
    assert lapse_holds(AT + 30 * DAY) == 0


def test_of_a_cancelled_order_nothing_is_kept(world: World) -> None:
    order, hold = ordered(world)
    cancel_order(order, by=world.as_staff("manager"), at=AT + HOUR)
    react(AT + HOUR)
    assert (again(hold).case.state, kinds(hold)[-1]) == ("released", "hold.released")


def test_past_payments_say_how_long_it_takes(world: World) -> None:
    manager = world.as_staff("manager")
    for number, took in enumerate((6, 8, 10)):
        made = issue_invoice(daisy_order(world, LAMPS), by=manager, at=AT - 20 * DAY)
        money = Money(f"t:{number}", made.day + days(took), made.total)
        take_payment(money, by=manager, at=AT, invoice=made)
    hold = held(world)
    payment = lay_holds([hold], hold_rule(), calendar_of(world.firm), at=AT)[hold.pk].after(
        Step.PAYMENT
    )
    assert payment is not None and payment.takes.said == Said.HISTORY
    assert (payment.takes.usual, payment.takes.count) == (days(8), 3)


def test_the_rule_is_the_firms(world: World) -> None:
    values = {"first_days": 5, "longest_days": 20, "client_times": 1}
    with pytest.raises(PermissionDenied):
        set_hold_rule(values, by=world.as_staff("manager"), at=AT)
    set_hold_rule(values, by=world.as_staff("director"), at=AT)
    assert HoldRule.objects.get().first_days == 5 and hold_rule().client_days == 5
    assert Entry.objects.latest("pk").kind == "hold.rule_set"
    with pytest.raises(Refused):
        set_hold_rule({"longest_days": 3}, by=world.as_staff("director"), at=AT)
    with pytest.raises(Refused):
        held(world)
