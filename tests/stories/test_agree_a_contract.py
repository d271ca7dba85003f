"""The main story: from the choice of a form to an agreed contract, both sides in their windows."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.stories.goods import VALUES
from tests.stories.hands import Hands
from tests.support.story import Story


@dataclass(frozen=True)
class Cast:
    """Who plays whom, and the clauses they argue about, in one language."""

    client: str
    form: str
    free: str
    locked: str
    refused: str
    granted: str
    money: str
    price_shown: str
    tail: str
    reason: str
    ours: str
    question: str
    new_clause: str


CAST = {
    "ru": Cast(
        client="Анна Крылова",
        form="Договор поставки",
        free="3.3",
        locked="7.2",
        refused="8.2",
        granted="8.4",
        money="5.4",
        price_shown="1 250 000",
        tail=" Это уточнение важно для нас.",
        reason="Так принято в наших договорах.",
        ours=" Но не более 5 (пяти) процентов цены.",
        question="Подтвердите, пожалуйста, предел пени и снимите правку о налогах.",
        new_clause="Покупатель сообщает имя и телефон принимающего груз за один рабочий день.",
    ),
    "en": Cast(
        client="John Adams",
        form="Supply contract",
        free="3.3",
        locked="7.2",
        refused="12.2",
        granted="12.1",
        money="5.4",
        price_shown="1,250,000",
        tail=" This matters to us.",
        reason="All our contracts say so.",
        ours=" In no case does it exceed five per cent of the price.",
        question="Please confirm the cap on the charge and drop the change about termination.",
        new_clause="The Buyer names the person who receives the goods one business day ahead.",
    ),
}


class Agreeing:
    """The story told step by step; every step leaves a picture."""

    def __init__(self, story: Story) -> None:
        self.story, self.language = story, story.language
        self.cast = CAST[story.language]
        self.taken = 0
        self.client = self.hands(self.cast.client)
        self.base = ""

    def hands(self, name: str, path: str = "") -> Hands:
        return Hands(self.story.enter(name, path), self.language)

    def picture(self, page: Page, name: str, *, dark: bool = False) -> None:
        self.story.shot(page, name, dark=dark)

    def choose_and_fill(self) -> None:
        client = self.client
        client.goes("/room/contracts/new/")
        self.picture(client.page, "room-start", dark=True)
        heading = client.page.get_by_role("heading", name=self.cast.form, exact=True).first
        sample = client.page.locator("article.sample").filter(has=heading).first
        sample.get_by_role("button").click()
        client.sees("It is your turn: fill it in and send it")
        self.base = re.sub(r"^https?://[^/]+/room(/contracts/\d+)/.*$", r"\1", client.page.url)
        for name, value in VALUES[self.language].items():
            field = client.page.locator(f"[name='f:{name}']")
            if field.evaluate("one => one.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        price = client.page.locator(".sheet .field[data-field=price]").first
        expect(price).to_contain_text(self.cast.price_shown.replace(" ", "\u00a0"))
        self.picture(client.page, "room-fill")
        client.press("Save", client.page.locator("#fields"))
        client.sees("Saved.")

    def change_clauses(self) -> None:
        client, cast = self.client, self.cast
        for number in (cast.free, cast.refused, cast.granted):
            client.rewords(number, lambda text: text + cast.tail)
        client.rewords(cast.locked, lambda text: text + cast.tail, cast.reason)
        client.sees("Proposed to a locked clause", client.clause(cast.locked))


@pytest.mark.parametrize("language", ["ru", "en"], indirect=True)
def test_from_a_form_to_agreed(story: Story) -> None:
    told = Agreeing(story)
    told.choose_and_fill()
    told.change_clauses()
