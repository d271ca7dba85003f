"""Answering together what came back in a Word file: what was recorded, and the rest."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from zabota.common import clock
from zabota.contracts.actions.answer_all import accept_recorded_changes, reject_all_changes
from zabota.contracts.desk.answers import MOST_REASON
from zabota.contracts.desk.contract import show_contract
from zabota.contracts.pages.common import find_place, length_trouble, typed_words
from zabota.people.access import StaffRequest

VERBS = ("accept", "reject", "divide")


@require_POST
def answer_word_page(request: StaffRequest, pk: int) -> HttpResponse:
    """Accept what was recorded, refuse all with one reason, or both: the rest is refused."""
    place = find_place(request, pk)
    verb = request.POST.get("verb", "")
    if verb not in VERBS:
        raise Http404
    reason = "" if verb == "accept" else typed_words(request, "reason")
    problem = length_trouble(MOST_REASON, reason)
    if not problem and not reason and verb != "accept":
        problem = _("Please say why: the client reads it beside each of these clauses.")
    if problem:
        typed: dict[str, Any] = {"word_reason": reason, "word_trouble": problem}
        return show_contract(request, place, typed)
    contract, by, at = place.contract, request.viewer, clock.now()
    if verb == "reject":
        done = 0, reject_all_changes(contract, by=by, at=at, reason=reason)
    else:
        done = accept_recorded_changes(contract, by=by, at=at, otherwise=reason)
    _say(request, *done)
    return redirect(f"{place.base}/")


def _say(request: StaffRequest, accepted: int, refused: int) -> None:
    if accepted:
        words = ngettext("%(count)d change accepted.", "%(count)d changes accepted.", accepted)
        messages.success(request, words % {"count": accepted})
    if refused:
        words = ngettext("%(count)d change refused.", "%(count)d changes refused.", refused)
        messages.success(request, words % {"count": refused})
    if not accepted and not refused:
        messages.info(request, _("Nothing waits for your answer here any more."))
