"""Letters that were given up are seen, and sent again by whoever looks after the firm."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client as Browser

from tests.clients.conftest import Clients, make_clients
from tests.people.conftest import AT
from tests.support.refused import refused
from zabota.common import clock
from zabota.journal.models import Entry
from zabota.outreach import actions
from zabota.outreach.models import Message
from zabota.people.actions import make_code
from zabota.people.models import User

FAULT = "[Errno 111] Connection refused"


@pytest.fixture
def clients(db: None) -> Clients:
    return make_clients()


def lost(user: User) -> Message:
    message = actions.send_message(None, "staff_notice", user, by=None, at=AT)
    Message.objects.filter(pk=message.pk).update(state="failed", fault=FAULT, tries=9)
    return message


def browser_of(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def test_it_is_tried_anew_and_remembered(clients: Clients) -> None:
    boss = clients.staff.user("owner")
    message = lost(clients.user("owner"))
    with pytest.raises(PermissionDenied):
        actions.send_again(message, by=clients.staff.user("clerk"), at=AT)
    late = AT + timedelta(days=9)
    again = actions.send_again(message, by=boss, at=late)
    assert (again.state, again.send_after, again.again_at) == ("waiting", late, late)
    entry = Entry.objects.get(kind="outreach.message_sent_again")
    assert (entry.stream_id, entry.facts) == (clients.staff.firm.stream_id, {"message": again.pk})
    with refused("not_failed"):
        actions.send_again(message, by=boss, at=late)


@pytest.mark.parametrize("purpose", ["sign_in", "sign_code"])
def test_a_code_that_is_over_is_not_sent_again(clients: Clients, purpose: str) -> None:
    """Nor is it offered, once the code itself is swept away."""
    code = make_code(clients.user("owner"), "", by=None, at=clock.now())
    actions.send_sign_in_code(code, by=None, at=AT)
    Message.objects.update(state="failed", purpose=purpose, code=None)
    page = browser_of(clients.staff.user("owner")).get("/desk/firm/undelivered/").content.decode()
    assert clients.user("owner").email in page
    assert "/again/" not in page
    with refused("code_over"):
        actions.send_again(Message.objects.get(), by=None, at=AT)


def test_the_page_and_today_tell_of_it(clients: Clients) -> None:
    boss = browser_of(clients.staff.user("owner"))
    page = "/desk/firm/undelivered/"
    assert "Всё доставлено" in boss.get(page).content.decode()
    assert page not in boss.get("/desk/").content.decode()
    message = lost(clients.user("editor"))
    code = make_code(clients.user("owner"), "", by=None, at=clock.now())
    actions.send_sign_in_code(code, by=None, at=AT)
    Message.objects.filter(code=code).update(state="failed", fault=FAULT)
    closed = lost(clients.user("viewer"))
    User.objects.filter(pk=closed.to_id).update(is_active=False)
    said = boss.get(page).content.decode()
    assert message.address in said and FAULT in said
    assert closed.address not in said, "a closed account misses no letter"
    assert "······" in said, "a code is never shown"
    assert said.count("/again/") == 1
    assert "2 письма не доставлены" in boss.get("/desk/").content.decode()
    assert page not in browser_of(clients.staff.user("clerk")).get("/desk/").content.decode()
    again = f"{page}{message.pk}/again/"
    for who, status in (("clerk", 403), ("owner", 302)):
        assert browser_of(clients.staff.user(who)).post(again).status_code == status
    assert browser_of(clients.user("owner")).get(page).status_code == 404
    assert Message.objects.get(pk=message.pk).state == "waiting"
