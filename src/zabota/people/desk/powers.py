"""Powers of an employee: granted, needing a drill, withdrawn."""

import zoneinfo

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from zabota.common import clock
from zabota.people import actions
from zabota.people.access import StaffRequest, staff_page
from zabota.people.concerns import all_concerns
from zabota.people.desk.found import found_employee, found_power
from zabota.people.drills import drill_kinds
from zabota.people.forms.employees import PowerDrillForm, PowerForm
from zabota.people.pages import form_page, pressed, tried, typed
from zabota.people.rules import demand, may_manage_people


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def power_grant(request: StaffRequest, pk: int) -> HttpResponse:
    """One more thing they may do unasked."""
    person = found_employee(pk)
    at = clock.now()
    demand(may_manage_people(request.user, at))
    today = at.astimezone(zoneinfo.ZoneInfo(person.user.zone)).date()
    form = PowerForm(
        typed(request),
        concerns=list(all_concerns().items()),
        drills=list(drill_kinds().items()),
        today=today,
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        since, until = form.span(person.user.zone)
        if tried(
            form,
            lambda: actions.grant_power(
                person,
                values["kind"],
                by=request.user,
                at=at,
                concern=values["concern"],
                limit=values["limit"],
                currency=values["currency"],
                valid_from=since,
                valid_until=until,
                requires_drill=values.get("requires_drill", ""),
            ),
        ):
            return redirect("employee", pk)
    context = {
        "title": gettext("A power for %(name)s") % {"name": person.name},
        "submit": gettext("Grant"),
        "back": f"/desk/people/{pk}/",
    }
    return form_page(request, "people/desk/form.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def power_drill(request: StaffRequest, pk: int) -> HttpResponse:
    """Whether a power works only with a passed drill, and of which kind."""
    power = found_power(pk)
    at = clock.now()
    demand(may_manage_people(request.user, at))
    drills = drill_kinds()
    if power.requires_drill:
        drills.setdefault(power.requires_drill, power.requires_drill)
    form = PowerDrillForm(
        typed(request),
        drills=list(drills.items()),
        initial={"requires_drill": power.requires_drill},
    )
    if request.method == "POST" and form.is_valid():
        drill = form.cleaned_data["requires_drill"]
        if tried(form, lambda: actions.require_drill(power, drill, by=request.user, at=at)):
            return redirect("employee", power.employee_id)
    context = {
        "title": str(power.get_kind_display()),
        "note": power.employee.name,
        "submit": gettext("Save"),
        "back": f"/desk/people/{power.employee_id}/",
    }
    return form_page(request, "people/desk/form.html", form, context)


@require_POST
@staff_page
def power_revoke(request: StaffRequest, pk: int) -> HttpResponse:
    """A power withdrawn."""
    power = found_power(pk)
    at = clock.now()
    return pressed(
        request,
        lambda: actions.revoke_power(power, by=request.user, at=at),
        gettext("The power is withdrawn."),
        f"/desk/people/{power.employee_id}/",
    )
