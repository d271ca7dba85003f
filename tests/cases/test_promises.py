"""Promises: the clock is computed once, stands by exact spans, and what is held is told by rows."""

from datetime import datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.worlds import AT, DAY, HOUR, last_entry, sent
from zabota.cases import clockwork
from zabota.cases.actions import (
    Hold,
    change_owner,
    drop_promise,
    keep_promise,
    lay_promise,
    look_as_client,
    next_number,
    open_case,
    pause_promise,
    rank_holders,
    renegotiate_promise,
    resume_promise,
    set_holders,
    start_promise,
    store_promises,
)
from zabota.cases.models import Case, Holder, Moment, Pause, Promise
from zabota.common.working_time import Interval, add, between, for_country
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.people.firm import calendar_of, current_firm
from zabota.people.models import Employee

MINUTE = timedelta(minutes=1)


@pytest.fixture
def case(world: World) -> Case:
    return open_case(
        "tried", by=None, at=AT, number="1", title="Проба", client=world.clients["romashka"],
        owner=world.staff["manager"], state="open",
    )  # fmt: skip


def promised(case: Case, minutes: int | None = 240, *, run: bool = True) -> Promise:
    return lay_promise(
        case, "contract_stage", by=None, at=AT, words=("Ответ", "Answer"), minutes=minutes,
        calendar=calendar_of(current_firm()) if run else None,
    )  # fmt: skip


def test_planned_first_due_only_when_it_starts(case: Case) -> None:
    promise = promised(case, run=False)
    assert (promise.state, promise.due_at, promise.started_at) == ("planned", None, None)
    start_promise(promise, by=None, at=AT + DAY, calendar=calendar_of(current_firm()))
    store_promises([promise])
    promise.refresh_from_db()
    assert (promise.state, promise.started_at) == ("running", AT + DAY)
    assert promise.due_at == promise.first_due_at == AT + DAY + 5 * HOUR
    assert (promise.words("ru"), promise.words("en")) == ("Ответ", "Answer")


def test_kept_late_is_told_by_the_moments(case: Case) -> None:
    promise = promised(case)
    assert not promise.is_late(AT + 5 * HOUR)
    assert promise.is_late(AT + 5 * HOUR + MINUTE)
    keep_promise(promise, by=None, at=AT + 4 * HOUR, outcome="approved")
    store_promises([promise])
    assert not Promise.objects.get().is_late(AT + 30 * DAY)


def test_the_clock_stands_only_when_we_say_what_we_ask(case: Case) -> None:
    with pytest.raises(ValueError, match="what we ask"):
        pause_promise(promised(case), by=None, at=AT, asked=" ")


def test_one_pause_at_a_time_that_ends_after_it_began(case: Case) -> None:
    promise = promised(case)
    pause = pause_promise(promise, by=None, at=AT, asked="Что?")
    with pytest.raises(IntegrityError), transaction.atomic():
        Pause.objects.create(promise=promise, started_at=AT, asked="Ещё?")
    with pytest.raises(IntegrityError), transaction.atomic():
        Pause.objects.filter(pk=pause.pk).update(ended_at=AT - MINUTE)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "kept"},
        {"outcome": "approved"},
        {"state": "running", "started_at": None},
        {"state": "running", "due_at": None},
        {"settled_at": AT},
    ],
)
def test_the_database_refuses_a_clock_that_cannot_be(case: Case, wrong: dict[str, object]) -> None:
    promise = promised(case)
    with pytest.raises(IntegrityError), transaction.atomic():
        Promise.objects.filter(pk=promise.pk).update(**wrong)


def test_a_new_term_is_a_new_row_with_the_same_holders(world: World, case: Case) -> None:
    promise = promised(case)
    set_holders({promise: [Hold(world.staff["lawyer"].pk)]}, by=None, at=AT)
    due = AT + 3 * DAY
    renewed = renegotiate_promise(promise, by=None, at=AT + HOUR, due_at=due, agreed_at=AT + HOUR)
    promise.refresh_from_db()
    assert (promise.state, promise.settled_at) == ("replaced", AT + HOUR)
    assert (renewed.replaces, renewed.due_at, renewed.first_due_at, renewed.agreed_at) == (
        promise, due, promise.due_at, AT + HOUR,
    )  # fmt: skip
    assert Holder.objects.get().promise == renewed
    assert Holder.objects.get().rank_at is not None


