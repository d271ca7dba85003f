"""«Что это дало»: what gifts brought, one's own and the firm's; the model behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zabota.clients.actions import ask_fit
from zabota.clients.actions.fit import WEEKS
from zabota.clients.models import FitBasis, PurchaseFit
from zabota.clients.rules import may_fit_purchases
from zabota.common import clock
from zabota.common.formats import number
from zabota.goodwill.models import Brought, GiftKind, Measured
from zabota.goodwill.reading.bonuses import earned
from zabota.goodwill.reading.budgets import firm_day
from zabota.goodwill.reading.figures import figures_of, latest, points, reason_words
from zabota.goodwill.reading.months import lines_of
from zabota.goodwill.reading.own import own_gifts, own_line
from zabota.goodwill.reading.tabs import tabs_of
from zabota.goodwill.returns.proposal import FEWEST
from zabota.goodwill.rules import may_see_figures
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import pressed
from zabota.people.rules import demand


@require_GET
@staff_page
def own_brought(request: StaffRequest) -> HttpResponse:
    """What one's own gifts brought; nobody else's, and no place among others."""
    employee, at = request.viewer.employee, clock.now()
    measured = latest()
    row = measured.figures.filter(employee=employee).first() if measured else None
    line, today = own_line(employee), firm_day(at)
    context = {
        "measured": measured,
        "figures": figures_of(row, measured.currency if measured else "RUB"),
        "gifts": own_gifts(employee, at=at),
        "line": line,
        "why": reason_words(line) if line else "",
        "bonus": next(iter(earned(today.replace(day=1), _next(today), of=employee)), None),
        "closed": lines_of(employee.pk),
        "weeks": WEEKS,
        "least": FEWEST,
        "tabs": tabs_of(request, "own"),
    }
    return render(request, "goodwill/figures/own.html", context)


@require_GET
@staff_page
def firm_brought(request: StaffRequest) -> HttpResponse:
    """What all gifts brought, by kind; how well the model foretells; how far it is being fitted."""
    at = clock.now()
    demand(may_see_figures(request.user, at))
    measured = latest()
    fit = PurchaseFit.objects.order_by("-day").first()
    told = PurchaseFit.objects.filter(state="done").order_by("-day").first()
    if "seen" in request.GET and fit is not None:
        return _progress(request, fit)
    context = {
        "measured": measured,
        "all": _of_all(measured),
        "kinds": _kinds(measured),
        "fit": fit,
        "told": told,
        "model": told.figures if told and told.basis == FitBasis.MODEL else None,
        "held_out": held_out_of(told),
        "usual": points(measured.typical) if measured else "",
        "weeks": WEEKS,
        "may_fit": may_fit_purchases(request.user, at) and not _today_done(fit, at),
        "tabs": tabs_of(request, "firm"),
        **_live(fit),
    }
    return render(request, "goodwill/figures/firm.html", context)


@require_POST
@staff_page
def refit(request: StaffRequest) -> HttpResponse:
    """The model is fitted anew, at most once a day."""
    return pressed(
        request,
        lambda: ask_fit(by=request.user, at=clock.now()),
        _("It is being reckoned; this page shows how far it is."),
        "goodwill-firm",
    )


@dataclass(frozen=True)
class TestedRow:
    """A line of the back-test as it is read."""

    again: str
    clients: str
    actual: str
    expected: str
    came: str
    chance: str


def held_out_of(fit: PurchaseFit | None) -> dict[str, Any] | None:
    """The back-test, ready to be printed."""
    told = fit.figures.get("hold_out") if fit else None
    if not told:
        return None
    language = get_language() or "ru"
    rows: Sequence[dict[str, Any]] = told["rows"]
    last = max((row["again"] for row in rows), default=0)
    return {
        "rows": [
            TestedRow(
                f"{row['again']}+" if row["again"] == last == 7 else str(row["again"]),
                number(row["clients"], language),
                number(round(row["actual"], 2), language),
                number(round(row["expected"], 2), language),
                number(round(row["came"] * 100), language),
                number(round(row["chance"] * 100), language),
            )
            for row in rows
        ],
        "weeks": number(round(told["weeks"], 1), language),
        "actual": number(round(told["actual"]), language),
        "expected": number(round(told["expected"]), language),
        "off": number(round((told["expected"] / max(told["actual"], 1) - 1) * 100), language),
    }


def _progress(request: StaffRequest, fit: PurchaseFit) -> HttpResponse:
    """The part that changes while it is being fitted; 204 where nothing moved, 286 at the end."""
    live = _live(fit)
    if live["seen"] == request.GET["seen"] and not fit.is_over:
        return HttpResponse(status=204)
    context = {"fit": fit, **live}
    answer = render(request, "goodwill/figures/firm.html#progress", context)
    answer.status_code = 286 if fit.is_over else 200
    return answer


def _live(fit: PurchaseFit | None) -> dict[str, Any]:
    return {
        "seen": f"{fit.pk}-{fit.done}-{fit.state}" if fit else "",
        "steps": PurchaseFit.STEPS,
        "under_way": fit is not None and not fit.is_over,
    }


def _of_all(measured: Measured | None) -> Any:
    if measured is None:
        return None
    row = measured.figures.filter(employee=None, kind="").first()
    return figures_of(row, measured.currency)


def _kinds(measured: Measured | None) -> list[dict[str, Any]]:
    rows: Sequence[Brought] = (
        list(measured.figures.filter(employee=None).exclude(kind="").order_by("-gifts"))
        if measured else []
    )  # fmt: skip
    return [
        {"name": GiftKind(row.kind).label, "figures": figures_of(row, measured.currency)}
        for row in rows
        if measured
    ]


def _today_done(fit: PurchaseFit | None, at: Any) -> bool:
    return fit is not None and fit.day == firm_day(at)


def _next(day: Any) -> Any:
    return day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1, day=1)
