"""Payments: what waits for a person's word; delays and acts of reconciliation; terms of payment."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zabota.clients.models import Client
from zabota.clients.tables.rows import read_money
from zabota.common import clock
from zabota.common.ids import row_number
from zabota.orders import actions
from zabota.orders.forms.orders import PaymentForm, TermsForm
from zabota.orders.models import Allocation, Invoice, Payment, Terms
from zabota.orders.reading.found import found_order
from zabota.orders.reading.payments import waiting_payments, with_offers
from zabota.orders.rules.orders import may_handle_payments
from zabota.people.access import StaffRequest, staff_page
from zabota.people.firm import zone_of
from zabota.people.pages import form_page, page_by_key, pressed, tried, typed
from zabota.people.refusal import Refused
from zabota.people.rules import demand


@require_GET
@staff_page
def payment_list(request: StaffRequest) -> HttpResponse:
    """Money that came and waits for somebody to say what it is for."""
    demand(may_handle_payments(request.viewer, clock.now()))
    page = page_by_key(request, waiting_payments().select_related("client"), "pk", size=25)
    return render(
        request, "orders/desk/payments.html", {"page": page, "waiting": with_offers(page.rows)}
    )


@require_POST
@staff_page
def payment_allocate(request: StaffRequest, pk: int) -> HttpResponse:
    """It is for this счёт."""
    demand(may_handle_payments(request.viewer, clock.now()))
    payment = get_object_or_404(Payment, pk=pk)
    invoice = _named(request)
    if invoice is None:
        messages.error(request, gettext("There is no such invoice, or there are several."))
        return redirect("desk-payments")

    def verb() -> None:
        sum_ = read_money(request.POST.get("sum", "")) or min(payment.free, invoice.to_pay)
        actions.allocate_payment(payment, invoice, sum_, by=request.viewer, at=clock.now())

    done = _("Laid on invoice %(number)s.") % {"number": invoice.number}
    return pressed(request, verb, done, "/desk/payments/")


def _named(request: StaffRequest) -> Invoice | None:
    """The счёт of a button, or the only one whose number, or that of its order, was typed."""
    rows = Invoice.objects.select_related("order")
    if "number" not in request.POST:
        return get_object_or_404(rows, pk=row_number(request.POST.get("invoice", "")))
    told = request.POST["number"].replace("\0", "").strip().removeprefix("№").strip()[:60]
    by_number = Q(number=told) | Q(order__case__number=told) | Q(order__outer_number=told)
    found = list(rows.standing().filter(by_number)[:2]) if told else []
    return found[0] if len(found) == 1 else None


@require_POST
@staff_page
def payment_aside(request: StaffRequest, pk: int) -> HttpResponse:
    """It is for nothing of ours."""
    payment = get_object_or_404(Payment, pk=pk)
    return pressed(
        request,
        lambda: actions.set_aside_payment(payment, by=request.viewer, at=clock.now()),
        _("Put aside: it is offered no more."),
        "/desk/payments/",
    )


@require_POST
@staff_page
def allocation_release(request: StaffRequest, pk: int) -> HttpResponse:
    """It was not for that one."""
    demand(may_handle_payments(request.viewer, clock.now()))
    found = get_object_or_404(Allocation.objects.select_related("invoice"), pk=pk)
    return pressed(
        request,
        lambda: actions.release_payment(found, by=request.viewer, at=clock.now()),
        _("The money is free again."),
        "/desk/payments/",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def order_pay(request: StaffRequest, pk: int) -> HttpResponse:
    """Money for an order, written down by hand; it goes to its счёт."""
    at = clock.now()
    order = found_order(request, pk)
    demand(may_handle_payments(request.viewer, at))
    today = at.astimezone(zone_of(request.firm)).date()
    invoice = order.invoices.filter(cancelled_at=None).order_by("-pk").first()
    initial = {"day": today.isoformat(), "sum": invoice.to_pay if invoice else ""}
    form = PaymentForm(typed(request), initial=initial)

    def verb() -> None:
        if invoice is None:
            raise Refused("no_invoice", _("Issue an invoice first: money is laid on it."))
        given = form.cleaned_data
        mark = f"hand:{order.case.number}:{given['number']}:{given['day']}"
        money = actions.Money(
            mark, given["day"], given["sum"], currency=order.currency, number=given["number"],
            purpose=given["purpose"],
        )  # fmt: skip
        actions.take_payment(
            money, by=request.viewer, at=at, client=order.case.client, invoice=invoice
        )

    if request.method == "POST" and form.is_valid() and tried(form, verb, "sum"):
        return redirect("desk-order", pk)
    context = {
        "title": gettext("Money that came"), "note": str(order.case), "submit": gettext("Note it"),
        "back": f"/desk/orders/{pk}/",
    }  # fmt: skip
    return form_page(request, "people/desk/form.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def client_terms(request: StaffRequest, pk: int) -> HttpResponse:
    """On what terms a client pays."""
    demand(may_handle_payments(request.viewer, clock.now()))
    visible = Client.objects.visible_to(request.viewer).select_related("root")
    client = get_object_or_404(visible, pk=pk)
    terms = Terms.objects.filter(client=client).first()
    initial: dict[str, Any] = {"days": 0}
    if terms is not None:
        initial = {
            "days": terms.days, "limit": terms.limit, "opening": terms.opening,
            "opened_on": terms.opened_on.isoformat() if terms.opened_on else None,
        }  # fmt: skip
    form = TermsForm(typed(request), initial=initial)

    def verb() -> None:
        given = form.cleaned_data
        actions.set_terms(
            client, given["days"], by=request.viewer, at=clock.now(), limit=given["limit"],
            opening=given["opening"] or Decimal(0), opened_on=given["opened_on"],
        )  # fmt: skip

    if request.method == "POST" and form.is_valid() and tried(form, verb):
        return redirect("client", pk)
    context = {
        "title": gettext("Terms of payment"), "note": client.display_name,
        "submit": gettext("Save"), "back": reverse("client", args=[pk]),
    }  # fmt: skip
    return form_page(request, "people/desk/form.html", form, context)