# Who has it.


def test_a_weighty_promise_ranks_earlier_and_a_settled_one_nowhere(
    world: World, case: Case
) -> None:
    light, heavy = promised(case), promised(case)
    lawyer = Hold(world.staff["lawyer"].pk)
    set_holders({light: [lawyer]}, by=None, at=AT)
    set_holders({heavy: [lawyer]}, by=None, at=AT, weight=3)
    rows = Holder.objects.order_by("rank_at")
    assert [row.promise for row in rows] == [heavy, light]
    assert [row.rank_at for row in rows] == [
        heavy.due_at - clockwork.head_start(3), light.due_at,
    ]  # type: ignore[operator]  # fmt: skip
    drop_promise(heavy, by=None, at=AT)
    store_promises([heavy])
    rank_holders([heavy], by=None, at=AT)
    assert [row.promise for row in rows.filter(rank_at__isnull=False)] == [light]


def test_holders_are_laid_anew_without_touching_who_has_done_it(world: World, case: Case) -> None:
    promise = promised(case)
    one, two, three = (world.staff[key].pk for key in ("lawyer", "lawyer2", "finance"))
    assert set_holders({promise: [Hold(one, 0), Hold(two, 1)]}, by=None, at=AT) == 2
    assert set_holders({promise: [Hold(one, 0), Hold(two, 1)]}, by=None, at=AT) == 0
    first = Holder.objects.get(seat=0)
    rank_holders([promise], by=None, at=AT, done=(first.pk, "approved"), over=[first.pk])
    assert (
        set_holders({promise: [Hold(three, 1, "substitution", for_employee=two)]}, by=None, at=AT)
        == 2
    )
    rows = Holder.objects.order_by("seat")
    assert [(row.employee_id, row.outcome, row.for_employee_id) for row in rows] == [
        (one, "approved", None), (three, "", two),
    ]  # fmt: skip
    assert [row.rank_at is None for row in rows] == [True, False]


# Cases.


def test_an_opened_case_is_found_by_folded_words(case: Case) -> None:
    assert "ромашка" in case.search
    assert "ё" not in case.search
    assert case.stream.seq == 0


def test_another_owner_is_told_of_once(world: World, case: Case) -> None:
    agreeing = promised(case)
    set_holders({agreeing: [Hold(world.staff["manager"].pk)]}, by=None, at=AT)
    lawyer = Employee.objects.get(pk=world.staff["lawyer"].pk)
    for _ in range(2):
        change_owner(case, lawyer, by=None, at=AT)
    entries = Entry.objects.filter(stream=case.stream_id)
    assert [entry.kind for entry in entries] == ["case.owner_changed"]
    assert entries.get().facts["owner"] == {"user": lawyer.user_id}
    case.refresh_from_db()
    assert case.owner == lawyer


def test_looking_as_the_client_is_remembered_for_us_only(world: World) -> None:
    contract = sent(world)
    by = world.as_staff("lawyer")
    look_as_client(contract.case, by=by.user, at=AT)
    entry = last_entry("case.seen_as_client")
    assert (entry.audience, entry.actor_id) == ("ours", by.user.pk)


def test_who_sees_what(world: World, case: Case) -> None:
    def sees(who: str) -> bool:
        viewer = world.as_guest(who) if who in world.guests else world.as_staff(who)
        return Case.objects.visible_to(viewer).filter(pk=case.pk).exists()

    everybody = ("manager", "lawyer", "logist1", "stranger", "anna", "vera", "alien", "john")
    assert {who for who in everybody if sees(who)} == {"manager", "lawyer", "anna", "vera"}
    set_holders({promised(case): [Hold(world.staff["logist1"].pk)]}, by=None, at=AT)
    assert sees("logist1")
    Case.objects.update(audience="ours")
    assert {who for who in everybody if sees(who)} == {"manager", "lawyer", "logist1"}
    Case.objects.update(audience="theirs")
    assert {who for who in everybody if sees(who)} == {"anna", "vera"}


