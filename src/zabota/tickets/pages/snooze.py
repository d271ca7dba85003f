"""Putting a request aside, and taking it up again."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from zabota.common import clock
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import form_page, pressed, tried, typed
from zabota.people.rules import demand
from zabota.tickets.actions.snooze import snooze_ticket, wake_ticket
from zabota.tickets.pages.common import find_place
from zabota.tickets.rules import may_snooze_ticket


class SnoozeForm(forms.Form):
    """Until when."""

    until = forms.DateTimeField(
        label=gettext_lazy("Until when"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("When the client writes, it is back at once."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def ticket_snooze(request: StaffRequest, pk: int) -> HttpResponse:
    """Out of Today until a moment."""
    place, form = find_place(request, pk), SnoozeForm(typed(request))
    demand(may_snooze_ticket(request.viewer, place.ticket))

    def verb() -> None:
        until = form.cleaned_data["until"]
        snooze_ticket(place.ticket, until, by=request.viewer, at=clock.now())

    if request.method == "POST" and form.is_valid() and tried(form, verb):
        messages.success(request, _("Put aside; it will be back in Today."))
        return redirect(place.base)
    context = {
        "title": _("Put aside"),
        "note": str(place.ticket.case),
        "submit": _("Put aside"),
        "back": place.base,
    }
    return form_page(request, "people/desk/form.html", form, context)


@require_POST
@staff_page
def ticket_wake(request: StaffRequest, pk: int) -> HttpResponse:
    """Back in Today now."""
    place = find_place(request, pk)
    return pressed(
        request,
        lambda: wake_ticket(place.ticket, by=request.viewer, at=clock.now()),
        _("It is in your Today again."),
        place.base,
    )
