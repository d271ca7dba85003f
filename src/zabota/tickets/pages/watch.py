"""Looking on: by oneself, or called by a colleague."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from zabota.common import clock
from zabota.common.questions import One, Question
from zabota.people.access import StaffRequest, staff_page
from zabota.people.forms.fields import PersonChoice, colleagues
from zabota.people.models import Employee
from zabota.people.pages import pressed
from zabota.tickets.actions import unwatch_ticket, watch_ticket
from zabota.tickets.models import Ticket, Watcher
from zabota.tickets.pages.common import find_place
from zabota.tickets.reading.there import There
from zabota.tickets.rules import Viewer, may_watch_ticket


class WatchForm(forms.Form):
    """Which colleague is called."""

    employee = PersonChoice(
        label=gettext_lazy("Call a colleague"),
        queryset=Employee.objects.none(),
        required=False,
        empty_label="—",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["employee"].queryset = colleagues()  # type: ignore[attr-defined]


def looking_on(ticket: Ticket, viewer: Viewer, there: There) -> dict[str, Any]:
    """Who looks on, whether the reader does, whether they may call somebody."""
    people = [row.employee for row in _watchers(ticket=ticket.pk)] if there.watchers else []
    return {
        "watchers": people,
        "i_watch": any(one.user_id == viewer.user.pk for one in people),
        "may_watch": may_watch_ticket(viewer, ticket),
    }


_watchers = Question(
    lambda ticket: (
        Watcher.objects.filter(ticket=ticket)
        .select_related("employee__user", "employee__photo")
        .order_by("pk")
    ),
    ticket=One(),
)


def warn_of_unknown(request: StaffRequest, unknown: list[str]) -> None:
    """A name after an «@» that nobody bears, or several do: nobody was called by it."""
    if unknown:
        words = ngettext(
            "Nobody was called by this name: %(names)s. Write it in full.",
            "Nobody was called by these names: %(names)s. Write them in full.",
            len(unknown),
        )
        messages.warning(request, words % {"names": ", ".join(f"@{name}" for name in unknown)})


@require_POST
@staff_page
def ticket_watch(request: StaffRequest, pk: int) -> HttpResponse:
    """One looks on oneself, or calls a colleague to."""
    place, form = find_place(request, pk), WatchForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("There is no such colleague."))
        return redirect(place.base)
    employee = form.cleaned_data["employee"] or request.viewer.employee
    mine = employee.pk == request.viewer.employee.pk
    return pressed(
        request,
        lambda: watch_ticket(place.ticket, employee, by=request.viewer, at=clock.now()),
        _("You will hear what the client writes.")
        if mine
        else _("%(name)s sees the request and has been told.") % {"name": employee.name},
        place.base,
    )


@require_POST
@staff_page
def ticket_unwatch(request: StaffRequest, pk: int) -> HttpResponse:
    """No more news of it."""
    place = find_place(request, pk)
    return pressed(
        request,
        lambda: unwatch_ticket(place.ticket, by=request.viewer, at=clock.now()),
        _("You will hear no more of it."),
        "desk-tickets",
    )
