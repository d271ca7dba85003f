"""Points: earned at a till, also without a connection, announced, spent on a reward and at the
till.
"""

import pytest
from playwright.sync_api import expect

from tests.stories.hands import Hands
from tests.support.story import PHONE, Story

MANAGER = {"ru": "Игорь Ким", "en": "Igor Kim"}
BUYER = {"ru": "Лидия Зорина", "en": "Lydia Zorina"}
MAIL = "lidia@buyers.example"
TORCH = {"ru": "Налобный фонарь", "en": "Head torch"}
EARNED = {"ru": "320\u00a0баллов", "en": "320\u00a0points"}
PAID = {"ru": "300\u00a0баллов", "en": "300\u00a0points"}


@pytest.mark.parametrize("language", ["ru", "en"], indirect=True)
def test_points(story: Story) -> None:
    language = story.language
    igor = Hands(story.enter(MANAGER[language], "/desk/till/"), language)
    rings_up(story, igor)
    story.letter(MAIL, EARNED[language])
    lidia = Hands(story.enter(BUYER[language], "/room/points/"), language)
    code = takes_a_reward(story, lidia)
    igor.type_in("Code of a gift or a reward", code)
    igor.press("Use the code")
    igor.reads(TORCH[language])
    rings_up_without_a_connection(story, igor)
    pays_with_points(story, igor)
    lidia.goes("/room/points/")
    lidia.sees("handed over")


def fills(igor: Hands, receipt: str, sum_: str, spend: str = "") -> None:
    for name, value in (("receipt", receipt), ("sum", sum_), ("spend", spend)):
        igor.page.locator(f"form[data-till] [name={name}]").fill(value)


def rings_up(story: Story, igor: Hands) -> None:
    """By the number she tells; the scanner would type the card's."""
    igor.page.locator("#q").fill("8 916 200-30-40")
    igor.page.locator("#q").press("Enter")
    igor.reads(BUYER[story.language])
    story.shot(igor.page, "desk-till")
    fills(igor, "2001", "6 400,00")
    igor.press("Ring up")
    igor.reads(EARNED[story.language])


def takes_a_reward(story: Story, lidia: Hands) -> str:
    """On her phone; it is hers at once, by its code."""
    lidia.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    lidia.reads(EARNED[story.language])
    story.shot(lidia.page, "room-points")
    lidia.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    card = lidia.page.locator("article.card", has_text=TORCH[story.language])
    lidia.press("Take it", card)
    waiting = lidia.page.locator("#claims .row").first
    expect(waiting).to_contain_text(TORCH[story.language])
    return str(waiting.locator("strong.num").inner_text())


def rings_up_without_a_connection(story: Story, igor: Hands) -> None:
    """The receipt waits in the browser, and leaves when the connection is back."""
    igor.page.context.set_offline(True)
    fills(igor, "2002", "1000")
    igor.press("Ring up")
    waiting = igor.page.locator("#till-waiting")
    expect(waiting).to_contain_text("2002")
    igor.page.context.set_offline(False)
    expect(waiting).to_be_hidden()
    # The browser says so itself; it is what this part is about.
    cut = "ERR_INTERNET_DISCONNECTED"
    story.complaints[:] = [told for told in story.complaints if cut not in told]


def pays_with_points(story: Story, igor: Hands) -> None:
    fills(igor, "2003", "1000", "300")
    igor.press("Ring up")
    igor.reads(PAID[story.language])
