"""The order in which our people are called out of hours."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zabota.common import clock
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import form_page, pressed, tried, typed
from zabota.people.rules import demand, may_change_firm
from zabota.tickets.actions.on_call import add_on_call, close_on_call, on_duty, raise_on_call
from zabota.tickets.forms.on_call import WEEKDAYS, OnCallForm
from zabota.tickets.models import OnCall

VERBS = {"close": close_on_call, "raise": raise_on_call}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def firm_on_call(request: StaffRequest) -> HttpResponse:
    """Whom an escalation wakes, in order; who it would be now."""
    at = clock.now()
    demand(may_change_firm(request.user, at))
    form = OnCallForm(typed(request))
    if request.method == "POST" and form.is_valid():
        turn = form.turn()
        if tried(form, lambda: add_on_call(turn, by=request.user, at=at)):
            messages.success(request, _("Saved."))
            return redirect("firm-on-call")
    turns = OnCall.objects.filter(closed_at=None).select_related("employee__user")
    now = {turn.pk for turn in on_duty(at)}
    context = {
        "tab": "alarms",
        "rows": [_row(turn, turn.pk in now) for turn in turns.order_by("position", "pk")],
    }
    return form_page(request, "tickets/desk/on_call.html", form, context)


@require_POST
@staff_page
def on_call_do(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """Is called no more, or earlier."""
    turn = get_object_or_404(OnCall, pk=pk, closed_at=None)
    return pressed(
        request,
        lambda: VERBS[verb](turn, by=request.user, at=clock.now()),
        _("Saved."),
        "/desk/firm/on-call/",
    )


def _row(turn: OnCall, now: bool) -> dict[str, Any]:
    names = dict(WEEKDAYS)
    every = len(turn.weekdays) == len(WEEKDAYS)
    hours = ""
    if turn.from_time is not None and turn.to_time is not None:
        hours = f"{turn.from_time:%H:%M}–{turn.to_time:%H:%M}"
    return {
        "pk": turn.pk,
        "name": turn.employee.name,
        "days": _("every day") if every else ", ".join(str(names[one]) for one in turn.weekdays),
        "hours": hours,
        "minutes": turn.wait_minutes,
        "now": now,
    }