def test_numbers_begin_anew_each_year_of_the_firm(world: World) -> None:
    new_year = datetime.fromisoformat("2026-12-31T21:30:00+00:00")
    taken = [
        next_number("tried", by=None, at=at) for at in (AT, AT, new_year - HOUR, new_year, new_year)
    ]
    assert taken == [(2026, 1), (2026, 2), (2026, 3), (2027, 1), (2027, 2)]
    assert next_number("other", by=None, at=AT) == (2026, 1)


def test_moments_of_truth_are_known(db: None) -> None:
    known = set(Moment.objects.values_list("slug", flat=True))
    assert known >= {
        f"contract_{what}" for what in ("agreed", "stage", "answer", "sooner", "client")
    }


# The clock, as laws. Plain rows, not stored: the engine is asked, not the database.

DAY_OF_WORK = (Interval(time(9), time(13)), Interval(time(14), time(18)))
CALENDAR = for_country(
    "RU", range(2025, 2029), "Europe/Moscow", dict.fromkeys(range(5), DAY_OF_WORK)
)
minutes = st.integers(0, 20 * 24 * 60)


def clock(pauses: list[tuple[int, int]], started: int = 0) -> tuple[Promise, list[Pause]]:
    """A promise with pauses given by (minutes running, minutes standing), one after another."""
    promise = Promise(state="running", started_at=AT + started * MINUTE, due_at=AT + 90 * DAY)
    now, found = AT + started * MINUTE, []
    for running, standing in pauses:
        begin = now + running * MINUTE
        now = begin + standing * MINUTE
        found.append(Pause(promise=promise, started_at=begin, ended_at=now))
    return promise, found


@given(st.lists(st.tuples(minutes, minutes), max_size=4), minutes)
def test_hours_used_are_the_sum_of_the_spans_in_which_it_ran(
    pauses: list[tuple[int, int]], rest: int
) -> None:
    promise, rows = clock(pauses)
    end = (rows[-1].ended_at if rows else AT) + rest * MINUTE  # type: ignore[operator]
    spans, since = timedelta(), AT
    for row in rows:
        spans += between(CALENDAR, since, row.started_at)
        since = row.ended_at  # type: ignore[assignment]
    spans += between(CALENDAR, since, end)
    assert clockwork.minutes_used(CALENDAR, promise, rows, end) == spans // MINUTE


@given(st.lists(st.tuples(minutes, minutes), max_size=3), minutes, minutes)
def test_hours_used_never_run_backwards(
    pauses: list[tuple[int, int]], first: int, more: int
) -> None:
    promise, rows = clock(pauses)
    last = rows[-1].ended_at if rows else AT
    assert last is not None
    before, after = last + first * MINUTE, last + (first + more) * MINUTE
    used = [clockwork.minutes_used(CALENDAR, promise, rows, at) for at in (before, after)]
    assert 0 <= used[0] <= used[1]


@given(minutes, minutes)
def test_while_it_stands_nothing_is_used(running: int, standing: int) -> None:
    promise = Promise(state="paused", started_at=AT, due_at=AT + 90 * DAY)
    begin = AT + running * MINUTE
    open_pause = [Pause(promise=promise, started_at=begin, ended_at=None)]
    used = clockwork.minutes_used(CALENDAR, promise, open_pause, begin)
    assert clockwork.minutes_used(CALENDAR, promise, open_pause, begin + standing * MINUTE) == used


@given(st.integers(1, 10_000), minutes)
def test_a_due_moment_has_exactly_the_hours_promised_before_it(allowed: int, start: int) -> None:
    at = AT + start * MINUTE
    due = clockwork.due_after(CALENDAR, at, allowed)
    assert between(CALENDAR, at, due) == allowed * MINUTE
    assert due == add(CALENDAR, at, allowed * MINUTE)


@given(st.lists(st.tuples(minutes, minutes), min_size=1, max_size=4))
def test_pauses_move_the_due_moment_by_exactly_their_spans(pauses: list[tuple[int, int]]) -> None:
    promise, rows = clock(pauses)
    due = promise.due_at
    assert due is not None
    for row in rows:
        ended, row.ended_at = row.ended_at, None
        row.save = lambda **kwargs: None  # type: ignore[method-assign]
        assert ended is not None
        resume_promise(promise, row, by=None, at=ended)
        assert row.ended_at == ended
    assert promise.due_at == due + sum((standing for _, standing in pauses)) * MINUTE
