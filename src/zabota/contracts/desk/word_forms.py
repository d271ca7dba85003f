"""One press: a word in a case that the rules only guessed at is right."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zabota.common import clock
from zabota.contracts.actions.word_forms import confirm_word_form
from zabota.contracts.pages.common import find_place
from zabota.people.access import StaffRequest
from zabota.people.refusal import Refused


@require_POST
def confirm_word_form_page(request: StaffRequest, pk: int) -> HttpResponse:
    """The guess goes to the card as it was shown."""
    place = find_place(request, pk)
    party, detail, words = (request.POST.get(name, "") for name in ("party", "detail", "words"))
    try:
        confirm_word_form(place.contract, party, detail, words, by=place.viewer, at=clock.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Kept on the card."))
    return redirect(f"{place.base}/")
