"""Taking a variant agreed beforehand."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zabota.common import clock
from zabota.contracts.actions import take_alternative
from zabota.contracts.actions.beforehand import NotOffered
from zabota.contracts.actions.draft import Gone
from zabota.contracts.pages.common import find_place


@require_POST
def take_alternative_page(request: HttpRequest, pk: int, clause: str) -> HttpResponse:
    """The words of the variant chosen stand in the draft; one that is not offered is not there."""
    place = find_place(request, pk)
    token = request.POST.get("variant", "")
    try:
        take_alternative(place.contract, clause, token, by=place.viewer, at=clock.now())
    except NotOffered:
        raise Http404
    except Gone:
        messages.warning(request, _("This clause has been deleted meanwhile."))
    else:
        messages.success(request, _("The variant stands in your text."))
    return redirect(f"{place.base}/#c-{clause}")
