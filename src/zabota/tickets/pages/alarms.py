"""Escalation by meaning: taking one up with a tap, and what the firm sets of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zabota.common import clock
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import form_page, grouped, pressed, tried, typed
from zabota.people.rules import demand, may_change_firm
from zabota.tickets.actions.alarms import set_alarm_rules, take_up_alarm
from zabota.tickets.forms.alarms import AlarmsForm
from zabota.tickets.models import Alarm, AlarmRule
from zabota.tickets.reading.alarms import CALLS, RELATED, shown
from zabota.tickets.rules import may_take_up_alarm


@require_GET
@staff_page
def alarm_page(request: StaffRequest, pk: int) -> HttpResponse:
    """What the client said, whose it is, and one button: where the letter's button leads."""
    alarm = _found(request, pk)
    context = {
        "alarm": shown(alarm),
        "case": alarm.ticket.case,
        "may_take": may_take_up_alarm(request.viewer, alarm),
    }
    return render(request, "tickets/desk/alarm.html", context)


@require_POST
@staff_page
def alarm_take(request: StaffRequest, pk: int) -> HttpResponse:
    """Mine."""
    alarm = _found(request, pk)
    return pressed(
        request,
        lambda: take_up_alarm(alarm, by=request.viewer, at=clock.now()),
        _("It is yours; everybody else who was told can see that."),
        f"/desk/tickets/{alarm.ticket_id}/",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def firm_alarms(request: StaffRequest) -> HttpResponse:
    """By which words a request is escalated, and who is told."""
    at = clock.now()
    demand(may_change_firm(request.user, at))
    rules = sorted(AlarmRule.objects.all(), key=lambda rule: rule.meaning == "best")
    form = AlarmsForm(rules, typed(request))
    if request.method == "POST" and form.is_valid():
        values = form.values()
        if tried(form, lambda: set_alarm_rules(values, by=request.user, at=at)):
            messages.success(request, _("Saved."))
            return redirect("firm-alarms")
    context = {"tab": "alarms", "groups": grouped(form, form.groups())}
    return form_page(request, "tickets/desk/firm_alarms.html", form, context)


def _found(request: StaffRequest, pk: int) -> Alarm:
    visible = Alarm.objects.visible_to(request.viewer)
    found: Alarm = get_object_or_404(
        visible.select_related(*RELATED, "ticket__case__client").prefetch_related(CALLS), pk=pk
    )
    return found
