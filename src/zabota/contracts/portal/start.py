"""A contract begins in the room: from a form, as last time, as an amendment, on own paper."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zabota.clients.access import RoomRequest, room_page
from zabota.common import clock
from zabota.contracts.actions.start import EditionNotInForce
from zabota.contracts.pages.start import (
    PaperForm,
    begin_chosen,
    begin_on_paper,
    named_contract,
    ways_in,
)
from zabota.contracts.reading.form_text import offered_edition, read_form
from zabota.contracts.reading.offers import AMENDING, may_belong
from zabota.contracts.rules import may_start_contract


@require_http_methods(["GET", "HEAD", "POST"])
@room_page
def start_page(request: RoomRequest) -> HttpResponse:
    """Forms side by side, contracts to repeat and to amend; choosing one opens its draft."""
    viewer = request.viewer
    if not may_start_contract(viewer):
        raise PermissionDenied
    if request.method == "POST":
        try:
            contract = begin_chosen(request, viewer, viewer.client, at=clock.now(), owner=None)
        except EditionNotInForce:
            messages.error(request, _("This form is no longer offered. Please choose another."))
            return redirect("room-start")
        return redirect(f"/room/contracts/{contract.pk}/")
    ways = ways_in(request, viewer, viewer.client)
    return render(request, "contracts/portal/start/start.html", {"ways": ways})


@require_GET
@room_page
def form_page(request: RoomRequest, pk: int) -> HttpResponse:
    """A form read through before it is chosen: the text with the parties' own details."""
    viewer = request.viewer
    if not may_start_contract(viewer):
        raise PermissionDenied
    edition = offered_edition(pk)
    if edition is None:
        raise Http404
    found = read_form(edition, viewer.client, request.firm, get_language() or "ru")
    parent = named_contract(request.GET.get("parent", ""), viewer, viewer.client)
    kind = found.offer.kind
    may_begin = may_belong(kind, parent) if parent else kind not in AMENDING
    new = reverse("room-start")
    context = {
        "found": found,
        "parent": parent,
        "may_begin": may_begin,
        "begin_url": new,
        "all_url": f"{new}?parent={parent.pk}" if parent else new,
    }
    return render(request, "contracts/portal/start/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@room_page
def paper_page(request: RoomRequest) -> HttpResponse:
    """The client's own Word file becomes the text of a contract."""
    viewer = request.viewer
    if not may_start_contract(viewer):
        raise PermissionDenied
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = PaperForm(request.POST, request.FILES)
        contract = begin_on_paper(form, viewer.client, viewer, at=clock.now())
        if contract is not None:
            messages.success(
                request,
                _("Your text is here. Please look it through and send it for approval."),
            )
            return redirect(f"/room/contracts/{contract.pk}/")
    return render(
        request,
        "contracts/portal/start/paper.html",
        {"form": form},
        status=422 if form.errors else 200,
    )
