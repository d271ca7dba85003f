"""BG/NBD: how often clients buy and when they silently leave (Fader, Hardie, Lee 2005, “Counting
Your Customers” the Easy Way, Marketing Science 24(2)).

While a client stays, purchases come at a rate of its own; the rates are gamma (r, alpha). After any
purchase it leaves with a chance of its own; the chances are beta (a, b).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import OptimizeResult, minimize
from scipy.special import betaln, digamma, expit, gammaln, hyp2f1

from zabota.clients.repeat.purchases import Floats, Histories

# Logarithms of r, alpha, a and b are looked for here; at an edge the data do not tell it. Where all
# leave with one chance, a and b grow without end: a of 148 is as good as that, and its powers fit.
LOWEST = np.array([-9.0, -9.0, -9.0, -9.0])
HIGHEST = np.array([7.0, 11.0, 5.0, 9.0])
NEAR_ONE = 1e-6
type Curve = Callable[[Floats], tuple[float, Floats]]


@dataclass(frozen=True)
class VisitModel:
    """The fitted model. `loglik` is of all clients it was fitted on; `at_edge` says that the data
    did not tell a parameter (such as when nobody ever left).
    """

    r: float
    alpha: float
    a: float
    b: float
    loglik: float = 0.0
    clients: int = 0
    at_edge: bool = False

    def expected(self, weeks: Floats | float) -> Floats:
        """Purchases after the first one that a new client makes within so many weeks."""
        nobody = np.zeros_like(np.asarray(weeks, dtype=np.float64))
        return self._expected(nobody, nobody, np.asarray(weeks, dtype=np.float64))

    def alive(self, of: Histories) -> Floats:
        """The chance that each has not left; whoever never bought again cannot have."""
        again = of.again
        late = (self.r + again) * (np.log(self.alpha + of.age) - np.log(self.alpha + of.last))
        odds = np.log(self.a) - np.log(self.b + np.maximum(again, 1.0) - 1.0) + late
        return np.where(again > 0, expit(-odds), 1.0)

    def expected_after(self, of: Histories, weeks: Floats | float) -> Floats:
        """Purchases that each will make within so many weeks, given what it did before."""
        ahead = np.broadcast_to(np.asarray(weeks, dtype=np.float64), of.again.shape)
        return self._expected(of.again, of.age, ahead) * self.alive(of)

    def chance_after(self, of: Histories, weeks: Floats | float) -> Floats:
        """The chance that each buys at all within so many weeks. One that stays buys at a rate that
        is gamma (r + again, alpha + age); one that has left never does.
        """
        quiet = np.log1p(np.asarray(weeks, dtype=np.float64) / (self.alpha + of.age))
        return -np.expm1(-(self.r + of.again) * quiet) * self.alive(of)

    def _expected(self, again: Floats, age: Floats, weeks: Floats) -> Floats:
        """Of one who is there. Formula 10 with the hypergeometric function transformed by Euler, so
        that no large power is left. Where a is 1, or r and a differ by a whole number, it has a
        limit, taken from beside it.
        """
        a = self.a if abs(self.a - 1.0) > NEAR_ONE else 1.0 + NEAR_ONE
        apart = self.r - a
        r = self.r if abs(apart - round(apart)) > NEAR_ONE else self.r + 2 * NEAR_ONE
        c = a + self.b + again - 1.0
        c = np.where(np.abs(c) > NEAR_ONE, c, NEAR_ONE)
        z = weeks / (self.alpha + age + weeks)
        left = np.exp((a - 1.0) * np.log1p(-z))
        there = 1.0 - left * hyp2f1(a + self.b - 1.0 - r, a - 1.0, c, z)
        return np.asarray(c / (a - 1.0) * there)


def fit_visits(of: Histories) -> VisitModel:
    """By maximum likelihood; the first day of a client is given, not told by the model. A second
    beginning is tried only where the first leads to an edge.
    """
    curve, weeks = _curve(of), max(float(of.age.mean()), 1e-3)
    best, edge = _lowest(curve, (0.5, weeks * 0.3, 0.8, 2.0))
    if edge:
        other, other_edge = _lowest(curve, (1.0, weeks, 0.3, 3.0))
        best, edge = min(((best, edge), (other, other_edge)), key=lambda one: float(one[0].fun))
    r, alpha, a, b = (float(value) for value in np.exp(best.x))
    return VisitModel(r, alpha, a, b, -float(best.fun) * len(of), len(of), edge)


def _lowest(curve: Curve, start: tuple[float, ...]) -> tuple[OptimizeResult, bool]:
    """Where the curve is lowest from there on, and whether that is at an edge."""
    found = minimize(
        curve, np.log(start), jac=True, method="L-BFGS-B", 
        bounds=list(zip(LOWEST, HIGHEST, strict=True)),
        options={"maxiter": 500, "ftol": 1e-12, "gtol": 1e-7},
    )  # fmt: skip
    return found, bool(np.any((found.x < LOWEST + 0.01) | (found.x > HIGHEST - 0.01)))


def log_likelihood(model: VisitModel, of: Histories) -> float:
    """Of what these clients did, under this model (formula 6)."""
    parameters = np.log([model.r, model.alpha, model.a, model.b])
    return -_curve(of)(parameters)[0] * len(of)


def _curve(of: Histories) -> Curve:
    """Minus the mean log-likelihood and its gradient by the logarithms of r, alpha, a, b.

    Clients with one history are counted, not repeated, and special functions are asked once for
    each number of purchases: of 100,000 clients most bought once, in one of a few hundred days.
    Long sums are no products of vectors: those would start threads that wait for each other.
    """
    alike, many = np.unique(np.stack([of.again, of.last, of.age]), axis=1, return_counts=True)
    again, last, age = map(np.ascontiguousarray, alike)
    counts, which = np.unique(again, return_inverse=True)
    sizes = np.bincount(which, weights=many)
    total, came = len(of), again > 0

    def curve(logs: Floats) -> tuple[float, Floats]:
        r, alpha, a, b = np.exp(logs)
        log_age, log_last = np.log(alpha + age), np.log(alpha + last)
        more = r + again
        left = (np.log(a) - np.log(b + np.maximum(counts, 1.0) - 1.0))[which]
        stays = -more * log_age
        leaves = np.where(came, left - more * log_last, -np.inf)
        told = np.logaddexp(stays, leaves)
        gone = many * np.exp(leaves - told)
        here = many - gone
        by_count = gammaln(r + counts) - gammaln(r) + betaln(a, b + counts) - betaln(a, b)
        value = sizes @ by_count + total * r * np.log(alpha) + (many * told).sum()

        gone_by_count = np.bincount(which, weights=gone, minlength=len(counts))
        both = digamma(a + b) - digamma(a + b + counts)
        slopes = np.array([
            sizes @ (digamma(r + counts) - digamma(r)) + total * np.log(alpha)
            - (here * log_age + gone * log_last).sum(),
            total * r / alpha - (more * (here / (alpha + age) + gone / (alpha + last))).sum(),
            sizes @ both + gone.sum() / a,
            sizes @ (both + digamma(b + counts) - digamma(b))
            - gone_by_count @ (1.0 / (b + np.maximum(counts, 1.0) - 1.0)),
        ])  # fmt: skip
        return -float(value) / total, -slopes * np.exp(logs) / total

    return curve
