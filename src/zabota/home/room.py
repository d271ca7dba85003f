"""«Обещания»: the room's first page."""

import hashlib
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zabota.clients.access import RoomRequest, room_page
from zabota.common import clock
from zabota.contracts.rules import may_start_contract
from zabota.home.reading.room import read_room
from zabota.home.reading.room_stamp import room_stamp


@require_GET
@room_page
def promises_page(request: RoomRequest) -> HttpResponse:
    """What was promised to the company, by time; first of all what waits for them."""
    seen = _seen(request)
    if request.headers.get("X-Zabota-Live"):
        if request.GET.get("seen") == seen:
            return HttpResponse(status=204)
        return render(request, "home/portal/room.html#promises", _context(request, seen))
    return render(request, "home/portal/room.html", _context(request, seen))


def _seen(request: RoomRequest) -> str:
    """What the reader saw; how much happens inside is not to be read from it."""
    viewer = request.viewer
    told = f"{viewer.client.pk}.{room_stamp(viewer)}"
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _context(request: RoomRequest, seen: str) -> dict[str, Any]:
    return {
        "room": read_room(request.viewer, request.firm, at=clock.now()),
        "may_start": may_start_contract(request.viewer),
        "seen": seen,
    }
