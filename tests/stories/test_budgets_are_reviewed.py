"""A year of gifts is over: one budget is raised and one cut, with the reason in words; each reads
of their own.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.stories.hands import Hands
from tests.stories.played_firm import play
from tests.support.fresh import of_home
from tests.support.story import PHONE, Story

DIRECTOR = {"ru": "Елена Орлова", "en": "Elena Orlova"}
# Who gives how (played_year.GIVING): the name of their mail, and what they are called.
GIVERS = {
    "useful": ("logist2", {"ru": "Тимур Асланов", "en": "Timur Aslanov"}),
    "idle": ("manager", {"ru": "Игорь Ким", "en": "Igor Kim"}),
    "usual": ("logist1", {"ru": "Анна Волкова", "en": "Anna Volkova"}),
    "new": ("logist3", {"ru": "Дарья Нестерова", "en": "Daria Nesterova"}),
}
FEW = {
    "ru": "Срок наблюдения прошёл у 5 подарков: что-то сказать можно с 10.",
    "en": "5 gifts whose weeks are over: from 10 on something can be said.",
}
BASE = 3000
WHY = {"ru": "Дарим тем, кто приходит и так", "en": "We give to those who come anyway"}


@pytest.fixture
def prepare(language: str) -> Callable[[Path], object]:
    """A year was played before the site begins."""
    givers = {name: mail for name, (mail, _called) in GIVERS.items()}
    return lambda home: of_home(home).call(play, language, givers, datetime.now(UTC))


@pytest.mark.parametrize("language", ["ru", "en"], indirect=True)
def test_one_budget_is_raised_and_one_cut(story: Story) -> None:
    language = story.language
    elena = Hands(story.enter(DIRECTOR[language], "/desk/"), language)
    elena.page.locator("a.goodwill-left").click()
    elena.press("What it brought")
    elena.press("Review of budgets")
    raised, cut = (line_of(elena, name) for name in ("useful", "idle"))
    elena.sees("That is more than gifts here usually bring.", raised)
    elena.sees("That is less than gifts here usually bring.", cut)
    nothing_is_proposed_of_few(elena)
    story.shot(elena.page, "desk-review", dark=True)
    more, less = (line.locator("[name$=sum]").input_value() for line in (raised, cut))
    assert int(less) < BASE < int(more)
    decides(elena, "useful", "")
    decides(elena, "idle", WHY[language])
    reads_of_their_own(story, "useful", "That is more than gifts here usually bring.")
    reads_of_their_own(story, "idle", WHY[language])


def line_of(hands: Hands, name: str) -> Locator:
    """What stands of one of ours in the review."""
    called = GIVERS[name][1][hands.language]
    heading = hands.page.get_by_role("heading", name=called, exact=True)
    return hands.page.locator("section.card", has=heading)


def nothing_is_proposed_of_few(elena: Hands) -> None:
    summary = elena.page.locator("details.section > summary")
    expect(summary).to_contain_text(elena.t("No proposal, too few gifts"))
    summary.click()
    few = line_of(elena, "new")
    elena.reads(FEW[elena.language], few)
    expect(few.locator("p.num strong").first).not_to_contain_text("→")


def decides(elena: Hands, name: str, words: str) -> None:
    line = line_of(elena, name)
    if words:
        line.locator("[name$=words]").fill(words)
    elena.press("Decide", line)
    elena.sees("Decided:", line_of(elena, name))


def reads_of_their_own(story: Story, name: str, why: str) -> None:
    """On a phone: their own budget and figures with the reason; of nobody else a word."""
    language = story.language
    hands = Hands(story.enter(GIVERS[name][1][language], "/desk/goodwill/"), language)
    hands.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    hands.press("What it brought")
    hands.sees("Your budget was reviewed")
    hands.reads(why if why in WHY.values() else hands.t(why))
    page = hands.page.locator("main").inner_text()
    for other, (_mail, called) in GIVERS.items():
        assert other == name or called[language] not in page
    expect(hands.page.locator("nav.tabs")).to_have_count(0)
    if name == "useful":
        story.shot(hands.page, "desk-reviewed")
    for path in ("review/", "brought/firm/"):
        base = hands.page.url.split("/desk/")[0]
        answer = hands.page.request.get(f"{base}/desk/goodwill/{path}")
        assert answer.status == 403
