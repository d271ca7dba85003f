"""Pages of our people and the firm: who may see them, what they do, what they cost."""

import re
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from PIL import Image

from tests.people.conftest import AT, PASSWORD, Staff, hire
from zabota.common import clock
from zabota.people import actions
from zabota.people.models import Absence, Employee, Firm, PowerKind, SpecialDay, Team, User
from zabota.people.urls import desk_urls


@pytest.fixture
def signed(staff: Staff):
    def sign_in(who: str) -> Browser:
        browser = Browser()
        browser.force_login(staff.user(who))
        return browser

    return sign_in


def paths() -> list[str]:
    return [
        "/desk/" + str(url.pattern).replace("<id:pk>", "1").replace("<str:day>", "2026-12-31")
        for url in desk_urls
    ]


def test_no_page_opens_to_a_stranger(staff: Staff) -> None:
    guest = User.objects.create(email="g@x.example", name="Гость", made_at=AT)
    browser = Browser()
    for path in paths():
        assert browser.get(path).status_code in (302, 405), path
        assert browser.post(path).status_code in (302, 405), path
    browser.force_login(guest)
    for path in paths():
        assert browser.get(path).status_code in (404, 405), path
        assert browser.post(path).status_code in (404, 405), path


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_page_opens_to_the_owner_and_what_is_managed_only_to_who_may(
    staff: Staff, signed, language: str
) -> None:
    User.objects.update(language=language)
    owner, clerk = signed("owner"), signed("clerk")
    pk = staff.lawyer.pk
    team = actions.open_team("Юристы", by=None, at=AT)
    open_to_all = ["people/", f"people/{pk}/", "teams/", "profile/", "profile/password/"]
    managed = [f"people/{pk}/{verb}/" for verb in ("edit", "dismiss", "power", "photo")]
    managed += ["people/hire/", f"people/{pk}/absence/", f"people/{pk}/substitute/"]
    managed += ["firm/", "firm/details/", "firm/week/", "firm/days/"]
    for path in [*open_to_all, *managed, f"teams/{team.pk}/"]:
        assert owner.get(f"/desk/{path}").status_code == 200, path
    for path in open_to_all:
        assert clerk.get(f"/desk/{path}").status_code == 200, path
    for path in managed:
        assert clerk.get(f"/desk/{path}").status_code == 403, path


def test_hiring_by_the_page_keeps_what_was_typed(staff: Staff, signed) -> None:
    owner = signed("owner")
    typed = {
        "name": "Новый Человек",
        "email": "clerk@firm.example",
        "position_ru": "Юрист",
        "language": "ru",
    }
    refused = owner.post("/desk/people/hire/", typed)
    assert refused.status_code == 422
    assert "Новый Человек" in refused.content.decode()
    done = owner.post("/desk/people/hire/", {**typed, "email": "new@firm.example"})
    new = Employee.objects.get(user__email="new@firm.example")
    assert done["Location"] == f"/desk/people/{new.pk}/"


def test_absence_substitute_and_power_by_the_pages(staff: Staff, signed) -> None:
    lawyer, owner = signed("lawyer"), signed("owner")
    pk = staff.lawyer.pk
    wrong = lawyer.post(
        f"/desk/people/{pk}/absence/", {"first": "2031-01-12", "last": "2031-01-10"}
    )
    assert wrong.status_code == 422
    days = {"first": "2031-01-10", "last": "2031-01-12"}
    assert lawyer.post(f"/desk/people/{pk}/absence/", days).status_code == 302
    absence = Absence.objects.get()
    # Three whole days in Moscow: from the midnight before the 10th to the one after the 12th.
    assert absence.starts_at.isoformat() == "2031-01-09T21:00:00+00:00"
    assert absence.ends_at.isoformat() == "2031-01-12T21:00:00+00:00"
    asked = {**days, "substitute": staff.clerk.pk, "kinds": ["approve"]}
    assert lawyer.post(f"/desk/people/{pk}/substitute/", asked).status_code == 302
    granted = {
        "kind": "approve", "concern": "legal", "limit": "1000", "currency": "USD",
        "since": "2031-01-01", "until": "2031-02-01",
    }  # fmt: skip
    early = {**granted, "until": "2030-12-31"}
    assert owner.post(f"/desk/people/{pk}/power/", early).status_code == 422
    past = {**granted, "since": "2020-01-01"}
    assert owner.post(f"/desk/people/{pk}/power/", past).status_code == 422
    assert owner.post(f"/desk/people/{pk}/power/", granted).status_code == 302
    power = staff.lawyer.powers.get()
    assert (power.currency, power.valid_from.isoformat(), power.begun_at) == (
        "USD", "2030-12-31T21:00:00+00:00", None,
    )  # fmt: skip
    page = owner.get(f"/desk/people/{pk}/").content.decode()
    assert "Clerk" in page
    # The last day is told, not the midnight after it.
    away = re.sub(r"<[^>]+>", "", page).replace("\xa0", " ")
    assert "пт, 10 января 2031 – вс, 12 января 2031" in away
    assert "до сб, 1 февраля 2031" in away, "the last day, not the midnight after it"
    assert "Полномочие «Согласовывать направление: " in away
    assert "до 1 000 $" in away or "1 000 USD" in away
    assert signed("clerk").post(f"/desk/people/powers/{power.pk}/revoke/").status_code == 403
    assert owner.post(f"/desk/people/powers/{power.pk}/revoke/").status_code == 302
    assert lawyer.post(f"/desk/people/absences/{absence.pk}/cancel/").status_code == 302
    substitution = staff.lawyer.substituted.get()
    lawyer.post(f"/desk/people/substitutions/{substitution.pk}/cancel/")
    substitution.refresh_from_db()
    assert substitution.cancelled_at is not None


