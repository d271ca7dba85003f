"""What is proposed for a budget, and why. A person decides."""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum
from typing import Final

from zabota.goodwill.returns.effects import Effect, Effects

# Fewer gifts say nothing; from so many on a step is at most so large.
FEWEST: Final = 10
STEPS: Final = ((50, Decimal("0.20")), (FEWEST, Decimal("0.10")))
# Of fewer people what is typical would tell of one of them; they are held to nothing at all.
COLLEAGUES: Final = 3
# So sure one has to be for any step, and so sure for the whole of it.
SURE: Final = 0.8
QUITE_SURE: Final = 0.95
FLOOR: Final = Decimal("0.5")
ROUND_TO: Final = Decimal(10)


class Step(StrEnum):
    """What is proposed."""

    FEW = "few"
    RAISE = "raise"
    KEEP = "keep"
    CUT = "cut"


class Reason(StrEnum):
    """Why; the words are the pages'."""

    FEW = "few"
    ABOVE = "above"
    ABOVE_NOTHING = "above_nothing"
    BELOW = "below"
    BELOW_NOTHING = "below_nothing"
    UNSURE = "unsure"
    COSTS_MORE = "costs_more"
    AT_FLOOR = "at_floor"


@dataclass(frozen=True)
class Proposal:
    """A step with its size (a share of the budget, signed), the budget it leads to, and why."""

    step: Step
    reason: Reason
    share: Decimal
    budget: Decimal


def propose(effect: Effect | None, effects: Effects, *, budget: Decimal, base: Decimal) -> Proposal:
    """For one employee with this budget, where the firm's own base is `base`. `effect` is of all
    gifts looked back at; none where there was no gift.
    """
    gifts = effect.gifts if effect else 0
    if effect is None or gifts < FEWEST:
        return Proposal(Step.FEW, Reason.FEW, Decimal(0), budget)
    most = next(share for least, share in STEPS if gifts >= least)
    beside_others = _beside_others(effects)
    above = effect.points.above_typical if beside_others else effect.points.above_nothing
    if above >= SURE and effect.points.above_nothing >= SURE:
        if effect.back is not None and effect.back < 1.0:
            return Proposal(Step.KEEP, Reason.COSTS_MORE, Decimal(0), budget)
        why = Reason.ABOVE if beside_others else Reason.ABOVE_NOTHING
        return _moved(Step.RAISE, why, budget, most * _sureness(above), base)
    if 1.0 - above >= SURE:
        why = Reason.BELOW if beside_others else Reason.BELOW_NOTHING
        return _moved(Step.CUT, why, budget, -most * _sureness(1.0 - above), base)
    return Proposal(Step.KEEP, Reason.UNSURE, Decimal(0), budget)


def _beside_others(effects: Effects) -> bool:
    """Whether one is held to what is typical: where enough colleagues give, and gifts do good."""
    known = sum(one.gifts >= FEWEST for one in effects.by_employee.values())
    return known >= COLLEAGUES and effects.typical > 0


def _sureness(chance: float) -> Decimal:
    """Half a step where one is just sure enough, the whole where one is quite sure."""
    part = min(1.0, (chance - SURE) / (QUITE_SURE - SURE))
    return Decimal("0.5") + Decimal(round(part / 2, 4))


def _moved(step: Step, why: Reason, budget: Decimal, share: Decimal, base: Decimal) -> Proposal:
    """Whole percents and round sums, so that nobody gets more than a step allows; a cut ends at
    half of the firm's base.
    """
    percent = (abs(share) * 100).quantize(Decimal(1), ROUND_FLOOR)
    change = (budget * percent / 100 / ROUND_TO).quantize(Decimal(1), ROUND_FLOOR) * ROUND_TO
    if step == Step.CUT:
        change = min(change, max(Decimal(0), budget - base * FLOOR))
        if change <= 0:
            return Proposal(Step.KEEP, Reason.AT_FLOOR, Decimal(0), budget)
        return Proposal(step, why, -change / budget, budget - change)
    if change <= 0:
        return Proposal(Step.KEEP, Reason.UNSURE, Decimal(0), budget)
    return Proposal(step, why, change / budget, budget + change)
