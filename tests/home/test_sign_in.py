"""Signing in by password, by code, by link and into the demo; nothing tells who is known."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client as Browser

from tests.clients.conftest import Clients, make_clients
from tests.people.conftest import AT, PASSWORD
from tests.support.mail import MailServer
from zabota.clients.models import Consent
from zabota.common import clock
from zabota.home import sign_in
from zabota.home.sign_in import demo_token
from zabota.outreach.actions import send_waiting
from zabota.outreach.models import Message
from zabota.people import actions as people
from zabota.people.models import SignInCode, User
from zabota.people.sign_in import code_digits, code_link_token, count_try


@pytest.fixture
def clients(db: None) -> Clients:
    return make_clients()


def inside(browser: Browser) -> bool:
    return "_auth_user_id" in browser.session


def test_a_client_comes_in_by_digits_and_agrees_once(clients: Clients) -> None:
    browser, email = Browser(), clients.user("owner").email
    asked = browser.post("/room/sign-in/?next=/room/x/", {"email": email.upper()})
    assert asked["Location"] == "/room/sign-in/code/"
    code = SignInCode.objects.get()
    assert Message.objects.get().code == code
    wrong = f"{(int(code_digits(code)) + 1) % 1_000_000:06d}"
    assert browser.post(asked["Location"], {"digits": wrong}).status_code == 422
    assert not inside(browser)
    done = browser.post(asked["Location"], {"digits": code_digits(code)})
    assert done["Location"] == "/room/x/"
    assert inside(browser)
    assert browser.session.get_expiry_age() == 30 * 24 * 3600
    assert Consent.objects.get().contact == clients.owner
    again = people.make_code(clients.user("owner"), "", by=None, at=clock.now())
    Browser().post(f"/room/sign-in/link/{code_link_token(again)}/")
    assert Consent.objects.count() == 1


def test_looking_at_the_link_spends_nothing(clients: Clients) -> None:
    code = people.make_code(clients.user("owner"), "/room/x/", by=None, at=clock.now())
    path = f"/room/sign-in/link/{code_link_token(code)}/"
    scanner, browser = Browser(), Browser()
    for _ in range(3):
        assert scanner.get(path).status_code == 200
        assert scanner.head(path).status_code == 200
    assert not inside(scanner)
    assert browser.post(path)["Location"] == "/room/x/"
    assert inside(browser)
    late = Browser()
    assert late.post(path).status_code == 410
    assert late.get(path).status_code == 410
    assert not inside(late)
    assert late.get("/room/sign-in/link/1-nonsense/").status_code == 410


def test_nothing_tells_whether_an_address_is_known(clients: Clients) -> None:
    answers = []
    for email in (clients.user("owner").email, "nobody@x.example", "lawyer@firm.example"):
        browser = Browser()
        asked = browser.post("/room/sign-in/", {"email": email})
        page = browser.get(asked["Location"]).content.decode().replace(email, "@")
        wrong = browser.post(asked["Location"], {"digits": "000001"})
        cookies = sorted(browser.cookies)
        answers.append((asked.status_code, asked["Location"], wrong.status_code, cookies))
        assert email.split("@")[0] not in page
    assert len({str(answer) for answer in answers}) == 1
    assert Message.objects.count() == SignInCode.objects.count() == 1


def test_the_way_on_never_leads_elsewhere(clients: Clients) -> None:
    user = clients.user("owner")
    for bad in ("https://evil.example/", "//evil.example", "javascript:x", "\\\\evil.example"):
        code = people.make_code(user, bad, by=None, at=clock.now())
        done = Browser().post(f"/room/sign-in/link/{code_link_token(code)}/")
        assert done["Location"] == "/"
    assert Browser().get("/room/sign-in/code/")["Location"] == "/room/sign-in/"


def test_staff_come_in_by_password_and_guessing_is_throttled(clients: Clients) -> None:
    browser = Browser()
    assert browser.get("/sign-in/").status_code == 200
    typed = {"login": "Clerk@firm.example", "password": PASSWORD}
    done = browser.post("/sign-in/?next=/desk/people/", typed)
    assert done["Location"] == "/desk/people/"
    assert inside(browser)
    assert browser.post("/sign-out/")["Location"] == "/sign-in/"
    assert not inside(browser)
    for _ in range(10):
        wrong = browser.post("/sign-in/", {**typed, "password": "wrong"})
        assert not inside(browser)
        assert wrong.context["form"].errors
    browser.post("/sign-in/", typed)
    assert not inside(browser)


def test_a_dismissed_employee_is_out_at_once(clients: Clients) -> None:
    browser = Browser()
    browser.post("/sign-in/", {"login": "clerk@firm.example", "password": PASSWORD})
    assert inside(browser)
    people.dismiss_employee(clients.staff.clerk, by=None, at=AT)
    assert browser.get("/desk/people/").status_code == 302
    again = Browser()
    again.post("/sign-in/", {"login": "clerk@firm.example", "password": PASSWORD})
    assert not inside(again)


def test_an_employee_without_a_password_sets_one_by_a_code(clients: Clients) -> None:
    new = people.hire_employee("new@firm.example", "Новый", by=None, at=AT, position_ru="Юрист")
    browser = Browser()
    asked = browser.post("/sign-in/password/", {"email": "new@firm.example"})
    digits = code_digits(SignInCode.objects.get(user=new.user))
    done = browser.post(asked["Location"], {"digits": digits})
    assert done["Location"] == "/desk/profile/password/"
    page = browser.get(done["Location"])
    assert "old" not in page.context["form"].fields
    assert browser.post(done["Location"], {"new": "совсем-Новый-9"}).status_code == 302
    assert "old" in browser.get(done["Location"]).context["form"].fields
    Browser().post("/sign-in/password/", {"email": clients.user("owner").email})
    assert SignInCode.objects.count() == 1


def test_the_demo_link_works_only_in_a_demo(
    clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZABOTA_DEMO_KEY", "key-of-this-process")
    staff, guest = Browser(), Browser()
    link = f"/demo/in/{demo_token(clients.staff.user('clerk').pk, 'key-of-this-process')}/"
    room = f"/demo/in/{demo_token(clients.user('owner').pk, 'key-of-this-process')}/"
    assert staff.get(link)["Location"] == "/desk/"
    assert inside(staff)
    assert guest.get(room)["Location"] == "/room/"
    assert Browser().get(link[:-2] + "x/").status_code == 404
    monkeypatch.setenv("ZABOTA_DEMO_KEY", "key-of-the-next")
    assert Browser().get(link).status_code == 404
    monkeypatch.delenv("ZABOTA_DEMO_KEY")
    assert Browser().get(link).status_code == 404


def test_language_is_kept_with_the_account_or_in_a_cookie(clients: Clients) -> None:
    browser = Browser()
    browser.post("/language/", {"language": "en", "next": "/sign-in/"})
    assert 'lang="en"' in browser.get("/sign-in/").content.decode()
    browser.force_login(clients.staff.user("clerk"))
    done = browser.post("/language/", {"language": "en", "next": "https://evil.example/"})
    assert done["Location"] == "/"
    assert User.objects.get(pk=clients.staff.clerk.user_id).language == "en"
    browser.force_login(clients.user("owner"))
    browser.post("/language/", {"language": "en", "next": "/room/"})
    assert clients.user("owner").language == "en"
    browser.post("/language/", {"language": "xx"})
    assert browser.get("/language/").status_code == 405


def test_asking_too_often_says_the_limit_and_when_to_come_back(
    clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Alike for known and unknown addresses, on both doors."""
    monkeypatch.setattr(sign_in, "LONGEST_ANSWER", 0.0)
    doors = {
        "/room/sign-in/": clients.user("owner").email,
        "/sign-in/password/": "clerk@firm.example",
    }
    for door, known in doors.items():
        said = []
        for email in (known, f"no{known}"):
            browser = Browser(headers={"accept-language": "en"})
            for _ in range(5):
                assert browser.post(door, {"email": email}).status_code == 302
            full = browser.post(door, {"email": email})
            assert full.status_code == 422
            said.append(str(full.context["form"].errors["email"][0]))
            assert email in full.content.decode(), "what was typed stays"
            assert "I have a code already" in full.content.decode()
        one, other = (re.sub(r"\d\d:\d\d", "at", words) for words in said)
        assert one == other
        assert "5 times in 15 minutes" in said[0]
        assert re.search(r"(today|tomorrow), \d\d:\d\d", said[0])
    assert SignInCode.objects.count() == 10


