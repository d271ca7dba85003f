"""What the firm sets about requests: kinds, speeds, rules of urgency."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zabota.clients.models import Relation
from zabota.common import clock, formats
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import form_page, grouped, pressed, tried, typed
from zabota.people.rules import demand, may_change_firm
from zabota.tickets.actions import (
    close_kind,
    close_urgency_rule,
    offer_kind,
    raise_kind,
    set_kind,
    set_speeds,
    set_urgency_rule,
)
from zabota.tickets.actions.speeds import check_urgency_rule
from zabota.tickets.forms import KindForm, SpeedsForm, UrgencyRuleForm
from zabota.tickets.models import Priority, PriorityRule, ServiceLevel, TicketType
from zabota.tickets.pages.receiving import receiving_rows
from zabota.tickets.reading.urgency import Look, look_at_rule, standing_rules

VERBS = {"close": close_kind, "offer": offer_kind, "raise": raise_kind}


@dataclass(frozen=True)
class KindRow:
    """A kind of request, ready to be printed."""

    pk: int
    name: str
    purpose: str
    team: str
    priority: str


@dataclass(frozen=True)
class RuleRow:
    """A rule of urgency in words: what a request looks like, how urgent it is then."""

    pk: int
    looks: list[str]
    priority: str


@require_GET
@staff_page
def firm_requests(request: StaffRequest) -> HttpResponse:
    """Kinds in the order clients choose from, speeds by priority, rules of urgency."""
    demand(may_change_firm(request.user, clock.now()))
    language = get_language() or "ru"
    kinds = list(TicketType.objects.select_related("team").order_by("position", "pk"))
    levels = {level.priority: level for level in ServiceLevel.objects.all()}
    context = {
        "tab": "requests",
        "kinds": [_kind_row(kind, language) for kind in kinds if kind.closed_at is None],
        "closed": [_kind_row(kind, language) for kind in kinds if kind.closed_at is not None],
        "speeds": [(label, levels[value]) for value, label in Priority.choices],
        "receiving": receiving_rows(language),
        "rules": [_rule_row(rule, language) for rule in standing_rules()],
    }
    return render(request, "tickets/desk/firm.html", context)


def _kind_row(kind: TicketType, language: str) -> KindRow:
    team = kind.team.name(language) if kind.team and kind.team.closed_at is None else ""
    return KindRow(
        kind.pk,
        kind.name(language),
        kind.purpose(language),
        team,
        str(Priority(kind.priority).label),
    )


def _rule_row(rule: PriorityRule, language: str) -> RuleRow:
    looks = []
    if rule.type is not None:
        looks.append(_("kind: %(kind)s") % {"kind": rule.type.name(language)})
    if rule.words:
        looks.append(_("words: %(words)s") % {"words": rule.words})
    if rule.relation:
        looks.append(_("client: %(kind)s") % {"kind": Relation(rule.relation).label})
    if rule.from_time is not None and rule.to_time is not None:
        looks.append(
            _("came from %(start)s to %(end)s")
            % {"start": f"{rule.from_time:%H:%M}", "end": f"{rule.to_time:%H:%M}"}
        )
    if rule.amount_from is not None:
        looks.append(_("at stake from %(sum)s") % {"sum": _sum(rule.amount_from, language)})
    if rule.worth_from is not None:
        looks.append(_("brings a year from %(sum)s") % {"sum": _sum(rule.worth_from, language)})
    if rule.contract_from is not None:
        looks.append(_("has a contract from %(sum)s") % {"sum": _sum(rule.contract_from, language)})
    return RuleRow(rule.pk, looks, str(Priority(rule.priority).label))


def _sum(amount: Decimal, language: str) -> str:
    return formats.money(amount, "RUB", language)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def kind_edit(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """A new kind of request, or another name, team, urgency of one there is."""
    at = clock.now()
    demand(may_change_firm(request.user, at))
    kind = get_object_or_404(TicketType, pk=pk) if pk is not None else None
    names = KindForm.base_fields
    initial: dict[str, Any] = {name: getattr(kind, name) for name in names} if kind else {}
    initial = initial or {"priority": "normal"}
    if kind is not None:
        initial["skills"] = list(kind.skills.all())
    form = KindForm(typed(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        values: Any = form.cleaned_data
        if tried(form, lambda: set_kind(kind, values, by=request.user, at=at)):
            messages.success(request, _("Saved."))
            return redirect("firm-requests")
    context = {
        "title": kind.name(get_language() or "ru") if kind else _("New kind of request"),
        "submit": _("Save"),
        "back": reverse("firm-requests"),
        "note": _("Requests that came already keep what they were promised.") if kind else "",
    }
    return form_page(request, "people/desk/form.html", form, context)


@require_POST
@staff_page
def kind_do(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """No longer offered, offered again, or one place up."""
    at = clock.now()
    demand(may_change_firm(request.user, at))
    kind = get_object_or_404(TicketType, pk=pk)
    done = VERBS[verb]
    return pressed(
        request, lambda: done(kind, by=request.user, at=at), _("Saved."), reverse("firm-requests")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def speeds_edit(request: StaffRequest) -> HttpResponse:
    """Working hours to the first reply, to the end, between news, by priority."""
    at = clock.now()
    demand(may_change_firm(request.user, at))
    minutes = {
        level.priority: (level.reply_minutes, level.solution_minutes, level.news_minutes)
        for level in ServiceLevel.objects.all()
    }
    form = SpeedsForm(typed(request), initial=SpeedsForm.as_typed(minutes))

    def verb() -> None:
        set_speeds(form.minutes(), by=request.user, at=at)

    if request.method == "POST" and form.is_valid() and tried(form, verb):
        messages.success(request, _("Saved. New requests are promised by it."))
        return redirect("firm-requests")
    names = ("reply", "solution", "news")
    groups = [(label, [f"{value}_{name}" for name in names]) for value, label in Priority.choices]
    context = {
        "title": _("How fast we answer"),
        "submit": _("Save"),
        "back": reverse("firm-requests"),
        "note": _("In working hours of the firm’s calendar. What is promised keeps its moment."),
        "groups": grouped(form, groups),
    }
    return form_page(request, "people/desk/form.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def urgency_rule_new(request: StaffRequest) -> HttpResponse:
    """A rule of urgency; first one may look which of the latest requests it would have changed."""
    at = clock.now()
    demand(may_change_firm(request.user, at))
    form = UrgencyRuleForm(typed(request), initial={"priority": Priority.HIGH})
    look: Look | None = None
    if request.method == "POST" and form.is_valid():
        values: Any = form.cleaned_data
        if "look" in request.POST:
            rule = PriorityRule(**values, made_at=at)
            if tried(form, lambda: check_urgency_rule(rule)):
                look = look_at_rule(rule, request.viewer)
        elif tried(form, lambda: set_urgency_rule(values, by=request.user, at=at)):
            messages.success(request, _("The rule counts from now on."))
            return redirect("firm-requests")
    return form_page(request, "tickets/desk/urgency_rule.html", form, {"look": look})


@require_POST
@staff_page
def urgency_rule_close(request: StaffRequest, pk: int) -> HttpResponse:
    """The rule counts no longer."""
    at = clock.now()
    demand(may_change_firm(request.user, at))
    rule = get_object_or_404(PriorityRule, pk=pk)
    return pressed(
        request,
        lambda: close_urgency_rule(rule, by=request.user, at=at),
        _("The rule no longer counts."),
        reverse("firm-requests"),
    )
