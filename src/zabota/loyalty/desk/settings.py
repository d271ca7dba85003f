"""What clients collect and by which rules; whether it ends."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zabota.common import clock
from zabota.loyalty.actions import switch_expiry_off, switch_expiry_on
from zabota.loyalty.actions.earn import local_day
from zabota.loyalty.actions.units import (
    close_tier,
    close_unit,
    end_rule,
    make_rule,
    set_tier,
    set_unit,
)
from zabota.loyalty.forms.settings import ExpiryForm, RuleForm, TierForm, UnitForm
from zabota.loyalty.models import EarnRule, Expiry, Tier, Unit
from zabota.loyalty.reading.rules import read_rules
from zabota.loyalty.rules import may_set_expiry, may_set_points
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import form_page, pressed, tried, typed
from zabota.people.rules import demand

RULES = "/desk/points/rules/"
EXPIRY = "/desk/points/expiry/"


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def rule_list(request: StaffRequest) -> HttpResponse:
    """Units, tiers, the rules of today and those to come; one more rule."""
    at, language = clock.now(), get_language() or "ru"
    demand(may_set_points(request.user, at))
    today = local_day(at)
    form = RuleForm(typed(request), initial={"from_day": today})
    sent = request.method == "POST" and form.is_valid()
    if sent and tried(form, lambda: make_rule(form.kept(), by=request.user, at=at)):
        messages.success(request, _("The rule stands."))
        return redirect(RULES)
    context = {
        "tab": "rules",
        "units": [(one, one.name(language)) for one in Unit.objects.in_use()],
        "tiers": [
            (one, one.name(language))
            for one in Tier.objects.filter(closed_at=None).order_by("least")
        ],
        "rules": read_rules(today),
    }
    return form_page(request, "loyalty/desk/rules.html", form, context)


@require_POST
@staff_page
def rule_end(request: StaffRequest, pk: int) -> HttpResponse:
    """Nothing more is earned by it from today on."""
    at, rule = clock.now(), get_object_or_404(EarnRule, pk=pk)
    return pressed(
        request,
        lambda: end_rule(rule, by=request.user, at=at, today=local_day(at)),
        _("The rule has ended; what was earned stays."),
        RULES,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def unit_edit(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """Something to collect, or other words for it."""
    at = clock.now()
    demand(may_set_points(request.user, at))
    unit = get_object_or_404(Unit, pk=pk, closed_at=None) if pk is not None else None
    initial = {name: getattr(unit, name) for name in UnitForm.base_fields} if unit else {}
    form = UnitForm(typed(request), initial=initial)
    sent = request.method == "POST" and form.is_valid()
    if sent and tried(form, lambda: set_unit(unit, form.kept(), by=request.user, at=at)):
        messages.success(request, _("Saved."))
        return redirect(RULES)
    title = unit.name(get_language() or "ru") if unit else _("Something to collect")
    return _edit(request, form, title, reverse("points-unit-close", args=[pk]) if unit else "")


@require_POST
@staff_page
def unit_close(request: StaffRequest, pk: int) -> HttpResponse:
    """It is earned no more; what clients have stays theirs."""
    unit = get_object_or_404(Unit, pk=pk)
    return pressed(
        request,
        lambda: close_unit(unit, by=request.user, at=clock.now()),
        _("It is earned no more; what clients have stays theirs."),
        RULES,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def tier_edit(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """A tier of clients."""
    at = clock.now()
    demand(may_set_points(request.user, at))
    tier = get_object_or_404(Tier, pk=pk, closed_at=None) if pk is not None else None
    initial = {name: getattr(tier, name) for name in TierForm.base_fields} if tier else {}
    form = TierForm(typed(request), initial=initial)
    sent = request.method == "POST" and form.is_valid()
    if sent and tried(form, lambda: set_tier(tier, form.kept(), by=request.user, at=at)):
        messages.success(request, _("Saved."))
        return redirect(RULES)
    title = tier.name(get_language() or "ru") if tier else _("A tier of clients")
    return _edit(request, form, title, reverse("points-tier-close", args=[pk]) if tier else "")


@require_POST
@staff_page
def tier_close(request: StaffRequest, pk: int) -> HttpResponse:
    """Nobody is of it any more."""
    tier = get_object_or_404(Tier, pk=pk)
    return pressed(
        request,
        lambda: close_tier(tier, by=request.user, at=clock.now()),
        _("The tier has ended."),
        RULES,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def expiry_page(request: StaffRequest) -> HttpResponse:
    """Whether points end: read by whoever sets points, decided by the director."""
    at, language = clock.now(), get_language() or "ru"
    may_set = may_set_expiry(request.user, at)
    demand(may_set or may_set_points(request.user, at))
    form = ExpiryForm(typed(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if tried(form, lambda: switch_expiry_on(**given, by=request.user, at=at), "reason_ru"):
            messages.success(request, _("From now on new points end, told of beforehand."))
            return redirect(EXPIRY)
    standing = Expiry.objects.filter(ended_at=None).select_related("by").first()
    context: dict[str, Any] = {
        "tab": "expiry",
        "standing": standing,
        "reason": standing.reason(language) if standing else "",
        "may_set": may_set,
    }
    return form_page(request, "loyalty/desk/expiry.html", form, context)


@require_POST
@staff_page
def expiry_off(request: StaffRequest) -> HttpResponse:
    """Points do not end any more."""
    return pressed(
        request,
        lambda: switch_expiry_off(by=request.user, at=clock.now()),
        _("Points do not end any more; what had a date has none."),
        EXPIRY,
    )


def _edit(request: StaffRequest, form: Any, title: str, close: str) -> HttpResponse:
    context = {"tab": "rules", "title": title, "back": RULES, "close": close}
    return form_page(request, "loyalty/desk/edit.html", form, context)
