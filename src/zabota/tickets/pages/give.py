"""Giving a request to a colleague, from its page or from a lead's list."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from zabota.common import clock
from zabota.people.access import StaffRequest, staff_page
from zabota.people.forms.fields import PersonChoice, colleague_options, colleagues
from zabota.people.models import Employee
from zabota.people.pages import pressed, safe_path
from zabota.tickets.actions import give_ticket
from zabota.tickets.models import Ticket
from zabota.tickets.pages.common import find_place
from zabota.tickets.rules import Viewer, may_give_ticket


class GiveForm(forms.Form):
    """To whom it is given."""

    to = PersonChoice(
        label=gettext_lazy("Give it to a colleague"),
        queryset=Employee.objects.none(),
        empty_label="—",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues()  # type: ignore[attr-defined]


def giving(ticket: Ticket, viewer: Viewer) -> dict[str, Any]:
    """Whether the reader may give it away, and to whom."""
    return {
        "may_give": may_give_ticket(viewer, ticket),
        # Stands twice on the page, and is asked for once, if at all.
        "colleagues": SimpleLazyObject(colleague_options),
    }


@require_POST
@staff_page
def ticket_give(request: StaffRequest, pk: int) -> HttpResponse:
    """A colleague has it from now on."""
    place = find_place(request, pk)
    back = safe_path(request, request.POST.get("next", ""), place.base)
    form = GiveForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose to whom it is given."))
        return redirect(back)
    to = form.cleaned_data["to"]
    return pressed(
        request,
        lambda: give_ticket(place.ticket, to, by=request.viewer, at=clock.now()),
        _("%(name)s has it now and is told.") % {"name": to.name},
        back,
    )
