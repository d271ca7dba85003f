"""Several people at the same moment, on both databases: nothing doubled, nothing stuck, no gap."""

import os
import pickle
import signal
import time
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from typing import Any

import pytest
from django.db import connection, transaction

from tests.contracts.worlds import (
    AT,
    approve,
    fresh_contract,
    open_now,
    person,
    route,
    seat,
    sent,
    stage,
    step,
)
from tests.support.fresh import LONGEST, PROCESSES, FreshDatabase
from zabota.cases.actions import next_number
from zabota.cases.models import Holder, Series
from zabota.contracts.actions import approve_stage, return_stage, save_clause, submit_contract
from zabota.contracts.actions.settle import AlreadyDecided
from zabota.contracts.models import Contract, Decision, Draft, Version
from zabota.home import work
from zabota.home.world import World, begin, clause_numbered
from zabota.journal.actions import lock_stream, record
from zabota.journal.kinds import kind_named
from zabota.journal.models import Entry, Stream
from zabota.journal.verify import verify_journal
from zabota.people.actions import dismiss_employee

# Without the lock on the stream eight in ten pairs never open the next stage: of ten, one tells.
TIMES = 10
type Firm = tuple[FreshDatabase, bytes]


def world_of(made: bytes) -> World:
    world: World = pickle.loads(made)
    return world


def one_seat(made: bytes) -> list[int]:
    """Contracts before a seat that two lawyers may settle."""
    world = world_of(made)
    route(world, step("legal", "legal", [seat("power")]))
    return [stage(sent(world), "legal").pk for _ in range(5)]


def side_by_side(made: bytes, times: int) -> list[dict[str, int]]:
    """Contracts before two parallel stages, a third after them."""
    world = world_of(made)
    route(
        world,
        step("a", "legal", [person(world, "lawyer")]),
        step("b", "finance", [person(world, "finance")]),
        step("c", "director", [person(world, "director")], 2),
    )
    contracts = [sent(world) for _ in range(times)]
    return [{"contract": c.pk, "a": stage(c, "a").pk, "b": stage(c, "b").pk} for c in contracts]


def decide_each(made: bytes, stages: list[int], who: str, together: Barrier) -> list[str]:
    """This person approves each stage, all persons at the same moment."""
    viewer = world_of(made).as_staff(who)
    answers = []
    for pk in stages:
        together.wait(LONGEST)
        try:
            approve_stage(pk, by=viewer, at=AT)
            answers.append("decided")
        except AlreadyDecided:
            answers.append("late")
    return answers


def test_two_who_decide_the_same_seat_make_one_decision(firm_on_both: Firm) -> None:
    database, made = firm_on_both
    stages = database.call(one_seat, made)
    together = PROCESSES.Barrier(2)
    outcomes = database.race(
        [(decide_each, (made, stages, who, together)) for who in ("lawyer", "lawyer2")]
    )
    assert [outcome.error for outcome in outcomes] == [None, None]
    one, other = (outcome.value for outcome in outcomes)
    assert [sorted(pair) for pair in zip(one, other, strict=True)] == [["decided", "late"]] * 5
    assert database.call(decisions) == (5, None)


def decisions() -> tuple[int, Any]:
    return Decision.objects.count(), verify_journal().broken


def test_two_parallel_stages_decided_at_once_open_the_next(firm_on_both: Firm) -> None:
    database, made = firm_on_both
    rows = database.call(side_by_side, made, TIMES)
    together = PROCESSES.Barrier(2)
    outcomes = database.race(
        [
            (decide_each, (made, [row[key] for row in rows], who, together))
            for key, who in (("a", "lawyer"), ("b", "finance"))
        ]
    )
    assert [outcome.error for outcome in outcomes] == [None, None]
    assert [outcome.value for outcome in outcomes] == [["decided"] * TIMES] * 2
    assert database.call(opened, [row["contract"] for row in rows]) == [{"c"}] * TIMES
    assert database.call(decisions) == (2 * TIMES, None)


def opened(contracts: list[int]) -> list[set[str]]:
    return [open_now(Contract.objects.get(pk=pk)) for pk in contracts]


def approve_or_return(made: bytes, stages: list[int], who: str, together: Barrier) -> list[str]:
    viewer = world_of(made).as_staff(who)
    answers = []
    for pk in stages:
        together.wait(LONGEST)
        try:
            return_stage(pk, by=viewer, at=AT, asked="Уточните")
            answers.append("returned")
        except AlreadyDecided:
            answers.append("late")
    return answers


def test_one_approves_while_another_returns(firm_on_both: Firm) -> None:
    """Whoever was first, the contract is with the client and nobody of ours is asked any more."""
    database, made = firm_on_both
    rows = database.call(side_by_side, made, 10)
    together = PROCESSES.Barrier(2)
    outcomes = database.race(
        [
            (decide_each, (made, [row["a"] for row in rows], "lawyer", together)),
            (approve_or_return, (made, [row["b"] for row in rows], "finance", together)),
        ]
    )
    assert [outcome.error for outcome in outcomes] == [None, None]
    assert outcomes[1].value == ["returned"] * 10
    assert database.call(states, [row["contract"] for row in rows]) == [("returned", 0)] * 10


def states(contracts: list[int]) -> list[tuple[str, int]]:
    found = []
    for pk in contracts:
        case = Contract.objects.select_related("case").get(pk=pk).case
        stages = Holder.objects.filter(case=case, promise__stage__isnull=False)
        found.append((case.state, stages.filter(rank_at__isnull=False).count()))
    return found


