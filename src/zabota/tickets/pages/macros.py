"""Ready answers: one's own and the firm's. Giving a request to a team."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zabota.cases.saying import case_names, place_names
from zabota.common import clock
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import form_page, pressed, tried, typed
from zabota.people.rules import demand
from zabota.tickets.actions import close_macro, give_to_team, set_macro
from zabota.tickets.forms.macros import GiveForm, MacroForm
from zabota.tickets.forms.scripts import PreviewForm
from zabota.tickets.models import Macro
from zabota.tickets.pages.common import find_place
from zabota.tickets.pages.scripts import latest_requests, looked_at
from zabota.tickets.reading.macros import macro_row, words_of_macro
from zabota.tickets.reading.scripts import Words, occasion_of
from zabota.tickets.rules import may_give_to_team, may_set_macro, may_use_macros

NAMES = ("name_ru", "name_en", "text_ru", "text_en", "priority", "team", "outcome")


@require_GET
@staff_page
def macro_list(request: StaffRequest) -> HttpResponse:
    """One's own answers, and the firm's."""
    demand(may_use_macros(request.viewer))
    found = Macro.objects.visible_to(request.viewer).offered().select_related("team")
    rows = [macro_row(macro) for macro in found]
    context = {
        "mine": [row for row in rows if row.mine],
        "shared": [row for row in rows if not row.mine],
        "may_share": may_set_macro(request.viewer, None, clock.now()),
    }
    return render(request, "tickets/desk/macros.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def macro_edit(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """A new answer, or other words for one."""
    at, viewer = clock.now(), request.viewer
    macro = _found(request, pk) if pk is not None else None
    demand(may_set_macro(viewer, macro.owner if macro else viewer.employee, at))
    may_share = macro is None and may_set_macro(viewer, None, at)
    initial = {name: getattr(macro, name) for name in NAMES} if macro else {}
    form = MacroForm(typed(request), initial=initial, may_share=may_share)
    looking, preview = PreviewForm(latest_requests(viewer), typed(request)), None
    if request.method == "POST" and form.is_valid() and "look" in request.POST:
        preview = _preview(request, looking, form)
    elif request.method == "POST" and form.is_valid():
        owner = None if form.cleaned_data.get("shared") else viewer.employee
        if tried(form, lambda: set_macro(macro, form.kept(), by=viewer, at=at, owner=owner)):
            messages.success(request, _("Saved."))
            return redirect("macros")
    language = get_language() or "ru"
    context = {
        "title": macro.name(language) if macro else _("New ready answer"),
        "macro": macro,
        "looking": looking,
        "preview": preview,
        "places": place_names(language),
        "cases": case_names(language),
    }
    return form_page(request, "tickets/desk/macro.html", form, context)


def _preview(request: StaffRequest, looking: PreviewForm, form: MacroForm) -> Words | None:
    """What is typed, as it would be said to the client of a request."""
    ticket = looked_at(looking)
    if ticket is None:
        return None
    said = Macro(text_ru=form.cleaned_data["text_ru"], text_en=form.cleaned_data["text_en"])
    return words_of_macro(said, occasion_of(ticket, request.viewer, request.firm, clock.now()))


@require_POST
@staff_page
def macro_close(request: StaffRequest, pk: int) -> HttpResponse:
    """It is offered no more."""
    macro = _found(request, pk)
    demand(may_set_macro(request.viewer, macro.owner, clock.now()))
    return pressed(
        request,
        lambda: close_macro(macro, by=request.viewer, at=clock.now()),
        _("The ready answer is removed."),
        "macros",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def ticket_give(request: StaffRequest, pk: int) -> HttpResponse:
    """For another team from now on."""
    place = find_place(request, pk)
    demand(may_give_to_team(request.viewer, place.ticket))
    form = GiveForm(typed(request), initial={"team": place.ticket.team_id})
    if request.method == "POST" and form.is_valid():
        team = form.cleaned_data["team"]
        if tried(form, lambda: give_to_team(place.ticket, team, by=request.viewer, at=clock.now())):
            messages.success(request, _("Given. The team has been told; the client reads it."))
            return redirect("desk-tickets")
    context: dict[str, Any] = {
        "title": _("For another team"),
        "note": str(place.ticket.case),
        "submit": _("Give"),
        "back": reverse("desk-ticket", args=[pk]),
    }
    return form_page(request, "people/desk/form.html", form, context)


def _found(request: StaffRequest, pk: int) -> Macro:
    macros = Macro.objects.visible_to(request.viewer).select_related("owner", "team")
    found: Macro = get_object_or_404(macros, pk=pk)
    return found
