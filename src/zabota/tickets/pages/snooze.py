"""Putting a request aside, and taking it up again."""

from datetime import datetime, timedelta

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zabota.cases.clockwork import due_after
from zabota.common import clock
from zabota.common.formats import when
from zabota.common.working_time import Calendar, next_opening
from zabota.people.access import StaffRequest, staff_page
from zabota.people.firm import calendar_of
from zabota.people.pages import form_page, pressed, tried, typed
from zabota.people.rules import demand
from zabota.tickets.actions.snooze import promised_next, snooze_ticket, wake_ticket
from zabota.tickets.pages.common import find_place
from zabota.tickets.rules import may_snooze_ticket

TYPED = "%Y-%m-%dT%H:%M"


class SnoozeForm(forms.Form):
    """Until when."""

    until = forms.DateTimeField(
        label=gettext_lazy("Until when"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=TYPED),
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
    at, limit = clock.now(), promised_next(place.ticket)
    zone, language = timezone.get_current_timezone(), get_language() or "ru"
    context = {
        "note": str(place.ticket.case),
        "submit": _("Put aside"),
        "back": place.base,
        "limit": limit if limit is not None and limit > at else None,
        "quick": [
            (one.astimezone(zone).strftime(TYPED), when(one, at, language, zone))
            for one in moments_to_wake(limit, calendar_of(place.firm), at)
        ],
    }
    return form_page(request, "tickets/desk/snooze.html", form, context)


def moments_to_wake(limit: datetime | None, calendar: Calendar, at: datetime) -> list[datetime]:
    """When it is usually taken up again: in an hour or three of work, the next two mornings, next
    Monday; what lies before what is promised.
    """
    today = calendar.local(at).date()
    days = {1, 2, 7 - today.weekday()}
    mornings = [next_opening(calendar, calendar.moment(today + timedelta(days=n))) for n in days]
    found = {due_after(calendar, at, 60), due_after(calendar, at, 180), *mornings}
    return sorted(one for one in found if limit is None or one < limit)


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
