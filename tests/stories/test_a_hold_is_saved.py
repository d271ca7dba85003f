"""A hold of ten days meets an approval of three weeks, and is saved: seen before it is promised,
found when the client says so, prolonged beyond the rule, read by the client.
"""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.stories.hands import Hands
from tests.stories.signatures import MAILS
from tests.support.story import PHONE, Story

MOSCOW = ZoneInfo("Europe/Moscow")
CLIENT = {"ru": "Анна Крылова", "en": "John Adams"}
MANAGER = {"ru": "Игорь Ким", "en": "Igor Kim"}
GOODS = {"ru": "Опора освещения ОГК-6", "en": "Lighting pole 6 m"}
WHY = {"ru": "Их совет собирается раз в месяц", "en": "Their board meets once a month"}
TOLD = {
    "ru": "Держим до решения вашего совета.",
    "en": "We keep it until your board has decided.",
}


@pytest.mark.parametrize("language", ["ru", "en"], indirect=True)
def test_a_hold_is_saved(story: Story) -> None:
    language = story.language
    today = dt.datetime.now(MOSCOW).date()
    weeks = (today + dt.timedelta(days=21)).isoformat()
    igor = Hands(story.enter(MANAGER[language], "/desk/orders/holds/"), language)
    promises(story, igor, weeks)
    client = Hands(story.enter(CLIENT[language], "/room/"), language)
    says_three_weeks(story, client, weeks)
    saves(story, igor)
    client.page.reload()
    client.reads(TOLD[language])
    # Letters in a short time make one: the next leaves a little later.
    story.later("15m")
    story.letter(MAILS[CLIENT[language]], TOLD[language])


def promises(story: Story, igor: Hands, weeks: str) -> None:
    """What three weeks would mean is on the line before he promises ten days."""
    free = igor.page.locator("#free .row", has_text=GOODS[story.language]).first
    free.get_by_role("link", name=re.compile(igor.t("Keep the goods"))).click()
    igor.sees("From the invoice to the goods")
    igor.page.locator("[name=client_until]").fill(weeks)
    igor.press("Lay it out anew")
    expect(igor.page.locator(".notice.error").first).to_be_visible()
    story.shot(igor.page, "desk-hold-quote")
    igor.page.locator("[name=client_until]").fill("")
    igor.press("Promise it to the client")
    igor.sees("Promised. The client reads until when it is kept.")


def says_three_weeks(story: Story, client: Hands, weeks: str) -> None:
    """On a phone: it is kept for them, and their own approval takes longer."""
    client.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    client.page.reload()
    client.sees("Kept for you")
    client.page.get_by_role("link", name=re.compile(GOODS[story.language])).first.click()
    client.page.locator("[name=day]").fill(weeks)
    client.press("Tell the day")
    client.sees("By your date it is kept too short.")
    story.shot(client.page, "room-hold")


def saves(story: Story, igor: Hands) -> None:
    """The worker found it: it stands in Today with why now; within his power it is done at once."""
    language = story.language
    igor.goes("/desk/")
    row = igor.page.locator(".row", has_text=GOODS[language]).first
    row.get_by_role("link", name=re.compile(igor.t("Save it"))).click()
    story.shot(igor.page, "desk-hold")
    igor.press("Do it", igor.page.locator(".row").first)
    igor.page.locator("[name=reason]").fill(WHY[language])
    igor.page.locator("[name=told]").fill(TOLD[language])
    igor.press("Do it and tell the client")
    igor.sees("Done. The client has been told.")
    expect(igor.page.locator(".now.late")).to_have_count(0)
