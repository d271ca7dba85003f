"""A client writes that something is wrong; a person answers, asks, and it ends in words."""

import re

import pytest
from playwright.sync_api import expect

from tests.stories.hands import Hands
from tests.stories.signatures import MAILS
from tests.support.story import PHONE, Story

CLIENT = {"ru": "Анна Крылова", "en": "John Adams"}
MANAGER = {"ru": "Игорь Ким", "en": "Igor Kim"}
TROUBLE = {
    "ru": "Три светильника погасли, а завтра комиссия.",
    "en": "Three lamps went out, and the inspection is tomorrow.",
}
WRONG = {"ru": "Что-то не так", "en": "Something is wrong"}
ASKED = {"ru": "Какой номер щита?", "en": "What is the number of the board?"}
NUMBER = {"ru": "Щит номер 7.", "en": "Board number 7."}
OFFER = {
    "ru": "Лампы везём утром; на ночь поставили переносной свет.",
    "en": "The lamps come in the morning; for the night we put up a work light.",
}


@pytest.mark.parametrize("language", ["ru", "en"], indirect=True)
def test_helped_another_way(story: Story) -> None:
    language = story.language
    anna = Hands(story.enter(CLIENT[language], "/room/tickets/new/"), language)
    anna.page.get_by_label(re.compile(WRONG[language])).check()
    anna.type_in("Tell us", TROUBLE[language])
    story.shot(anna.page, "room-ticket-new")
    anna.press("Send")
    anna.reads(TROUBLE[language])
    story.shot(anna.page, "room-ticket")
    shown = re.search(r"О-\d+-\d+", anna.page.locator(".head .num").inner_text())
    assert shown is not None
    number = shown[0]
    story.letter(MAILS[CLIENT[language]], number, anna.t("We received your request: {case}")[:12])
    igor = Hands(story.enter(MANAGER[language], "/desk/"), language)
    igor.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    igor.reads(TROUBLE[language])
    row = igor.page.locator(".row", has_text=number).first
    row.get_by_role("button").click()
    igor.sees("You have it now; the client sees your name.")
    # What she typed and did not send stays while the page follows by itself.
    anna.page.locator("#text").fill(NUMBER[language])
    anna.page.locator("#text").blur()
    igor.page.get_by_label(igor.t("Ask the client")).check()
    igor.type_in("What to say", ASKED[language])
    igor.press("Send to the client")
    igor.sees("The client’s turn now")
    # The client's page follows by itself.
    anna.reads(ASKED[language])
    anna.sees("Your turn now")
    expect(anna.page.locator("#text")).to_have_value(NUMBER[language])
    anna.press("Send")
    expect(anna.page.locator(".now strong")).to_contain_text(MANAGER[language])
    igor.reads(NUMBER[language])
    igor.press("Finish")
    igor.page.get_by_label(igor.t("Helped another way")).check()
    igor.type_in("In words for the client", OFFER[language])
    story.shot(igor.page, "desk-ticket-end")
    igor.press("Finish and tell the client")
    igor.sees("Finished. The client has been told.")
    story.shot(igor.page, "desk-ticket", dark=True)
    anna.reads(OFFER[language])
    expect(anna.page.locator(".now strong")).to_have_text(anna.t("Helped another way"))
    # Letters in a short time make one: the next leaves a little later.
    story.later("15m")
    story.letter(MAILS[CLIENT[language]], number, OFFER[language])
