"""A year of a firm whose truth is known: clients who buy by chance, four of ours who give. Laid
straight into the tables: by actions it would take minutes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from django.db import transaction

from tests.people.conftest import Staff, make_staff
from zabota.clients.actions import fit_daily
from zabota.clients.models import Client, Purchase
from zabota.goodwill.actions import measure_gifts, open_allowances, open_review, set_terms
from zabota.goodwill.models import Allowance, Gift, GiftState, PaidBy
from zabota.journal.models import Stream
from zabota.people.models import Employee

AT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 16)
BASE = Decimal(3000)
CLIENTS, WEEKS = 600, 104


@dataclass
class Played:
    """The firm; `useful` brings a third more back, `idle` gives to the loyal without effect and
    rather puts them off, `usual` a little, `new` has given five times.
    """

    staff: Staff
    useful: Employee
    idle: Employee
    usual: Employee
    new: Employee


# Of each who gives: how many gifts, how many more of their clients come back, how often these had
# bought before.
GIVING = {
    "useful": (60, 0.35, 0),
    "idle": (60, -0.3, 6),
    "usual": (60, 0.05, 1),
    "new": (5, 0.0, 0),
}


def play_year(clients: int = CLIENTS) -> Played:
    """Everything up to the moment before the worker looks."""
    staff = make_staff()
    set_terms({"base": BASE}, by=None, at=AT - timedelta(days=40))
    open_allowances(by=None, at=AT - timedelta(days=40))
    firm = Played(staff, staff.lawyer, staff.clerk, staff.lead, staff.owner)
    people = make_clients([f"Клиент {place}" for place in range(clients)], staff.clerk)
    lay_year({name: getattr(firm, name) for name in GIVING}, people, TODAY)
    return firm


def lay_year(
    givers: Mapping[str, Employee],
    people: Sequence[Client],
    today: date,
    occasion: str = "за терпение",
) -> None:
    """What these clients bought in two years up to `today`, and what they were given in between."""
    chance = np.random.default_rng(4)
    days = buy(len(people), today, chance)
    taken: set[int] = set()
    gifts: list[Gift] = []
    for name, (many, effect, loyal) in GIVING.items():
        for _ in range(many):
            day = today - timedelta(days=int(chance.integers(95, 330)))
            place = whom(days, day, loyal, taken, chance)
            one = gift(givers[name], people[place], day, len(gifts), occasion=occasion)
            one.state, one.claimed_at, one.used_at = GiftState.USED, one.given_at, one.given_at
            gifts.append(one)
            follow(days[place], day, effect, chance)
    Gift.objects.bulk_create(gifts)
    Purchase.objects.bulk_create(
        Purchase(client=people[place], day=day, sum=Decimal(1000 + place), mark=f"t:{place}:{day}")
        for place, own in enumerate(days) for day in sorted(own)
    )  # fmt: skip


def work(at: datetime = AT) -> None:
    """What the worker does of it."""
    fit_daily(by=None, at=at)
    measure_gifts(by=None, at=at)


def buy(clients: int, today: date, chance: np.random.Generator) -> list[set[date]]:
    """Days on which each buys, over two years."""
    found = []
    start = today - timedelta(weeks=WEEKS)
    for rate in chance.gamma(1.2, 1 / 12, clients):
        at, own = float(chance.uniform(0, 30)), set()
        while at < WEEKS:
            own.add(start + timedelta(days=int(at * 7)))
            if chance.random() < 0.06:
                break
            at += float(chance.exponential(1 / rate))
        found.append(own)
    return found


def whom(
    days: list[set[date]], given: date, loyal: int, taken: set[int], chance: np.random.Generator
) -> int:
    """A client who had bought so often before that day, and has got nothing yet."""
    while True:
        place = int(chance.integers(len(days)))
        if place not in taken and sum(day <= given for day in days[place]) >= loyal:
            taken.add(place)
            return place


def follow(days: set[date], given: date, effect: float, chance: np.random.Generator) -> None:
    """What a gift does: one comes who would not have, or one stays away who would have come."""
    last = given + timedelta(weeks=13)
    came = {day for day in days if given < day <= last}
    if effect > 0 and not came and chance.random() < effect:
        days.add(given + timedelta(days=int(chance.integers(3, 80))))
    if effect < 0 and came and chance.random() < -effect:
        days -= came


def make_clients(names: Sequence[str], owner: Employee) -> list[Client]:
    """Cards and nothing else."""
    streams = Stream.objects.bulk_create(Stream() for _ in names)
    return Client.objects.bulk_create(
        Client(name=name, owner=owner, stream=stream, made_at=AT)
        for name, stream in zip(names, streams, strict=True)
    )


def gift(employee: Employee, client: Client, day: date, number: int, **more: Any) -> Gift:
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    told: dict[str, Any] = {
        "number": f"П-{number}", "employee": employee, "client": client, "kind": "flowers",
        "occasion": "за терпение", "cost": Decimal(100), "currency": "RUB",
        "paid_by": PaidBy.BUDGET, "allowance": Allowance.objects.filter(employee=employee).first(),
        "given_at": at, "claim_until": at + timedelta(days=30), "salt": f"s{number}",
        "digest": f"d{number}",
    }  # fmt: skip
    return Gift(**(told | more))


@pytest.fixture(scope="module")
def year(django_db_setup: None, django_db_blocker: object) -> Iterator[Played]:
    """Built once; what a test does on top is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        played = play_year()
        work()
        open_review(by=None, at=AT)
        yield played
        transaction.set_rollback(True)


@pytest.fixture
def played(year: Played, db: None) -> Played:
    return year