# Numbers.


def take_numbers(count: int, seed: int) -> list[int]:
    taken = []
    for turn in range(count):
        try:
            with transaction.atomic():
                _, number = next_number("tried", by=None, at=AT)
                if (turn + seed) % 4 == 0:
                    raise InterruptedError
            taken.append(number)
        except InterruptedError:
            continue
    return taken


def last_number() -> int:
    return Series.objects.get(name="tried").last


def test_numbers_have_no_gap_though_every_fourth_is_given_back(firm_on_both: Firm) -> None:
    database, _ = firm_on_both
    outcomes = database.race([(take_numbers, (40, seed)) for seed in range(4)])
    assert [outcome.error for outcome in outcomes] == [None] * 4
    taken = sorted(number for outcome in outcomes for number in outcome.value)
    assert taken == list(range(1, 121))
    assert database.call(last_number) == 120


# The chain.


def open_one() -> int:
    return Stream.objects.create().pk


def write_many(pk: int, count: int) -> None:
    for number in range(count):
        with transaction.atomic():
            record(lock_stream(pk), kind_named("case.owner_changed"), by=None, at=AT, n=number)


def chain(pk: int) -> tuple[int, int, Any]:
    stream = Stream.objects.get(pk=pk)
    return stream.seq, Entry.objects.filter(stream=stream).count(), verify_journal().broken


def test_eight_writers_on_one_stream_leave_the_chain_whole(on_both: FreshDatabase) -> None:
    pk = on_both.call(open_one)
    outcomes = on_both.race([(write_many, (pk, 25))] * 8)
    assert [outcome.error for outcome in outcomes] == [None] * 8
    assert on_both.call(chain, pk) == (200, 200, None)


# What is being typed while it is sent, and workers that die.


def drafted(made: bytes) -> tuple[int, str]:
    contract = begin(world_of(made), "supply-ru", "anna", AT)
    return contract.pk, clause_numbered(contract, "5.1")


def save_and_wait(made: bytes, pk: int, clause: str, together: Barrier) -> str:
    """A save that has written and not yet committed when the sending begins."""
    contract = Contract.objects.get(pk=pk)
    with transaction.atomic():
        save_clause(
            contract, clause, {"0": "Последние слова."}, by=world_of(made).as_guest("boris"), at=AT
        )
        together.wait(LONGEST)
        time.sleep(0.3)
    return "saved"


def send_meanwhile(made: bytes, pk: int, together: Barrier) -> int:
    together.wait(LONGEST)
    contract = Contract.objects.get(pk=pk)
    return submit_contract(contract, by=world_of(made).as_guest("anna"), at=AT).pk


def words_sent(pk: int) -> tuple[int, bool]:
    version = Version.objects.get(contract=pk)
    changes = version.changes.count()
    return changes, Draft.objects.filter(contract=pk).exists()


def test_what_was_saved_while_it_was_sent_is_sent(firm_on_both: Firm) -> None:
    database, made = firm_on_both
    pk, clause = database.call(drafted, made)
    together = PROCESSES.Barrier(2)
    outcomes = database.race(
        [(save_and_wait, (made, pk, clause, together)), (send_meanwhile, (made, pk, together))]
    )
    assert [outcome.error for outcome in outcomes] == [None, None]
    assert database.call(words_sent, pk) == (1, False)


def lawyer_leaves(made: bytes) -> list[int]:
    world = world_of(made)
    contracts = [sent(world) for _ in range(4)]
    for contract in contracts:
        approve(world, contract, "manager", "manager")
    dismiss_employee(world.staff["lawyer"], by=None, at=AT)
    return [contract.pk for contract in contracts]


def die_in(place: str) -> None:
    """The worker is killed where it is about to write one entry more than `place`."""
    writes = {"left": int(place)}

    def watch(execute: Callable[..., Any], sql: str, *told: Any) -> Any:
        if sql.startswith('INSERT INTO "journal_entry"'):
            writes["left"] -= 1
            if writes["left"] < 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, *told)

    with connection.execute_wrapper(watch):
        work.run_once(AT)


def run_worker() -> int:
    return work.run_once(AT)


def after_all(contracts: list[int]) -> list[tuple[set[str], list[str]]]:
    found = []
    for pk in contracts:
        contract = fresh_contract(Contract.objects.get(pk=pk))
        rows = Holder.objects.filter(promise=stage(contract, "legal").promise, outcome="")
        kinds = Entry.objects.filter(stream=contract.case.stream_id, kind__endswith="relaid")
        names = {
            email.split("@")[0] for email in rows.values_list("employee__user__email", flat=True)
        }
        found.append((names, [entry.kind for entry in kinds]))
    return found


@pytest.mark.parametrize("place", ["1", "3"])
def test_a_killed_worker_loses_and_doubles_nothing(firm_on_both: Firm, place: str) -> None:
    database, made = firm_on_both
    contracts = database.call(lawyer_leaves, made)
    with pytest.raises(RuntimeError, match="ended with"):
        database.call(die_in, place)
    database.race([(run_worker, ())] * 2)
    database.call(run_worker)
    expected = [({"director"}, ["contract.holders_relaid"])] * 4
    assert database.call(after_all, contracts) == expected
    assert database.call(decisions)[1] is None
