"""A form on a site, the chat on it and a bot: three requests of strangers, answered by one of ours
on the page of a request, each heard where it was written.
"""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.stories.hands import Hands
from tests.support.bot_api import TOKEN, BotServer
from tests.support.story import LETTERS, Story

DIRECTOR = "Елена Орлова"
NAME, MAIL = "Ирина Фролова", "frolova@dom-u-reki.example"
BY_FORM, BY_CHAT, BY_BOT = (
    "Сколько стоит осветить двор на сорок опор?",
    "Самовывоз в субботу возможен?",
    "Не горит фонарь у третьего подъезда.",
)
ANSWERS = {
    BY_FORM: "Посчитаем за день: пришлите план двора.",
    BY_CHAT: "Да, с девяти до трёх, склад на Лесной.",
    BY_BOT: "Мастер будет у вас до вечера.",
}


@pytest.fixture
def bots() -> Iterator[BotServer]:
    with BotServer() as server:
        yield server


def test_each_is_answered_where_it_was_written(story: Story, bots: BotServer) -> None:
    elena = Hands(story.enter(DIRECTOR), "ru")
    form, chat = (public_page(story, elena, name) for name in ("Сайт", "Чат"))
    sets_up_bot(elena, bots)
    # Who sends at once is a machine.
    story.later("1m")
    form.page.locator("[name=name]").fill(NAME)
    form.page.locator("[name=reached]").fill(MAIL)
    form.page.locator("[name=text]").fill(BY_FORM)
    form.page.locator("[name=agreed]").check()
    form.press("Send")
    form.sees("We have it")
    chat.page.locator("[name=text]").fill(BY_CHAT)
    chat.press("Send")
    chat.reads(BY_CHAT)
    bots.writes(4242, BY_BOT)
    # A machine's receipt goes back the same way.
    heard(bots, "Вам ответит человек")
    for words, answer in ANSWERS.items():
        answers(elena, words, answer)
    chat.reads(ANSWERS[BY_CHAT])
    heard(bots, ANSWERS[BY_BOT])
    story.later("15m")
    story.letter(MAIL, ANSWERS[BY_FORM])
    said = [str(one.get("text")) for one in bots.sent]
    assert not any(ANSWERS[other] in text for text in said for other in (BY_FORM, BY_CHAT))
    expect(chat.page.locator("#lines")).not_to_contain_text(ANSWERS[BY_BOT])


def public_page(story: Story, elena: Hands, name: str) -> Hands:
    """What stands on the site, as a visitor opens it."""
    elena.goes("/desk/firm/channels/")
    elena.page.locator("main").get_by_role("link", name=name, exact=True).first.click()
    address = elena.control("Look at it").get_attribute("href")
    assert address is not None
    visitor = story.stranger()
    visitor.goto(address)
    return Hands(visitor, "ru")


def sets_up_bot(elena: Hands, bots: BotServer) -> None:
    elena.goes("/desk/firm/channels/new/telegram/")
    fill(elena.page, name="Бот", bot="svet_bot", token=TOKEN, api=bots.url)
    elena.page.locator("select[name=kind]").select_option(index=1)
    elena.press("Save")
    elena.sees("It is set up. What to give out stands beside.")


def fill(page: Page, **values: str) -> None:
    for name, value in values.items():
        page.locator(f"main [name={name}]").fill(value)


def answers(elena: Hands, words: str, answer: str) -> None:
    """From the list to the thread, where the answer is written; by which way it goes is said
    there.
    """
    elena.goes("/desk/tickets/")
    # What came by a form bears no typed word in its title: it is known by who wrote it.
    row = NAME if words == BY_FORM else words
    elena.page.locator("main tr", has_text=row).first.get_by_role("link").first.click()
    elena.reads(words, elena.page.locator("#thread"))
    elena.type_in("What to say", answer)
    elena.press("Send to the client")
    elena.reads(answer, elena.page.locator("#thread"))


def heard(bots: BotServer, words: str) -> None:
    """The bot said so, once the worker came by."""
    until = time.monotonic() + LETTERS
    while not any(words in str(one.get("text")) for one in list(bots.sent)):
        assert time.monotonic() < until, f"the bot never said {words}: {bots.sent}"
        time.sleep(0.1)
