"""Orders in the room: the company's own; delays, where the client chooses in one tap."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from zabota.clients.access import RoomRequest, room_page
from zabota.common import clock
from zabota.common.files import read_file
from zabota.common.sending import sent_file
from zabota.orders import actions
from zabota.orders.models import Invoice, Order
from zabota.orders.reading.delay import read_delay
from zabota.orders.reading.found import found_delay, found_order, found_paper
from zabota.orders.reading.invoice_file import invoice_pdf
from zabota.orders.reading.lists import read_orders
from zabota.orders.reading.order import read_order
from zabota.orders.rules.orders import may_choose_on_delay, may_see_debt
from zabota.people.pages import pressed


@require_GET
@room_page
def order_list(request: RoomRequest) -> HttpResponse:
    """The company's orders, what moved last first."""
    found = read_orders(request.viewer, request.GET.dict(), at=clock.now())
    context = {
        "list": found,
        "wanted": found.wanted,
        "may_see_debt": may_see_debt(request.viewer, request.viewer.client),
    }
    return render(request, "orders/portal/list.html", context)


@require_GET
@room_page
def order_page(request: RoomRequest, pk: int) -> HttpResponse:
    """An order with its papers: what was promised, what is so, whose turn it is."""
    order = found_order(request, pk)
    seen = str(order.case.stream.seq)
    if request.headers.get("X-Zabota-Live"):
        if request.GET.get("seen") == seen:
            return HttpResponse(status=204)
        return render(request, "orders/portal/order.html#order", _context(request, order))
    return render(request, "orders/portal/order.html", _context(request, order))


@require_GET
@room_page
def order_paper(request: RoomRequest, pk: int, paper: int) -> HttpResponse:
    """A file of it; a PDF may be looked at in the browser."""
    found = found_paper(request, found_order(request, pk), paper)
    pdf = found.name.lower().endswith(".pdf")
    media = "application/pdf" if pdf else "application/octet-stream"
    return sent_file(read_file(found.file), found.name, media)


@require_GET
@room_page
def invoice_file(request: RoomRequest, pk: int, invoice: int) -> HttpResponse:
    """A счёт as PDF: what the client pays by."""
    order = found_order(request, pk)
    found = get_object_or_404(Invoice.objects.standing(), pk=invoice, order=order)
    found.order = order
    data = invoice_pdf(found, request.firm, at=clock.now())
    return sent_file(data, f"{found.number}.pdf", "application/pdf")


@require_GET
@room_page
def delay_page(request: RoomRequest, pk: int) -> HttpResponse:
    """What will be late, and what may be chosen."""
    delay = found_delay(request, pk)
    context = {
        "delay": delay,
        "told": read_delay(delay, request.viewer, request.firm, at=clock.now()),
        "may_choose": may_choose_on_delay(request.viewer, delay),
        "order_url": f"/room/orders/{delay.order_id}/",
    }
    return render(request, "orders/portal/delay.html", context)


@require_POST
@room_page
def delay_choose(request: RoomRequest, pk: int) -> HttpResponse:
    """One tap."""
    delay = found_delay(request, pk)
    choice = request.POST.get("choice", "")
    return pressed(
        request,
        lambda: actions.choose_on_delay(delay, choice, by=request.viewer, at=clock.now()),
        _("Thank you: we know what to do."),
        f"/room/delays/{pk}/",
    )


def _context(request: RoomRequest, order: Order) -> dict[str, Any]:
    return {
        "order": order,
        "case": order.case,
        "told": read_order(order, request.viewer, request.firm, at=clock.now()),
        "seen": order.case.stream.seq,
        "base": f"/room/orders/{order.pk}/",
        "holds_at": "/room/orders/holds/",
    }
