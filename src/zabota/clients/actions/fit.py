"""Who comes back: the purchase model fitted on the firm's own purchases, at most once a day."""

from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zabota.clients.buying import bought, kept, newest_known
from zabota.clients.models import FitBasis, FitState, PurchaseFit
from zabota.clients.repeat import Purchases, fit_spend, fit_visits, hold_out, reckon_base_rates
from zabota.clients.repeat.evaluate import is_enough
from zabota.clients.repeat.purchases import histories
from zabota.clients.rules import may_fit_purchases
from zabota.people.firm import current_firm, zone_of
from zabota.people.models import User
from zabota.people.refusal import Refused
from zabota.people.rules import demand, employee_of

# For so long a gift is watched, and so long are the weeks held out where the past reaches back.
WEEKS: Final = 13
STALE: Final = timedelta(minutes=5)


def ask_fit(*, by: User, at: datetime) -> PurchaseFit:
    """Somebody wants it fitted anew; the worker does it. Refused where that was done today."""
    demand(may_fit_purchases(by, at))
    fit, first = PurchaseFit.objects.get_or_create(
        day=_today(at), defaults={"made_at": at, "asked_by": employee_of(by)}
    )
    if not first and fit.is_over:
        raise Refused("today", _("It was reckoned today already; tomorrow there will be more."))
    return fit


def fit_daily(*, by: None, at: datetime) -> int:
    """What was asked for, or what left-over work there is; else today's own where anything was
    bought or brought back since the last one. Says whether it fitted.
    """
    stale = Q(claimed_at=None) | Q(claimed_at__lt=at - STALE)
    open_ones = PurchaseFit.objects.filter(state__in=[FitState.WAITING, FitState.RUNNING])
    fit = open_ones.filter(stale).order_by("pk").first()
    if fit is None and not PurchaseFit.objects.filter(day=_today(at)).exists():
        before = PurchaseFit.objects.order_by("-day").values_list("newest", flat=True).first()
        if newest_known() != (before or 0):
            fit, _made = PurchaseFit.objects.get_or_create(day=_today(at), defaults={"made_at": at})
    if fit is None:
        return 0
    mine = PurchaseFit.objects.filter(pk=fit.pk, claimed_at=fit.claimed_at)
    if mine.update(claimed_at=at, state=FitState.RUNNING) != 1:
        return 0
    _fit(PurchaseFit.objects.get(pk=fit.pk), at)
    return 1


def _fit(fit: PurchaseFit, at: datetime) -> None:
    """Step by step, each told as soon as it is done."""
    fit.newest = newest_known()
    purchases = bought()
    fit.purchases = len(purchases)
    _told(fit)
    if len(purchases):
        _learn(fit, purchases, min(_today(at), purchases.last_day))
    fit.state, fit.done, fit.finished_at = FitState.DONE, PurchaseFit.STEPS, at
    fit.save()


def _learn(fit: PurchaseFit, purchases: Purchases, end: date) -> None:
    of = histories(purchases, end)
    again = of.again > 0
    fit.clients, fit.again = len(of), int(again.sum())
    enough = is_enough(of)
    visits = fit_visits(of) if enough else None
    fit.figures["visits"] = kept(visits)
    _told(fit)
    fit.figures["spend"] = kept(fit_spend(of))
    fit.figures["typical"] = float(purchases.sum.mean())
    _told(fit)
    base = reckon_base_rates(purchases, end, WEEKS)
    fit.figures["base"] = kept(base)
    fit.basis = FitBasis.MODEL if visits else FitBasis.BASE if base else FitBasis.NONE
    fit.figures["hold_out"] = _back_test(purchases, end) if enough else None


def _back_test(purchases: Purchases, end: date) -> object:
    """Fitted without the last weeks, and held to them; of a short past a third is held out."""
    weeks = min(float(WEEKS), (end - purchases.first_day).days / 21)
    cut = end - timedelta(weeks=weeks)
    of = histories(purchases, cut)
    if not is_enough(of):
        return None
    told = kept(hold_out(fit_visits(of), purchases, cut, end))
    return None if told is None else told | {"until": cut.isoformat(), "last": end.isoformat()}


def _told(fit: PurchaseFit) -> None:
    fit.done += 1
    fit.save(update_fields=["done", "purchases", "newest", "clients", "again"])


def _today(at: datetime) -> date:
    return at.astimezone(zone_of(current_firm())).date()
