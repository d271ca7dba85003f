"""The next step of a hold, and the firm's rule of holds."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zabota.common import clock
from zabota.home.holds.common import find_hold, lay
from zabota.home.reading.beyond import limits_of
from zabota.home.reading.holds.offers import read_offers
from zabota.orders.actions.holds import set_hold_rule, take_step
from zabota.orders.forms.holds import HoldRuleForm, StepForm
from zabota.orders.models import HoldStep, StepKind, StepState
from zabota.orders.reading.hold_rule import hold_rule
from zabota.orders.rules import may_set_hold_rule, may_take_step
from zabota.people.access import StaffRequest, staff_page
from zabota.people.firm import calendar_of
from zabota.people.pages import form_page, grouped, tried, typed
from zabota.people.rules import demand


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def hold_step(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """One step, with what it needs: done within the rule or one's power, else asked."""
    if kind not in StepKind.values:
        raise Http404
    hold, at = find_hold(request, pk), clock.now()
    demand(may_take_step(request.viewer, hold))
    laid, calendar = lay(hold, at=at), calendar_of(request.firm)
    offers = read_offers(hold, laid.line, laid.rule, request.viewer, calendar, at=at)
    offer = next((one for one in offers if one.kind == kind), None)
    if offer is None:
        raise Http404
    usual = {"until": offer.until, "cost": offer.cost}
    form = StepForm(StepKind(kind), typed(request), beyond=not offer.within, initial=usual)
    if request.method == "POST" and form.is_valid():
        made: list[HoldStep] = []
        step = form.step()
        if tried(form, lambda: made.append(take_step(hold, step, by=request.viewer, at=at))):
            messages.success(request, _said(made[0]))
            return redirect("desk-hold", hold.pk)
    context = {
        "hold": hold,
        "case": hold.case,
        "offer": offer,
        "line": laid.shown,
        "back": f"/desk/orders/holds/{hold.pk}/",
        "limits": limits_of(request.viewer.employee, at),
        "administers": request.viewer.employee.is_administrator,
    }
    return form_page(request, "home/desk/holds/step.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def firm_holds(request: StaffRequest) -> HttpResponse:
    """For how long goods are kept, what a client may do, how long steps take."""
    at = clock.now()
    demand(may_set_hold_rule(request.viewer, at))
    form = HoldRuleForm(hold_rule(), typed(request))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if tried(form, lambda: set_hold_rule(values, by=request.viewer, at=at)):
            messages.success(request, _("Saved."))
            return redirect("firm-holds")
    context = {"tab": "holds", "groups": grouped(form, form.groups())}
    return form_page(request, "home/desk/holds/firm.html", form, context)


def _said(step: HoldStep) -> str:
    if step.state == StepState.ASKED:
        return _("Asked: whoever may allow it answers within a working hour.")
    return _("Done. The client has been told.")
