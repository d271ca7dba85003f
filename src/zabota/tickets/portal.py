"""Requests in the room: the company's own, and writing to us."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zabota.clients.access import RoomRequest, room_page
from zabota.common import clock
from zabota.people.pages import form_page, pressed, typed
from zabota.people.rules import demand
from zabota.tickets.actions import give_ticket_verdict, open_ticket, write_to_ticket
from zabota.tickets.forms import VerdictForm
from zabota.tickets.forms.fields import AskForm
from zabota.tickets.models import ArticleEdition, TicketState
from zabota.tickets.pages.articles import offers
from zabota.tickets.pages.common import (
    Place,
    find_place,
    typed_words,
)
from zabota.tickets.pages.details import details_of
from zabota.tickets.pages.files import NOT_TAKEN, brought_files, limits, why_not_taken
from zabota.tickets.reading.lists import read_tickets
from zabota.tickets.reading.there import what_is_there
from zabota.tickets.reading.thread import read_thread
from zabota.tickets.reading.verdicts import read_verdicts
from zabota.tickets.rules import may_open_ticket, may_write_to_ticket


@require_GET
@room_page
def ticket_list(request: RoomRequest) -> HttpResponse:
    """The company's requests, what moved last first."""
    found = read_tickets(request.viewer, request.GET.dict(), request.firm, at=clock.now())
    context = {
        "list": found,
        "wanted": found.wanted,
        "may_open": may_open_ticket(request.viewer),
        "has_answers": ArticleEdition.objects.readable_by(request.viewer).exists(),
    }
    return render(request, "tickets/portal/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@room_page
def ticket_new(request: RoomRequest) -> HttpResponse:
    """The client tells what is wrong or what they want to know."""
    demand(may_open_ticket(request.viewer))
    form = AskForm(typed(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            ticket = open_ticket(
                request.viewer.client,
                form.cleaned_data["kind"],
                form.cleaned_data["text"],
                by=request.viewer,
                at=clock.now(),
                files=brought_files(request),
                answers=form.answers(),
            )
        except NOT_TAKEN as why:
            form.add_error("files", why_not_taken(why))
        else:
            return redirect("room-ticket", ticket.pk)
    context = {"back": reverse("room-tickets"), "upload": True, **offers(form, request.viewer)}
    return form_page(request, "tickets/portal/new.html", form, context)


@require_GET
@room_page
def ticket_page(request: RoomRequest, pk: int) -> HttpResponse:
    """A request with everything said in it, who has it now and until when."""
    place = find_place(request, pk)
    if place.ticket.pk != pk:
        return redirect(place.base)
    seen = str(place.ticket.case.stream.seq)
    if request.headers.get("X-Zabota-Live"):
        if request.GET.get("seen") == seen:
            return HttpResponse(status=204)
        return render(request, "tickets/portal/ticket.html#thread", _context(place))
    return render(request, "tickets/portal/ticket.html", _context(place))


@require_POST
@room_page
def ticket_write(request: RoomRequest, pk: int) -> HttpResponse:
    """The client writes once more."""
    place, text = find_place(request, pk), typed_words(request)
    try:
        files = brought_files(request)
        write_to_ticket(place.ticket, text, by=request.viewer, at=clock.now(), files=files)
    except NOT_TAKEN as why:
        return _again(request, place, text, why_not_taken(why))
    return redirect(f"{place.base}#last")


@require_POST
@room_page
def ticket_verdict(request: RoomRequest, pk: int) -> HttpResponse:
    """The client says whether it helped."""
    place, form = find_place(request, pk), VerdictForm(request.POST)
    if not form.is_valid():
        context = _context(place) | {"verdict_form": form}
        return render(request, "tickets/portal/ticket.html", context, status=422)
    given, at = form.cleaned_data, clock.now()

    def verb() -> None:
        give_ticket_verdict(
            place.ticket,
            given["helped"],
            given["effort"],
            given["words"],
            by=request.viewer,
            at=at,
        )

    return pressed(request, verb, _("Thank you: we read every word."), place.base)


def _again(request: RoomRequest, place: Place, text: str, problem: str) -> HttpResponse:
    context = _context(place) | {"text": text, "problem": problem}
    return render(request, "tickets/portal/ticket.html", context, status=422)


def _context(place: Place) -> dict[str, Any]:
    ticket, at = place.ticket, clock.now()
    there = what_is_there(ticket, at)
    return {
        "ticket": ticket,
        "case": ticket.case,
        "thread": read_thread(ticket, place.viewer, place.firm, at=at, there=there),
        "seen": ticket.case.stream.seq,
        "base": place.base,
        **details_of(place, there),
        "limits": limits(),
        "thoughts": read_verdicts(ticket, place.viewer, there),
        "verdict_form": VerdictForm(),
        "may_write": may_write_to_ticket(place.viewer, ticket),
        "done": ticket.case.state == TicketState.DONE,
        "waits": ticket.case.state == TicketState.WAITING,
        "label": _("Write more") if ticket.case.state != TicketState.DONE else _("Begin anew"),
    }
