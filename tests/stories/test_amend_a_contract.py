"""An amendment begun from a clause changes the current wording; it is found by another form of a
word.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.stories.goods import VALUES
from tests.stories.hands import Hands
from tests.stories.signatures import MAILS, signs_by_code
from tests.support.story import Story
from zabota.home.people_of_world import GUESTS, STAFF

CLIENT, FINANCE, MANAGER, LAWYER = "Анна Крылова", "Павел Серов", "Игорь Ким", "Ольга Петрова"
ENGLISH_NAMES = {person.name: person.name_en for person in (*STAFF, *GUESTS)} | {
    CLIENT: "Anna Krylova"
}
CLAUSE = "2.1"
ANEW = "Описи носителей Стороны хранят в несгораемом сейфе."
# Said in the amendment in other forms: «несгораемом сейфе».
SOUGHT = "несгораемые сейфы"
BY = "в редакции дополнительного соглашения №"
FILLED = {
    **{name: value for name, value in VALUES["ru"].items() if not name.startswith("goods_")},
    "subject": "порядок хранения описей",
    "change_reason": "Так требует наш страховщик.",
    "price_changes": "нет",
    "price": "10000",
    "effective_from": "2026-12-01",
    "clause_after": ANEW,
}


class Amending:
    """A signed contract, its client, and those of ours who pass the amendment."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.client = self.hands(CLIENT, "/room/contracts/?state=signed")
        if story.language == "en":
            # She reads Russian, also in a firm that is set up in English.
            self.client.page.get_by_role("button", name="English").click()
        first = "tr a[href^='/room/contracts/'], .row a[href^='/room/contracts/']"
        self.client.page.locator(first).first.click()
        self.base = self.address()
        self.amendment = ""

    def hands(self, name: str, path: str) -> Hands:
        language = self.story.language
        called = ENGLISH_NAMES.get(name, name) if language == "en" else name
        return Hands(self.story.enter(called, path), language)

    def address(self) -> str:
        """Of the contract in the client's window, on either side."""
        return re.sub(r"^https?://[^/]+/room(/contracts/\d+/).*$", r"\1", self.client.page.url)

    def begins_with_a_clause(self) -> None:
        client = self.client
        client.press("Current wording")
        client.sees("There are no amendments in force: the text is as it was signed.")
        clause = client.clause(CLAUSE)
        clause.locator("summary").click()
        client.press("Begin an amendment with this clause", clause)
        client.sees("It is your turn: fill it in and send it")
        self.amendment = self.address()

    def fills_it_in(self) -> None:
        client = self.client
        expect(client.page.locator("[name='f:clause_number']")).to_have_value(CLAUSE)
        for box in client.page.locator("#fields [name^='f:']").all():
            name = (box.get_attribute("name") or "").removeprefix("f:")
            if name not in FILLED:
                continue
            if box.evaluate("one => one.tagName") == "SELECT":
                box.select_option(FILLED[name])
            else:
                box.fill(FILLED[name])
        client.press("Save", client.page.locator("#fields"))
        client.sees("Saved.")
        client.control("Check and send", client.page.locator(".head")).first.click()
        self.story.shot(client.page, "room-amendment-check")
        client.press("Send for approval")
        client.sees("With us now")

    def ours_approve(self) -> None:
        for name in (MANAGER, LAWYER):
            one = self.hands(name, f"/desk{self.amendment}")
            one.press("Approve", one.page.locator("#decision"))
            expect(one.page.locator("#decision button")).to_have_count(0)

    def both_sign(self) -> None:
        client = self.client
        client.goes(f"/room{self.amendment}")
        client.press("Sign", client.page.locator("#now-line"))
        client.sees("Your signature")
        signs_by_code(self.story, client, MAILS[CLIENT])
        # Whoever has the least power that reaches the sum is asked.
        ours = self.hands(FINANCE, f"/desk{self.amendment}signing/")
        signs_by_code(self.story, ours, MAILS[FINANCE])
        self.reads_anew(ours, "desk")

    def reads_anew(self, one: Hands, side: str) -> None:
        """The clause as it is now, and by what; the words of before are not there."""
        one.goes(f"/{side}{self.base}current/")
        clause = one.clause(CLAUSE)
        expect(clause).to_contain_text(ANEW)
        expect(clause).to_contain_text(BY)
        expect(clause).not_to_contain_text("с пометкой")
        self.story.shot(one.page, f"{side}-current-wording")

    def is_found(self, one: Hands, side: str) -> None:
        one.goes(f"/{side}/contracts/")
        one.page.locator("#q").fill(SOUGHT)
        one.page.locator("#q").press("Enter")
        expect(one.page.locator(".hit mark").first).to_contain_text(re.compile("несгораемом", re.I))
        one.page.locator(".hit a").first.click()
        expect(one.page).to_have_url(re.compile(rf"/{side}{self.amendment}"))


@pytest.mark.parametrize("language", ["ru", "en"], indirect=True)
def test_an_amendment_changes_the_current_wording(story: Story) -> None:
    told = Amending(story)
    told.begins_with_a_clause()
    told.fills_it_in()
    told.ours_approve()
    told.both_sign()
    told.reads_anew(told.client, "room")
    told.is_found(told.client, "room")
    told.is_found(told.hands(MANAGER, "/desk/"), "desk")
