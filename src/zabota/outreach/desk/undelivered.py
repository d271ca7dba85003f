"""The page of letters that did not leave."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from zabota.common import clock
from zabota.common.ids import row_number
from zabota.outreach import actions
from zabota.outreach.models import Message
from zabota.outreach.reading import read_undelivered
from zabota.outreach.rules import may_send_again
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import pressed
from zabota.people.rules import demand


@require_GET
@staff_page
def undelivered(request: StaffRequest) -> HttpResponse:
    """What was given up: to whom, about what, why, since when."""
    at = clock.now()
    demand(may_send_again(request.user, at))
    start = request.GET.get("before", "")
    letters, older = read_undelivered(row_number(start), at=at)
    context = {"letters": letters, "older": older, "tab": "undelivered"}
    return render(request, "outreach/desk/undelivered.html", context)


@require_POST
@staff_page
def message_send_again(request: StaffRequest, pk: int) -> HttpResponse:
    """One of them is tried anew."""
    at = clock.now()
    demand(may_send_again(request.user, at))
    message = get_object_or_404(Message.objects.select_related("case"), pk=pk)
    return pressed(
        request,
        lambda: actions.send_again(message, by=request.user, at=at),
        gettext("The letter is on its way again."),
        "undelivered",
    )
