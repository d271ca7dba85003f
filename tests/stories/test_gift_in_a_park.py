"""An accountant gives a stranger a code in a park, on a phone; the stranger takes it, and buys."""

import re

import pytest
from playwright.sync_api import expect

from tests.stories.hands import Hands
from tests.support.story import PHONE, Story

ACCOUNTANT = {"ru": "Павел Серов", "en": "Pavel Serov"}
DIRECTOR = {"ru": "Елена Орлова", "en": "Elena Orlova"}
OCCASION = {"ru": "разговорились в парке", "en": "we talked in a park"}
STRANGER = {"ru": "Лев Садовников", "en": "Leo Gardner"}
THANKS = {"ru": "Вот это неожиданно!", "en": "What a surprise!"}
PHONE_NUMBER = "+7 916 555-44-33"


def gives(story: Story, pavel: Hands) -> str:
    """The code he shows, three touches and a word later."""
    language = story.language
    pavel.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    pavel.page.locator("a.goodwill-left").click()
    pavel.press("Give to a stranger")
    story.shot(pavel.page, "desk-gift-kinds")
    pavel.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    # Three touches and a word: what, the occasion, done.
    pavel.page.locator('a[href="?kind=goods"]').click()
    pavel.type_in("Occasion, in a word", OCCASION[language])
    story.shot(pavel.page, "desk-gift-give")
    pavel.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    pavel.press("Give: show the code")
    code = pavel.page.locator(".gift-number").inner_text()
    assert re.fullmatch(r"[0-9A-Z]{5}-[0-9A-Z]{5}", code)
    story.shot(pavel.page, "desk-gift-code", dark=True)
    return code


def takes(story: Story, room: str, code: str) -> None:
    """The stranger opens the code, takes what lies there and says as much as they wish."""
    language = story.language
    leo = Hands(story.stranger(), language)
    leo.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    leo.page.goto(f"{room}/g/")
    leo.page.locator("#code").fill(code.lower())
    leo.press("Open")
    leo.reads(OCCASION[language])
    leo.type_in("Say thank you", THANKS[language])
    leo.page.locator("details.fold > summary").click()
    leo.type_in("Your name", STRANGER[language])
    leo.type_in("Phone", PHONE_NUMBER)
    leo.page.locator("input[name=consent]").check()
    story.shot(leo.page, "gift-claim")
    leo.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    leo.press("Take the present")
    expect(leo.page.locator(".gift-number")).to_have_text(code)
    story.shot(leo.page, "gift-taken")


def buys(story: Story, code: str) -> None:
    """At the till, with the code in hand."""
    language = story.language
    # A purchase of the gift's own day says nothing of what it brought.
    story.later("2d")
    till = Hands(story.enter(DIRECTOR[language], "/desk/till/"), language)
    till.type_in("Card, phone or QR", PHONE_NUMBER)
    till.press("Find")
    till.reads(STRANGER[language])
    till.type_in("Number of the receipt", "17")
    till.page.locator("form[data-till] input[name=sum]").fill("2400")
    till.press("Ring up")
    expect(till.page.locator("main [role=status]").filter(has_text="17").first).to_be_visible()
    till.page.locator("input[name=code]").fill(code)
    till.press("Use the code")
    till.reads(till.t("Hand over: %(what)s.").split("%")[0])


@pytest.mark.parametrize("language", ["ru", "en"], indirect=True)
def test_a_stranger_becomes_a_client_who_bought(story: Story) -> None:
    language = story.language
    pavel = Hands(story.enter(ACCOUNTANT[language], "/desk/"), language)
    code = gives(story, pavel)
    room = pavel.page.locator("#address").input_value().split("/g/")[0]
    takes(story, room, code)

    late = Hands(story.stranger(), language)
    late.page.goto(f"{room}/g/{code}/")
    late.sees("This gift has been taken already.")

    buys(story, code)
    pavel.page.reload()
    pavel.reads(THANKS[language])
    pavel.reads(STRANGER[language])
    pavel.sees("Used")
    # The purchase stands in his figures; of one gift nothing can be said yet.
    pavel.goes("/desk/goodwill/brought/")
    pavel.sees("Data are few")
    row = pavel.page.locator("tr", has_text=STRANGER[language])
    expect(row).to_contain_text(re.compile(r"2.400"))
    story.shot(pavel.page, "desk-gift-brought")
