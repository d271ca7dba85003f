"""What stands beside the thread: answers to what its kind asks, the place, why it went to whom it
went, what becomes of a suggestion.
"""

from datetime import datetime, time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zabota.common import clock
from zabota.people.access import StaffRequest, staff_page
from zabota.people.forms.fields import DayInput
from zabota.people.pages import form_page, tried, typed
from zabota.people.rules import demand
from zabota.tickets.actions.fields import set_details
from zabota.tickets.actions.suggestion import take_up_suggestion
from zabota.tickets.actions.words import LONGEST
from zabota.tickets.forms.fields import DetailsForm
from zabota.tickets.models import FieldValue, KindField
from zabota.tickets.pages.common import Place, find_place
from zabota.tickets.reading.fate import read_fate
from zabota.tickets.reading.fields import read_answers
from zabota.tickets.reading.receiving import why_here
from zabota.tickets.reading.there import There
from zabota.tickets.rules import may_answer_ticket, may_take_up_suggestion


class TakeUpForm(forms.Form):
    """In words for the client, and by when."""

    text = forms.CharField(
        label=gettext_lazy("In words for the client"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("What we will do, and thanks for the idea."),
    )
    until = forms.DateField(label=gettext_lazy("By when it will be done"), widget=DayInput())


def details_of(place: Place, there: There) -> dict[str, Any]:
    """What both sides see of it; why it came here is for the desk."""
    ticket, in_room = place.ticket, place.in_room
    told: dict[str, Any] = {
        "answers": read_answers(ticket, in_room=in_room) if there.answers else [],
        "fate": read_fate(ticket),
    }
    if not in_room:
        told |= {
            "place": ticket.place,
            "why_here": why_here(ticket, get_language() or "ru", skilled=there.skills),
            "may_fill_in": may_answer_ticket(place.viewer, ticket),
            "may_take_up": may_take_up_suggestion(place.viewer, ticket),
        }
    return told


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def ticket_details(request: StaffRequest, pk: int) -> HttpResponse:
    """Filling in what the kind asks, and where it happened."""
    place = find_place(request, pk)
    demand(may_answer_ticket(request.viewer, place.ticket))
    rows = FieldValue.objects.filter(ticket=place.ticket).select_related("field")
    given = {row.field_id: row for row in rows}
    standing = KindField.objects.filter(type=place.ticket.type_id, closed_at=None)
    fields = list(standing.order_by("position", "pk"))
    form = DetailsForm(fields, given, typed(request), initial={"place": place.ticket.place})
    if request.method == "POST" and form.is_valid():
        where = form.cleaned_data["place"]

        def verb() -> None:
            set_details(place.ticket, form.answers(), where, by=request.viewer, at=clock.now())

        if tried(form, verb):
            messages.success(request, _("Saved."))
            return redirect(place.base)
    context = {
        "title": _("What is known"),
        "note": str(place.ticket.case),
        "submit": _("Save"),
        "back": place.base,
    }
    return form_page(request, "people/desk/form.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def ticket_take_up(request: StaffRequest, pk: int) -> HttpResponse:
    """We do what was suggested, by a day."""
    place, form = find_place(request, pk), TakeUpForm(typed(request))
    demand(may_take_up_suggestion(request.viewer, place.ticket))

    def verb() -> None:
        day = form.cleaned_data["until"]
        until = datetime.combine(day, time(18), timezone.get_current_timezone())
        text = form.cleaned_data["text"]
        take_up_suggestion(place.ticket, text, until, by=request.viewer, at=clock.now())

    if request.method == "POST" and form.is_valid() and tried(form, verb):
        messages.success(request, _("Taken up; the client has been told by when."))
        return redirect(place.base)
    context = {
        "title": _("Take the suggestion up"),
        "note": str(place.ticket.case),
        "submit": _("Take up and tell the client"),
        "back": place.base,
    }
    return form_page(request, "people/desk/form.html", form, context)
