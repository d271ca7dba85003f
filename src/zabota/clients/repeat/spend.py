"""Gamma-gamma: for how much a client buys at a time (Fader, Hardie 2013, “The Gamma-Gamma Model of
Monetary Value”). It holds where how much and how often have little to do with each other; the
correlation is told beside it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import digamma, gammaln

from zabota.clients.repeat.purchases import Floats, Histories

# With q of 1 or less the mean of all clients would be endless.
BOUNDS = [(-6.0, 8.0), (float(np.log(1.05)), 8.0), (-9.0, 11.0)]


@dataclass(frozen=True)
class SpendModel:
    """A sum is gamma with shape p around a mean of the client's own; those means come from an
    inverse gamma (q, gamma). `correlation` is between how much and how often.
    """

    p: float
    q: float
    gamma: float
    loglik: float = 0.0
    clients: int = 0
    correlation: float = 0.0

    @property
    def typical(self) -> float:
        """What a client of whom nothing is known spends at a time."""
        return self.p * self.gamma / (self.q - 1.0)

    def expected(self, of: Histories) -> Floats:
        """What each will spend at a time: its own mean drawn to everybody's, the more the less it
        has bought (formula 5).
        """
        px = self.p * of.again
        return self.p * (self.gamma + of.again * of.mean) / (px + self.q - 1.0)


def fit_spend(of: Histories) -> SpendModel | None:
    """By maximum likelihood over clients that bought again for something; none where fewer than
    three did.
    """
    some = of.only((of.again > 0) & (of.mean > 0))
    if len(some) < 3 or float(np.ptp(some.mean)) == 0.0:
        return None
    scale = float(some.mean.mean())
    best = minimize(
        _curve(some.again, some.mean / scale), np.log([2.0, 3.0, 1.0]), jac=True,
        method="L-BFGS-B", bounds=BOUNDS, options={"maxiter": 500, "ftol": 1e-13, "gtol": 1e-8},
    )  # fmt: skip
    p, q, gamma = (float(value) for value in np.exp(best.x))
    # Sums were counted in their own mean: each density is as many times less in money.
    loglik = -float(best.fun) * len(some) - len(some) * float(np.log(scale))
    alike = np.corrcoef(some.again, some.mean)[0, 1] if np.ptp(some.again) else 0.0
    return SpendModel(p, q, gamma * scale, loglik, len(some), float(alike))


def _curve(again: Floats, mean: Floats) -> Callable[[Floats], tuple[float, Floats]]:
    """Minus the mean log-likelihood and its gradient by the logarithms of p, q, gamma."""
    counts, which = np.unique(again, return_inverse=True)
    log_mean, log_again, total = np.log(mean), np.log(again), len(again)

    def curve(logs: Floats) -> tuple[float, Floats]:
        p, q, gamma = np.exp(logs)
        px = p * again
        log_all = np.log(gamma + again * mean)
        by_count = (gammaln(p * counts + q) - gammaln(p * counts))[which]
        value = (
            by_count - gammaln(q) + q * np.log(gamma)
            + (px - 1.0) * log_mean + px * log_again - (px + q) * log_all
        ).sum()  # fmt: skip
        more = digamma(p * counts + q)
        slopes = np.array([
            (again * ((more - digamma(p * counts))[which] + log_mean + log_again - log_all)).sum(),
            (more[which] - digamma(q) + np.log(gamma) - log_all).sum(),
            (q / gamma - (px + q) / (gamma + again * mean)).sum(),
        ])  # fmt: skip
        return -float(value) / total, -slopes * np.exp(logs) / total

    return curve
