"""An unkind mention is thanked like a kind one: the same words' way, the same promise, the same
figures; the trouble it tells is looked into, and nothing is asked in return.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.stories.hands import Hands
from tests.support.story import PHONE, Story

MANAGER = {"ru": "Игорь Ким", "en": "Igor Kim"}
KIND = {
    "ru": "Второй год светильники горят ровно, а когда один мигнул, приехали в тот же день."
    " Хожу мимо и радуюсь, честное слово.",
    "en": "The second year the lamps shine evenly, and when one blinked they came the same day."
    " I walk past and feel glad, honestly.",
}
UNKIND = {
    "ru": "Три недели не могу добиться накладной. Звоню, обещают, не присылают. Бухгалтерия"
    " стоит, и никому до этого нет дела.",
    "en": "For three weeks I cannot get a waybill. I call, they promise, they do not send it."
    " Our accounts stand still and nobody cares.",
}
AUTHORS = {"ru": ("Ольга Савина", "Лев Рощин"), "en": ("Olga Savina", "Lev Roshchin")}
EXCHANGE = {
    "ru": "Спасибо! Если исправите оценку, подарим скидку.",
    "en": "Thank you! If you change your rating, we have a discount for you.",
}
OURS = {"ru": "Спасибо, что рассказали, как есть.", "en": "Thank you for telling it as it is."}


def pastes(hands: Hands, number: int, text: str, author: str, mark: str) -> str:
    """A link whose site does not answer: the words are pasted, and kept. Says where it is."""
    hands.goes("/desk/mentions/new/")
    page = hands.page
    page.locator("[name=link]").fill(f"https://otzovik.com/review_9{number}.html")
    page.locator("[name=text]").fill(text)
    page.locator("[name=author]").fill(author)
    page.locator("details.fold summary").click()
    page.locator("[name=rating]").select_option(mark)
    hands.press("Keep the mention")
    hands.sees("It is kept. Here are words to begin from.")
    return re.sub(r"https?://[^/]+", "", page.url)


def thanks(hands: Hands, path: str, author: str) -> None:
    """From the ready words, with a sentence of one's own; by a thumb."""
    hands.goes(path)
    words = hands.page.locator("[name=words]")
    expect(words).to_have_value(re.compile(author))
    words.fill(f"{author}! {OURS[hands.language]}")
    hands.press("They are thanked")
    hands.sees("Thanked.")
    expect(hands.page.locator("#thanks")).to_contain_text(OURS[hands.language])


@pytest.mark.parametrize("language", ["ru", "en"], indirect=True)
def test_everyone_is_thanked(story: Story) -> None:
    language = story.language
    igor = Hands(story.enter(MANAGER[language], "/desk/mentions/"), language)
    igor.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    olga, lev = AUTHORS[language]
    kind = pastes(igor, 1, KIND[language], olga, "5")
    unkind = pastes(igor, 2, UNKIND[language], lev, "1")
    # What is no thanks but an exchange is refused, and nothing typed is lost.
    igor.page.locator("[name=words]").fill(EXCHANGE[language])
    igor.press("They are thanked")
    expect(igor.page.locator("[name=words]")).to_have_value(EXCHANGE[language])
    story.shot(igor.page, "desk-mention-exchange")
    # The trouble told there has a request of its own; the thanks are given all the same.
    igor.goes(unkind)
    igor.press("Open a request")
    expect(igor.page.locator(".notices, .notice").first).to_contain_text(
        re.compile(r"[ОR]-\d+-\d+")
    )
    thanks(igor, unkind, lev)
    thanks(igor, kind, olga)
    story.shot(igor.page, "desk-mention-thanked")
    # Neither waits any more; by what they marked the figures are the same.
    igor.goes("/desk/mentions/")
    expect(igor.page.locator(".rows")).not_to_contain_text(lev)
    igor.goes("/desk/mentions/figures/?days=30")
    for group in ("Mark 1 or 2", "Mark 4 or 5"):
        row = igor.page.locator("tr", has_text=igor.t(group))
        expect(row.locator("td").nth(1)).not_to_have_text("0")
    story.shot(igor.page, "desk-mention-figures")
