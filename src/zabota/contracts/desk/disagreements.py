"""Our side's verbs on the table of disagreements: send it, say what becomes of it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zabota.common import clock
from zabota.contracts.actions.disagreements import (
    NothingToSend,
    choose_ending,
    send_disagreements,
)
from zabota.contracts.models import Ending
from zabota.contracts.pages.common import find_place
from zabota.people.access import StaffRequest


@require_POST
def send_disagreements_page(request: StaffRequest, pk: int) -> HttpResponse:
    """The table goes to the client as it stands."""
    place = find_place(request, pk)
    try:
        row = send_disagreements(place.contract, by=request.viewer, at=clock.now())
    except NothingToSend:
        messages.info(request, _("Nothing has changed in the table since it was sent."))
    else:
        words = _("Table of disagreements No. %(number)d is sent; the client has been told.")
        messages.success(request, words % {"number": row.number})
    return redirect(f"{place.base}/disagreements/#sent")


@require_POST
def choose_ending_page(request: StaffRequest, pk: int) -> HttpResponse:
    """What becomes of the table when all of it is agreed."""
    place = find_place(request, pk)
    ending = request.POST.get("ending", "")
    if ending not in Ending.values:
        raise Http404
    choose_ending(place.contract, ending, by=request.viewer, at=clock.now())
    messages.success(request, _("Kept. The client sees it, too."))
    return redirect(f"{place.base}/disagreements/#ending")
