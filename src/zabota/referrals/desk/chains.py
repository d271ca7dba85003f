"""Chains of recommendations, what they are worth, and whoever may follow one who left."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zabota.clients.models import Client
from zabota.common import clock
from zabota.common.ids import row_number
from zabota.people.access import StaffRequest, staff_page
from zabota.people.firm import zone_of
from zabota.people.pages import form_page, pressed, tried, typed
from zabota.people.rules import demand
from zabota.referrals.actions.departures import end_departure, note_departure
from zabota.referrals.desk.tabs import tabs
from zabota.referrals.forms.desk import DepartureForm
from zabota.referrals.models import Departure
from zabota.referrals.reading.chains import read_chains
from zabota.referrals.reading.figures import read_worth
from zabota.referrals.reading.risk import read_at_risk
from zabota.referrals.rules import may_note_departure, may_see_worth_of_brought


@require_GET
@staff_page
def chains_page(request: StaffRequest) -> HttpResponse:
    """The largest chains; the one chosen, or the largest, is drawn, with a table behind it."""
    context = {
        "tabs": tabs(request, "chains"),
        "chains": read_chains(row_number(request.GET.get("of", ""))),
    }
    return render(request, "referrals/desk/chains.html", context)


@require_GET
@staff_page
def worth_page(request: StaffRequest) -> HttpResponse:
    """Against others who first bought in the same quarter, with an interval."""
    demand(may_see_worth_of_brought(request.viewer))
    today = clock.now().astimezone(zone_of(request.firm)).date()
    context = {"tabs": tabs(request, "worth"), "worth": read_worth(today)}
    return render(request, "referrals/desk/worth.html", context)


@require_GET
@staff_page
def risk_page(request: StaffRequest) -> HttpResponse:
    """Who brought others and has left."""
    today = clock.now().astimezone(zone_of(request.firm)).date()
    context = {
        "tabs": tabs(request, "risk"),
        "rows": read_at_risk(today),
        "may_note": may_note_departure(request.viewer),
    }
    return render(request, "referrals/desk/risk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def departure_note(request: StaffRequest, pk: int) -> HttpResponse:
    """A client said that they leave."""
    demand(may_note_departure(request.viewer))
    client = get_object_or_404(Client.objects.visible_to(request.viewer), pk=pk)
    form, at = DepartureForm(typed(request)), clock.now()
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        if tried(form, lambda: note_departure(client, by=request.viewer, at=at, words=words)):
            return redirect("client", pk)
    context = {
        "title": _("%(name)s: said that they leave") % {"name": client.display_name},
        "submit": _("Write it down"),
        "back": reverse("client", args=[pk]),
        "note": _("Those they brought stand in the list of whom we may lose, too."),
    }
    return form_page(request, "people/desk/form.html", form, context)


@require_POST
@staff_page
def departure_end(request: StaffRequest, pk: int) -> HttpResponse:
    """They stay after all."""
    departure = get_object_or_404(Departure, pk=pk)
    return pressed(
        request,
        lambda: end_departure(departure, by=request.viewer, at=clock.now()),
        _("They stay after all: kept."),
        reverse("referrals-at-risk"),
    )
