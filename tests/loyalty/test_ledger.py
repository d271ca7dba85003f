"""The sum of all postings is always nothing: whatever is done in whatever order, by many at once,
by tills that die in the middle and tell everything again.
"""

import os
import random
import signal
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.contracts.worlds import AT, DAY
from tests.loyalty.shop import TODAY, Shop, books_are_right
from tests.loyalty.small import small_shop
from tests.support.fresh import PROCESSES, FreshDatabase
from zabota.clients.actions import add_client
from zabota.clients.models import Client, Purchase
from zabota.journal.verify import verify_journal
from zabota.loyalty.actions import reverse_spend, spend_points, take_points_back
from zabota.loyalty.actions.till import Receipt, bring_back, ring_up
from zabota.loyalty.models import Account, Batch, Posting, Transfer, Unit
from zabota.loyalty.verify import faults_of_points
from zabota.people.models import User
from zabota.people.refusal import Refused


class Books(RuleBasedStateMachine):
    """Beside the books a plain count of what the client must have."""

    shop: Shop

    number = 0

    @initialize()
    def open(self) -> None:
        Books.number += 1
        self.name = f"m{Books.number}"
        self.client = add_client(
            {"name": self.name, "kind": "person"}, owner=self.shop.world.staff["manager"],
            by=None, at=AT,
        )  # fmt: skip
        self.have, self.told = 0, 0
        self.earned: dict[str, tuple[int, Decimal]] = {}
        self.gone: dict[str, int] = {}
        self.spent: list[Transfer] = []

    def mark(self) -> str:
        self.told += 1
        return f"{self.name}:{self.told}"

    def left(self) -> int:
        return sum(Batch.objects.filter(client=self.client).values_list("left", flat=True))

    @rule(sum_=st.integers(1, 500), day=st.sampled_from([TODAY, TODAY - DAY]))
    def earns(self, sum_: int, day: date) -> None:
        mark, paid = self.mark(), Decimal(sum_)
        self.shop.buyer = self.client
        batch = self.shop.buys(sum_, mark, day=day)
        if batch is not None:
            self.have += batch.amount
            self.earned[mark] = (batch.amount, paid)
        # What earned is known by its mark, whatever is told of it; too little earns no more again.
        assert self.shop.buys(sum_ if batch is None else sum_ + 1, mark, day=day) == batch

    @rule(amount=st.integers(0, 90))
    def spends(self, amount: int) -> None:
        mark, by = self.mark(), self.shop.cashier
        try:
            spent = spend_points(self.client, self.shop.unit, amount, mark=mark, by=by, at=AT)
        except Refused:
            assert amount == 0 or amount > max(0, self.have)
            return
        assert spend_points(self.client, self.shop.unit, amount, mark=mark, by=by, at=AT) == spent
        self.have -= amount
        self.spent.append(spent)

    @precondition(lambda self: self.spent)
    @rule(amount=st.none() | st.integers(1, 60))
    def gets_back(self, amount: int | None) -> None:
        spent, mark = self.spent[self.told % len(self.spent)], self.mark()
        back = reverse_spend(spent, mark=mark, by=self.shop.cashier, at=AT, amount=amount)
        self.have += back.amount if back is not None else 0

    @precondition(lambda self: self.earned)
    @rule(share=st.sampled_from([Decimal("0.3"), Decimal(1)]))
    def brings_goods_back(self, share: Decimal) -> None:
        earned = sorted(self.earned)[self.told % len(self.earned)]
        amount, paid = self.earned[earned]
        before, had_gone = self.have, self.gone.get(earned, 0)
        gone = take_points_back(
            self.client, earned, returned=paid * share, of=paid, mark=self.mark(), by=None, at=AT
        )
        owed = Batch.objects.get(transfer__mark=earned).may_owe
        # Of all told so far the latest holds: where less came back than was said, points return.
        self.gone[earned] = had_gone + gone
        most = int(amount * share)
        assert 0 <= self.gone[earned] <= most and (owed or gone <= max(0, before))
        assert not owed or self.gone[earned] == most
        self.have -= gone

    @invariant()
    def nothing_is_lost(self) -> None:
        if not hasattr(self, "client"):
            return
        assert self.left() == self.have
        assert list(faults_of_points()) == []
        by_account = dict.fromkeys(Account, 0)
        for account, amount in Posting.objects.values_list("account", "amount"):
            by_account[Account(account)] += amount
        assert sum(by_account.values()) == 0
        assert sum(Batch.objects.values_list("left", flat=True)) == by_account[Account.HELD]


