"""A played firm whose truth is known: clients who buy and leave by chance, employees who give to
clients after their own taste, and what each gift really did. Nothing of it comes from a database.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
from scipy.special import logit
from scipy.stats import spearmanr

from zabota.clients.repeat import calibrate, fit_visits
from zabota.clients.repeat.purchases import Floats, histories, join_days
from zabota.goodwill.returns import Effects, Outcome, propose, reckon_effects
from zabota.goodwill.returns.proposal import FLOOR, STEPS

WEEKS = 13
HISTORY = 52
START = 730_000
BASE = Decimal(3000)
COST = 100.0


@dataclass(frozen=True)
class Clients:
    """Of each: its true chance to buy within WEEKS if left alone, and what our model says of it."""

    true: Floats
    told: Floats


@dataclass(frozen=True)
class Employee:
    """By how many points its gifts bring people back, how many it gives, and how much it is drawn
    to those who come anyway (below nothing: to those who are about to leave).
    """

    effect: float
    gifts: int
    taste: float


@dataclass(frozen=True)
class Figures:
    """What was seen of one employee's gifts, and what they really did on average."""

    outcomes: list[Outcome]
    truth: float


def make_clients(count: int, chance: np.random.Generator) -> Clients:
    """Bought for a year, fitted, and put right by themselves: nobody has got a gift yet."""
    rate, leaves = chance.gamma(0.9, 1 / 9, count), chance.beta(0.9, 6.0, count)
    first = chance.integers(0, HISTORY * 7, count)
    rows = [(np.arange(count), START + first)]
    at, alive = first.astype(np.float64), np.ones(count, dtype=bool)
    gone = np.zeros(count)
    last = (HISTORY + WEEKS) * 7
    while alive.any():
        at = np.where(alive, at + chance.exponential(7 / rate), at)
        alive &= at < last
        rows.append((np.flatnonzero(alive), START + at[alive].astype(np.int64)))
        leaving = alive & (chance.random(count) < leaves)
        gone[leaving] = at[leaving]
        alive &= ~leaving
    client, day = (np.concatenate(column) for column in zip(*rows, strict=True))
    names = tuple(map(str, range(count)))
    purchases = join_days(names, client, day, np.full(len(client), COST))
    cut = date.fromordinal(START + HISTORY * 7)
    of = histories(purchases, cut)
    model = fit_visits(of)
    right = calibrate(model, purchases, cut, WEEKS)
    there = (gone == 0) | (gone > HISTORY * 7)
    true = np.where(there, -np.expm1(-rate * WEEKS), 0.0)
    return Clients(true[of.client], right.chance_after(of, WEEKS))


def give(
    clients: Clients, employee: Employee, number: int, gifts: int, chance: np.random.Generator
) -> Figures:
    """So many gifts, to clients after one's taste; what came of each."""
    drawn = employee.taste * logit(np.clip(clients.told, 0.01, 0.99))
    chosen = np.argsort(-(drawn + chance.gumbel(size=len(drawn))))[:gifts]
    true, told = clients.true[chosen], clients.told[chosen]
    moved = np.clip(employee.effect, -true, 1 - true)
    came = chance.random(gifts) < true + moved
    outcomes = [
        Outcome(number, bool(came_), float(told_), cost=COST, expected_sum=float(told_) * 3000)
        for came_, told_ in zip(came, told, strict=True)
    ]
    return Figures(outcomes, float(moved.mean()))


def make_staff(count: int, chance: np.random.Generator) -> list[Employee]:
    """Some bring many back, some nobody; taste has nothing to do with it."""
    return [
        Employee(
            float(np.clip(chance.normal(0.05, 0.07), -0.05, 0.25)),
            int(chance.integers(15, 120)),
            float(chance.uniform(-1.2, 1.2)),
        )
        for _ in range(count)
    ]


@dataclass(frozen=True)
class Ranks:
    """How well employees are told apart, by our rule and by how many of theirs came back."""

    ours: float
    raw: float


def rank_staff(clients: Clients, chance: np.random.Generator, count: int = 30) -> Ranks:
    """One firm of so many employees: rank correlations with the truth."""
    staff = make_staff(count, chance)
    seen = [give(clients, one, place, one.gifts, chance) for place, one in enumerate(staff)]
    effects = reckon_effects([one for figures in seen for one in figures.outcomes])
    truth = [figures.truth for figures in seen]
    ours = [effects.by_employee[place].points.mean for place in range(count)]
    raw = [_came(figures.outcomes) for figures in seen]
    return Ranks(_alike(ours, truth), _alike(raw, truth))


def pair(clients: Clients, chance: np.random.Generator) -> bool:
    """Two with 40 gifts each: one gives to the most loyal without any effect, the other's bring
    twelve points more back. Whether ours ranks the second first.
    """
    loyal = give(clients, Employee(0.0, 40, 3.0), 0, 40, chance)
    useful = give(clients, Employee(0.12, 40, 0.0), 1, 40, chance)
    effects = reckon_effects([*loyal.outcomes, *useful.outcomes]).by_employee
    return effects[1].points.mean > effects[0].points.mean


def spend_well(
    clients: Clients, chance: np.random.Generator, rule: str, count: int = 30, periods: int = 8
) -> float:
    """So many periods under one rule: of a hundred gifts of the last one, how many brought somebody
    back who would not have come. Steps and floors are the same whatever the rule.
    """
    staff, budgets = make_staff(count, chance), [BASE] * count
    seen: list[list[Outcome]] = [[] for _ in staff]
    brought = gifts = 0.0
    for period in range(periods):
        brought = gifts = 0.0
        for place, one in enumerate(staff):
            many = int(float(budgets[place]) / COST)
            given = give(clients, one, place, many, chance)
            seen[place] += given.outcomes
            brought, gifts = brought + given.truth * many, gifts + many
        if period < periods - 1:
            budgets = _moved(rule, staff, seen, budgets)
    return 100 * brought / gifts


def _moved(
    rule: str, staff: list[Employee], seen: list[list[Outcome]], budgets: list[Decimal]
) -> list[Decimal]:
    if rule == "same":
        return budgets
    if rule == "ours":
        effects: Effects = reckon_effects([one for outcomes in seen for one in outcomes])
        return [
            propose(effects.by_employee.get(place), effects, budget=budget, base=BASE).budget
            for place, budget in enumerate(budgets)
        ]
    marks = [_came(outcomes) for outcomes in seen]
    if rule == "truth":
        marks = [one.effect for one in staff]
    low, high = np.quantile(marks, [1 / 3, 2 / 3])
    moved = []
    for mark, outcomes, budget in zip(marks, seen, budgets, strict=True):
        most = next((share for least, share in STEPS if len(outcomes) >= least), Decimal(0))
        sign = 1 if mark > high else -1 if mark < low else 0
        moved.append(max(BASE * FLOOR, budget * (1 + sign * most)))
    return moved


def _came(outcomes: list[Outcome]) -> float:
    return sum(one.came for one in outcomes) / len(outcomes)


def _alike(one: list[float], other: list[float]) -> float:
    return float(spearmanr(one, other).statistic)
