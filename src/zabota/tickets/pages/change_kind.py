"""Saying that a request is of another kind."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zabota.common import clock
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import form_page, tried, typed
from zabota.people.rules import demand
from zabota.tickets.actions.change_kind import change_kind
from zabota.tickets.forms import TypeChoice, kinds_of_requests
from zabota.tickets.models import Priority, Ticket, TicketType
from zabota.tickets.pages.common import find_place
from zabota.tickets.rules import may_change_kind

USUAL = "usual"


class OtherKindForm(forms.Form):
    """Of which kind it is, and whether what is promised moves."""

    kind = TypeChoice(
        label=gettext_lazy("Kind of request"),
        queryset=TicketType.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    priority = forms.ChoiceField(
        label=gettext_lazy("How urgent it is"),
        required=False,
        choices=[
            ("", gettext_lazy("As it is: the promised dates stay")),
            (USUAL, gettext_lazy("As usual for this kind")),
            *Priority.choices,
        ],
        help_text=gettext_lazy("With another urgency the dates move; the client sees them."),
    )

    def __init__(self, ticket: Ticket, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = kinds_of_requests().exclude(pk=ticket.type_id)
        self.fields["kind"].queryset = others  # type: ignore[attr-defined]

    def wanted_priority(self) -> str:
        """As the action takes it."""
        given = self.cleaned_data
        return str(given["kind"].priority if given["priority"] == USUAL else given["priority"])


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def ticket_kind(request: StaffRequest, pk: int) -> HttpResponse:
    """Of another kind from now on."""
    place = find_place(request, pk)
    demand(may_change_kind(request.viewer, place.ticket))
    form = OtherKindForm(place.ticket, typed(request))

    def verb() -> None:
        change_kind(
            place.ticket,
            form.cleaned_data["kind"],
            by=request.viewer,
            at=clock.now(),
            priority=form.wanted_priority(),
        )

    if request.method == "POST" and form.is_valid() and tried(form, verb):
        messages.success(request, _("It is of this kind now; the client reads so."))
        return redirect(place.base)
    context = {
        "title": _("Another kind of request"),
        "note": str(place.ticket.case),
        "submit": _("Change"),
        "back": place.base,
    }
    return form_page(request, "people/desk/form.html", form, context)