def test_whatever_is_done(shop: Shop) -> None:
    shop.rule(until_day=TODAY - DAY)
    # From today on what is brought back is taken back, though it was spent.
    shop.rule(from_day=TODAY, may_owe=True)
    Books.shop = shop
    machine: Any = Books.TestCase
    machine.settings = settings(
        max_examples=15, stateful_step_count=18, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    machine("runTest").runTest()
    assert Transfer.objects.count() > 50


# Many tills at once; tills that are killed.

TILLS = 4
RECEIPTS = 8
FOLK = 6


def at_work(clients: list[int], cashier: int, till: int, first: int, last: int) -> int:
    """Receipts of one till, from one number to another: the same, however often they are told.
    Says how many points were moved by what this call told.
    """
    by, unit = User.objects.get(pk=cashier), Unit.objects.get()
    for number in range(first, last):
        chance = random.Random(f"{till}:{number}")
        client = Client.objects.get(pk=chance.choice(clients))
        name, sum_ = f"{till}-{number}", Decimal(chance.randint(100, 900))
        spend = chance.choice([0, 0, 5, 20])
        at = AT + timedelta(seconds=number)
        try:
            ring_up(client, Receipt(name, sum_, spend=spend, unit=unit), by=by, at=at)
        except Refused as refused:
            # Not enough points: paid in money, this time and whenever it is told again.
            if refused.code not in ("not_enough", "receipt_used"):
                raise
            ring_up(client, Receipt(name, sum_), by=by, at=at)
        if number % 7 == 0:
            told_twice(name, by, at)
    return last - first


def told_twice(name: str, by: User, at: Any) -> None:
    for _ in range(2):
        try:
            bring_back(None, name, slip="1", by=by, at=at)
        except Refused as refused:
            if refused.code != "all_back":
                raise


def count(clients: list[int]) -> tuple[int, int, bool, Any]:
    """Purchases, transfers told of twice, and whether the books and the journal are right."""
    return (
        Purchase.objects.count(),
        Transfer.objects.count() - Transfer.objects.values("mark", "unit").distinct().count(),
        books_are_right(),
        verify_journal().broken,
    )


def test_many_tills_at_once(on_both: FreshDatabase) -> None:
    clients, cashier = on_both.call(small_shop, FOLK)
    calls = [(at_work, (clients, cashier, till, 0, RECEIPTS)) for till in range(TILLS)]
    # Two of them tell the same receipts at the same moment.
    outcomes = on_both.race([*calls, calls[0]])
    assert [outcome.error for outcome in outcomes] == [None] * 5
    assert on_both.call(count, clients) == (RECEIPTS * TILLS, 0, True, None)


def dying(clients: list[int], cashier: int, till: int, first: int, last: int, writes: int) -> int:
    """The same, killed in the middle of its work, at any write of any transaction."""
    left = {"writes": writes}

    def watch(execute: Callable[..., Any], sql: str, *told: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE")):
            left["writes"] -= 1
            if left["writes"] < 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, *told)

    with connection.execute_wrapper(watch):
        return at_work(clients, cashier, till, first, last)


def test_tills_that_die_and_tell_everything_again(on_both: FreshDatabase) -> None:
    """Killed at random, several times each; then they tell all of it again: nothing is lost,
    nothing doubled. `ZABOTA_TEST_POINTS` receipts in all: 10,000 take minutes, so few here.
    """
    clients, cashier = on_both.call(small_shop, FOLK)
    each = int(os.environ.get("ZABOTA_TEST_POINTS", "36")) // 2
    chance = random.Random(2026)
    for _ in range(3):
        barrier = PROCESSES.Barrier(2)
        runs = [
            on_both.start(
                dying, (clients, cashier, till, 0, each, chance.randint(20, each * 12)), barrier
            )
            for till in range(2)
        ]
        for process, _pipe in runs:
            process.join()
        assert on_both.call(count, clients)[1:] == (0, True, None)
    outcomes = on_both.race([(at_work, (clients, cashier, till, 0, each)) for till in range(2)])
    assert [outcome.error for outcome in outcomes] == [None, None]
    assert on_both.call(count, clients) == (2 * each, 0, True, None)
    # Once more from the beginning, as a till does that lost its memory: not a point moves.
    before = on_both.call(moved)
    on_both.race([(at_work, (clients, cashier, till, 0, each)) for till in range(2)])
    assert on_both.call(moved) == before


def moved() -> tuple[int, int]:
    return Posting.objects.count(), Transfer.objects.count()