def test_a_face_is_served_to_who_is_signed_in_and_kept_by_the_browser(staff: Staff, signed) -> None:
    out = BytesIO()
    Image.new("RGB", (300, 200), "teal").save(out, "PNG")
    photo = SimpleUploadedFile("me.png", out.getvalue(), "image/png")
    clerk = signed("clerk")
    assert clerk.post(f"/desk/people/{staff.clerk.pk}/photo/", {"photo": photo}).status_code == 302
    digest = Employee.objects.get(pk=staff.clerk.pk).photo.digest
    face = clerk.get(f"/faces/{digest}/")
    assert face["Content-Type"] == "image/webp"
    assert "immutable" in face["Cache-Control"]
    assert face.content[:4] == b"RIFF"
    again = clerk.get(f"/faces/{digest}/", headers={"If-None-Match": face["ETag"]})
    assert again.status_code == 304
    assert clerk.get(f"/faces/{'0' * 64}/").status_code == 404
    assert Browser().get(f"/faces/{digest}/").status_code == 302
    bad = SimpleUploadedFile("me.png", b"<svg/>", "image/png")
    refused = clerk.post(f"/desk/people/{staff.clerk.pk}/photo/", {"photo": bad})
    assert refused.status_code == 422


def test_the_firm_by_its_pages(staff: Staff, signed) -> None:
    owner = signed("owner")
    week = {"day_0": "9:00-13:00, 14:00–17:00", "day_5": ""}
    assert owner.post("/desk/firm/week/", {**week, "day_1": "soon"}).status_code == 422
    assert owner.post("/desk/firm/week/", week).status_code == 302
    assert Firm.objects.get().week == {"0": [["09:00", "13:00"], ["14:00", "17:00"]]}
    assert owner.post("/desk/firm/details/", {"inn": "1"}).status_code == 422
    assert owner.post("/desk/firm/details/", {"inn": "7707083893"}).status_code == 302
    assert owner.post("/desk/firm/days/", {"day": "2026-12-30", "kind": "off"}).status_code == 302
    page = owner.get("/desk/firm/days/?year=2026").content.decode()
    assert "2026-12-30" in page
    owner.post("/desk/firm/days/2026-12-30/clear/")
    assert not SpecialDay.objects.exists()
    assert owner.post("/desk/firm/days/never/clear/").status_code == 404


def test_teams_and_dismissal_by_the_pages(staff: Staff, signed) -> None:
    owner = signed("owner")
    owner.post("/desk/teams/", {"name_ru": "Юристы"})
    team = Team.objects.get()
    assert owner.post("/desk/teams/", {"name_ru": "Юристы"}).status_code == 422
    owner.post(f"/desk/teams/{team.pk}/", {"name_ru": "Право", "name_en": "Law"})
    owner.post(f"/desk/teams/{team.pk}/close/")
    team.refresh_from_db()
    assert (team.name_ru, team.closed_at is None) == ("Право", False)
    clerk = signed("clerk")
    assert clerk.get("/desk/people/").status_code == 200
    assert owner.post(f"/desk/people/{staff.clerk.pk}/dismiss/", {}).status_code == 422
    owner.post(f"/desk/people/{staff.clerk.pk}/dismiss/", {"sure": "on"})
    assert clerk.get("/desk/people/").status_code == 302


