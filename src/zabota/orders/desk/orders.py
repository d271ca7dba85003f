"""The list of orders, one order, its files, cancelling it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from zabota.common import clock
from zabota.common.files import read_file
from zabota.common.sending import sent_file
from zabota.orders import actions
from zabota.orders.models import Invoice, Order
from zabota.orders.reading.found import found_order, found_paper
from zabota.orders.reading.invoice_file import invoice_pdf
from zabota.orders.reading.lists import read_orders
from zabota.orders.reading.order import read_order
from zabota.orders.reading.payments import count_waiting
from zabota.orders.rules.orders import may_change_lines, may_change_order, may_handle_payments
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import pressed


@require_GET
@staff_page
def order_list(request: StaffRequest) -> HttpResponse:
    """Orders, what moved last first."""
    at = clock.now()
    found = read_orders(request.viewer, request.GET.dict(), at=at)
    pays = may_handle_payments(request.viewer, at)
    context = {
        "list": found,
        "wanted": found.wanted,
        "states": state_names(),
        "may_pay": pays,
        "waiting": count_waiting() if pays else 0,
    }
    return render(request, "orders/desk/list.html", context)


def state_names() -> list[tuple[str, Any]]:
    """What a list of orders may be narrowed to."""
    return [
        ("open", pgettext("orders", "In work")),
        ("late", pgettext("orders", "Late or will be")),
        ("unpaid", pgettext("orders", "Not paid in full")),
        ("done", pgettext("orders", "Finished")),
        ("cancelled", pgettext("orders", "Cancelled")),
    ]


@require_GET
@staff_page
def order_page(request: StaffRequest, pk: int) -> HttpResponse:
    """One order: what was promised and what is so, its papers, what can be done next."""
    order, at = found_order(request, pk), clock.now()
    seen = str(order.case.stream.seq)
    if request.headers.get("X-Zabota-Live"):
        if request.GET.get("seen") == seen:
            return HttpResponse(status=204)
        return render(request, "orders/desk/order.html#order", _context(request, order))
    return render(request, "orders/desk/order.html", _context(request, order) | {"at": at})


@require_POST
@staff_page
def order_cancel(request: StaffRequest, pk: int) -> HttpResponse:
    """Nothing more is to be done of it."""
    order = found_order(request, pk)
    return pressed(
        request,
        lambda: actions.cancel_order(order, by=request.viewer, at=clock.now()),
        _("The order is cancelled; the client is told."),
        f"/desk/orders/{pk}/",
    )


@require_GET
@staff_page
def order_paper(request: StaffRequest, pk: int, paper: int) -> HttpResponse:
    """A file of it."""
    return send_paper(request, pk, paper)


def send_paper(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    """A file of an order, to whoever may read it; a PDF may be looked at in the browser."""
    found = found_paper(request, found_order(request, pk), paper)
    pdf = found.name.lower().endswith(".pdf")
    media = "application/pdf" if pdf else "application/octet-stream"
    return sent_file(read_file(found.file), found.name, media)


@require_GET
@staff_page
def invoice_file(request: StaffRequest, pk: int, invoice: int) -> HttpResponse:
    """A счёт as PDF: what the client pays by; one taken back is nothing."""
    order = found_order(request, pk)
    found = get_object_or_404(Invoice.objects.standing(), pk=invoice, order=order)
    found.order = order
    data = invoice_pdf(found, request.firm, at=clock.now())
    return sent_file(data, f"{found.number}.pdf", "application/pdf")


@require_POST
@staff_page
def paper_remove(request: StaffRequest, pk: int, paper: int) -> HttpResponse:
    """It was the wrong one."""
    found = found_paper(request, found_order(request, pk), paper)
    actions.remove_paper(found, by=request.viewer, at=clock.now())
    messages.success(request, gettext("The paper is taken away."))
    return redirect("desk-order", pk)


def _context(request: StaffRequest, order: Order) -> dict[str, Any]:
    at = clock.now()
    told = read_order(order, request.viewer, request.firm, at=at)
    return {
        "order": order,
        "case": order.case,
        "told": told,
        "seen": order.case.stream.seq,
        "base": f"/desk/orders/{order.pk}/",
        "holds_at": "/desk/orders/holds/",
        "may_change": may_change_order(request.viewer, order.case, at),
        "may_change_lines": may_change_lines(request.viewer, order, at),
        "may_pay": may_handle_payments(request.viewer, at),
        "open": order.case.state == "open",
    }
