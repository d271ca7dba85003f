"""How much was given and used, and which rewards wait."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from zabota.common import clock
from zabota.loyalty.models import Expiry
from zabota.loyalty.reading.figures import read_figures, read_open_claims
from zabota.loyalty.rules import may_set_points, may_use_till
from zabota.people.access import StaffRequest, staff_page
from zabota.people.rules import demand


@require_GET
@staff_page
def points_figures(request: StaffRequest) -> HttpResponse:
    """By unit: issued, with clients, spent, taken back, expired; what is to be handed over."""
    at, language = clock.now(), get_language() or "ru"
    demand(may_set_points(request.user, at))
    context = {
        "tab": "figures",
        "units": read_figures(at),
        "claims": [(one, one.reward.name(language)) for one in read_open_claims()],
        "expires": Expiry.objects.filter(ended_at=None).exists(),
        "may_till": may_use_till(request.user, at),
    }
    return render(request, "loyalty/desk/figures.html", context)
