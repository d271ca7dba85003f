"""What the server of a bot tells us by itself, where the firm wants no asking."""

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from zabota.common import clock
from zabota.outreach.actions import note_gate, receive_update
from zabota.outreach.models import GateKind
from zabota.outreach.outlets import bot_of, webhook_secret
from zabota.people.actions.throttle import count_try
from zabota.people.throttle import is_throttled
from zabota.tickets.pages.embedded import open_gate_or_404

# Of one bot in an hour; and how large a message is told, its files apart.
UPDATES, LARGEST = 20_000, 512 * 1024
SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header


@csrf_exempt
@require_POST
def bot_update(request: HttpRequest, key: str) -> HttpResponse:
    """One update. Whoever does not bear our secret finds nothing here; told twice, it is taken in
    once.
    """
    gate, at = open_gate_or_404(key, GateKind.TELEGRAM), clock.now()
    secret = request.headers.get(SECRET, "")
    if not gate.options.get("webhook") or not constant_time_compare(secret, webhook_secret(gate)):
        raise Http404
    if is_throttled(f"updates:{gate.pk}", UPDATES, at=at):
        return HttpResponse(status=429)
    count_try(f"updates:{gate.pk}", minutes=60, at=at)
    receive_update(gate, _told(request), bot_of(gate), by=None, at=at)
    note_gate(gate, "", by=None, at=at)
    return HttpResponse(status=200)


def _told(request: HttpRequest) -> dict[str, Any]:
    """The update; nothing of what is none."""
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        return {}
    try:
        told = json.loads(request.body)
    except (ValueError, RecursionError, RequestDataTooBig):
        return {}
    return told if isinstance(told, dict) else {}