def test_a_code_tried_too_often_says_so(clients: Clients) -> None:
    known = clients.user("owner").email
    pages = []
    for email in (known, "nobody@x.example"):
        browser = Browser(headers={"accept-language": "en"})
        browser.post("/room/sign-in/", {"email": email})
        code = SignInCode.objects.get()
        wrong = f"{(int(code_digits(code)) + 1) % 1_000_000:06d}"
        for _ in range(5):
            answer = browser.post("/room/sign-in/code/", {"digits": wrong})
            assert "does not fit" in str(answer.context["form"].errors)
        answer = browser.post("/room/sign-in/code/", {"digits": code_digits(code)})
        pages.append(str(answer.context["form"].errors["digits"][0]))
        assert not inside(browser)
    assert pages[0] == pages[1]
    assert "tried 5 times" in pages[0]
    browser = Browser()
    browser.post("/room/sign-in/", {"email": known})
    new = SignInCode.objects.latest("pk")
    assert browser.post("/room/sign-in/code/", {"digits": code_digits(new)}).status_code == 302
    assert inside(browser)


def test_wrong_codes_from_one_place_say_the_limit(clients: Clients) -> None:
    for _ in range(60):
        count_try("digits-from:127.0.0.1", minutes=60, at=clock.now())
    browser = Browser(headers={"accept-language": "en"})
    browser.post("/room/sign-in/", {"email": clients.user("owner").email})
    digits = code_digits(SignInCode.objects.get())
    answer = browser.post("/room/sign-in/code/", {"digits": digits})
    assert "60 wrong codes" in str(answer.context["form"].errors["digits"][0])


