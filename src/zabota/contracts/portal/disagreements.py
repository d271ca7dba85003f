"""The client's reply on the table of disagreements: to insist on its own wording."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zabota.clients.access import RoomRequest
from zabota.common import clock
from zabota.contracts.actions.disagreements import WordsMissing, insist_on_wording
from zabota.contracts.models import Change
from zabota.contracts.pages.common import find_place, length_trouble, typed_words
from zabota.contracts.pages.disagreements import show_table

# The same as `maxlength` of its box.
MOST_WORDS = 2000


@require_POST
def insist_page(request: RoomRequest, pk: int, change_pk: int) -> HttpResponse:
    """The client's wording returns to its draft, with words for us."""
    place = find_place(request, pk)
    change = Change.objects.filter(contract=place.contract, pk=change_pk).first()
    if change is None:
        raise Http404
    words = typed_words(request, "words")
    if problem := length_trouble(MOST_WORDS, words):
        return show_table(request, place, {"insisted_pk": change_pk, "insisted": words}, problem)
    try:
        insist_on_wording(change, by=place.viewer, at=clock.now(), words=words)
    except WordsMissing:
        messages.error(request, _("Please say why: our people read it beside your wording."))
    else:
        messages.success(request, _("Your wording is in your draft, to be sent with it."))
    if request.POST.get("back") == "contract":
        return redirect(f"{place.base}/#c-{change.clause}")
    return redirect(f"{place.base}/disagreements/#r-{change.clause}")
