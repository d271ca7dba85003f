"""All of it at once: fitted on what lies up to a day, tested on the rest."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from zabota.clients.repeat.base_rates import BaseRates, reckon_base_rates
from zabota.clients.repeat.hold_out import HoldOut, hold_out
from zabota.clients.repeat.purchases import WEEK, Histories, Purchases, histories
from zabota.clients.repeat.spend import SpendModel, fit_spend
from zabota.clients.repeat.visits import VisitModel, fit_visits

# Under that nothing is fitted at all; under ENOUGH a fit says little, and base rates are used.
LEAST: Final = (10, 3)
ENOUGH: Final = (100, 30)


@dataclass
class TooFew(Exception):
    """Nothing can be fitted: so many clients by that day, so many of them bought again."""

    clients: int
    again: int
    until: date


@dataclass(frozen=True)
class Evaluation:
    """What was fitted and how well it foretold; `purchases` counts days with a purchase up to
    `until`, `again` clients that bought more than once. `enough` says whether the model may be
    relied on; if not, `base` is what one goes by.
    """

    until: date
    last: date
    clients: int
    again: int
    purchases: int
    visits: VisitModel
    spend: SpendModel | None
    base: BaseRates | None
    held_out: HoldOut | None
    enough: bool


def evaluate(purchases: Purchases, until: date | None = None) -> Evaluation:
    """Fits on what lies up to `until`, itself included (the middle of all days where not given).
    TooFew where there is nothing to fit.
    """
    first, last = purchases.first_day, purchases.last_day
    end = until or first + timedelta(days=(last - first).days // 2)
    of = histories(purchases, end)
    again = int((of.again > 0).sum())
    if len(of) < LEAST[0] or again < LEAST[1]:
        raise TooFew(len(of), again, end)
    visits = fit_visits(of)
    ahead = (last - end).days / WEEK
    window = min(ahead, (end - first).days / WEEK / 2) or ahead
    return Evaluation(
        until=end,
        last=last,
        clients=len(of),
        again=again,
        purchases=int(of.again.sum()) + len(of),
        visits=visits,
        spend=fit_spend(of),
        base=reckon_base_rates(purchases, end, window) if window > 0 else None,
        held_out=hold_out(visits, purchases, end, last),
        enough=is_enough(of),
    )


def is_enough(of: Histories) -> bool:
    """Whether a model may be relied on."""
    return len(of) >= ENOUGH[0] and int((of.again > 0).sum()) >= ENOUGH[1]
