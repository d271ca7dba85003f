"""Hiring, changing, faces, dismissal, teams."""

import json
from io import BytesIO

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from PIL import Image

from tests.people.conftest import AT, PASSWORD, Staff
from tests.support.refused import refused
from zabota.common.files import read_file
from zabota.journal.models import Entry
from zabota.journal.verify import verify_journal
from zabota.people import actions
from zabota.people.models import Employee, PowerKind, Team, User
from zabota.people.sign_in import Backend


def notices(kind: str) -> list[int]:
    entry = Entry.objects.filter(kind=kind).latest("pk")
    told = entry.entry_kind.told
    return [notice.user_id for notice in told(entry)] if told else []


def test_hired_remembered_and_told(staff: Staff) -> None:
    team = actions.open_team("Юристы", by=staff.user("owner"), at=AT, name_en="Legal")
    new = actions.hire_employee(
        " New@Firm.example ", "Новый", by=staff.user("owner"), at=AT, position_ru="Юрист",
        team=team, lead=staff.lead,
    )  # fmt: skip
    assert new.user.email == "new@firm.example"
    assert not new.user.has_usable_password()
    entry = Entry.objects.filter(kind="people.employee_hired").latest("pk")
    assert (entry.facts["employee"], entry.facts["team"]) == (new.pk, team.pk)
    assert notices("people.employee_hired") == [new.user_id]
    assert "Новый" not in json.dumps(entry.facts, ensure_ascii=False)


def test_hiring_is_refused_to_whom_and_when(staff: Staff) -> None:
    with pytest.raises(PermissionDenied):
        actions.hire_employee("x@firm.example", "X", by=staff.user("clerk"), at=AT, position_ru="Ю")
    with refused("email_taken"):
        actions.hire_employee(
            "LAWYER@firm.example", "X", by=staff.user("owner"), at=AT, position_ru="Ю"
        )
    assert Employee.objects.count() == 4


def test_leads_never_make_a_circle(staff: Staff) -> None:
    owner = staff.user("owner")
    with refused("lead_cycle"):
        actions.change_employee(staff.lead, {"lead": staff.lawyer}, by=owner, at=AT)
    with refused("lead_cycle"):
        actions.change_employee(staff.lead, {"lead": staff.lead}, by=owner, at=AT)
    changed = actions.change_employee(staff.lead, {"lead": staff.owner}, by=owner, at=AT)
    assert changed.lead_id == staff.owner.pk


def test_a_change_is_one_entry_and_no_change_is_none(staff: Staff) -> None:
    owner = staff.user("owner")
    actions.change_employee(staff.clerk, {"position_ru": "Бухгалтер"}, by=owner, at=AT)
    actions.change_employee(staff.clerk, {"position_ru": "Бухгалтер"}, by=owner, at=AT)
    entries = Entry.objects.filter(kind="people.employee_changed")
    assert [e.facts["after"] for e in entries] == [{"position_ru": "Бухгалтер"}]


def test_only_an_administrator_makes_another(staff: Staff) -> None:
    actions.grant_power(staff.lead, PowerKind.PEOPLE, by=staff.user("owner"), at=AT)
    with pytest.raises(PermissionDenied):
        actions.change_employee(
            staff.clerk, {"is_administrator": True}, by=staff.user("lead"), at=AT
        )
    with pytest.raises(PermissionDenied):
        actions.dismiss_employee(staff.owner, by=staff.user("lead"), at=AT)
    with refused("last_administrator"):
        actions.change_employee(
            staff.owner, {"is_administrator": False}, by=staff.user("owner"), at=AT
        )


def picture(form: str = "JPEG", size: tuple[int, int] = (640, 480), mode: str = "RGB") -> bytes:
    out = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "SECRET-CAMERA"
    Image.new(mode, size, 1 if mode == "1" else "teal").save(out, form, exif=exif)
    return out.getvalue()


