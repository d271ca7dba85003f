"""What clients bought, read for the purchase model: cards that are one are one client, what was
brought back was not bought.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from typing import Any

import numpy as np
from django.db.models import Max, QuerySet, Sum
from django.db.models.functions import Coalesce

from zabota.clients.models import FitBasis, FitState, Purchase, PurchaseFit, PurchaseReturn
from zabota.clients.repeat import BaseRates, Purchases, SpendModel, VisitModel, gather


def bought(of: Collection[int] | None = None) -> Purchases:
    """All purchases, or those of these whole clients; names are the whole clients' numbers."""
    rows = Purchase.objects.annotate(whole=Coalesce("client__root", "client"))
    if of is not None:
        rows = rows.filter(whole__in=of)
    back = _brought_back(rows if of is not None else None)
    wholes: list[int] = []
    days: list[date] = []
    sums: list[float] = []
    for pk, whole, day, sum_ in rows.values_list("pk", "whole", "day", "sum").iterator(5000):
        kept = float(sum_) - back.get(pk, 0.0)
        if kept > 0:
            wholes.append(whole)
            days.append(day)
            sums.append(kept)
    return gather(wholes, days, sums)


def places_of(purchases: Purchases) -> dict[int, int]:
    """Which place in the arrays each whole client has."""
    return {int(name): place for place, name in enumerate(purchases.names)}


def newest_known() -> int:
    """Grows with every purchase and every return."""
    bought_ = Purchase.objects.aggregate(newest=Max("pk"))["newest"] or 0
    back = PurchaseReturn.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return int(bought_ + back)


def last_fit() -> PurchaseFit | None:
    """The newest one that is over."""
    return PurchaseFit.objects.filter(state=FitState.DONE).order_by("-day").first()


def foreteller_of(fit: PurchaseFit) -> VisitModel | BaseRates | None:
    """What one goes by, as it was stored."""
    if fit.basis == FitBasis.MODEL:
        return VisitModel(**fit.figures["visits"])
    if fit.basis == FitBasis.BASE:
        return base_of(fit.figures["base"])
    return None


def spend_of(fit: PurchaseFit) -> SpendModel | None:
    """For how much one buys at a time, where that could be fitted."""
    told = fit.figures.get("spend")
    return SpendModel(**told) if told else None


def base_of(told: dict[str, Any]) -> BaseRates:
    """Base rates as they were stored."""
    tables = {name: tuple(map(tuple, told[name])) for name in ("clients", "share", "times")}
    return BaseRates(weeks=told["weeks"], looks=told["looks"], **tables)


def kept(found: Any) -> dict[str, Any] | None:
    """An engine's answer as it is stored."""
    return None if found is None else asdict(found)


def _brought_back(rows: QuerySet[Purchase] | None) -> dict[int, float]:
    back: dict[int, float] = defaultdict(float)
    returns = PurchaseReturn.objects.all()
    if rows is not None:
        returns = returns.filter(purchase__in=rows.values("pk"))
    for pk, sum_ in returns.values_list("purchase").annotate(all=Sum("sum")).order_by():
        back[pk] += float(sum_)
    return back


def ordinal_days(days: Collection[date]) -> "np.ndarray[Any, np.dtype[np.int64]]":
    """Days as the engine counts them."""
    return np.fromiter((day.toordinal() for day in days), np.int64, len(days))
