"""What the firm sets about who gets requests, and what a kind asks."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zabota.clients.models import Relation
from zabota.common import clock
from zabota.people.access import StaffRequest, staff_page
from zabota.people.forms.fields import PersonChoice, TeamChoice, colleagues
from zabota.people.models import Employee, Team
from zabota.people.pages import form_page, pressed, tried, typed
from zabota.people.rules import demand, may_change_firm
from zabota.tickets.actions.fields import close_kind_field, set_kind_field
from zabota.tickets.actions.receiving import close_receiving_rule, set_receiving_rule
from zabota.tickets.forms import LooksLikeForm
from zabota.tickets.forms.fields import KindFieldForm
from zabota.tickets.models import Channel, KindField, ReceivingRule, TicketType
from zabota.tickets.reading.receiving import standing_receiving_rules


class ReceivingForm(LooksLikeForm):
    """The same, and to whom it goes then."""

    channel = forms.ChoiceField(
        label=gettext_lazy("It came by"),
        choices=[("", gettext_lazy("Any way")), *Channel.choices],
        required=False,
    )
    team = TeamChoice(
        label=gettext_lazy("Goes to the team"),
        queryset=Team.objects.none(),
        required=False,
        empty_label="—",
    )
    employee = PersonChoice(
        label=gettext_lazy("or to one person"),
        queryset=Employee.objects.none(),
        required=False,
        empty_label="—",
        help_text=gettext_lazy("While they are away the rule does not count."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_teams = Team.objects.filter(closed_at=None).order_by("name_ru", "pk")
        self.fields["team"].queryset = open_teams  # type: ignore[attr-defined]
        self.fields["employee"].queryset = colleagues()  # type: ignore[attr-defined]


@dataclass(frozen=True)
class ReceivingRow:
    """A rule in words: what a request looks like, where it goes."""

    pk: int
    looks: list[str]
    to: str


def receiving_rows(language: str) -> list[ReceivingRow]:
    """The rules that count, the first first."""
    return [
        ReceivingRow(
            rule.pk,
            _looks(rule, language),
            rule.team.name(language) if rule.team else rule.employee.name if rule.employee else "",
        )
        for rule in standing_receiving_rules()
    ]


def _looks(rule: ReceivingRule, language: str) -> list[str]:
    looks = []
    if rule.type is not None:
        looks.append(_("kind: %(kind)s") % {"kind": rule.type.name(language)})
    if rule.words:
        looks.append(_("words: %(words)s") % {"words": rule.words})
    if rule.relation:
        looks.append(_("client: %(kind)s") % {"kind": Relation(rule.relation).label})
    if rule.channel:
        looks.append(_("came by: %(way)s") % {"way": Channel(rule.channel).label})
    return looks


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def receiving_rule_new(request: StaffRequest) -> HttpResponse:
    """A rule of who gets which requests."""
    at = clock.now()
    demand(may_change_firm(request.user, at))
    form = ReceivingForm(typed(request))
    if request.method == "POST" and form.is_valid():
        values: Any = form.cleaned_data
        if tried(form, lambda: set_receiving_rule(values, by=request.user, at=at)):
            messages.success(request, _("The rule counts from now on."))
            return redirect("firm-requests")
    context = {
        "title": _("Who gets it"),
        "note": _("What is left blank does not matter. Of several rules the first counts."),
        "submit": _("Set the rule"),
        "back": reverse("firm-requests"),
    }
    return form_page(request, "people/desk/form.html", form, context)


@require_POST
@staff_page
def receiving_rule_close(request: StaffRequest, pk: int) -> HttpResponse:
    """The rule counts no longer."""
    at = clock.now()
    demand(may_change_firm(request.user, at))
    rule = get_object_or_404(ReceivingRule, pk=pk)
    return pressed(
        request,
        lambda: close_receiving_rule(rule, by=request.user, at=at),
        _("The rule no longer counts."),
        reverse("firm-requests"),
    )


@require_GET
@staff_page
def kind_fields(request: StaffRequest, pk: int) -> HttpResponse:
    """What a kind of request asks beside its words."""
    demand(may_change_firm(request.user, clock.now()))
    kind, language = get_object_or_404(TicketType, pk=pk), get_language() or "ru"
    fields = kind.fields.filter(closed_at=None).order_by("position", "pk")
    context = {
        "kind": kind,
        "name": kind.name(language),
        "fields": [
            (one, one.name(language), [words for _kept, words in one.options(language)])
            for one in fields
        ],
        "tab": "requests",
    }
    return render(request, "tickets/desk/kind_fields.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def kind_field_edit(request: StaffRequest, pk: int, field_pk: int | None = None) -> HttpResponse:
    """A new question of a kind, or another wording of one."""
    at = clock.now()
    demand(may_change_firm(request.user, at))
    kind = get_object_or_404(TicketType, pk=pk)
    standing = KindField.objects.filter(type=kind, closed_at=None)
    field = get_object_or_404(standing, pk=field_pk) if field_pk else None
    given = {name: getattr(field, name) for name in KindFieldForm.base_fields} if field else {}
    form = KindFieldForm(typed(request), initial=given or {"kind": "text", "asked": "both"})
    back = reverse("kind-fields", args=[kind.pk])
    if request.method == "POST" and form.is_valid():
        values: Any = form.cleaned_data
        if tried(form, lambda: set_kind_field(kind, field, values, by=request.user, at=at)):
            messages.success(request, _("Saved."))
            return redirect(back)
    context = {
        "title": field.name(get_language() or "ru") if field else _("New question"),
        "note": kind.name(get_language() or "ru"),
        "submit": _("Save"),
        "back": back,
    }
    return form_page(request, "people/desk/form.html", form, context)


@require_POST
@staff_page
def kind_field_close(request: StaffRequest, pk: int, field_pk: int) -> HttpResponse:
    """It is asked no more."""
    at = clock.now()
    demand(may_change_firm(request.user, at))
    field = get_object_or_404(KindField, type=pk, pk=field_pk)
    return pressed(
        request,
        lambda: close_kind_field(field, by=request.user, at=at),
        _("It is asked no more; what was answered is still read."),
        reverse("kind-fields", args=[pk]),
    )
