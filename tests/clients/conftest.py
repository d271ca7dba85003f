"""Two companies made by actions: «Ромашка» with its owner, editor and viewer, and a stranger's."""

from dataclasses import dataclass

import pytest

from tests.people.conftest import AT, Staff, make_staff
from zabota.clients import actions
from zabota.clients.models import Client, Contact
from zabota.people.models import User


@dataclass
class Clients:
    staff: Staff
    daisy: Client
    other: Client
    owner: Contact
    editor: Contact
    viewer: Contact
    stranger: Contact

    def user(self, who: str) -> User:
        return User.objects.get(contacts=getattr(self, who))


def make_clients() -> Clients:
    staff = make_staff()
    daisy = actions.add_client(
        {"name": "ООО «Ромашка»", "short_name": "Ромашка", "inn": "7707083893", "kpp": "773601001"},
        owner=staff.clerk, by=None, at=AT,
    )  # fmt: skip
    other = actions.add_client({"name": "Чужая фирма"}, owner=staff.lawyer, by=None, at=AT)
    people = [
        actions.invite_contact(client, name, f"{name}@{client.pk}.example", role, by=None, at=AT)
        for client, name, role in (
            (daisy, "owner", "owner"),
            (daisy, "editor", "edits"),
            (daisy, "viewer", "sees"),
            (other, "stranger", "owner"),
        )
    ]
    return Clients(staff, daisy, other, *people)


@pytest.fixture
def clients(db: None) -> Clients:
    return make_clients()
