"""Nothing typed is lost: without a connection, over a reload, in two tabs at once."""

import re

from playwright.sync_api import expect

from tests.stories.hands import Hands
from tests.support.story import Story, assert_fits

CLAUSE = "3.1"
OFFLINE, MINE, THEIRS = " Написано без связи.", " Из первой вкладки.", " Из второй вкладки."
FIRST_CELL, SECOND_CELL = "Проверка насосов", "четыре выезда"


def draft(story: Story) -> Hands:
    """Boris at the draft he began."""
    boris = Hands(story.enter("Борис Ветров", "/room/contracts/"), story.language)
    boris.page.get_by_role("link", name=re.compile("Договор возмездного")).first.click()
    boris.sees("It is your turn: fill it in and send it")
    return boris


def test_typed_without_a_connection(story: Story) -> None:
    boris = draft(story)
    context = boris.page.context
    area = boris.opens_clause(CLAUSE)
    typed = area.input_value() + OFFLINE
    context.set_offline(True)
    area.fill(typed)
    boris.sees("Not saved, no connection", boris.clause(CLAUSE))
    # The browser itself says why it could not send: that is what the story is about.
    story.complaints.clear()
    # The window is gone while there is still no connection; the text waits in the browser.
    url = boris.page.url
    boris.page.close()
    context.set_offline(False)
    back = Hands(context.new_page(), boris.language)
    back.page.goto(url)
    expect(back.opens_clause(CLAUSE)).to_have_value(typed)
    back.sees("Saved at", back.clause(CLAUSE))
    back.page.reload()
    expect(back.clause(CLAUSE)).to_contain_text(OFFLINE.strip())


def test_two_tabs_show_both_texts(story: Story) -> None:
    first = draft(story)
    second = Hands(first.page.context.new_page(), first.language)
    second.page.goto(first.page.url)
    one, other = first.opens_clause(CLAUSE), second.opens_clause(CLAUSE)
    before = one.input_value()
    other.fill(before + THEIRS)
    second.sees("Saved at", second.clause(CLAUSE))
    one.fill(before + MINE)
    box = first.clause(CLAUSE).locator(".conflict")
    expect(box).to_be_visible()
    expect(box.locator("[data-mine]")).to_have_text(before + MINE)
    expect(box.locator("[data-theirs]")).to_have_text(before + THEIRS)
    story.shot(first.page, "room-conflict", dark=True, beside=box)
    box.locator("[data-take=mine]").click()
    first.sees("Saved at", first.clause(CLAUSE))
    first.page.reload()
    expect(first.clause(CLAUSE)).to_contain_text(MINE.strip())


def test_cells_typed_in_one_go_all_show(story: Story) -> None:
    """Two cells of a table within one pause of saving: both stand in the redline."""
    boris = draft(story)
    clause = boris.page.locator("article.clause", has=boris.page.locator(".words table tr")).filter(
        has_text="Итого"
    )
    clause.locator(".tools a").first.click()
    row = clause.locator(".grid-edit tr.body").nth(1)
    for place, words in ((1, FIRST_CELL), (2, SECOND_CELL)):
        row.locator("textarea").nth(place).fill(words)
    # Both at one moment: one after the other is what a redline of single cells showed.
    expect(clause.locator(".redline")).to_contain_text(
        re.compile(f"{FIRST_CELL}.*{SECOND_CELL}", re.S)
    )
    expect(row.locator(".saved", has_text=boris.t("Saved at"))).to_have_count(2)
    # The redline of the table scrolls in its box; the page of a phone stays as wide as it is.
    boris.page.set_viewport_size({"width": 390, "height": 844})
    assert_fits(boris.page, "a table being edited")
    boris.page.reload()
    for words in (FIRST_CELL, SECOND_CELL):
        expect(boris.page.locator("article.clause ins", has_text=words).first).to_be_visible()
