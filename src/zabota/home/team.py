"""A team's work: what is about to break and whose it is, with one press to remind or give it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zabota.cases.actions import remind_of_promise
from zabota.cases.models import Case, Promise
from zabota.common import clock
from zabota.home.reading.team import ALL, HOURS, LATE, SOON, colleagues_of, read_team
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import pressed, safe_path


@require_GET
@staff_page
def team_page(request: StaffRequest) -> HttpResponse:
    """What is about to break within some working hours, what is late, everything; who has what."""
    work = read_team(request.viewer, request.GET.dict(), request.firm, at=clock.now())
    context = {
        "work": work,
        "wanted": work.wanted,
        "hours": HOURS,
        "views": [(SOON, _("About to break")), (LATE, _("Late")), (ALL, _("Everything open"))],
        "colleagues": colleagues_of(work.loads),
        "may_lead": request.viewer.employee.sees_all
        or any(load.person.lead_id == request.viewer.employee.pk for load in work.loads),
        "here": request.get_full_path(),
    }
    return render(request, "home/desk/team.html", context)


@require_POST
@staff_page
def promise_remind(request: StaffRequest, pk: int) -> HttpResponse:
    """Whoever has it is told at once."""
    visible = Case.objects.visible_to(request.viewer)
    promise = get_object_or_404(Promise.objects.select_related("case"), pk=pk, case__in=visible)
    return pressed(
        request,
        lambda: remind_of_promise(promise, by=request.viewer, at=clock.now()),
        _("Whoever has it is told."),
        safe_path(request, request.POST.get("next", ""), "/desk/team/"),
    )
