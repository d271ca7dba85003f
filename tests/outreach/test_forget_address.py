"""Letters to an erased person name no address any more."""

import pytest
from django.test import Client as Browser

from tests.clients.conftest import Clients, make_clients
from zabota.clients import actions
from zabota.common import clock
from zabota.home.work import run_once
from zabota.outreach.models import Message


@pytest.fixture
def clients(db: None) -> Clients:
    return make_clients()


def test_letters_forget_the_address_with_the_account(clients: Clients) -> None:
    user, at = clients.user("editor"), clock.now()
    email = user.email
    other = actions.invite_contact(clients.other, "Он же", email, "sees", by=None, at=at)
    Browser().post("/room/sign-in/", {"email": email})
    run_once(at)
    assert Message.objects.filter(address=email).count() > 1
    letters, to_others = Message.objects.count(), Message.objects.exclude(to=user).values()
    before = list(to_others)
    actions.erase_person(clients.editor, by=None, at=at)
    run_once(at)
    assert Message.objects.filter(address=email).exists(), "the other company still writes to them"
    Message.objects.filter(to=user).update(state="waiting", sent_at=None)
    actions.erase_person(other, by=None, at=at)
    run_once(at)
    assert Message.objects.count() == letters
    for row in Message.objects.values():
        assert email not in str(row)
    assert set(Message.objects.filter(to=user).values_list("state", flat=True)) == {"failed"}
    assert list(to_others) == before
    assert run_once(at) == 0
