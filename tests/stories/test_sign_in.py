"""Ways in: a client by a mailed code and by the link, our people by a password."""

import re

import pytest
from playwright.sync_api import expect

from tests.stories.hands import Hands
from tests.support.story import Story
from zabota.home.world import MAIL, PASSWORD

CLIENT_MAIL = "vera@romashka.example"
CODE = re.compile(r"\b\d{6}\b")


def asks_for_a_code(story: Story) -> Hands:
    client = Hands(story.stranger(), story.language)
    client.page.goto(f"{story.site.room_url}/room/")
    client.sees("No password is needed")
    client.page.locator("[name=email]").fill(CLIENT_MAIL)
    client.press("Send the code")
    client.page.wait_for_url("**/sign-in/code/")
    return client


@pytest.mark.parametrize("language", ["ru", "en"], indirect=True)
def test_a_client_by_code_and_a_wrong_one_five_times(story: Story) -> None:
    client = asks_for_a_code(story)
    story.shot(client.page, "sign-in-code", dark=True)
    code = CODE.search(story.letter(CLIENT_MAIL, "/sign-in/link/"))
    assert code is not None
    wrong = "000000" if code[0] != "000000" else "111111"
    for _time in range(5):
        client.page.locator("[name=digits]").fill(wrong)
        client.press("Sign in")
        client.sees("This code does not fit")
    client.page.locator("[name=digits]").fill(code[0])
    client.press("Sign in")
    client.sees("that many tries were made")
    client.goes("/room/sign-in/")
    story.shot(client.page, "sign-in", dark=True)


def test_a_client_by_code(story: Story) -> None:
    client = asks_for_a_code(story)
    code = CODE.search(story.letter(CLIENT_MAIL, "/sign-in/link/"))
    assert code is not None
    client.page.locator("[name=digits]").fill(code[0])
    client.press("Sign in")
    client.reads("ООО «Ромашка»")


def test_looking_at_the_link_spends_nothing(story: Story) -> None:
    asks_for_a_code(story)
    found = re.search(r"http://\S+/sign-in/link/\S+", story.letter(CLIENT_MAIL, "/sign-in/link/"))
    assert found is not None
    # A mail filter looks at the link first, twice.
    for _look in range(2):
        robot = story.stranger()
        assert robot.request.get(found[0]).status == 200
    client = Hands(story.stranger(), story.language)
    client.page.goto(found[0])
    story.shot(client.page, "sign-in-link")
    client.press("Sign in")
    client.reads("ООО «Ромашка»")
    late = Hands(story.stranger(), story.language)
    late.page.goto(found[0])
    late.sees("This link no longer works")


def test_our_people_by_password(story: Story) -> None:
    olga = Hands(story.stranger(), story.language)
    olga.page.goto(f"{story.site.url}/desk/")
    story.shot(olga.page, "sign-in-staff", dark=True)
    for password in ("not-hers", PASSWORD):
        olga.page.locator("[name=login]").fill(f"lawyer@{MAIL}")
        olga.page.locator("[name=password]").fill(password)
        olga.press("Sign in")
        if password != PASSWORD:
            expect(olga.page.locator(".what-wrong, .field-error").first).to_be_visible()
    expect(olga.page.locator("h1")).to_have_text(olga.t("Today"))
    # Who it is stands in the menu; beside it only where the window has room to spare.
    olga.page.locator(".me summary").click()
    olga.reads("Ольга Петрова")
