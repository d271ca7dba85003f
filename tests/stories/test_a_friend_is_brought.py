"""A client recommends us: their friend leaves a number on a phone, buys, and both are thanked."""

import datetime as dt
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.stories.hands import Hands
from tests.support.story import PHONE, Story

CLIENT = {"ru": "Анна Крылова", "en": "John Adams"}
COMPANY = {"ru": "ООО «Ромашка»", "en": "Vector Trading LLC"}
MANAGER = {"ru": "Игорь Ким", "en": "Igor Kim"}
FRIEND = {"ru": "Лидия Гранат", "en": "Lydia Garnet"}
NEED = {"ru": "Свет над входом", "en": "Light over the door"}
HEARD = {"ru": "Замер в пятницу", "en": "Measuring on Friday"}
SHARES = {
    "ru": "Что мы поговорили и что есть покупка",
    "en": "That we talked, and that I bought something",
}


@pytest.mark.parametrize("language", ["ru", "en"], indirect=True)
def test_a_friend_is_brought(story: Story, tmp_path: Path) -> None:
    language = story.language
    client = Hands(story.enter(CLIENT[language], "/room/recommend/"), language)
    link = client.page.locator("#own-link").input_value()
    story.shot(client.page, "room-recommend")
    leaves_a_number(story, link)
    igor = Hands(story.enter(MANAGER[language], "/desk/"), language)
    address = talks(story, igor)
    buys(igor, tmp_path)
    story.later("15d")
    says_thanks(story, igor, address)
    client.goes("/room/recommend/")
    client.reads(FRIEND[language], client.page.locator("aside"))
    client.sees("We thanked you")
    story.shot(client.page, "room-recommended")


def leaves_a_number(story: Story, link: str) -> None:
    """On a phone, by the link, as much as she wishes."""
    language = story.language
    friend = Hands(story.stranger(), language)
    friend.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    friend.page.goto(link)
    story.shot(friend.page, "with-friend")
    friend.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    friend.page.locator("[name=name]").fill(FRIEND[language])
    friend.page.locator("[name=reached]").fill("+7 916 700-80-90")
    friend.page.locator("[name=words]").fill(NEED[language])
    friend.page.locator("[name=shares][value=talked]").check()
    friend.page.locator("[name=agreed]").check()
    friend.press("Send")
    friend.sees("We get in touch, as you asked")
    story.shot(friend.page, "with-mine")


def talks(story: Story, igor: Hands) -> str:
    """It stands in Today; he calls, and asks what the recommender may see."""
    language = story.language
    igor.goes("/desk/")
    row = igor.page.locator(".row", has_text=FRIEND[language]).first
    row.get_by_role("link", name=re.compile(rf"^\s*{igor.t('We talked')}")).click()
    igor.page.get_by_label(SHARES[language]).check()
    igor.page.locator("[name=note]").fill(HEARD[language])
    igor.press("Keep it")
    igor.reads(HEARD[language])
    story.shot(igor.page, "desk-referral")
    return igor.page.url


def buys(igor: Hands, folder: Path) -> None:
    """The shop's table of the day holds her purchase."""
    table = folder / "shop.csv"
    today = dt.datetime.now(ZoneInfo("Europe/Moscow")).date()
    head = "Клиент;Дата;Сумма\n"
    table.write_text(f"{head}{FRIEND[igor.language]};{today:%d.%m.%Y};25000\n", "utf-8")
    igor.goes("/desk/clients/import/")
    igor.page.locator("[name=kind][value=purchases]").check()
    igor.page.locator("[name=table]").set_input_files(table)
    igor.page.locator("form.card button.main").click()
    igor.page.locator("button[name=take]").click()
    # The page follows by itself until the whole table is in.
    expect(igor.page.locator("#import-progress:not([data-live])")).to_be_visible()


def says_thanks(story: Story, igor: Hands, address: str) -> None:
    """The goods have stayed; the firm gives companies no points, so he says it himself."""
    igor.page.goto(address)
    said = igor.control("I have said thank you")
    # What is due is found by the worker within seconds.
    for _ in range(200):
        if said.count():
            break
        igor.page.reload()
    said.click()
    igor.sees("Both are thanked")
    igor.goes("/desk/referrals/chains/")
    # The largest chain is drawn first; theirs is named beside it.
    igor.page.locator("aside").get_by_role("link", name=COMPANY[story.language]).click()
    drawn = igor.page.locator(".chain svg text", has_text=FRIEND[story.language])
    expect(drawn.first).to_be_visible()
    story.shot(igor.page, "desk-chains")
