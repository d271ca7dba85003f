"""The sample firm in a demo's home: made by the world's own actions, and the ways into it."""

import os
from collections.abc import Callable
from gettext import gettext as _

from django.db import connection
from django.utils import translation

from zabota.clients.models import Contact
from zabota.common import clock
from zabota.config.cli.ready import migrate
from zabota.home.sign_in import demo_token
from zabota.home.world import build_world
from zabota.people.models import Employee

__all__ = ["build", "close", "migrate", "ways_in"]


def build(progress: Callable[[str], None]) -> None:
    """Lets the sample firm live through what there is to see."""
    build_world(clock.now(), progress=progress)


def close() -> None:
    connection.close()


def ways_in(key: str) -> list[dict[str, str]]:
    """One person each: side, group they are listed under, who they are, and the signed token."""
    language = os.environ["ZABOTA_LANGUAGE"]
    with translation.override(language):
        return _our_people(language, key) + _their_people(key)


def _our_people(language: str, key: str) -> list[dict[str, str]]:
    return [
        {
            "side": "ours",
            "group": _("Our people"),
            "name": employee.name,
            "who": f"{employee.name}, {employee.position(language)}",
            "token": demo_token(employee.user_id, key),
        }
        for employee in Employee.objects.working().select_related("user").order_by("pk")
    ]


def _their_people(key: str) -> list[dict[str, str]]:
    contacts = Contact.objects.with_access().select_related("client", "user")
    return [
        {
            "side": "theirs",
            "group": contact.client.display_name,
            "name": contact.shown_name,
            "who": ", ".join(filter(None, (contact.shown_name, contact.shown_position))),
            "token": demo_token(contact.user_id or 0, key),
        }
        for contact in contacts.order_by("client_id", "pk")
    ]
