"""What gifts brought: how many of those who got one came back, beside how many would have come
anyway; by employee, with an interval; and what follows for budgets.

Plain Python over numpy, free of Django. Effects are shares: 0.12 is twelve points.
"""

from zabota.goodwill.returns.effects import Effect, Effects, Outcome, reckon_effects
from zabota.goodwill.returns.pool import Estimate, Pooled, pool
from zabota.goodwill.returns.proposal import Proposal, Step, propose

__all__ = [
    "Effect",
    "Effects",
    "Estimate",
    "Outcome",
    "Pooled",
    "Proposal",
    "Step",
    "pool",
    "propose",
    "reckon_effects",
]
