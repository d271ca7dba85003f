"""The line that says who else has a request before their eyes."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zabota.common import clock
from zabota.people.access import StaffRequest, staff_page
from zabota.people.actions import be_present
from zabota.tickets.actions.looking import look_at_ticket
from zabota.tickets.models import Looking, Ticket
from zabota.tickets.pages.common import find_place
from zabota.tickets.rules import Viewer

# A closed page is forgotten after this.
STILL = timedelta(seconds=30)


def who_else_looks(ticket: Ticket, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """Colleagues who have it open now, and a mark by which a change is seen."""
    rows = Looking.objects.filter(ticket=ticket, at__gt=at - STILL).exclude(
        employee__user=viewer.user
    )
    people = [
        row.employee
        for row in rows.select_related("employee__user", "employee__photo").order_by("employee")
    ]
    return {"lookers": people, "lookers_seen": "-".join(str(one.pk) for one in people)}


@require_GET
@staff_page
def ticket_looking(request: StaffRequest, pk: int) -> HttpResponse:
    """Asked by an open page every few seconds; says so only when somebody came or went."""
    place, at = find_place(request, pk), clock.now()
    look_at_ticket(place.ticket, by=request.viewer, at=at)
    be_present(request.viewer.employee, by=request.viewer, at=at)
    context = who_else_looks(place.ticket, request.viewer, at) | {"base": place.base}
    if request.GET.get("seen") == context["lookers_seen"]:
        return HttpResponse(status=204)
    return render(request, "tickets/desk/looking.html", context)