def test_a_face_is_small_square_and_without_metadata(staff: Staff) -> None:
    employee = actions.change_photo(staff.clerk, picture(), by=staff.user("clerk"), at=AT)
    assert employee.photo is not None
    data = read_file(employee.photo)
    face = Image.open(BytesIO(data))
    assert (face.size, face.format) == ((256, 256), "WEBP")
    assert b"SECRET-CAMERA" not in data
    assert employee.photo_url == f"/faces/{employee.photo.digest}/"
    assert actions.change_photo(staff.clerk, None, by=staff.user("owner"), at=AT).photo is None


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"not a picture", "not_a_photo"),
        (picture()[:400], "not_a_photo"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_a_photo"),
        (b"0" * (5 * 1024 * 1024 + 1), "photo_too_large"),
        (picture("PNG", (8000, 7000), "1"), "photo_too_large"),
    ],
)
def test_what_is_no_photo_is_refused(staff: Staff, data: bytes, code: str) -> None:
    with refused(code):
        actions.change_photo(staff.clerk, data, by=staff.user("clerk"), at=AT)
    with pytest.raises(PermissionDenied):
        actions.change_photo(staff.clerk, data, by=staff.user("lawyer"), at=AT)


def test_dismissal_ends_access_at_once_and_names_the_heir(staff: Staff) -> None:
    session = SessionStore()
    session["_auth_user_id"] = str(staff.lead.user_id)
    session.save()
    other = SessionStore()
    other["_auth_user_id"] = str(staff.clerk.user_id)
    other.save()
    owner = staff.user("owner")
    actions.change_employee(staff.lead, {"lead": staff.owner}, by=owner, at=AT)
    actions.grant_power(staff.lead, PowerKind.APPROVE, by=owner, at=AT, concern="legal")
    gone = actions.dismiss_employee(staff.lead, by=owner, at=AT)
    assert gone.dismissed_at == AT
    assert Backend().get_user(gone.user_id) is None
    assert not SessionStore().exists(session.session_key or "")
    assert SessionStore().exists(other.session_key or "")
    assert not gone.powers.in_force(AT).exists()
    assert Employee.objects.get(pk=staff.lawyer.pk).lead_id == staff.owner.pk
    facts = Entry.objects.get(kind="people.employee_dismissed").facts
    assert (facts["employee"], facts["heir"], facts["led"]) == (
        staff.lead.pk,
        staff.owner.pk,
        [staff.lawyer.pk],
    )
    with refused("dismissed"):
        actions.dismiss_employee(staff.lead, by=owner, at=AT)


def test_the_last_administrator_stays_and_an_heir_works_here(staff: Staff) -> None:
    owner = staff.user("owner")
    with refused("last_administrator"):
        actions.dismiss_employee(staff.owner, by=owner, at=AT)
    actions.dismiss_employee(staff.clerk, by=owner, at=AT)
    with refused("bad_heir"):
        actions.dismiss_employee(staff.lawyer, by=owner, at=AT, heir=staff.clerk)
    with pytest.raises(PermissionDenied):
        actions.dismiss_employee(staff.lawyer, by=staff.user("lead"), at=AT)


def test_whoever_comes_back_keeps_their_history(staff: Staff) -> None:
    owner = staff.user("owner")
    actions.dismiss_employee(staff.clerk, by=owner, at=AT)
    back = actions.hire_employee(
        "clerk@firm.example", "Вернувшийся", by=owner, at=AT, position_ru="Бухгалтер",
        password=PASSWORD,
    )  # fmt: skip
    assert back.pk == staff.clerk.pk
    assert back.dismissed_at is None
    assert User.objects.get(pk=back.user_id).is_active
    assert verify_journal().broken is None


def test_teams_open_rename_close(staff: Staff) -> None:
    owner = staff.user("owner")
    team = actions.open_team("Юристы", by=owner, at=AT)
    with refused("team_exists"):
        actions.open_team("Юристы ", by=owner, at=AT)
    assert actions.rename_team(team, "Право", by=owner, at=AT, name_en="Law").name_en == "Law"
    actions.change_employee(staff.clerk, {"team": team}, by=owner, at=AT)
    with refused("team_has_members"):
        actions.close_team(team, by=owner, at=AT)
    actions.change_employee(staff.clerk, {"team": None}, by=owner, at=AT)
    closed = actions.close_team(team, by=owner, at=AT)
    assert closed.closed_at == AT
    with refused("team_closed"):
        actions.close_team(team, by=owner, at=AT)
    with refused("team_closed"):
        actions.change_employee(staff.clerk, {"team": closed}, by=owner, at=AT)
    with pytest.raises(PermissionDenied):
        actions.open_team("Тайная", by=staff.user("clerk"), at=AT)
    kinds = Entry.objects.filter(stream=team.stream).values_list("kind", flat=True)
    assert list(kinds) == ["people.team_opened", "people.team_renamed", "people.team_closed"]
    assert Team.objects.count() == 1
