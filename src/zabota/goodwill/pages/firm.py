"""The firm's terms of giving: budgets, goods, the law's limits; by the power over budgets."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zabota.common import clock
from zabota.goodwill.actions import close_good, set_budget, set_good, set_limit, set_terms
from zabota.goodwill.forms.firm import BudgetForm, GoodForm, LimitForm, TermsForm
from zabota.goodwill.models import Allowance, Budget, Good, LegalLimit, Terms
from zabota.goodwill.reading.budgets import firm_day, terms_now
from zabota.goodwill.rules import may_set_budgets
from zabota.people.access import StaffRequest, staff_page
from zabota.people.models import Employee
from zabota.people.pages import form_page, pressed, tried, typed
from zabota.people.rules import demand

TERMS = (
    "base", "currency", "period", "unspent", "carry_most", "person_year_most",
    "company_year_most", "point_cost", "claim_days", "use_days", "consent_ru", "consent_en",
)  # fmt: skip
LIMIT = (
    "who", "span", "most", "currency", "since", "until", "source_ru", "source_en", "why_ru",
    "why_en",
)  # fmt: skip


@require_safe
@staff_page
def firm_goodwill(request: StaffRequest) -> HttpResponse:
    """All of it on one page: terms, who has what, goods, limits of the law."""
    at = clock.now()
    demand(may_set_budgets(request.user, at))
    terms = terms_now()
    context = {
        "tab": "goodwill",
        "terms": terms,
        "people": _people(at) if terms is not None else [],
        "goods": Good.objects.order_by("closed_at", "pk"),
        "limits": LegalLimit.objects.order_by("who", "span", "-since"),
        "language": request.viewer.language,
        "today": firm_day(at),
    }
    return render(request, "goodwill/desk/firm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def firm_goodwill_terms(request: StaffRequest) -> HttpResponse:
    """What everybody has and what becomes of the rest."""
    at = clock.now()
    demand(may_set_budgets(request.user, at))
    terms = terms_now() or Terms()
    form = TermsForm(typed(request), initial={name: getattr(terms, name) for name in TERMS})
    if request.method == "POST" and form.is_valid():
        told: Any = form.cleaned_data
        if tried(form, lambda: set_terms(told, by=request.user, at=at)):
            messages.success(request, _("Saved."))
            return redirect("firm-goodwill")
    return _form(request, form, _("Terms of giving"))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def firm_goodwill_budget(request: StaffRequest, pk: int) -> HttpResponse:
    """One employee's own sum."""
    at = clock.now()
    demand(may_set_budgets(request.user, at))
    working = Employee.objects.working().select_related("user")
    employee = get_object_or_404(working, pk=pk)
    own = Budget.objects.filter(employee=employee).first()
    initial = {"sum": own.sum, "reason": own.reason} if own else {}
    form = BudgetForm(typed(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def verb() -> None:
            set_budget(employee, given["sum"], by=request.user, at=at, reason=given["reason"])

        if tried(form, verb, "sum"):
            messages.success(request, _("Saved."))
            return redirect("firm-goodwill")
    return _form(request, form, _("Budget of care: %(name)s") % {"name": employee.name})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def firm_good(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """Something to give: its cost and how many are left."""
    at = clock.now()
    demand(may_set_budgets(request.user, at))
    good = get_object_or_404(Good, pk=pk) if pk is not None else None
    names = ("name_ru", "name_en", "cost", "stock")
    initial = {name: getattr(good, name) for name in names} if good else {}
    form = GoodForm(typed(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = form.fields_given()
        if tried(form, lambda: set_good(good, fields, by=request.user, at=at), "name_ru"):
            messages.success(request, _("Saved."))
            return redirect("firm-goodwill")
    return _form(request, form, good.name if good else _("Something to give"))


@require_POST
@staff_page
def firm_good_close(request: StaffRequest, pk: int) -> HttpResponse:
    """It is offered no more."""
    at = clock.now()
    demand(may_set_budgets(request.user, at))
    good = get_object_or_404(Good, pk=pk)
    return pressed(
        request,
        lambda: close_good(good, by=request.user, at=at),
        _("It is offered no more; codes already given stay good."),
        "firm-goodwill",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def firm_limit(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """A limit of the law, with its days and where it is said."""
    at = clock.now()
    demand(may_set_budgets(request.user, at))
    limit = get_object_or_404(LegalLimit, pk=pk) if pk is not None else None
    initial = {name: getattr(limit, name) for name in LIMIT} if limit else {}
    form = LimitForm(typed(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = form.fields_given()
        if tried(form, lambda: set_limit(limit, fields, by=request.user, at=at)):
            messages.success(request, _("Saved."))
            return redirect("firm-goodwill")
    return _form(request, form, _("A limit of the law"))


def _people(at: datetime) -> list[dict[str, Any]]:
    """Everybody who works here with what they have, by name; no order of merit."""
    today = firm_day(at)
    rows = Allowance.objects.filter(starts__lte=today, ends__gt=today).order_by("starts")
    now = {row.employee_id: row for row in rows}
    own = {row.employee_id: row for row in Budget.objects.all()}
    working = Employee.objects.working().select_related("user", "team").order_by("user__name", "pk")
    return [
        {"employee": one, "allowance": now.get(one.pk), "own": own.get(one.pk)} for one in working
    ]


def _form(request: StaffRequest, form: Any, title: str) -> HttpResponse:
    context = {"title": title, "submit": _("Save"), "back": "/desk/firm/goodwill/"}
    return form_page(request, "people/desk/form.html", form, context)
