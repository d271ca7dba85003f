"""Several ways to reach a person, one tried first; one person of several companies."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.clients.conftest import Clients
from tests.clients.test_pages import browser_of
from tests.people.conftest import AT
from tests.support.refused import refused
from zabota.clients import actions
from zabota.clients.actions.points import normal_of
from zabota.clients.models import Contact
from zabota.journal.models import Entry
from zabota.people import actions as people


def reached(contact: Contact) -> list[tuple[str, bool]]:
    points = contact.points.filter(removed_at=None).order_by("pk")
    return list(points.values_list("normal", "preferred"))


def test_added_preferred_removed_and_remembered(clients: Clients) -> None:
    viewer, clerk = clients.viewer, clients.staff.user("clerk")
    (mail,) = reached(viewer)
    first = actions.add_point(viewer, "phone", "8 (495) 123-45-67", by=clerk, at=AT)
    assert actions.add_point(viewer, "phone", "+7 495 1234567", by=clerk, at=AT) == first
    second = actions.add_point(viewer, "phone", "+7 916 000-00-01", by=clerk, at=AT)
    actions.add_point(viewer, "email", " Other@Mail.example ", by=clerk, at=AT)
    actions.prefer_point(second, by=clerk, at=AT)
    assert reached(viewer) == [
        mail, ("+74951234567", False), ("+79160000001", True), ("other@mail.example", False),
    ]  # fmt: skip
    actions.prefer_point(first, by=clerk, at=AT)
    assert ("+79160000001", False) in reached(viewer)
    entry = Entry.objects.filter(stream=clients.daisy.stream_id).latest("seq")
    assert (entry.kind, entry.facts["contact"]) == ("clients.contact_changed", viewer.pk)
    assert "495" not in entry.canonical
    actions.remove_point(first, by=clerk, at=AT)
    assert ("+74951234567", False) not in reached(viewer)
    for verb in (actions.remove_point, actions.prefer_point):
        with refused("removed"):
            verb(first, by=clerk, at=AT)


def test_refused(clients: Clients) -> None:
    viewer = clients.viewer
    for stranger in (clients.user("stranger"), clients.staff.user("lawyer")):
        with pytest.raises(PermissionDenied):
            actions.add_point(viewer, "phone", "1", by=stranger, at=AT)
    with refused("no_value"):
        actions.add_point(viewer, "phone", " ", by=None, at=AT)
    with refused("no_value"):
        actions.add_point(viewer, "pigeon", "x", by=None, at=AT)
    with refused("bad_email"):
        actions.add_point(viewer, "email", "x", by=None, at=AT)
    with refused("no_phone"):
        actions.add_point(viewer, "phone", "позвоните", by=None, at=AT)
    with refused("signs_in"):
        actions.remove_point(viewer.points.get(), by=None, at=AT)
    # Of their own ways a person decides themselves.
    own = actions.add_point(viewer, "phone", "+7 916 000-00-02", by=clients.user("viewer"), at=AT)
    assert own.normal == "+79160000002"


def test_the_card_changes_the_first_number_and_keeps_the_others(clients: Clients) -> None:
    viewer = clients.viewer
    actions.add_point(viewer, "phone", "+7 916 000-00-01", by=None, at=AT)
    actions.add_point(viewer, "phone", "+7 916 000-00-02", by=None, at=AT)
    actions.change_contact(viewer, "viewer", by=None, at=AT, phone="+7 916 000-00-03")
    numbers = [pair for pair in reached(viewer) if pair[0].startswith("+")]
    assert numbers == [("+79160000002", False), ("+79160000003", True)]
    actions.change_contact(viewer, "viewer", by=None, at=AT, phone="+7 916 000-00-02")
    numbers = [pair for pair in reached(viewer) if pair[0].startswith("+")]
    assert numbers == [("+79160000002", True)]


def test_known_however_it_is_typed(clients: Clients) -> None:
    assert normal_of("email", " A@B.example ") == "a@b.example"
    assert normal_of("phone", "8 495 123-45-67") == "+74951234567"
    assert normal_of("phone", "12 доб. 5") == "125"
    assert normal_of("messenger", " @Ivan ") == "@ivan"


def test_one_person_of_two_companies(clients: Clients) -> None:
    clerk = clients.staff.user("clerk")
    actions.add_point(clients.editor, "phone", "+7 916 000-00-01", by=None, at=AT)
    with pytest.raises(PermissionDenied):
        actions.join_company(clients.editor, clients.other, by=clerk, at=AT)
    people.grant_power(clients.staff.clerk, "clients", by=None, at=AT)
    joined = actions.join_company(
        clients.editor, clients.other, by=clerk, at=AT, position="Советник"
    )
    assert (joined.client, joined.position, joined.user) == (clients.other, "Советник", None)
    assert reached(joined) == reached(clients.editor)
    with refused("same_client"):
        actions.join_company(clients.editor, clients.daisy, by=clerk, at=AT)
    let_in = actions.give_access(joined, clients.user("editor").email, "sees", by=clerk, at=AT)
    assert let_in.user == clients.editor.user


def test_the_pages(clients: Clients) -> None:
    people.grant_power(clients.staff.clerk, "clients", by=None, at=AT)
    clerk = browser_of(clients.staff.user("clerk"))
    lawyer = browser_of(clients.staff.user("lawyer"))
    path = f"/desk/contacts/{clients.viewer.pk}/points/"
    assert lawyer.get(path).status_code == 403
    assert clerk.post(path, {"kind": "email", "value": "x"}).status_code == 422
    assert clerk.post(path, {"kind": "phone", "value": "84951234567"}).status_code == 302
    assert "+7 495 123-45-67" in clerk.get(path).content.decode()
    # What was there, and what is somebody else's, is said.
    again = clerk.post(path, {"kind": "phone", "value": "+7 495 1234567"}, follow=True)
    assert "Это уже было: +7 495 123-45-67" in again.content.decode()
    theirs = {"kind": "email", "value": clients.user("editor").email}
    shared = clerk.post(path, theirs, follow=True).content.decode()
    assert f"Так связываются и с другими: {clients.editor.name}" in shared
    point = clients.viewer.points.get(kind="phone")
    for verb in ("prefer", "remove"):
        assert lawyer.post(f"/desk/points/{point.pk}/{verb}/").status_code == 403
        clerk.post(f"/desk/points/{point.pk}/{verb}/")
        point.refresh_from_db()
        assert point.preferred == (verb == "prefer")
    assert point.removed_at is not None
    join = f"/desk/contacts/{clients.viewer.pk}/join/"
    assert lawyer.get(join).status_code == 403
    assert clerk.post(join, {"company": "нет такой"}).status_code == 422
    done = clerk.post(join, {"company": "чужая"})
    assert done.headers["Location"] == f"/desk/clients/{clients.other.pk}/"
