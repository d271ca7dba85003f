"""Which bots of the firm one may connect; what is wrong with a way letters come, plainly."""

from typing import Any

from django import template
from django.template import Context

from zabota.clients.access import RoomViewer
from zabota.outreach.faults import plainly
from zabota.outreach.reading.bots import read_bots

register = template.Library()
register.filter("plainly", plainly)


@register.inclusion_tag("outreach/portal/bots.html", takes_context=True)
def bots_to_connect(context: Context) -> dict[str, Any]:
    """Nothing, where the firm has no bot."""
    viewer = context.get("viewer")
    found = read_bots(viewer.contact) if isinstance(viewer, RoomViewer) else []
    return {"bots": found, "csrf_token": context.get("csrf_token")}
