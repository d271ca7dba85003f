"""Who says how long a step takes: the client's word, their history, that of others, the rule."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests.contracts.worlds import AT, DAY, HOUR
from tests.orders.held import TODAY, again, held, kinds
from zabota.clients.models import Contact
from zabota.common.counted import Counted
from zabota.home.holds.work import check_holds
from zabota.home.reading.holds import Known, Past, lay_for, lay_holds, show_line
from zabota.home.reading.holds.past import ContractNow
from zabota.home.world import World
from zabota.orders.actions.holds import prolong_own_hold, say_own_date
from zabota.orders.models import Hold, HoldRule
from zabota.orders.personal import told_of
from zabota.orders.reading.hold_rule import hold_rule
from zabota.orders.timeline import Ends, Line, Said, Step
from zabota.people.firm import calendar_of

RULE = HoldRule(pk=1)


def counted(*days: int, minutes: int = 24 * 60) -> Counted:
    found = Counted()
    for one in days:
        found.add(one * minutes, 1)
    return found


def line(world: World, past: Past, **known: Any) -> Line:
    return lay_for(Known(1, **known), past, RULE, calendar_of(world.firm), at=AT)


def said(found: Line) -> dict[str, str]:
    return {one.step: one.takes.said for one in found.steps}


def now(state: str, **more: Any) -> ContractNow:
    nothing = dict.fromkeys(("client_since", "client_due", "ours_due", "agreed_at"))
    return ContractNow(**nothing | {"state": state, "ours_used": timedelta()} | more)


def test_the_nearest_history_counts(world: World) -> None:
    past = Past()
    assert said(line(world, past)) == {
        Step.CLIENT: Said.RULE, Step.PAYMENT: Said.RULE, Step.DELIVERY: Said.RULE,
    }  # fmt: skip
    past.of_all = counted(*range(1, 11))
    assert said(line(world, past))[Step.CLIENT] == Said.OTHERS
    past.of_client[1] = counted(20, 21, 22)
    client = line(world, past).steps[0]
    assert (client.takes.said, client.takes.usual, client.takes.long) == (
        Said.HISTORY, timedelta(days=21), None,
    )  # fmt: skip
    assert said(line(world, past, client_until=TODAY))[Step.CLIENT] == Said.TOLD


def test_our_approval_is_told_by_median_and_ninth_decile(world: World) -> None:
    # Working days of eight hours.
    past = Past(ours=counted(*[2] * 6, *[5] * 4, minutes=480))
    found = line(world, past, needs_ours=True)
    ours = found.after(Step.OURS)
    assert ours is not None and ours.takes.count == 10
    assert (ours.takes.usual, ours.takes.long) == (timedelta(hours=16), timedelta(hours=40))
    for language, words in (
        ("ru", "По прошлым случаям (10): половина уложилась в 2\u00a0рабочих дня. "
               "Девять из десяти — в 5\u00a0рабочих дней."),
        ("en", "Past ones: 10, half of them within 2\u00a0working days. "
               "Nine of ten within 5\u00a0working days."),
    ):  # fmt: skip
        with translation.override(language):
            shown = show_line(found, Ends(TODAY), calendar_of(world.firm), at=AT)
        assert shown.steps[1].source == words


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        ("returned", [Step.CLIENT, Step.OURS, Step.PAYMENT, Step.DELIVERY]),
        ("review", [Step.OURS, Step.PAYMENT, Step.DELIVERY]),
        ("agreed", [Step.PAYMENT, Step.DELIVERY]),
    ],
)
def test_who_has_the_contract_goes_first(world: World, state: str, steps: list[Step]) -> None:
    past = Past(contracts={7: now(state)})
    assert [one.step for one in line(world, past, agreement=7).steps] == steps


def test_what_we_promised_in_the_contract_counts(world: World) -> None:
    due = AT + 3 * DAY
    past = Past(contracts={7: now("review", ours_due=due)}, ours=counted(*[9] * 10, minutes=480))
    ours = line(world, past, agreement=7).steps[0]
    assert (ours.takes.said, ours.ends) == (Said.PROMISED, due) and ours.ends_late > due


def test_who_pays_later_pays_nothing_before(world: World) -> None:
    past = Past(deferral={1: 30})
    assert Step.PAYMENT not in said(line(world, past))


def test_lines_of_many_cost_as_much_as_of_one(world: World) -> None:
    holds = [held(world) for _ in range(4)]
    some = list(Hold.objects.filter(pk__in=holds).select_related("case__client"))
    calendar = calendar_of(world.firm)

    def queries(of: list[Hold]) -> int:
        with CaptureQueriesContext(connection) as seen:
            lay_holds(of, hold_rule(), calendar, at=AT)
        return len(seen)

    assert queries(some) == queries(some[:1])


def test_what_comes_too_late_is_told_once(world: World) -> None:
    hold = held(world, needed_by=TODAY + timedelta(days=20))
    check_holds(AT)
    say_own_date(hold, TODAY + timedelta(days=25), by=world.as_guest("anna"), at=AT + HOUR)
    check_holds(AT + HOUR)
    check_holds(AT + 3 * HOUR)
    assert kinds(hold).count("hold.too_late") == 1
    there = again(hold).there_on
    assert there is not None and there > TODAY + timedelta(days=20)


def test_their_invoice_stays_payable_as_long(world: World) -> None:
    hold = held(world)
    made = hold.invoice
    type(made).objects.filter(pk=made.pk).update(valid_until=TODAY + timedelta(days=5))
    prolong_own_hold(hold, by=world.as_guest("anna"), at=AT)
    made.refresh_from_db()
    assert made.valid_until == again(hold).until == TODAY + timedelta(days=15)


def test_a_person_takes_along_what_they_did(world: World) -> None:
    hold, anna = held(world), world.as_guest("anna")
    say_own_date(hold, TODAY + timedelta(days=9), by=anna, at=AT)
    prolong_own_hold(hold, by=anna, at=AT)
    told = told_of(Contact.objects.get(pk=world.guests["anna"].pk))["kept_for_them"]
    assert [one["hold"] for one in told["said"]] == [hold.case.number]
    assert [one["until"] for one in told["for_longer"]] == [str(TODAY + timedelta(days=15))]
