"""What is done with an order: invoiced, shipped, brought back, promised, a paper added."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from zabota.common import clock
from zabota.common.files import TooLarge
from zabota.common.upload_words import too_large, wrong_kind
from zabota.common.uploads import NotWhatItSays
from zabota.orders import actions
from zabota.orders.actions.invoice import VALID
from zabota.orders.forms.orders import (
    CountsForm,
    DutyForm,
    ExpectForm,
    InvoiceForm,
    PaperForm,
    ReadyForm,
)
from zabota.orders.models import Duty, Invoice, Order, Shipment, Source
from zabota.orders.reading.found import found_order
from zabota.orders.rules.orders import may_change_order
from zabota.people.access import StaffRequest, staff_page
from zabota.people.firm import zone_of
from zabota.people.pages import form_page, pressed, tried, typed
from zabota.people.rules import demand

METHODS = ["GET", "HEAD", "POST"]


def _found(request: StaffRequest, pk: int) -> Order:
    order = found_order(request, pk)
    demand(may_change_order(request.viewer, order.case, clock.now()))
    return order


def _today(request: StaffRequest) -> date:
    return clock.now().astimezone(zone_of(request.firm)).date()


def _form(
    request: StaffRequest, order: Order, form: forms.Form, verb: Callable[[], Any], title: str,
    submit: str, *, field: str | None = None, upload: bool = False,
) -> HttpResponse:  # fmt: skip
    """A form of an order: done, one is back at the order."""
    if request.method == "POST" and form.is_valid() and tried(form, verb, field):
        return redirect("desk-order", order.pk)
    context = {
        "title": title, "note": str(order.case), "submit": submit, "upload": upload,
        "back": f"/desk/orders/{order.pk}/",
    }  # fmt: skip
    return form_page(request, "people/desk/form.html", form, context)


@require_http_methods(METHODS)
@staff_page
def order_invoice(request: StaffRequest, pk: int) -> HttpResponse:
    """A счёт for all of it."""
    order = _found(request, pk)
    initial = {"valid_until": (_today(request) + VALID).isoformat()}
    form = InvoiceForm(typed(request), initial=initial)

    def verb() -> None:
        until = form.cleaned_data["valid_until"]
        actions.issue_invoice(order, by=request.viewer, at=clock.now(), valid_until=until)

    title, submit = gettext("Invoice for payment"), gettext("Issue the invoice")
    return _form(request, order, form, verb, title, submit)


@require_http_methods(METHODS)
@staff_page
def order_ship(request: StaffRequest, pk: int) -> HttpResponse:
    """How many of what have left, by which paper."""
    order = _found(request, pk)
    lines = [one for one in order.lines.order_by("number") if one.left > 0]
    form = CountsForm(lines, typed(request), initial={"day": _today(request).isoformat()})

    def verb() -> None:
        paper = actions.Paper(form.cleaned_data["number"], form.cleaned_data["day"])
        actions.ship_order(order, form.counts(), by=request.viewer, at=clock.now(), paper=paper)

    return _form(request, order, form, verb, gettext("What has left"), gettext("Note as shipped"))


@require_http_methods(METHODS)
@staff_page
def order_return(request: StaffRequest, pk: int) -> HttpResponse:
    """How many of what came back, and why."""
    order = _found(request, pk)
    lines = [one for one in order.lines.order_by("number") if one.shipped > one.returned]
    initial = {"day": _today(request).isoformat()}
    form = CountsForm(lines, typed(request), initial=initial, back=True)

    def verb() -> None:
        given = form.cleaned_data
        paper = actions.Paper(given["number"], given["day"])
        actions.take_return(
            order, form.counts(), given["reason"], by=request.viewer, at=clock.now(), paper=paper
        )

    return _form(request, order, form, verb, gettext("What came back"), gettext("Note the return"))


@require_http_methods(METHODS)
@staff_page
def line_expect(request: StaffRequest, pk: int, line: int) -> HttpResponse:
    """A line is to be expected on another day."""
    order = _found(request, pk)
    found = get_object_or_404(order.lines, pk=line)
    day = found.expected_on or found.promised_on
    form = ExpectForm(typed(request), initial={"day": day.isoformat() if day else None})

    def verb() -> None:
        actions.expect_line(found, form.cleaned_data["day"], by=request.viewer, at=clock.now())

    return _form(request, order, form, verb, found.name, gettext("Save"), field="day")


@require_http_methods(METHODS)
@staff_page
def order_duty(request: StaffRequest, pk: int) -> HttpResponse:
    """One more promise: installation, warranty, training, parts."""
    order, form = _found(request, pk), DutyForm(typed(request))

    def verb() -> None:
        given = form.cleaned_data
        actions.promise_duty(
            order, given["kind"], given["day"], by=request.viewer, at=clock.now(),
            words=given["words"],
        )  # fmt: skip

    title, submit = gettext("Promise after the sale"), gettext("Promise")
    return _form(request, order, form, verb, title, submit, field="day")


@require_POST
@staff_page
def duty_keep(request: StaffRequest, pk: int, duty: int) -> HttpResponse:
    """It is done."""
    order = _found(request, pk)
    found = get_object_or_404(Duty, pk=duty, order=order)
    return pressed(
        request,
        lambda: actions.keep_duty(found, by=request.viewer, at=clock.now()),
        _("Done; the client is told."),
        f"/desk/orders/{pk}/",
    )


@require_http_methods(METHODS)
@staff_page
def order_paper_add(request: StaffRequest, pk: int) -> HttpResponse:
    """A счёт, an УПД, a certificate as a file."""
    order = _found(request, pk)
    form = PaperForm(typed(request), request.FILES or None)

    def verb() -> None:
        given, sent = form.cleaned_data, form.cleaned_data["paper"]
        if (sent.size or 0) > settings.UPLOAD_LIMIT:
            raise forms.ValidationError(too_large(TooLarge(sent.size, settings.UPLOAD_LIMIT)))
        try:
            actions.add_paper(
                order, given["kind"], sent.name, sent.read(), by=request.viewer, at=clock.now(),
                media_type=sent.content_type or "", inside=given["inside"],
            )  # fmt: skip
        except NotWhatItSays as why:
            raise forms.ValidationError(wrong_kind(why)) from why

    return _form(
        request, order, form, verb, gettext("Add a paper"), gettext("Add"), field="paper",
        upload=True,
    )  # fmt: skip


@require_POST
@staff_page
def invoice_take_back(request: StaffRequest, pk: int, invoice: int) -> HttpResponse:
    """It is not to be paid by any more."""
    order = _found(request, pk)
    found = get_object_or_404(Invoice, pk=invoice, order=order)
    return pressed(
        request,
        lambda: actions.take_back_invoice(found, by=request.viewer, at=clock.now()),
        _("The invoice is taken back."),
        f"/desk/orders/{pk}/",
    )


@require_http_methods(METHODS)
@staff_page
def shipment_delivered(request: StaffRequest, pk: int, shipment: int) -> HttpResponse:
    """The goods were there."""
    order = _found(request, pk)
    found = get_object_or_404(Shipment, pk=shipment, order=order)
    form = ReadyForm(typed(request), initial={"day": _today(request).isoformat()})

    def verb() -> None:
        actions.deliver_shipment(found, form.cleaned_data["day"], by=request.viewer, at=clock.now())

    title = gettext("When it was delivered")
    return _form(request, order, form, verb, title, gettext("Save"), field="day")


@require_POST
@staff_page
def shipment_take_off(request: StaffRequest, pk: int, shipment: int) -> HttpResponse:
    """It was noted by mistake."""
    order = _found(request, pk)
    found = get_object_or_404(Shipment, pk=shipment, order=order, source=Source.HAND)
    return pressed(
        request,
        lambda: actions.take_off_shipment(found, by=request.viewer, at=clock.now()),
        _("Taken off: it is to be shipped still; the client is told."),
        f"/desk/orders/{pk}/",
    )
