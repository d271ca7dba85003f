"""A client's points, for whoever of ours talks with them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from zabota.clients.models import Client
from zabota.common import clock
from zabota.loyalty.models import Card
from zabota.loyalty.reading.earning import tiers_of
from zabota.loyalty.reading.rewards import read_claims
from zabota.loyalty.reading.standing import (
    read_every_lot,
    read_every_move,
    read_lots,
    read_moves,
    read_stands,
    reasons_of,
)
from zabota.loyalty.rules import may_have_points, may_use_till
from zabota.people.access import StaffRequest, staff_page


@require_GET
@staff_page
def client_points(request: StaffRequest, pk: int) -> HttpResponse:
    """What the client reads in the room, for our people: every batch, its date, its notices."""
    merged = Client.objects.filter(pk=pk, root__isnull=False).first()
    if merged is not None:
        return redirect("client-points", merged.whole_id)
    client = get_object_or_404(Client.objects.visible_to(request.viewer), pk=pk)
    language, tiers = get_language() or "ru", tiers_of(client)
    of_it = Client.objects.whole_of(client.pk).values("pk")
    context = {
        "client": client,
        "collects": may_have_points(client, request.firm),
        "stands": [(one, one.unit.name(language)) for one in read_stands(client)],
        "tier": tiers[0].name(language) if tiers else "",
        "lots": read_lots(client),
        "moves": read_moves(client),
        "claims": [(one, one.reward.name(language)) for one in read_claims(client)],
        "card": Card.objects.filter(client__in=of_it, ended_at=None).order_by("-pk").first(),
        "may_till": may_use_till(request.user, clock.now()),
    }
    return render(request, "loyalty/desk/client.html", context)


@require_GET
@staff_page
def client_batches(request: StaffRequest, pk: int) -> HttpResponse:
    """Every batch there ever was, as the client reads it."""
    client = get_object_or_404(Client.objects.visible_to(request.viewer), pk=pk)
    lots, leaf = read_every_lot(client, request.GET.dict())
    context = {"client": client, "lots": lots, "leaf": leaf, "reasons": reasons_of(lots)}
    return render(request, "loyalty/desk/batches.html", context)


@require_GET
@staff_page
def client_moves(request: StaffRequest, pk: int) -> HttpResponse:
    """All that ever happened to their points, as the client reads it."""
    client = get_object_or_404(Client.objects.visible_to(request.viewer), pk=pk)
    moves, leaf = read_every_move(client, request.GET.dict())
    context = {"client": client, "moves": moves, "leaf": leaf}
    return render(request, "loyalty/desk/moves.html", context)
