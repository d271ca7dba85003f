"""A delay and an act of reconciliation on the desk."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from zabota.common import clock
from zabota.common.files import read_file
from zabota.common.sending import sent_file
from zabota.orders import actions
from zabota.orders.reading.delay import read_delay
from zabota.orders.reading.found import found_act, found_delay
from zabota.orders.rules.orders import may_make_act, may_settle_delay
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import pressed

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@staff_page
def delay_page(request: StaffRequest, pk: int) -> HttpResponse:
    """What will be late, what the client was asked and chose, what is to be done."""
    delay, at = found_delay(request, pk), clock.now()
    context = {
        "delay": delay,
        "told": read_delay(delay, request.viewer, request.firm, at=at),
        "may_settle": may_settle_delay(request.viewer, delay, at),
        "order_url": f"/desk/orders/{delay.order_id}/",
    }
    return render(request, "orders/desk/delay.html", context)


@require_POST
@staff_page
def delay_settle(request: StaffRequest, pk: int) -> HttpResponse:
    """What was chosen is done."""
    delay = found_delay(request, pk)
    return pressed(
        request,
        lambda: actions.settle_delay(delay, by=request.viewer, at=clock.now()),
        _("Settled; the client is told."),
        f"/desk/delays/{pk}/",
    )


@require_GET
@staff_page
def act_page(request: StaffRequest, pk: int) -> HttpResponse:
    """An act that is asked for, or made."""
    act = found_act(request, pk)
    context = {"act": act, "may_make": may_make_act(request.viewer, act, clock.now())}
    return render(request, "orders/desk/act.html", context)


@require_POST
@staff_page
def act_make(request: StaffRequest, pk: int) -> HttpResponse:
    """Make it from the papers as they stand now."""
    act = found_act(request, pk)
    return pressed(
        request,
        lambda: actions.make_act(act, by=request.viewer, at=clock.now()),
        _("The act is made; the client is told."),
        f"/desk/acts/{pk}/",
    )


@require_GET
@staff_page
def act_file(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """The act as PDF or XLSX."""
    return send_act(request, pk, kind)


def send_act(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A file of an act, to whoever found it."""
    act = found_act(request, pk)
    file = act.pdf if kind == "pdf" else act.xlsx
    if file is None or kind not in ("pdf", "xlsx"):
        raise Http404
    media = "application/pdf" if kind == "pdf" else XLSX
    name = f"{act.case.number} {act.since:%Y-%m-%d} {act.until:%Y-%m-%d}.{kind}"
    return sent_file(read_file(file), name, media)
