"""In the room: a person connects the firm's bot with themselves, or parts with it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from zabota.clients.access import RoomRequest, room_page
from zabota.common import clock
from zabota.outreach.actions import make_link_code, part_thread
from zabota.outreach.models import Gate, GateKind
from zabota.outreach.rules import may_link_bot
from zabota.people.pages import pressed
from zabota.people.rules import demand


@never_cache
@require_POST
@room_page
def bot_link(request: RoomRequest, pk: int) -> HttpResponse:
    """A link that is good once; shown here and nowhere else."""
    gate = _bot(pk)
    demand(may_link_bot(request.viewer))
    code = make_link_code(gate, request.viewer.contact, by=request.user, at=clock.now())
    url = f"https://t.me/{gate.options.get('bot', '')}?start={code}"
    return render(request, "outreach/portal/link.html", {"gate": gate, "url": url})


@require_POST
@room_page
def bot_part(request: RoomRequest, pk: int) -> HttpResponse:
    """What is written there is not theirs any more."""
    gate = _bot(pk)
    demand(may_link_bot(request.viewer))
    return pressed(
        request,
        lambda: part_thread(gate, request.viewer.contact, by=request.user, at=clock.now()),
        gettext("Telegram is disconnected."),
        "/room/profile/",
    )


def _bot(pk: int) -> Gate:
    return get_object_or_404(Gate, pk=pk, kind=GateKind.TELEGRAM, closed_at=None)
