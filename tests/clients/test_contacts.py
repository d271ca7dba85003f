"""The client's people: invited, given roles, removed, their work handed over; by whom and not."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.clients.conftest import Clients, make_clients
from tests.people.conftest import AT
from tests.support.fresh import FreshDatabase
from tests.support.refused import refused
from zabota.clients import actions
from zabota.clients.access import room_viewer
from zabota.clients.models import Contact, RoomRole
from zabota.journal.models import Entry
from zabota.people.models import User
from zabota.people.refusal import Refused


def told(kind: str) -> list[int]:
    entry = Entry.objects.filter(kind=kind).latest("pk")
    found = entry.entry_kind.told
    return [notice.user_id for notice in found(entry)] if found else []


def test_a_colleague_is_invited_remembered_and_told(clients: Clients) -> None:
    contact = actions.invite_contact(
        clients.daisy, "Ирина Новикова", "Irina@Daisy.example", "edits",
        by=clients.user("owner"), at=AT, position="юрист",
    )  # fmt: skip
    assert contact.user is not None
    assert contact.user.email == "irina@daisy.example"
    assert not contact.user.has_usable_password()
    assert told("clients.access_given") == [contact.user_id]
    entries = Entry.objects.filter(stream=clients.daisy.stream_id).order_by("-seq")[:2]
    assert [e.kind for e in entries] == ["clients.access_given", "clients.contact_added"]
    assert all("Ирина" not in e.canonical and "irina" not in e.canonical for e in entries)
    viewer = room_viewer(contact.user, None)
    assert viewer is not None and viewer.client == clients.daisy


def test_strangers_and_colleagues_without_the_role_invite_nobody(clients: Clients) -> None:
    staff = clients.staff
    refusing = [clients.user(who) for who in ("editor", "viewer", "stranger")]
    for user in (*refusing, staff.user("lawyer"), staff.user("lead")):
        with pytest.raises(PermissionDenied):
            actions.invite_contact(clients.daisy, "X", "x@x.example", "sees", by=user, at=AT)
        with pytest.raises(PermissionDenied):
            actions.change_role(clients.viewer, "owner", by=user, at=AT)
        with pytest.raises(PermissionDenied):
            actions.remove_contact(clients.viewer, by=user, at=AT)
    assert Contact.objects.count() == 4
    actions.remove_contact(clients.viewer, by=staff.user("clerk"), at=AT)


@pytest.mark.parametrize(
    ("email", "role", "code"),
    [
        ("", "sees", "no_email"),
        ("no", "sees", "bad_email"),
        ("x@x.example", "king", "unknown_role"),
        ("lawyer@firm.example", "sees", "employee"),
    ],
)
def test_an_invitation_that_cannot_be_leaves_nothing(
    clients: Clients, email: str, role: str, code: str
) -> None:
    with refused(code):
        actions.invite_contact(clients.daisy, "Новый", email, role, by=None, at=AT)
    assert Contact.objects.count() == 4


def test_one_address_comes_in_once_per_company_and_may_stand_for_several(
    clients: Clients,
) -> None:
    email = clients.user("owner").email
    with refused("email_taken"):
        actions.invite_contact(clients.daisy, "Двойник", email, "sees", by=None, at=AT)
    second = actions.invite_contact(clients.other, "Он же", email, "sees", by=None, at=AT)
    assert second.user_id == clients.owner.user_id
    user = User.objects.get(email=email)
    viewer = room_viewer(user, second.pk)
    assert viewer is not None and viewer.client == clients.other
    assert set(viewer.client_ids) == {clients.daisy.pk, clients.other.pk}
    with refused("has_access"):
        actions.give_access(second, email, "sees", by=None, at=AT)


def test_the_last_owner_stays(clients: Clients) -> None:
    owner = clients.user("owner")
    with refused("last_owner"):
        actions.remove_contact(clients.owner, by=owner, at=AT)
    with refused("last_owner"):
        actions.change_role(clients.owner, RoomRole.SEES, by=owner, at=AT)
    actions.change_role(clients.editor, RoomRole.OWNER, by=owner, at=AT)
    assert told("clients.role_changed") == [clients.editor.user_id]
    actions.change_role(clients.editor, RoomRole.OWNER, by=owner, at=AT)
    assert Entry.objects.filter(kind="clients.role_changed").count() == 1
    actions.remove_contact(clients.owner, by=owner, at=AT)
    assert room_viewer(owner, None) is None
    with refused("removed"):
        actions.remove_contact(clients.owner, by=None, at=AT)


def two_owners() -> tuple[int, int]:
    clients = make_clients()
    actions.change_role(clients.editor, RoomRole.OWNER, by=None, at=AT)
    return clients.owner.pk, clients.editor.pk


def remove(pk: int) -> str:
    try:
        actions.remove_contact(Contact.objects.get(pk=pk), by=None, at=AT)
    except Refused as no:
        return no.code
    return "removed"


def test_two_owners_removed_at_once_leave_one(on_both: FreshDatabase) -> None:
    one, other = on_both.call(two_owners)
    outcomes = on_both.race([(remove, (one,)), (remove, (other,))])
    assert sorted(str(outcome.value) for outcome in outcomes) == ["last_owner", "removed"]


def test_work_is_handed_over_and_rights_only_by_the_owner(clients: Clients) -> None:
    with refused("narrow_role"):
        actions.hand_over(clients.editor, clients.viewer, by=clients.user("editor"), at=AT)
    taken = actions.hand_over(clients.editor, clients.viewer, by=clients.user("owner"), at=AT)
    assert taken.role == RoomRole.EDITS
    assert told("clients.handed_over") == [clients.viewer.user_id]
    actions.hand_over(clients.viewer, clients.editor, by=clients.user("viewer"), at=AT)
    for user in (clients.user("stranger"), clients.staff.user("lawyer")):
        with pytest.raises(PermissionDenied):
            actions.hand_over(clients.editor, clients.viewer, by=user, at=AT)
    with refused("bad_receiver"):
        actions.hand_over(clients.editor, clients.stranger, by=None, at=AT)
    without = actions.add_contact(clients.daisy, "Без доступа", by=None, at=AT)
    with refused("no_access"):
        actions.hand_over(clients.editor, without, by=None, at=AT)


def test_a_person_without_access_and_their_details(clients: Clients) -> None:
    contact = actions.add_contact(
        clients.daisy, "Анна", by=clients.user("owner"), at=AT, email="A@x.example",
        phone="+7 (495) 111-22-33",
    )  # fmt: skip
    points = {p.kind: (p.value, p.normal) for p in contact.points.all()}
    assert points == {
        "email": ("a@x.example", "a@x.example"),
        "phone": ("+7 (495) 111-22-33", "+74951112233"),
    }
    changed = actions.change_contact(contact, "Анна Ли", by=None, at=AT, phone="+7 495 000-00-00")
    now = set(changed.points.filter(removed_at=None).values_list("value", flat=True))
    assert now == {"a@x.example", "+7 495 000-00-00"}
    actions.change_contact(clients.viewer, "Сам", by=clients.user("viewer"), at=AT)
    with pytest.raises(PermissionDenied):
        actions.change_contact(contact, "Х", by=clients.user("viewer"), at=AT)
    with refused("no_name"):
        actions.add_contact(clients.daisy, " ", by=None, at=AT)
