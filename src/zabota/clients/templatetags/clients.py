"""What a client is worth, in a line; only our people ever read it."""

from datetime import date
from decimal import Decimal
from typing import Protocol

from django import template
from django.template import Context
from django.utils import timezone

from zabota.clients.reading import worth_line
from zabota.people.access import StaffViewer

register = template.Library()


class Valued(Protocol):
    """A client, or a row that tells of one."""

    worth: Decimal | None
    since: date | None


@register.inclusion_tag("clients/parts/worth.html", takes_context=True)
def worth(context: Context, client: Valued) -> dict[str, str]:
    """«Маржа за год 1,2 млн ₽ · с нами 4 года»; nothing on a page of the room, whoever looks."""
    if not isinstance(context.get("viewer"), StaffViewer):
        return {"line": ""}
    today = context["now"].astimezone(timezone.get_current_timezone()).date()
    return {"line": worth_line(client.worth, client.since, today)}
