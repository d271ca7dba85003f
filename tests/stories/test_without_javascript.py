"""Without JavaScript everything still works: read, fill in, reword by Save, send, decide."""

import re

from playwright.sync_api import expect

from tests.stories.hands import Hands
from tests.support.story import Story

CLAUSE, TAIL = "3.1", " Покупатель подтверждает дату письмом."


def test_from_a_draft_to_a_decision(story: Story) -> None:
    client = Hands(story.stranger(java_script_enabled=False), story.language)
    client.page.goto(story.site.link("Борис Ветров"))
    client.goes("/room/contracts/")
    client.page.get_by_role("link", name=re.compile("Договор возмездного")).first.click()
    client.sees("It is your turn: fill it in and send it")
    number = client.page.locator("h1").inner_text().split()[-1]
    if not client.page.locator("#fields").is_visible():
        client.page.locator("summary", has_text="Поля").click()
    client.page.locator("[name='f:subject']").fill("обслуживание уличных светильников")
    client.press("Save", client.page.locator("#fields"))
    client.sees("Saved.")
    client.reads("обслуживание уличных светильников", client.page.locator(".sheet"))
    client.clause(CLAUSE).locator(".tools a").first.click()
    area = client.clause(CLAUSE).locator("textarea[data-autosave]")
    area.fill(area.input_value() + TAIL)
    client.press("Save", client.clause(CLAUSE))
    client.sees("Saved.")
    expect(client.clause(CLAUSE).locator("ins")).to_contain_text(TAIL.strip())
    client.control("Check and send", client.page.locator(".head, #now-line")).first.click()
    client.press("Send for approval")
    client.sees("Sent. Below you see who has it now")
    manager = Hands(story.stranger(java_script_enabled=False), story.language)
    manager.page.goto(story.site.link("Игорь Ким"))
    manager.page.locator(".row").filter(has_text=number).locator(".what a").first.click()
    manager.press("Approve", manager.page.locator("#decision"))
    manager.reads(number, manager.page.locator(".notice"))
    client.page.reload()
    client.reads("Ольга Петрова", client.page.locator("#now-line"))
