"""Absences and substitutions of an employee."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from zabota.common import clock
from zabota.people import actions
from zabota.people.access import StaffRequest, staff_page
from zabota.people.desk.found import (
    found_absence,
    found_employee,
    found_substitution,
)
from zabota.people.forms.employees import AbsenceForm, SubstituteForm
from zabota.people.models import Employee
from zabota.people.pages import form_page, pressed, tried, typed
from zabota.people.rules import demand, may_plan_absence


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def employee_absence(request: StaffRequest, pk: int) -> HttpResponse:
    """Away from a day till a day."""
    person = found_employee(pk)
    at = clock.now()
    demand(may_plan_absence(request.user, person, at))
    form = AbsenceForm(typed(request))
    if request.method == "POST" and form.is_valid():
        span, reason = form.span(person.user.zone), form.cleaned_data["reason"]
        if tried(
            form,
            lambda: actions.plan_absence(person, *span, by=request.user, at=at, reason=reason),
            "first",
        ):
            return redirect("employee", pk)
    context = {
        "title": gettext("Away: %(name)s") % {"name": person.name},
        "submit": gettext("Plan the absence"),
        "back": f"/desk/people/{pk}/",
    }
    return form_page(request, "people/desk/form.html", form, context)


@require_POST
@staff_page
def absence_cancel(request: StaffRequest, pk: int) -> HttpResponse:
    """Here after all, or back before time."""
    absence = found_absence(pk)
    at = clock.now()
    return pressed(
        request,
        lambda: actions.cancel_absence(absence, by=request.user, at=at),
        gettext("The absence is cancelled."),
        f"/desk/people/{absence.employee_id}/",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def employee_substitute(request: StaffRequest, pk: int) -> HttpResponse:
    """Who stands in, when, and what is lent."""
    person = found_employee(pk)
    at = clock.now()
    demand(may_plan_absence(request.user, person, at))
    form = SubstituteForm(typed(request), but=person.pk)
    if request.method == "POST" and form.is_valid():
        values, span = form.cleaned_data, form.span(person.user.zone)
        if tried(
            form,
            lambda: actions.appoint_substitute(
                person,
                values["substitute"],
                *span,
                by=request.user,
                at=at,
                kinds=tuple(values["kinds"]),
            ),
            "first",
        ):
            return redirect("employee", pk)
    context = {
        "title": gettext("Who stands in: %(name)s") % {"name": person.name},
        "note": _what_happens(person, is_me=person.pk == request.viewer.employee.pk),
        "submit": gettext("Appoint"),
        "back": f"/desk/people/{pk}/",
    }
    return form_page(request, "people/desk/form.html", form, context)


def _what_happens(person: Employee, *, is_me: bool) -> str:
    """An absence takes work away; a substitution alone adds a second pair of hands."""
    if is_me:
        return gettext(
            "Your work stays with you: whoever stands in can act beside you. While you are away, it"
            " is with them alone."
        )
    return gettext(
        "%(name)s keeps the work: whoever stands in can act beside. During an absence, it is with"
        " whoever stands in alone."
    ) % {"name": person.name}


@require_POST
@staff_page
def substitution_cancel(request: StaffRequest, pk: int) -> HttpResponse:
    """What was lent returns."""
    substitution = found_substitution(pk)
    at = clock.now()
    return pressed(
        request,
        lambda: actions.cancel_substitution(substitution, by=request.user, at=at),
        gettext("The substitution is cancelled."),
        f"/desk/people/{substitution.employee_id}/",
    )
