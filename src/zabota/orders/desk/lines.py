"""What is ordered, typed by one of ours: a new order, and the lines of one that is under way."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from zabota.clients.models import Client
from zabota.clients.rules import may_add_clients
from zabota.common import clock
from zabota.common.language.lemmas import fold
from zabota.orders import actions
from zabota.orders.forms.lines import rows_of
from zabota.orders.forms.orders import PlaceForm
from zabota.orders.models import Order
from zabota.orders.reading.found import found_order
from zabota.orders.rules.orders import may_change_lines, may_place_order
from zabota.people.access import StaffRequest, staff_page
from zabota.people.firm import zone_of
from zabota.people.pages import tried, typed
from zabota.people.rules import demand

METHODS = ["GET", "HEAD", "POST"]
MOST_FOUND = 20


@require_GET
@staff_page
def order_for(request: StaffRequest) -> HttpResponse:
    """First whose order it is: those whose orders this colleague may place."""
    query = request.GET.get("q", "").replace("\0", "").strip()[:200]
    at, viewer = clock.now(), request.viewer
    found = Client.objects.visible_to(viewer).select_related("owner")
    found = found.saying(fold(query).split()[:8]).order_by("-pk")
    if not may_add_clients(request.user, at):
        found = found.filter(owner=viewer.employee)
    context = {"query": query, "clients": found[:MOST_FOUND]}
    return render(request, "orders/desk/order_for.html", context)


@require_http_methods(METHODS)
@staff_page
def order_new(request: StaffRequest, client: int) -> HttpResponse:
    """An order a client tells by phone or by letter."""
    at = clock.now()
    visible = Client.objects.visible_to(request.viewer).select_related("owner__user", "root")
    found = get_object_or_404(visible, pk=client)
    demand(may_place_order(request.viewer, found, at))
    form, made = PlaceForm(found.pk, typed(request)), list[Order]()

    def verb(lines: list[actions.Wanted]) -> None:
        given = form.cleaned_data
        made.append(
            actions.place_order(
                found, lines, by=request.viewer, at=at, contact=given["contact"],
                note=given["note"],
            )
        )  # fmt: skip

    context = {
        "title": gettext("New order"),
        "note": found.display_name,
        "submit": gettext("Place the order"),
        "back": reverse("client", args=[found.pk]),
    }
    answer = _page(request, form, [], verb, context)
    return answer or redirect("desk-order", made[0].pk)


@require_http_methods(METHODS)
@staff_page
def order_lines(request: StaffRequest, pk: int) -> HttpResponse:
    """The lines of an order placed by hand, as they are to be from now on."""
    order, at = found_order(request, pk), clock.now()
    demand(may_change_lines(request.viewer, order, at))
    there = [one for one in order.lines.order_by("number") if one.wanted > 0]

    def verb(lines: list[actions.Wanted]) -> None:
        what = actions.change_lines(order, lines, by=request.viewer, at=at)
        if what:
            messages.success(request, gettext("The order is changed; the client is told."))

    context = {
        "title": gettext("Lines of the order"),
        "note": str(order.case),
        "submit": gettext("Save"),
        "back": f"/desk/orders/{pk}/",
        "changing": True,
    }
    return _page(request, None, there, verb, context) or redirect("desk-order", pk)


def _page(
    request: StaffRequest,
    form: PlaceForm | None,
    there: list[Any],
    verb: Callable[[list[actions.Wanted]], None],
    context: dict[str, Any],
) -> HttpResponse | None:
    """The page with its rows; nothing once it is done."""
    today = clock.now().astimezone(zone_of(request.firm)).date()
    more = "more" in request.POST
    rows = rows_of(there, typed(request), request.firm.country, today, more=more)
    wrong = ""
    # Both are asked, so that everything that is wrong is said at once.
    sound = request.method == "POST" and not more and rows.is_valid()
    if (form is None or not request.POST or more or form.is_valid()) and sound:
        lines = [one for one in (row.wanted() for row in rows) if one is not None]
        said = form or forms.Form({})
        said.full_clean()
        if tried(said, lambda: verb(lines)):
            return None
        wrong = " ".join(str(one) for one in said.non_field_errors()) if form is None else ""
    failed = request.method == "POST" and not more
    shown = context | {"form": form, "rows": rows, "wrong": wrong}
    return render(request, "orders/desk/lines_form.html", shown, status=422 if failed else 200)
