"""Leaving: what somebody has in hand lies in several domains, so the page stands here."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from zabota.common import clock
from zabota.home.reading.leaving import read_leaving
from zabota.people import actions
from zabota.people.access import StaffRequest, staff_page
from zabota.people.desk.employees import circumstances
from zabota.people.desk.found import found_employee
from zabota.people.forms.employees import DismissForm
from zabota.people.pages import form_page, tried, typed
from zabota.people.rules import demand, may_manage_people


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def employee_dismiss(request: StaffRequest, pk: int) -> HttpResponse:
    """Says what they hold and to whom it passes, then ends the access."""
    person = found_employee(pk)
    at = clock.now()
    demand(may_manage_people(request.user, at))
    form = DismissForm(typed(request), but=person.pk)
    if request.method == "POST" and form.is_valid():
        heir = form.cleaned_data["heir"]
        if tried(
            form,
            lambda: actions.dismiss_employee(person, by=request.user, at=at, heir=heir),
            "heir",
        ):
            return redirect("employee-list")
    context = {
        "employee": person,
        "leaving": read_leaving(person, request.viewer, at),
        "led": person.led.filter(dismissed_at=None).select_related("user").order_by("user__name"),
        **circumstances(person, at),
    }
    return form_page(request, "people/desk/dismiss.html", form, context)