def test_a_password_is_changed_and_other_places_signed_out(staff: Staff, signed) -> None:
    here, elsewhere = signed("clerk"), signed("clerk")
    path = "/desk/profile/password/"
    assert here.post(path, {"old": "no", "new": "другой-Пароль-77"}).status_code == 422
    assert here.post(path, {"old": PASSWORD, "new": "1"}).status_code == 422
    assert here.post(path, {"old": PASSWORD, "new": "другой-Пароль-77"}).status_code == 302
    assert here.get("/desk/profile/").status_code == 200
    assert elsewhere.get("/desk/profile/").status_code == 302


def test_the_list_costs_the_same_for_one_and_for_a_hundred(staff: Staff, signed) -> None:
    owner = signed("owner")
    owner.get("/desk/people/")
    with CaptureQueriesContext(connection) as few:
        owner.get("/desk/people/")
    for number in range(60):
        person = hire(f"p{number:02}")
        actions.grant_power(person, PowerKind.ROUTES, by=None, at=AT)
    with CaptureQueriesContext(connection) as many:
        page = owner.get("/desk/people/")
    assert len(few) == len(many)
    older = page.context["page"].older
    second = owner.get(f"/desk/people/{older}")
    names = [row.employee.name for row in (*page.context["rows"], *second.context["rows"])]
    assert names == sorted(names) and len(names) == len(set(names)) == 64
    back = owner.get(f"/desk/people/{second.context['page'].newer}")
    assert [row.employee.pk for row in back.context["rows"]] == [
        row.employee.pk for row in page.context["rows"]
    ]
    assert owner.get("/desk/people/?after=nonsense&from=x").status_code == 200


def test_the_form_says_what_a_substitution_does(staff: Staff, signed) -> None:
    path = f"/desk/people/{staff.lawyer.pk}/substitute/"
    assert "Вы остаётесь у дел" in signed("lawyer").get(path).content.decode()
    assert "остаётся у дел: замещающий" in signed("owner").get(path).content.decode()


def shown(page) -> str:
    text = re.sub(r"<[^>]+>", " ", page.content.decode()).replace("\xa0", " ")
    return " ".join(text.split())


def test_the_last_day_of_a_power_is_shown_and_not_the_midnight_after_it(
    staff: Staff, signed
) -> None:
    path = f"/desk/people/{staff.lawyer.pk}/"
    signed("owner").post(f"{path}power/", {"kind": "routes", "until": "2040-12-31"})
    for page in (signed("owner").get(path), signed("lawyer").get("/desk/profile/")):
        assert "31 декабря 2040" in shown(page)
        assert "1 января 2041" not in shown(page)


def test_what_a_colleague_lent_is_shown_and_its_sections_are_in_the_menu(
    staff: Staff, signed
) -> None:
    at, until = clock.now(), datetime(2040, 11, 30, 21, tzinfo=UTC)
    for kind in ("firm", "routes"):
        actions.grant_power(staff.lawyer, kind, by=None, at=at)
    clerk = signed("clerk")
    assert 'href="/desk/firm/"' not in clerk.get("/desk/profile/").content.decode()
    actions.appoint_substitute(
        staff.lawyer, staff.clerk, at, until, by=None, at=at, kinds=("firm",)
    )
    page = clerk.get("/desk/profile/")
    assert "за коллегу: Lawyer, до пт, 30 ноября 2040" in shown(page)
    assert "маршрут" not in shown(page).split("Мои полномочия")[1]
    assert 'href="/desk/firm/"' in page.content.decode()
    assert clerk.get("/desk/firm/").status_code == 200
    card = signed("owner").get(f"/desk/people/{staff.clerk.pk}/")
    assert "за коллегу: Lawyer" in shown(card)


def test_on_a_day_off_nobody_is_here(staff: Staff, signed, monkeypatch) -> None:
    sunday, monday = datetime(2026, 11, 22, 9, tzinfo=UTC), datetime(2026, 11, 23, 9, tzinfo=UTC)
    for at, words in ((sunday, "Выходной"), (monday, "На месте")):
        monkeypatch.setattr("zabota.people.desk.lists.clock.now", lambda at=at: at)
        assert words in shown(signed("owner").get("/desk/people/"))
