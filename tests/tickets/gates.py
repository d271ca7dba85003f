"""Gates for tests: set up as the firm sets them up."""

import re
from typing import Any

from django.test import Client as Browser

from tests.contracts.worlds import AT
from zabota.outreach.actions import open_gate
from zabota.outreach.models import Gate
from zabota.tickets.models import TicketType


def a_gate(kind: str, consent: str = "", token: str = "", **options: Any) -> Gate:
    """A gate of this kind, in Russian, for the kind of request that comes second."""
    problem = TicketType.objects.get(slug="problem").pk
    fields: Any = {"name": "Сайт", "language": "ru", "options": {"kind": problem, **options}}
    return open_gate(
        kind, {**fields, "consent": consent, **({"token": token} if token else {})}, by=None, at=AT
    )


def mark_in(page: str) -> str:
    """The signed moment a page bears."""
    found = re.search(r'name="mark" value="([^"]+)"', page)
    assert found
    return found[1].replace("&#x27;", "'")


def page(who: Browser, path: str, status: int = 200) -> str:
    """A page's text, if it answers so."""
    answer = who.get(path)
    assert answer.status_code == status, f"{path} answered {answer.status_code}"
    return answer.content.decode()