def test_each_side_signs_in_on_its_own_host(
    clients: Clients, settings: Any, smtp: MailServer
) -> None:
    """Our people and the clients may use two names of one server."""
    settings.BASE_URL, settings.ROOM_URL = "http://desk.example", "http://room.example"
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": smtp.port, "timeout": 20},
        }
    }
    Browser().post("/sign-in/password/", {"email": "clerk@firm.example"})
    Browser().post("/room/sign-in/", {"email": clients.user("owner").email})
    assert send_waiting(by=None, at=clock.now()) == 2
    texts = {
        letter.recipients[0]: letter.message.get_body(("plain",)).get_content()
        for letter in smtp.letters
    }
    ours, theirs = texts["clerk@firm.example"], texts[clients.user("owner").email]
    assert "http://desk.example/sign-in/link/" in ours
    assert "room" not in ours
    assert "http://room.example/room/sign-in/link/" in theirs
    (link,) = re.findall(r"http://desk\.example(/sign-in/link/\S+)", ours)
    browser = Browser()
    page = browser.get(link)
    assert page.status_code == 200
    assert "By signing in you agree" not in page.content.decode()
    assert browser.post(link)["Location"] == "/desk/profile/password/"
    assert inside(browser)
    assert "/sign-in/password/" in Browser().post(link).content.decode(), "spent: ask anew there"


def test_staff_come_in_by_a_code_and_go_on_to_the_page_of_the_mail(clients: Clients) -> None:
    browser, wanted = Browser(), "/desk/stages/7/"
    door = browser.get(wanted)["Location"]
    assert f'href="/sign-in/mail/?next={wanted}"' in browser.get(door).content.decode()
    asked = browser.post(f"/sign-in/mail/?next={wanted}", {"email": "clerk@firm.example"})
    digits = code_digits(SignInCode.objects.get())
    assert browser.post(asked["Location"], {"digits": digits})["Location"] == wanted
    assert inside(browser)
    Browser().post("/sign-in/mail/", {"email": clients.user("owner").email})
    assert SignInCode.objects.count() == 1


def test_a_mailed_code_does_not_go_round_a_second_factor(clients: Clients) -> None:
    user = clients.staff.user("clerk")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    browser = Browser()
    asked = browser.post("/sign-in/mail/", {"email": user.email})
    code = SignInCode.objects.get()
    done = browser.post(asked["Location"], {"digits": code_digits(code)}, follow=True)
    assert not inside(browser)
    assert "второй фактор" in done.content.decode()
    other = people.make_code(user, "", by=None, at=clock.now())
    browser.post(f"/sign-in/link/{code_link_token(other)}/")
    assert not inside(browser)
