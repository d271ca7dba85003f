"""Making two requests one, splitting one in two, taking either back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_POST

from zabota.cases.models import Case, Link, LinkKind
from zabota.clients.models import Client
from zabota.common import clock
from zabota.common.names import numbered
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import form_page, pressed, tried, typed
from zabota.people.rules import demand
from zabota.tickets.actions import merge_tickets, part_tickets, split_ticket, undo_split
from zabota.tickets.actions.merge import LONG_AGO
from zabota.tickets.actions.open import LONGEST_TITLE
from zabota.tickets.actions.words import excerpt
from zabota.tickets.forms import TypeChoice, kinds_of_requests
from zabota.tickets.models import Remark, RemarkKind, Ticket, TicketType
from zabota.tickets.pages.common import Place, find_place
from zabota.tickets.rules import may_merge_tickets

MOST = 20
UNDONE = {
    LinkKind.MERGED: (part_tickets, gettext_lazy("They are two again, each with what it had.")),
    LinkKind.SPLIT: (undo_split, gettext_lazy("The lines stand where they stood.")),
}


class MergeForm(forms.Form):
    """Which other request is the same matter, and which of the two goes on."""

    other = forms.TypedChoiceField(
        label=gettext_lazy("The same matter as"), coerce=int, widget=forms.RadioSelect
    )
    stays = forms.ChoiceField(
        label=gettext_lazy("Which one goes on"),
        choices=[("this", gettext_lazy("this one")), ("other", gettext_lazy("the other one"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, found: list[Ticket], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(one.pk, f"{one.case} — {one.said}") for one in found]
        self.fields["other"].choices = names  # type: ignore[attr-defined]


class SplitForm(forms.Form):
    """Which lines are another matter, and what it is."""

    remarks = forms.TypedMultipleChoiceField(
        label=gettext_lazy("What is another matter"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Our answers to it go along."),
    )
    kind = TypeChoice(
        label=gettext_lazy("What the request is about"),
        queryset=TicketType.objects.none(),
        empty_label=None,
    )
    title = forms.CharField(
        label=gettext_lazy("What it is called"),
        max_length=LONGEST_TITLE,
        required=False,
        help_text=gettext_lazy("Blank: by its first words."),
    )

    def __init__(self, lines: list[Remark], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(one.pk, f"{_whose(one)}: {excerpt(one.text, 120)}") for one in lines]
        self.fields["remarks"].choices = names  # type: ignore[attr-defined]
        self.fields["kind"].queryset = kinds_of_requests()  # type: ignore[attr-defined]


def _whose(remark: Remark) -> str:
    if remark.side == "theirs":
        return _("the client")
    return remark.author.shown_name if remark.author else "—"


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def ticket_merge(request: StaffRequest, pk: int) -> HttpResponse:
    """The client's other requests; the one chosen and this one are one from now on."""
    place = find_place(request, pk)
    demand(may_merge_tickets(request.viewer, place.ticket))
    found = list(_others(request, place)[:MOST])
    form = MergeForm(found, typed(request), initial={"stays": "this"})
    if request.method == "POST" and form.is_valid():
        other = next(one for one in found if one.pk == form.cleaned_data["other"])
        pair = (place.ticket, other)
        stays, goes = pair if form.cleaned_data["stays"] == "this" else pair[::-1]
        if tried(form, lambda: merge_tickets(stays, goes, by=request.viewer, at=clock.now())):
            messages.success(request, _("They are one now; the client is told. It can be undone."))
            return redirect("desk-ticket", stays.pk)
    context = {
        "title": _("Merge with another request"),
        "note": _("One thread, one answer to both. What was promised in either stays promised.")
        if found
        else _("The client has no other request that could be the same matter."),
        "submit": _("Make them one"),
        "back": place.base,
    }
    return form_page(request, "people/desk/form.html", form, context)


def _others(request: StaffRequest, place: Place) -> QuerySet[Ticket]:
    """Other requests of the client that are under way or ended not long ago."""
    whole = Client.objects.whole_of(place.ticket.case.client_id).values("pk")
    cases = Case.objects.visible_to(request.viewer).filter(kind="ticket", root=None)
    cases = cases.filter(client__in=whole).exclude(pk=place.ticket.pk)
    cases = cases.exclude(closed_at__lt=clock.now() - LONG_AGO)
    return (
        Ticket.objects.filter(case__in=cases).select_related("case").order_by("-case__touched_at")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def ticket_split(request: StaffRequest, pk: int) -> HttpResponse:
    """Lines that are another matter leave into a request of their own."""
    place = find_place(request, pk)
    demand(may_merge_tickets(request.viewer, place.ticket))
    lines = Remark.objects.filter(ticket=place.ticket).exclude(kind=RemarkKind.ENDING)
    shown = list(lines.select_related("author").order_by("made_at", "pk"))
    form = SplitForm(shown, typed(request), initial={"kind": place.ticket.type_id})
    if request.method == "POST" and form.is_valid():
        given, made = form.cleaned_data, list[Ticket]()

        def verb() -> None:
            words = (given["remarks"], given["kind"], given["title"])
            made.append(split_ticket(place.ticket, *words, by=request.viewer, at=clock.now()))

        if tried(form, verb, "remarks"):
            number = numbered(made[0].case.number)
            said = _("It is a request of its own: %(number)s; the client is told.")
            messages.success(request, said % {"number": number})
            return redirect("desk-ticket", made[0].pk)
    context = {
        "title": _("Another matter"),
        "note": _("The clocks of the new request run from when those words came."),
        "submit": pgettext("verb", "Split off"),
        "back": place.base,
    }
    return form_page(request, "people/desk/form.html", form, context)


@require_POST
@staff_page
def ticket_undo(request: StaffRequest, pk: int) -> HttpResponse:
    """A merging or a split as if it never was."""
    seen = Case.objects.visible_to(request.viewer).values("pk")
    links = Link.objects.filter(one__in=seen, other__in=seen, kind__in=UNDONE)
    link = get_object_or_404(links.select_related("one", "other"), pk=pk)
    verb, said = UNDONE[LinkKind(link.kind)]
    return pressed(
        request,
        lambda: verb(link, by=request.viewer, at=clock.now()),
        said,
        f"/desk/tickets/{link.other_id}/",
    )
