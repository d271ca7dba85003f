"""Two people press Approve for the same seat: one decision, and one clear notice."""

import re

from playwright.sync_api import expect

from tests.stories.hands import Hands
from tests.support.story import Story

LAWYER = "Ольга Петрова"


def test_one_decision_and_one_notice(story: Story) -> None:
    first = Hands(story.enter(LAWYER, "/desk/"), story.language)
    first.page.locator(".row").filter(has_text="П-2026-0002").locator("a").first.click()
    expect(first.page.locator("#decision")).to_be_visible()
    path = re.sub(r"^https?://[^/]+", "", first.page.url)
    second = Hands(story.enter(LAWYER, path), story.language)
    for who in (first, second):
        expect(who.control("Approve", who.page.locator("#decision"))).to_be_visible()
    with (
        second.page.expect_response(lambda answer: answer.url.endswith("/approve/")) as later,
        first.page.expect_response(lambda answer: answer.url.endswith("/approve/")) as sooner,
    ):
        for who in (first, second):
            who.control("Approve", who.page.locator("#decision")).evaluate("one => one.click()")
    assert sorted([sooner.value.status, later.value.status]) == [200, 409]
    refused = second if later.value.status == 409 else first
    expect(refused.page.get_by_text(refused.t("is settled already")).first).to_be_visible()
    story.shot(refused.page, "desk-decided-already")
    decided = second if refused is first else first
    decided.page.reload()
    expect(decided.page.locator("#decision")).to_have_count(0)
    said = decided.page.locator("#rail li.done", has_text=LAWYER)
    expect(said).to_have_count(1)
