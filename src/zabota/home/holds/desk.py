"""Goods kept for clients, on the desk: the list, promising, one hold, what the client said."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zabota.cases.models import Case
from zabota.cases.reading import read_links
from zabota.common import clock
from zabota.contracts.models import ContractState
from zabota.home.holds.common import find_hold, lay
from zabota.home.reading.holds import Known, lay_for, read_past, show_line
from zabota.home.reading.holds.lists import read_holds
from zabota.home.reading.holds.offers import read_offers
from zabota.home.reading.holds.page import read_page
from zabota.orders.actions.holds import Quote, promise_hold, release_hold, say_own_date
from zabota.orders.forms.holds import QuoteForm, ReleaseForm, SaidForm
from zabota.orders.models import Hold, Invoice
from zabota.orders.reading.hold_rule import firm_day, hold_rule
from zabota.orders.rules import may_hold_goods, may_release_hold, may_say_own_date, may_take_step
from zabota.orders.timeline import Ends, enough_until
from zabota.people.access import StaffRequest, staff_page
from zabota.people.firm import calendar_of
from zabota.people.pages import form_page, tried, typed
from zabota.people.rules import demand

NOT_AGREED_ANY_MORE = (ContractState.WITHDRAWN, ContractState.SIGNED)
MOST_CONTRACTS = 20


@require_GET
@staff_page
def hold_list(request: StaffRequest) -> HttpResponse:
    """What is kept for clients, what lapses first on top; or what is kept no longer."""
    found = read_holds(request, at=clock.now())
    return render(request, "home/desk/holds/list.html", {"list": found})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def hold_quote(request: StaffRequest, pk: int) -> HttpResponse:
    """Before the promise is given, everything between the счёт and the goods lies on one line, and
    what does not fit is said.
    """
    demand(may_hold_goods(request.viewer))
    at = clock.now()
    visible = Invoice.objects.visible_to(request.viewer)
    invoice = get_object_or_404(
        visible.select_related("order__case__client__root", "order__place"), pk=pk
    )
    form = QuoteForm(_agreements(request, invoice), typed(request), initial=_usual(invoice))
    looked_at = "look" in request.POST
    if request.method == "POST" and form.is_valid() and not looked_at:
        made: list[Hold] = []
        quote = form.quote()
        if tried(form, lambda: made.append(promise_hold(invoice, quote, by=request.viewer, at=at))):
            messages.success(request, _("Promised. The client reads until when it is kept."))
            return redirect("desk-hold", made[0].pk)
    context = {
        "invoice": invoice,
        "case": invoice.order.case,
        "lines": list(invoice.lines.order_by("number")[:50]),
        **_line_of(request, invoice, form),
    }
    return form_page(request, "home/desk/holds/quote.html", form, context)


@require_GET
@staff_page
def hold_page(request: StaffRequest, pk: int) -> HttpResponse:
    """One hold: until when, what stands between, what can be done."""
    hold, viewer, at = find_hold(request, pk), request.viewer, clock.now()
    context: dict[str, Any] = {
        "hold": hold,
        "case": hold.case,
        "page": read_page(hold, viewer, at=at),
        "links": read_links(hold.case, viewer),
        "may_step": may_take_step(viewer, hold),
        "may_say": may_say_own_date(viewer, hold),
        "may_release": may_release_hold(viewer, hold),
    }
    if hold.ended_at is None:
        laid, calendar = lay(hold, at=at), calendar_of(request.firm)
        context["line"] = laid.shown
        context["offers"] = read_offers(hold, laid.line, laid.rule, viewer, calendar, at=at)
        context["waits"] = any(step.waits for step in context["page"].steps)
    return render(request, "home/desk/holds/hold.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def hold_said(request: StaffRequest, pk: int) -> HttpResponse:
    """By when the client approves it, as they said by phone."""
    hold = find_hold(request, pk)
    demand(may_say_own_date(request.viewer, hold))
    form = SaidForm(typed(request), ours=True, initial={"day": hold.client_until})
    if request.method == "POST" and form.is_valid():
        day, at = form.value(), clock.now()
        if tried(form, lambda: say_own_date(hold, day, by=request.viewer, at=at)):
            return redirect("desk-hold", hold.pk)
    return _form(request, hold, form, _("What the client said"), _("Write down"))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def hold_release(request: StaffRequest, pk: int) -> HttpResponse:
    """The client needs it no more."""
    hold = find_hold(request, pk)
    demand(may_release_hold(request.viewer, hold))
    form = ReleaseForm(typed(request))
    if request.method == "POST" and form.is_valid():
        reason, at = form.cleaned_data["reason"], clock.now()
        if tried(form, lambda: release_hold(hold, reason, by=request.viewer, at=at)):
            messages.success(request, _("The goods are free. The client has been told."))
            return redirect("desk-hold", hold.pk)
    return _form(request, hold, form, _("Let the goods go"), _("Let go"))


def _form(
    request: StaffRequest, hold: Hold, form: SaidForm | ReleaseForm, title: str, submit: str
) -> HttpResponse:
    context = {
        "title": title,
        "note": str(hold.case),
        "submit": submit,
        "back": f"/desk/orders/holds/{hold.pk}/",
    }
    return form_page(request, "people/desk/form.html", form, context)


def _agreements(request: StaffRequest, invoice: Invoice) -> list[Case]:
    """Contracts of this client that are not signed yet, what moved last first."""
    client = invoice.order.case.client
    cases = Case.objects.visible_to(request.viewer).filter(kind="contract")
    theirs = cases.filter(client__in=type(client).objects.whole_of(client.whole_id).values("pk"))
    under_way = theirs.exclude(state__in=NOT_AGREED_ANY_MORE).order_by("-touched_at", "-pk")
    return list(under_way[:MOST_CONTRACTS])


def _usual(invoice: Invoice) -> dict[str, Any]:
    """What stands in the form first: the order's place, the rule's length."""
    until = firm_day(clock.now()) + timedelta(days=hold_rule().first_days)
    return {"store": invoice.order.place_id, "until": until}


def _line_of(request: StaffRequest, invoice: Invoice, form: QuoteForm) -> dict[str, Any]:
    """The line by what is in the form; of a wrong form by what usually is."""
    at, calendar, rule = clock.now(), calendar_of(request.firm), hold_rule()
    valid = form.is_bound and form.is_valid()
    quote: Quote | None = form.quote() if valid else None
    agreement = quote.agreement.pk if quote is not None and quote.agreement is not None else None
    known = Known(
        invoice.order.case.client.whole_id,
        agreement,
        quote is not None and quote.needs_ours,
        quote.client_until if quote is not None else None,
        quote.comes_on if quote is not None else None,
    )
    past = read_past([known.client], [agreement] if agreement else [], calendar, at=at)
    line = lay_for(known, past, rule, calendar, at=at)
    last = firm_day(at) + timedelta(days=rule.first_days)
    until = quote.until if quote is not None else last
    needed = quote.needed_by if quote is not None else None
    shown = show_line(line, Ends(until, invoice.valid_until, needed), calendar, at=at)
    return {"line": shown, "enough": enough_until(line, calendar), "last": last}
