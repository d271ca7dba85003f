"""Coverage and time to thanks, with the list behind each figure."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from zabota.common import clock
from zabota.people.access import StaffRequest, staff_page
from zabota.voice.reading.figures import read_figures
from zabota.voice.reading.lists import SPANS


@require_GET
@staff_page
def mention_figures(request: StaffRequest) -> HttpResponse:
    """Of those found in the last days: who was thanked, how soon."""
    asked = request.GET.get("days", "")
    days = int(asked) if asked in map(str, SPANS) else SPANS[1]
    figures = read_figures(request.viewer, days, at=clock.now())
    context = {
        "figures": figures,
        "days": days,
        "spans": [
            (
                span,
                ngettext("%(count)d day", "%(count)d days", span) % {"count": span},
                span == days,
            )
            for span in SPANS
        ],
    }
    return render(request, "voice/desk/figures.html", context)
