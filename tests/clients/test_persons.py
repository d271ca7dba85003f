"""Consent, export, erasing; asking for a code."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.clients.conftest import Clients
from tests.people.conftest import AT
from tests.support.refused import refused
from zabota.clients import actions
from zabota.clients.models import Consent, Contact, ContactPoint
from zabota.journal.models import Entry, Particular
from zabota.journal.verify import verify_journal
from zabota.people.models import SignInCode, User

MINUTE = timedelta(minutes=1)


def test_consent_is_a_row_per_purpose_and_text(clients: Clients) -> None:
    user = clients.user("owner")
    for text in ("1", "1", "2"):
        actions.give_consent(clients.owner, "service", text, "sign-in", by=user, at=AT)
    assert (
        Consent.objects.count() == Entry.objects.filter(kind="clients.consent_given").count() == 2
    )
    with pytest.raises(PermissionDenied):
        actions.give_consent(
            clients.owner, "service", "3", "sign-in", by=clients.user("stranger"), at=AT
        )


def test_a_person_takes_their_data_along(clients: Clients) -> None:
    user = clients.user("owner")
    actions.give_consent(clients.owner, "service", "1", "sign-in", by=user, at=AT)
    told = json.loads(actions.export_person(clients.owner, by=user, at=AT))
    assert told["account"]["email"] == user.email
    assert told["consents"][0]["purpose"] == "service"
    assert {"contact_name": "owner"} in [entry["words"] for entry in told["history"]]
    assert "editor" not in json.dumps(told)
    for who in (clients.user("stranger"), clients.user("editor"), clients.staff.user("clerk")):
        with pytest.raises(PermissionDenied):
            actions.export_person(clients.owner, by=who, at=AT)


def test_an_erased_person_leaves_no_word_and_a_whole_chain(clients: Clients) -> None:
    marker = "Марфа-Маркер"
    contact = actions.invite_contact(
        clients.daisy, marker, "marker@daisy.example", "sees", by=None, at=AT, phone="+79990001122"
    )
    user_id = contact.user_id
    with pytest.raises(PermissionDenied):
        actions.erase_person(contact, by=clients.user("owner"), at=AT)
    actions.erase_person(contact, by=clients.staff.user("owner"), at=AT)
    for model in (Contact, ContactPoint, User, Particular, Entry):
        for row in model.objects.values():
            assert marker not in str(row)
            assert "marker@" not in str(row)
            assert "9990001122" not in str(row)
    assert not User.objects.get(pk=user_id).is_active
    assert Particular.objects.filter(text="owner").exists()
    assert verify_journal().broken is None
    with refused("erased"):
        actions.erase_person(contact, by=None, at=AT)


def test_an_erased_contact_of_two_companies_keeps_the_other(clients: Clients) -> None:
    user = clients.user("owner")
    actions.invite_contact(clients.other, "Он же", user.email, "sees", by=None, at=AT)
    actions.erase_person(clients.owner, by=None, at=AT)
    assert User.objects.get(pk=user.pk).is_active
    assert Contact.objects.with_access().filter(user=user).count() == 1


def test_a_code_for_whoever_may_come_in_and_nobody_else(clients: Clients) -> None:
    email = clients.user("owner").email
    code = actions.request_code(f" {email.upper()}", "/room/x/", by=None, at=AT)
    assert code is not None and code.next_path == "/room/x/"
    for address in ("nobody@x.example", "lawyer@firm.example", ""):
        assert actions.request_code(address, "", by=None, at=AT) is None
    actions.remove_contact(clients.viewer, by=None, at=AT)
    gone = User.objects.get(pk=clients.viewer.user_id).email
    assert actions.request_code(gone, "", by=None, at=AT) is None


def test_codes_are_throttled_by_address_and_by_place(clients: Clients) -> None:
    email = clients.user("owner").email
    made = [actions.request_code(email, "", by=None, at=AT, from_address=str(n)) for n in range(7)]
    assert [code is not None for code in made] == [True] * 5 + [False] * 2
    later = AT + 16 * MINUTE
    assert actions.request_code(email, "", by=None, at=later, from_address="9") is not None
    for number in range(29):
        actions.request_code(f"{number}@x.example", "", by=None, at=AT, from_address="place")
    editor, viewer = clients.user("editor").email, clients.user("viewer").email
    assert actions.request_code(editor, "", by=None, at=AT, from_address="place") is not None
    assert actions.request_code(viewer, "", by=None, at=AT, from_address="place") is None
    assert SignInCode.objects.count() == 7
