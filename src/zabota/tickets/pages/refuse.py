"""Closing quietly what no client wrote, and taking that back."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zabota.common import clock
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import pressed
from zabota.tickets.actions.refuse import accept_ticket, refuse_ticket
from zabota.tickets.pages.common import find_place


@require_POST
@staff_page
def ticket_refuse(request: StaffRequest, pk: int) -> HttpResponse:
    """This is no client."""
    place = find_place(request, pk)
    return pressed(
        request,
        lambda: refuse_ticket(place.ticket, by=request.viewer, at=clock.now()),
        _("Closed without a word. What they write from now on is kept and begins nothing."),
        place.base,
    )


@require_POST
@staff_page
def ticket_accept(request: StaffRequest, pk: int) -> HttpResponse:
    """A client after all."""
    place = find_place(request, pk)
    return pressed(
        request,
        lambda: accept_ticket(place.ticket, by=request.viewer, at=clock.now()),
        _("The request is begun; they hear by when a person answers."),
        place.base,
    )
