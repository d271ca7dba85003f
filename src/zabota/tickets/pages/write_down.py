"""A request written down while somebody talks: who it is, and what they ask."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zabota.clients.finding import find_clients
from zabota.clients.models import Client
from zabota.common import clock
from zabota.common.formats import phone
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import form_page, tried, typed
from zabota.tickets.actions import open_ticket
from zabota.tickets.actions.calls import write_down_call
from zabota.tickets.actions.write_down import write_down_stranger
from zabota.tickets.forms.write_down import ClientCallsForm, StrangerForm
from zabota.tickets.models import Call, Channel, Ticket
from zabota.tickets.pages.calls import call_of

MOST = 8


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def ticket_write_down(request: StaffRequest) -> HttpResponse:
    """Whoever it is: found by a name, a number, an address, or written down as somebody new."""
    call, at = call_of(request), clock.now()
    form = StrangerForm(typed(request), initial={"phone": phone(call.caller) if call else ""})
    if request.method == "POST" and form.is_valid():
        made: list[Ticket] = []

        def verb() -> None:
            ticket = write_down_stranger(
                form.stranger(),
                form.cleaned_data["kind"],
                form.cleaned_data["text"],
                by=request.viewer,
                at=at,
                priority=form.cleaned_data["priority"],
                answers=form.answers(),
            )
            made.append(ticket)
            _of_call(call, ticket, request)

        if tried(form, verb):
            return redirect("desk-ticket", made[0].pk)
    query = " ".join(request.GET.get("q", "").replace("\0", "").split())[:200]
    rows = Client.objects.visible_to(request.viewer).filter(refused_at=None)
    found = list(find_clients(rows, query).order_by("search", "pk")[: MOST + 1]) if query else []
    context = {
        "form": form,
        "query": query,
        "found": found[:MOST],
        "more": len(found) > MOST,
        "call": call,
    }
    status = 422 if form.errors else 200
    return render(request, "tickets/desk/write_down.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def ticket_new(request: StaffRequest, client: int) -> HttpResponse:
    """Of a client we know, written down while they talk."""
    visible = Client.objects.visible_to(request.viewer).select_related("owner__user", "owner__lead")
    found = get_object_or_404(visible, pk=client)
    call = call_of(request)
    contact = call.contact_id if call is not None else None
    form = ClientCallsForm(found, typed(request), initial={"contact": contact})
    if request.method == "POST" and form.is_valid():
        made: list[int] = []

        def verb() -> None:
            ticket = open_ticket(
                found,
                form.cleaned_data["kind"],
                form.cleaned_data["text"],
                by=request.viewer,
                at=clock.now(),
                contact=form.cleaned_data["contact"],
                channel=Channel.CALL,
                priority=form.cleaned_data["priority"],
                answers=form.answers(),
            )
            made.append(ticket.pk)
            _of_call(call, ticket, request)

        if tried(form, verb):
            return redirect("desk-ticket", made[0])
    context: dict[str, Any] = {
        "title": _("A request by phone"),
        "note": found.display_name,
        "submit": _("Write down"),
        "back": reverse("client", args=[found.pk]),
    }
    return form_page(request, "tickets/desk/new.html", form, context)


def _of_call(call: Call | None, ticket: Ticket, request: StaffRequest) -> None:
    """The call that rang stands in the request."""
    if call is not None:
        write_down_call(call, ticket, by=request.viewer, at=clock.now())
