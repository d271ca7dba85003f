"""What others do appears by itself within seconds, touches nothing in use, and ends when over."""

import re

from playwright.sync_api import Page, Request, expect

from tests.stories.hands import Hands
from tests.support.story import Story

NUMBER = "П-2026-0002"
TYPED = "Ещё не дописано"
# The page asks every 5 seconds; the rest is the answer's way.
SOON = 9_000
ROUND = 5_000
HIDE = "Object.defineProperty(document, 'hidden', {get: () => true, configurable: true})"


def contract_of(story: Story, who: str, place: str, words: str) -> Hands:
    """This person at the contract of these words in their list."""
    hands = Hands(story.enter(who, f"/{place}/contracts/"), story.language)
    row = hands.page.locator(".row, tr").filter(has_text=words)
    row.locator(f"a[href^='/{place}/contracts/']").first.click()
    expect(hands.page.locator("#rail")).to_be_visible()
    return hands


def approves(lawyer: Hands) -> None:
    """Takes all the client's changes and agrees."""
    lawyer.page.locator("#decision form[action$='/accept-all/'] button").click()
    lawyer.control("Approve", lawyer.page.locator("#decision")).click()
    expect(lawyer.page.locator("#decision")).not_to_contain_text(lawyer.t("Your decision"))


def asked(page: Page) -> list[Request]:
    """Whatever this page asks for by itself from now on."""
    found: list[Request] = []
    page.on("request", lambda one: found.append(one) if "x-zabota-live" in one.headers else None)
    return found


def round_passes(page: Page, requests: list[Request]) -> int:
    """One round of asking by the page's own clock; says how many questions it put."""
    before = len(requests)
    page.clock.run_for(ROUND + 100)
    for request in requests[before:]:
        request.response()
    return len(requests) - before


def test_the_clients_rail_moves_by_itself(story: Story) -> None:
    anna = contract_of(story, "Анна Крылова", "room", NUMBER)
    olga = contract_of(story, "Ольга Петрова", "desk", NUMBER)
    legal = anna.page.locator("#rail li", has_text="Ольга Петрова").first
    expect(legal).to_have_class(re.compile("on"))
    anna.page.goto(f"{anna.page.url}?say=all")
    anna.page.evaluate("window.here = true")
    fold = anna.page.locator("details.fold").first
    fold.evaluate("one => { one.open = true; }")
    say = anna.page.locator("textarea[name=text]").first
    say.fill(TYPED)
    approves(olga)
    expect(legal).to_have_class(re.compile("done"), timeout=SOON)
    expect(anna.page.locator("#now-line")).not_to_contain_text("Ольга Петрова")
    expect(anna.page.locator("#stale")).to_be_visible()
    assert anna.page.evaluate("window.here"), "the page was loaded anew"
    expect(say).to_be_focused()
    expect(say).to_have_value(TYPED)
    expect(fold).to_have_attribute("open", "")


def test_what_is_in_use_waits_and_a_hidden_tab_asks_nothing(story: Story) -> None:
    anna = contract_of(story, "Анна Крылова", "room", NUMBER)
    page = anna.page
    page.clock.install()
    page.reload()
    requests = asked(page)
    assert round_passes(page, requests) == 1
    page.evaluate(
        "Object.defineProperty(document, 'hidden', {get: () => true, configurable: true})"
    )
    assert [round_passes(page, requests) for _ in range(3)] == [0, 0, 0]
    page.evaluate("delete document.hidden")
    sooner = anna.control("I need it sooner", page.locator("#now-line"))
    sooner.focus()
    olga = contract_of(story, "Ольга Петрова", "desk", NUMBER)
    approves(olga)
    round_passes(page, requests)
    expect(page.locator("#rail li.done", has_text="Ольга Петрова")).to_have_count(1)
    # The button they are about to press stays where it is until they have left it.
    expect(sooner).to_be_focused()
    expect(page.locator("#now-line")).to_contain_text("Ольга Петрова")
    sooner.blur()
    round_passes(page, requests)
    expect(page.locator("#now-line")).not_to_contain_text("Ольга Петрова")


def test_a_closed_contract_asks_no_more(story: Story) -> None:
    anna = contract_of(story, "Анна Крылова", "room", NUMBER)
    page = anna.page
    page.clock.install()
    page.reload()
    requests = asked(page)
    back = Hands(story.enter("Анна Крылова", re.sub(r"^\w+://[^/]+", "", page.url)), "ru")
    back.goes(re.sub(r"^\w+://[^/]+", "", page.url) + "withdraw/")
    back.page.locator("[name=reason]").fill("Передумали")
    back.page.locator("form .button.danger").click()
    expect(back.page.locator("#now-line .still")).to_be_visible()
    assert round_passes(page, requests) == 1
    answer = requests[-1].response()
    assert answer is not None and answer.status == 286
    expect(page.locator("#now-line .still")).to_be_visible()
    assert [round_passes(page, requests) for _ in range(3)] == [0, 0, 0]
    page.reload()
    # Opened when it was over already, it has nothing to ask for.
    assert [round_passes(page, requests) for _ in range(2)] == [0, 0]
