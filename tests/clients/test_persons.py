"""Consent, export, erasing; asking for a code."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.clients.conftest import Clients, make_clients
from tests.people.conftest import AT
from tests.support.fresh import FreshDatabase
from tests.support.refused import refused
from zabota.clients import actions
from zabota.clients.models import Consent, Contact, ContactPoint
from zabota.journal.models import Entry, Particular
from zabota.journal.verify import verify_journal
from zabota.people import actions as people
from zabota.people.models import SignInCode, Throttle, User

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
    other = actions.invite_contact(clients.other, "Он же", user.email, "sees", by=None, at=AT)
    actions.erase_person(clients.owner, by=None, at=AT)
    assert User.objects.get(pk=user.pk).is_active
    assert Contact.objects.with_access().filter(user=user).count() == 1
    assert Particular.objects.filter(text="Он же").exists(), "the other company keeps its record"
    assert json.loads(actions.export_person(other, by=user, at=AT))["name"] == "Он же"


@pytest.mark.parametrize("removed_first", [False, True])
def test_the_account_goes_with_the_last_of_several_companies(
    clients: Clients, removed_first: bool
) -> None:
    """Erased ones and removed ones alike: what was only removed still is a record of the person."""
    user = clients.user("editor")
    name, email = user.name, user.email
    other = actions.invite_contact(clients.other, name, email, "sees", by=None, at=AT)
    actions.request_code(email, "", by=None, at=AT)
    if removed_first:
        actions.remove_contact(clients.editor, by=None, at=AT)
        actions.erase_person(other, by=None, at=AT)
        assert User.objects.get(pk=user.pk).email == email
        actions.erase_person(clients.editor, by=None, at=AT)
    else:
        actions.erase_person(clients.editor, by=None, at=AT)
        actions.erase_person(other, by=None, at=AT)
    gone = User.objects.get(pk=user.pk)
    assert (gone.name, gone.name_en, gone.is_active) == ("—", "", False)
    for model in (Contact, ContactPoint, User, Particular, Entry, Throttle):
        for row in model.objects.values():
            assert email not in str(row)
    assert not Particular.objects.filter(text=name).exists()
    last = Entry.objects.filter(kind="clients.person_erased").latest("pk")
    assert last.facts["account_erased"]
    assert verify_journal().broken is None


def test_who_works_here_keeps_the_account(clients: Clients) -> None:
    people.hire_employee("viewer@x.example", "Зоя", by=None, at=AT, position_ru="Юрист")
    user = User.objects.get(email="viewer@x.example")
    Contact.objects.filter(pk=clients.viewer.pk).update(user=user)
    clients.viewer.refresh_from_db()
    actions.erase_person(clients.viewer, by=None, at=AT)
    assert User.objects.get(pk=user.pk).is_active


def test_an_export_covers_every_company(clients: Clients) -> None:
    user = clients.user("owner")
    actions.invite_contact(
        clients.other, "Он же", user.email, "sees", by=None, at=AT, phone="+79990001122"
    )
    told = json.loads(actions.export_person(clients.owner, by=user, at=AT))
    (elsewhere,) = told["other_companies"]
    assert (elsewhere["company"], elsewhere["name"]) == ("Чужая фирма", "Он же")
    assert {"kind": "phone", "value": "+79990001122"}.items() <= elsewhere["reached_by"][1].items()
    assert {"contact_name": "Он же"} in [entry["words"] for entry in elsewhere["history"]]
    assert "stranger" not in json.dumps(told)


def make_one_of_two() -> tuple[int, int, int]:
    clients = make_clients()
    user = clients.user("editor")
    other = actions.invite_contact(clients.other, "Он", user.email, "sees", by=None, at=AT)
    return clients.editor.pk, other.pk, user.pk


def erase(pk: int) -> None:
    actions.erase_person(Contact.objects.get(pk=pk), by=None, at=AT)


def is_gone(pk: int) -> bool:
    return not User.objects.get(pk=pk).is_active


def test_two_companies_erasing_at_once_erase_the_account(on_both: FreshDatabase) -> None:
    one, other, user = on_both.call(make_one_of_two)
    outcomes = on_both.race([(erase, (one,)), (erase, (other,))])
    assert [outcome.error for outcome in outcomes] == [None, None]
    assert on_both.call(is_gone, user)


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
    for number in range(5):
        assert actions.request_code(email, "", by=None, at=AT, from_address=str(number))
        assert actions.request_code("no@x.example", "", by=None, at=AT) is None
    for address in (email, "no@x.example"):
        for number in range(2):
            with refused("too_often"):
                actions.request_code(address, "", by=None, at=AT, from_address=f"9{number}")
    later = AT + 16 * MINUTE
    assert actions.request_code(email, "", by=None, at=later, from_address="9") is not None
    for number in range(29):
        actions.request_code(f"{number}@x.example", "", by=None, at=AT, from_address="place")
    editor, viewer = clients.user("editor").email, clients.user("viewer").email
    assert actions.request_code(editor, "", by=None, at=AT, from_address="place") is not None
    for address in (viewer, "nobody@x.example"):
        with refused("too_often_here"):
            actions.request_code(address, "", by=None, at=AT, from_address="place")
    assert SignInCode.objects.count() == 7
