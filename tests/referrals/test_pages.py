"""Pages of referrals: the room’s, whoever came’s, the desk’s."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from tests.contracts.worlds import AT, DAY, HOUR
from tests.referrals.brought import FRIEND, buys, came, fresh, linked, opened
from zabota.clients.models import Client
from zabota.common import clock
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.outreach.actions import send_waiting
from zabota.referrals.actions.links import send_letter_home
from zabota.referrals.actions.sheets import begin_sheet
from zabota.referrals.actions.thanks import thank_for_referrals
from zabota.referrals.links import address_of_link, path_of_mine
from zabota.referrals.models import Referral, ReferralLink, Sheet, Terms

FORM = {
    "name": "Светлана Мороз", "reached": "+7 916 111-22-33", "words": "Свет для двора",
    "wish": "soon", "shares": "bought", "agreed": "on",
}  # fmt: skip


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


def signed_in(world: World, who: str) -> Browser:
    browser = Browser()
    person = world.staff.get(who) or world.guests[who]
    browser.force_login(person.user)  # type: ignore[arg-type]
    return browser


def page(browser: Browser, path: str, status: int = 200) -> str:
    answer = browser.get(path)
    assert answer.status_code == status, f"{path} answered {answer.status_code}"
    return str(answer.content.decode())


def path_of(link: ReferralLink) -> str:
    return re.sub(r"^https?://[^/]+", "", address_of_link(link))


def test_where_the_firm_does_not_ask_there_is_no_section(world: World) -> None:
    anna = signed_in(world, "anna")
    assert "/room/recommend/" not in page(anna, "/room/")
    page(anna, "/room/recommend/", 404)


def test_the_five_tools(world: World) -> None:
    opened(world)
    anna = signed_in(world, "anna")
    assert "/room/recommend/" in page(anna, "/room/")
    page(anna, "/room/recommend/link/")
    sent = anna.post("/room/recommend/link/", {"shown_as": "full", "words": "Три года с ними."})
    assert sent.status_code == 302
    link = ReferralLink.objects.get()
    assert link.device and anna.cookies["zabota_recommends"].value not in (link.device, "")
    text = page(anna, "/room/recommend/")
    assert address_of_link(link) in text and "<svg" in text and "mailto:" in text
    assert "Три года с ними." in text
    picture = anna.get("/room/recommend/qr/")
    assert picture.content.startswith(b"\x89PNG")
    paper = Browser().get(path_of(link) + "brochure/")
    assert paper.content.startswith(b"%PDF") and len(paper.content) > 5000


def test_another_link_takes_the_place_of_the_first(world: World) -> None:
    link = linked(world)
    anna = signed_in(world, "anna")
    anna.post("/room/recommend/link/", {"shown_as": "nobody", "words": ""})
    page(Browser(), path_of(link), 404)
    other = ReferralLink.objects.get(revoked_at=None)
    assert "Крылова" not in page(Browser(), path_of(other))
    assert Entry.objects.filter(kind="referral.link_made").count() == 2


def test_a_revoked_link_leads_nowhere_and_is_another_ones_to_revoke(world: World) -> None:
    link = linked(world)
    boris = signed_in(world, "boris")
    assert boris.post(f"/room/recommend/link/{link.pk}/revoke/").status_code == 404
    signed_in(world, "anna").post(f"/room/recommend/link/{link.pk}/revoke/")
    page(Browser(), path_of(link), 404)
    assert Entry.objects.filter(kind="referral.link_revoked").count() == 1


def test_the_letter_goes_to_the_client_themselves(world: World) -> None:
    link = linked(world)
    send_letter_home(link, by=world.as_guest("anna"), at=AT)
    assert Entry.objects.filter(kind="referral.letter_asked").exists()
    while send_waiting(by=None, at=AT + HOUR):
        pass
    (letter,) = mail.outbox
    assert letter.to == ["anna@romashka.example"]
    assert address_of_link(link) in letter.body


def test_whoever_came_reads_who_recommends_and_leaves_what_they_wish(world: World) -> None:
    link = linked(world)
    text = page(Browser(), path_of(link))
    assert "Анна Крылова" in text and "Освещаем дворы." in text
    sent = Browser().post(path_of(link) + "?by=qr", {**FORM, "tool": "qr"})
    referral = Referral.objects.get()
    assert sent.status_code == 302 and sent.headers["Location"] == path_of_mine(referral)
    assert (referral.tool, referral.shares) == ("qr", "bought")
    mine = page(Browser(), path_of_mine(referral))
    assert "Игорь Ким" in mine and "Анна" not in mine


def test_without_consent_nothing_is_kept(world: World) -> None:
    link = linked(world)
    sent = Browser().post(path_of(link), {**FORM, "agreed": ""})
    assert sent.status_code == 422 and not Referral.objects.exists()
    assert "Свет для двора" in sent.content.decode()


def test_what_is_wrong_is_said_and_nothing_is_lost(world: World) -> None:
    link = linked(world)
    for wrong in ({"reached": "нет"}, {"wish": "day"}, {"wish": "day", "day": "2026-11-21"}):
        sent = Browser().post(path_of(link), {**FORM, **wrong})
        assert sent.status_code == 422 and "Светлана" in sent.content.decode()
    assert not Referral.objects.exists()


def test_a_stranger_is_told_the_same_of_whoever_we_know(world: World) -> None:
    """Nobody finds out on this page who is a client."""
    link = linked(world)
    known = Browser().post(path_of(link), {**FORM, "reached": "john@vector.example"})
    other = Browser().post(path_of(link), FORM)
    pages = [page(Browser(), one.headers["Location"]) for one in (known, other)]
    # Apart from signed marks and the address of either's own page.
    marks = r'/with/mine/[^/]+/|(value|content)="[^"]{30,}"|X-CSRFToken[^}]+'
    plain = [re.sub(marks, "", one) for one in pages]
    assert plain[0] == plain[1]


def test_machines_come_to_an_end(world: World) -> None:
    link = linked(world)
    browser = Browser()
    for number in range(21):
        last = browser.post(path_of(link), {**FORM, "reached": f"+7 916 000-00-{number:02}"})
    assert last.status_code == 422
    assert Referral.objects.count() == 20


def test_what_was_chosen_is_changed_and_taken_back(world: World) -> None:
    referral = came(world)
    path = path_of_mine(referral)
    assert Browser().post(path, {"shares": "talked"}).status_code == 302
    assert fresh(referral).shares == "talked"
    assert Browser().post(path + "withdraw/").status_code == 302
    assert fresh(referral).ending == "withdrawn"
    assert not Client.objects.filter(name=FRIEND.name).exists()
    page(Browser(), path)


def test_a_joint_questionnaire_is_filled_by_both(world: World) -> None:
    opened(world)
    anna = signed_in(world, "anna")
    page(anna, "/room/recommend/questionnaire/")
    anna.post(
        "/room/recommend/questionnaire/",
        {"told_0": "Поменяли всё за ночь", "shown": "on", "shown_as": "first"},
    )
    link = ReferralLink.objects.get()
    assert Entry.objects.filter(kind="referral.sheet_begun").exists()
    text = page(Browser(), path_of(link))
    assert "Поменяли всё за ночь" in text
    Browser().post(
        path_of(link),
        {"needed_0": "Темно", "needed_1": "К зиме", "shown": "on", "wish": "soon",
         "shares": "nothing"},
    )  # fmt: skip
    sheet = Sheet.objects.get()
    assert sheet.needed == ["Темно", "К зиме"] and not Referral.objects.exists()
    assert Entry.objects.filter(kind="referral.sheet_filled").exists()
    assert "К зиме" in page(anna, "/room/recommend/")
    assert "К зиме" not in page(signed_in(world, "boris"), "/room/recommend/")
    # It is for one friend.
    assert "needed_0" not in page(Browser(), path_of(link))


def test_halves_that_may_not_be_read_are_not(world: World) -> None:
    opened(world)
    anna = world.as_guest("anna")
    sheet = begin_sheet(["Тайна"], by=anna, at=AT, shown=False, shown_as="first")
    assert "Тайна" not in page(Browser(), path_of(sheet.link))
    Browser().post(path_of(sheet.link), {**FORM, "needed_0": "Секрет"})
    assert Referral.objects.get().tool == "sheet"
    assert "Секрет" not in page(signed_in(world, "anna"), "/room/recommend/")
    manager = signed_in(world, "manager")
    assert "Секрет" in page(manager, f"/desk/referrals/{Referral.objects.get().pk}/")


def test_the_desk_talks_and_ends(world: World) -> None:
    referral = came(world)
    manager = signed_in(world, "manager")
    assert FRIEND.name in page(manager, "/desk/referrals/")
    assert FRIEND.name not in page(manager, "/desk/referrals/?show=ended")
    assert "Свет для двора" in page(manager, f"/desk/referrals/{referral.pk}/")
    page(signed_in(world, "stranger"), f"/desk/referrals/{referral.pk}/", 404)
    for verb in ("talk", "end"):
        page(manager, f"/desk/referrals/{referral.pk}/{verb}/")
    manager.post(f"/desk/referrals/{referral.pk}/talk/", {"shares": "bought", "note": "Ждёт"})
    assert fresh(referral).talked_at == AT
    assert FRIEND.name in page(signed_in(world, "anna"), "/room/recommend/")
    manager.post(f"/desk/referrals/{referral.pk}/end/", {"ending": "not_now"})
    assert fresh(referral).ending == "not_now"


def test_the_desk_decides_and_says_thanks(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    referral = came(world)
    Referral.objects.filter(pk=referral.pk).update(was_client=True)
    buys(referral.case.client)
    thank_for_referrals(by=None, at=AT + 16 * DAY)
    monkeypatch.setattr(clock, "now", lambda: AT + 16 * DAY)
    manager, base = signed_in(world, "manager"), f"/desk/referrals/{referral.pk}/"
    page(manager, base)
    page(manager, f"{base}decide/")
    manager.post(f"{base}decide/", {"thank": "yes", "reason": "Всё честно"})
    assert "Всё честно" in page(manager, base)
    manager.post(f"{base}thank/")
    assert fresh(referral).case.state == "thanked"
    assert "thank/" not in page(manager, base)
    page(signed_in(world, "anna"), "/room/recommend/")


def test_whoever_may_change_the_firm_sets_it(world: World) -> None:
    director = signed_in(world, "director")
    for name in ("terms", "brochure", "questionnaire"):
        page(director, f"/desk/referrals/{name}/")
        page(signed_in(world, "manager"), f"/desk/referrals/{name}/", 403)
    director.post("/desk/referrals/terms/open/", {"opened": "yes"})
    terms = {
        "from_day": "2026-11-17", "minimum": "500", "hold_days": "7", "yearly_limit": "3",
        "lapse_times": "4",
    }  # fmt: skip
    assert director.post("/desk/referrals/terms/", terms).status_code == 302
    over = director.post("/desk/referrals/terms/", {**terms, "from_day": "2026-11-16"})
    assert over.status_code == 422 and Terms.objects.count() == 1
    words = {"title_ru": "А", "title_en": "A", "text_ru": "Б", "text_en": "B"}
    assert director.post("/desk/referrals/brochure/", words).status_code == 302
    questions = {"told_ru": "Раз\nДва", "told_en": "One", "needed_ru": "", "needed_en": ""}
    assert director.post("/desk/referrals/questionnaire/", questions).status_code == 422
    questions["told_en"] = "One\nTwo"
    assert director.post("/desk/referrals/questionnaire/", questions).status_code == 302
    kinds = set(Entry.objects.values_list("kind", flat=True))
    assert {"referral.terms_set", "referral.brochure_set", "referral.questionnaire_set"} <= kinds


def test_pages_ask_as_often_for_one_as_for_many(world: World) -> None:
    first = came(world)
    manager = signed_in(world, "manager")

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            page(manager, "/desk/referrals/")
        return len(found)

    asked()
    few = asked()
    for number in range(6):
        Browser().post(path_of(first.link), {**FORM, "reached": f"+7 916 000-00-{number:02}"})
    assert Referral.objects.count() == 7 and asked() == few
