"""Who comes back, how often and with how much: the purchase model of a firm's own clients.

Plain Python over numpy and scipy, free of Django. Time is in weeks, money in the firm's currency.
`visits` is BG/NBD, `spend` gamma-gamma, `base_rates` what is said where data are few, `hold_out`
how well any of them foretold weeks it had not seen.
"""

from zabota.clients.repeat.base_rates import BaseRates, reckon_base_rates
from zabota.clients.repeat.calibrate import Calibrated, calibrate
from zabota.clients.repeat.evaluate import Evaluation, TooFew, evaluate
from zabota.clients.repeat.hold_out import HoldOut, HoldOutRow, hold_out
from zabota.clients.repeat.purchases import Histories, Purchases, gather
from zabota.clients.repeat.read import RowFault, read_rows
from zabota.clients.repeat.spend import SpendModel, fit_spend
from zabota.clients.repeat.visits import VisitModel, fit_visits

__all__ = [
    "BaseRates",
    "Calibrated",
    "Evaluation",
    "Histories",
    "HoldOut",
    "HoldOutRow",
    "Purchases",
    "RowFault",
    "SpendModel",
    "TooFew",
    "VisitModel",
    "calibrate",
    "evaluate",
    "fit_spend",
    "fit_visits",
    "gather",
    "hold_out",
    "read_rows",
    "reckon_base_rates",
]
