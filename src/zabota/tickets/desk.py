"""Requests on the desk: the list, one request, what is done in it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zabota.cases.reading import read_links
from zabota.cases.rules import may_ask_beyond, may_link_cases
from zabota.common import clock
from zabota.people.access import StaffRequest, StaffViewer, staff_page
from zabota.people.pages import form_page, pressed, tried, typed
from zabota.people.refusal import Refused
from zabota.people.rules import demand
from zabota.tickets.actions import (
    change_priority,
    end_ticket,
    say_in_ticket,
    take_ticket,
    use_macro,
)
from zabota.tickets.actions.talk import ANSWER, ASK, CALL, NOTE
from zabota.tickets.actions.watch import called_in
from zabota.tickets.forms import EndingForm, PriorityForm
from zabota.tickets.models import Priority, TicketState
from zabota.tickets.pages.beside import beside, chosen
from zabota.tickets.pages.by_which_way import by_which_way
from zabota.tickets.pages.common import (
    Place,
    find_place,
    known_ticket,
    typed_words,
)
from zabota.tickets.pages.details import details_of
from zabota.tickets.pages.files import NOT_TAKEN, brought_files, limits, why_not_taken
from zabota.tickets.pages.give import giving
from zabota.tickets.pages.looking import who_else_looks
from zabota.tickets.pages.narrow import ways_to_narrow
from zabota.tickets.pages.watch import looking_on, warn_of_unknown
from zabota.tickets.reach import chosen_way
from zabota.tickets.reading.alarms import alarms_of
from zabota.tickets.reading.callers import read_calls
from zabota.tickets.reading.lists import read_tickets
from zabota.tickets.reading.there import what_is_there
from zabota.tickets.reading.thread import read_thread
from zabota.tickets.reading.verdicts import read_verdicts
from zabota.tickets.rules import (
    may_accept_ticket,
    may_answer_ticket,
    may_change_priority,
    may_end_ticket,
    may_give_to_team,
    may_make_exercise,
    may_merge_tickets,
    may_refuse_ticket,
    may_snooze_ticket,
    may_take_ticket,
)

HOW = (ANSWER, ASK, CALL, NOTE)


@require_GET
@staff_page
def ticket_list(request: StaffRequest) -> HttpResponse:
    """Requests of clients, what moved last first."""
    found = read_tickets(request.viewer, request.GET.dict(), request.firm, at=clock.now())
    context = {
        "list": found,
        "wanted": found.wanted,
        **ways_to_narrow(found.wanted),
        "states": [("unfinished", _("Unfinished")), *TicketState.choices],
    }
    return render(request, "tickets/desk/list.html", context)


@require_GET
@staff_page
def ticket_page(request: StaffRequest, pk: int) -> HttpResponse:
    """One thread; promises on top; what can be done next."""
    place = find_place(request, pk)
    if place.ticket.pk != pk:
        return redirect(place.base)
    if request.headers.get("X-Zabota-Live"):
        if request.GET.get("seen") == str(place.ticket.case.stream.seq):
            return HttpResponse(status=204)
        return render(request, "tickets/desk/ticket.html#thread", _context(request, place))
    return render(request, "tickets/desk/ticket.html", _context(request, place))


@require_POST
@staff_page
def ticket_take(request: StaffRequest, pk: int) -> HttpResponse:
    """Mine now."""
    place, over = find_place(request, pk), "over" in request.POST
    return pressed(
        request,
        lambda: take_ticket(place.ticket, by=request.viewer, at=clock.now(), over=over),
        _("You have it now; the client sees your name."),
        place.base,
    )


@require_POST
@staff_page
def ticket_say(request: StaffRequest, pk: int) -> HttpResponse:
    """An answer, a question, a call or a note."""
    ticket, text = known_ticket(request, pk), typed_words(request)
    how = request.POST.get("how", ANSWER)
    how = how if how in HOW else NOTE
    macro = chosen(request.viewer, request.POST.get("macro", ""))
    channel = chosen_way(ticket, request.POST.get("channel", ""))
    given: dict[str, Any] = {
        "by": request.viewer, "at": clock.now(), "how": how, "channel": channel,
    }  # fmt: skip
    try:
        files = brought_files(request)
        if macro is None:
            say_in_ticket(ticket, text, files=files, **given)
        else:
            use_macro(ticket, macro, text, files=files, **given)
    except NOT_TAKEN as why:
        return _again(request, pk, {"text": text, "how": how, "problem": why_not_taken(why)})
    except Refused as why:
        return _again(request, pk, {"text": text, "how": how, "problem": str(why)})
    if how == NOTE:
        warn_of_unknown(request, called_in(text).unknown)
    return redirect(f"/desk/tickets/{ticket.pk}/#last")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def ticket_end(request: StaffRequest, pk: int) -> HttpResponse:
    """How it ended, in words for the client."""
    place = find_place(request, pk)
    demand(may_end_ticket(request.viewer, place.ticket))
    form = EndingForm(typed(request), suggestion=place.ticket.type.is_suggestion)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def verb() -> None:
            end_ticket(
                place.ticket, given["outcome"], given["text"], by=request.viewer, at=clock.now()
            )

        if tried(form, verb):
            messages.success(request, _("Finished. The client has been told."))
            return redirect(place.base)
    return _form(request, place, form, _("How it ended"), _("Finish and tell the client"))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def ticket_priority(request: StaffRequest, pk: int) -> HttpResponse:
    """More or less urgent than was thought; the dates move in the open."""
    place = find_place(request, pk)
    demand(may_change_priority(request.viewer, place.ticket))
    form = PriorityForm(typed(request), initial={"priority": place.ticket.priority})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def verb() -> None:
            change_priority(
                place.ticket,
                given["priority"],
                by=request.viewer,
                at=clock.now(),
                reason=given["reason"],
            )

        if tried(form, verb):
            messages.success(request, _("The promised dates follow; the client sees them."))
            return redirect(place.base)
    return _form(request, place, form, _("How urgent it is"), _("Change"))


def _form(
    request: StaffRequest, place: Place, form: forms.Form, title: str, submit: str
) -> HttpResponse:
    context = {
        "title": title,
        "note": str(place.ticket.case),
        "submit": submit,
        "back": place.base,
    }
    return form_page(request, "people/desk/form.html", form, context)


def _again(request: StaffRequest, pk: int, typed_in: dict[str, Any]) -> HttpResponse:
    context = _context(request, find_place(request, pk)) | typed_in
    return render(request, "tickets/desk/ticket.html", context, status=422)


def _context(request: StaffRequest, place: Place) -> dict[str, Any]:
    ticket, viewer = place.ticket, place.viewer
    language, at = get_language() or "ru", clock.now()
    there = what_is_there(ticket, at)
    return {
        "ticket": ticket,
        "case": ticket.case,
        "kind": ticket.type.name(language),
        "thread": read_thread(ticket, viewer, place.firm, at=at, there=there),
        "seen": ticket.case.stream.seq,
        "base": place.base,
        "limits": limits(),
        "thoughts": read_verdicts(ticket, viewer, there),
        "calls": read_calls(ticket=ticket.pk) if there.calls else [],
        **by_which_way(ticket, there, at),
        "priority": str(Priority(ticket.priority).label),
        "by_rule": ticket.rule_id is not None,
        "taken": ticket.taken_by_id is not None,
        "asleep": ticket.snoozed_until is not None,
        # What is half typed waits in the browser for whoever typed it, under this name.
        "stays": f"{viewer.user.pk}-{ticket.pk}",
        "links": read_links(ticket.case, viewer)
        if there.links and isinstance(viewer, StaffViewer)
        else [],
        "may_link": may_link_cases(viewer),
        "may_merge": may_merge_tickets(viewer, ticket),
        **beside(place, {**request.GET.dict(), **request.POST.dict()}, there),
        **details_of(place, there),
        **looking_on(ticket, viewer, there),
        **giving(ticket, viewer),
        "alarms": alarms_of(ticket) if there.alarms else [],
        **who_else_looks(ticket, viewer, at, there.looked),
        "may_go_beyond": may_ask_beyond(viewer),
        "may_take": may_take_ticket(viewer, ticket),
        "may_answer": may_answer_ticket(viewer, ticket),
        "may_end": may_end_ticket(viewer, ticket),
        "may_give_team": may_give_to_team(viewer, ticket),
        "may_snooze": may_snooze_ticket(viewer, ticket),
        "may_refuse": may_refuse_ticket(viewer, ticket, at),
        "may_accept": may_accept_ticket(viewer, ticket, at),
        "may_make_exercise": may_make_exercise(viewer, ticket, at),
        "may_change_priority": may_change_priority(viewer, ticket),
        "readers": ticket.contact.shown_name if ticket.contact else ticket.case.client.display_name,
    }
