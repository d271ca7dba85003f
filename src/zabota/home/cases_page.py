"""Addresses that stand for what lies behind them: the site's first page, a case by its id."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from zabota.cases.models import Case
from zabota.clients.access import RoomRequest, room_page, room_viewer
from zabota.people.access import StaffRequest, staff_page
from zabota.people.rules import employee_of

# The page of each kind of case.
PAGES = {
    "contract": "contracts/{pk}/",
    "ticket": "tickets/{pk}/",
    "order": "orders/{pk}/",
    "delay": "delays/{pk}/",
    "act": "acts/{pk}/",
    "hold": "orders/holds/{pk}/",
    "referral": "referrals/{pk}/",
    "mention": "mentions/{pk}/",
}
# Of these a room has no page by a number of a case.
INSIDE = ("referral", "mention")


@require_GET
@staff_page
def case_page(request: StaffRequest, pk: int) -> HttpResponse:
    """A case's own page, whatever it is."""
    case = Case.objects.visible_to(request.viewer).filter(pk=pk).first()
    if case is None or case.kind not in PAGES:
        raise Http404
    return redirect(f"/desk/{PAGES[case.kind].format(pk=case.pk)}")


@require_GET
@room_page
def room_case_page(request: RoomRequest, pk: int) -> HttpResponse:
    """The same in the client's room."""
    case = Case.objects.visible_to(request.viewer).filter(pk=pk).first()
    if case is None or case.kind not in PAGES or case.kind in INSIDE:
        raise Http404
    return redirect(f"/room/{PAGES[case.kind].format(pk=case.pk)}")


@require_GET
def front_page(request: HttpRequest) -> HttpResponse:
    """Our people go to the desk; everybody else to the room, which asks them to sign in. Who is
    signed in and has neither reads so, and may sign out.
    """
    user = request.user
    if user.is_authenticated and employee_of(user) is not None:
        return redirect("/desk/")
    if user.is_authenticated and room_viewer(user, None) is None:
        return render(request, "home/no_room.html", {"email": user.email})
    return redirect("/room/")
