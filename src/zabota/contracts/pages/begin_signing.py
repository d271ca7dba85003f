"""Signing is begun, by our side or by the client: who signs, how, in which order, until when."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zabota.common import clock
from zabota.common.sending import private
from zabota.contracts import rules
from zabota.contracts.actions.signing import begin_signing
from zabota.contracts.forms.signing import BeginSigningForm, WhoSignsForm
from zabota.contracts.pages.common import Place, find_place
from zabota.contracts.pages.versions import frame
from zabota.contracts.reading.signing import client_signers, our_signers
from zabota.people.pages import tried
from zabota.people.refusal import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def begin_signing_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Who signs for each side, how and until when; the client only presses the button."""
    place, at = find_place(request, pk), clock.now()
    if not rules.may_begin_signing(place.viewer, place.contract):
        raise PermissionDenied
    ours, theirs = our_signers(place.contract, at), client_signers(place.contract)
    if place.in_room:
        return _begin_by_client(request, place, at)
    form = BeginSigningForm(
        request.POST if request.method == "POST" else None,
        ours=ours,
        theirs=theirs,
        today=timezone.localtime(at).date(),
    )
    if request.method == "POST" and form.is_valid():

        def begin() -> None:
            begin_signing(place.contract, by=place.viewer, at=at, **form.chosen())

        if tried(form, begin):
            messages.success(request, _("The text is fixed; those who sign have been told."))
            return redirect(f"{place.base}/signing/")
    context = frame(place) | {"form": form, "ours": ours, "theirs": theirs}
    status = 422 if form.errors else 200
    return private(render(request, "contracts/signing/begin.html", context, status=status))


def _begin_by_client(request: HttpRequest, place: Place, at: datetime) -> HttpResponse:
    """The client signs first, by a code; who of ours signs next it need not know. Where several may
    sign for the client, it is asked who does, and who after whom.
    """
    contract, viewer = place.contract, place.viewer
    theirs = client_signers(contract)
    mine = next(one for one in theirs if one.user_id == viewer.user.pk)
    if request.method != "POST" and len(theirs) == 1:
        raise Http404
    chosen: dict[str, Any] = {"theirs": theirs}
    if len(theirs) > 1:
        typed = request.POST if "who" in request.POST else None
        form = WhoSignsForm(typed, theirs=theirs, mine=mine)
        if not form.is_valid():
            context, status = frame(place) | {"form": form}, 422 if form.errors else 200
            page = render(request, "contracts/signing/begin_room.html", context, status=status)
            return private(page)
        chosen = form.chosen()
    try:
        begin_signing(contract, by=viewer, at=at, **chosen)
    except Refused as why:
        messages.error(request, str(why))
        return redirect(f"{place.base}/")
    return redirect(f"{place.base}/signing/")
