"""A table of disagreements: two of its rows are settled, everyone agrees, and both sides sign."""

import re

from playwright.sync_api import Locator, expect

from tests.stories.hands import Hands
from tests.stories.test_sign_a_contract import CLIENT_MAIL, DIRECTOR_MAIL, signs
from tests.support.story import Story

CLIENT, MANAGER, LAWYER = "Анна Крылова", "Игорь Ким", "Ольга Петрова"
LOGISTICIANS = "Тимур Асланов", "Анна Волкова"
FINANCE, DIRECTOR = "Павел Серов", "Елена Орлова"
# Two clauses of the sample firm's contract that the client changed: goods and law.
READY, PENALTY = "Пункт 3.3", "Пункт 7.2"
THEIRS, OURS = "не более 10 (десяти) процентов", "не более 5 (пяти) процентов"
WHY_OURS = "Такой предел стоит во всех наших договорах."
QUESTION = "Посмотрите, пожалуйста, нашу редакцию пункта о пене."


def row_of(who: Hands, clause: str) -> Locator:
    return who.page.locator(".disputes tbody tr").filter(
        has=who.page.get_by_role("link", name=clause, exact=True)
    )


def opens(story: Story) -> tuple[Hands, str]:
    """Our lawyer, before the table of the contract that two clauses are disputed in."""
    olga = Hands(story.enter(LAWYER, "/desk/contracts/?state=review"), story.language)
    links = olga.page.locator("tr, .row").locator("a[href^='/desk/contracts/']")
    for href in links.evaluate_all("all => all.map(one => one.getAttribute('href'))"):
        olga.goes(f"{href}disagreements/")
        if row_of(olga, PENALTY).count():
            return olga, re.sub("^/desk", "", str(href))
    raise AssertionError("no contract in dispute")


def answers(story: Story, olga: Hands, base: str) -> None:
    """Each by whom it concerns; then the table and the contract go to the client."""
    olga.press("Propose our wording", row_of(olga, PENALTY))
    area = olga.page.locator("textarea[name^=part-]")
    area.fill(area.input_value().replace(THEIRS, OURS))
    olga.page.locator("textarea[name=reason]").fill(WHY_OURS)
    olga.press("Propose our wording")
    olga.reads(OURS, row_of(olga, PENALTY))
    timur = Hands(story.enter(LOGISTICIANS[0], f"/desk{base}disagreements/"), story.language)
    timur.press("Accept", row_of(timur, READY))
    timur.reads("Согласовано: 1 из 2")
    olga.page.reload()
    olga.press("Send it to the client")
    olga.sees("is sent; the client has been told.")
    story.shot(olga.page, "desk-disagreements")
    olga.press("Return for changes")
    olga.type_in("What is asked of the client", QUESTION)
    olga.press("Return to the client")
    olga.sees("Returned. The client has been told")


def client_agrees(story: Story, base: str) -> Hands:
    """The last open row is settled; the text goes back to us."""
    client = Hands(story.enter(CLIENT, f"/room{base}disagreements/"), story.language)
    client.reads(WHY_OURS, row_of(client, PENALTY))
    story.shot(client.page, "room-disagreements")
    for file, start in (("disagreements/1.pdf", b"%PDF"), ("disagreements/1.docx", b"PK")):
        answer = client.page.request.get(f"{story.site.room_url}/room{base}{file}")
        assert answer.status == 200 and answer.body().startswith(start), file
    client.press("Agree", row_of(client, PENALTY))
    client.sees("All of it is agreed")
    client.press("Check and send")
    client.press("Send for approval")
    client.sees("Sent. Below you see who has it now")
    return client


def everyone_approves(story: Story, base: str) -> None:
    """Whoever is asked still: decisions on what did not change since stand."""
    for name in (MANAGER, LAWYER, *LOGISTICIANS, FINANCE, DIRECTOR):
        who = Hands(story.enter(name, f"/desk{base}"), story.language)
        decision = who.page.locator("#decision")
        if who.control("Approve", decision).count():
            who.control("Approve", decision).first.click()
            expect(decision.locator("button")).to_have_count(0)


def test_two_rows_are_settled_and_both_sides_sign(story: Story) -> None:
    olga, base = opens(story)
    answers(story, olga, base)
    client = client_agrees(story, base)
    everyone_approves(story, base)
    client.goes(f"/room{base}")
    client.sees("The contract is agreed")
    client.reads(OURS)
    client.press("Sign", client.page.locator("#now-line"))
    client.sees("Your signature")
    signs(story, client, f"/room{base}", CLIENT_MAIL)
    director = Hands(story.enter(DIRECTOR, f"/desk{base}"), story.language)
    director.sees("Your signature is awaited")
    signs(story, director, f"/desk{base}", DIRECTOR_MAIL)
    director.sees("With the signatures (PDF)")
    client.goes(f"/room{base}")
    client.sees("Signed by both sides", client.page.locator("#now-line"))
