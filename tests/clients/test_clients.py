"""Clients: added, changed, passed on, found."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.clients.conftest import Clients
from tests.people.conftest import AT
from tests.support.refused import refused
from zabota.clients import actions
from zabota.clients.actions.clients import folded
from zabota.clients.models import Client
from zabota.journal.models import Entry
from zabota.people import actions as people
from zabota.people.models import PowerKind


def test_added_remembered_and_found(clients: Clients) -> None:
    clerk = clients.staff.user("clerk")
    with pytest.raises(PermissionDenied):
        actions.add_client({"name": "Х"}, owner=clients.staff.clerk, by=clerk, at=AT)
    people.grant_power(clients.staff.clerk, PowerKind.CLIENTS, by=None, at=AT)
    client = actions.add_client(
        {"name": " ПАО «Берёзка» ", "inn": "5001 0073 2259"}, owner=clients.staff.lawyer, by=clerk,
        at=AT,
    )  # fmt: skip
    assert (client.name, client.inn) == ("ПАО «Берёзка»", "500100732259")
    assert client.search == "пао «березка» 500100732259"
    assert folded("  БЕРЁЗКА ") in client.search
    entry = Entry.objects.filter(kind="clients.client_added").latest("pk")
    assert "Берёзка" not in entry.canonical
    assert entry.entry_kind.told is not None
    told = [notice.user_id for notice in entry.entry_kind.told(entry)]
    assert told == [clients.staff.lawyer.user_id]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"inn": "7707083894"}, "wrong_inn"),
        ({"name": ""}, "no_name"),
        ({"email": "no"}, "bad_email"),
        ({"account": "1"}, "wrong_account"),
        ({"kind": "planet"}, "unknown_kind"),
    ],
)
def test_what_cannot_be_is_refused(clients: Clients, changes: dict, code: str) -> None:
    before = Client.objects.values().get(pk=clients.daisy.pk)
    with refused(code):
        actions.change_client(clients.daisy, changes, by=None, at=AT)
    assert Client.objects.values().get(pk=clients.daisy.pk) == before


def test_changed_by_whoever_answers_or_by_power(clients: Clients) -> None:
    for who in ("lawyer", "lead"):
        with pytest.raises(PermissionDenied):
            actions.change_client(clients.daisy, {"note": "x"}, by=clients.staff.user(who), at=AT)
    with pytest.raises(PermissionDenied):
        actions.change_client(clients.daisy, {"note": "x"}, by=clients.user("owner"), at=AT)
    clerk = clients.staff.user("clerk")
    for _ in range(2):
        actions.change_client(clients.daisy, {"note": "звонить утром"}, by=clerk, at=AT)
    entry = Entry.objects.get(kind="clients.client_changed")
    assert entry.facts["fields"] == ["note"]
    assert "звонить" not in entry.canonical
    assert entry.particulars.get(name="note_after").text == "звонить утром"


def test_the_same_company_twice_is_refused(clients: Clients) -> None:
    with refused("client_exists"):
        actions.add_client(
            {"name": "Двойник", "inn": "7707083893", "kpp": "773601001"},
            owner=clients.staff.clerk, by=None, at=AT,
        )  # fmt: skip


def test_whoever_leaves_passes_their_clients_on_once(clients: Clients) -> None:
    staff = clients.staff
    passed = [
        actions.pass_on_clients(staff.clerk, staff.lead, by=None, at=AT) for _again in range(2)
    ]
    assert passed == [1, 0]
    assert Client.objects.get(pk=clients.daisy.pk).owner == staff.lead
    assert Client.objects.get(pk=clients.other.pk).owner == staff.lawyer
    assert Entry.objects.filter(kind="clients.client_passed_on").count() == 1
