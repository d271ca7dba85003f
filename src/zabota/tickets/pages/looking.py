"""The line that says who else has a request before their eyes."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zabota.common import clock
from zabota.common.questions import One, Question
from zabota.people.access import StaffRequest, staff_page
from zabota.people.actions import be_present
from zabota.tickets.actions.looking import look_at_ticket
from zabota.tickets.models import Looking, Ticket
from zabota.tickets.pages.common import find_place
from zabota.tickets.reading.there import STILL
from zabota.tickets.rules import Viewer


def who_else_looks(
    ticket: Ticket, viewer: Viewer, at: datetime, looked: bool = True
) -> dict[str, Any]:
    """Colleagues who have it open now, if anybody has, and a mark by which a change is seen."""
    rows = _looking(ticket=ticket.pk, since=at - STILL) if looked else []
    people = [row.employee for row in rows if row.employee.user_id != viewer.user.pk]
    return {"lookers": people, "lookers_seen": "-".join(str(one.pk) for one in people)}


_looking = Question(
    lambda ticket, since: (
        Looking.objects.filter(ticket=ticket, at__gt=since)
        .select_related("employee__user", "employee__photo")
        .order_by("employee")
    ),
    ticket=One(),
    since=One(),
)


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
