"""One clause from the form to now: a click away from where it stands."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zabota.common import clock
from zabota.common.sending import private
from zabota.contracts.pages.common import find_place
from zabota.contracts.pages.contract import people_for
from zabota.contracts.pages.versions import frame
from zabota.contracts.reading.clause_history import read_clause_history


@require_safe
def clause_history_page(request: HttpRequest, pk: int, clause: str) -> HttpResponse:
    """Its wordings by version, who changed what and when, answers with reasons, comments."""
    place = find_place(request, pk)
    found = read_clause_history(place.contract, clause, place.viewer, people_for(place))
    if found is None:
        raise Http404
    context = frame(place) | {"found": found, "clause": clause, "now": clock.now()}
    return private(render(request, "contracts/versions/clause.html", context))
