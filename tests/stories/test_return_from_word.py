"""A client returns the contract from Word; what was changed there without a record is found."""

import re

from playwright.sync_api import expect

from tests.stories.goods import VALUES
from tests.stories.hands import Hands
from tests.stories.in_word import AUTHOR, InWord
from tests.support.story import Story

CLIENT, LAWYER = "Анна Крылова", "Ольга Петрова"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORM, FILE = "Договор поставки", "договор с правками.docx"
# Recorded in one clause, said beside another, changed without a record in the third.
RECORDED, REMARKED, QUIET = "8.2", "8.1", "8.4"
INSERTED = " своевременно и полно"
REMARK = "Уточните, пожалуйста, о каких разрешениях речь."
WHY_NOT = "Пять дней стоят во всех наших договорах."


def begins(client: Hands) -> str:
    """The client chooses a form and fills it in; says the contract's address without its side."""
    client.chooses_form(FORM)
    client.fills_in(VALUES["ru"])
    client.press("Save", client.page.locator("#fields"))
    client.sees("Saved.")
    return re.sub(r"^https?://[^/]+/room(/contracts/\d+/).*$", r"\1", client.page.url)


def edits_in_word(story: Story, client: Hands, base: str) -> bytes:
    """Downloads the text and changes it as their lawyer would."""
    answer = client.page.request.get(f"{story.site.room_url}/room{base}text.docx")
    assert answer.status == 200
    word = InWord(answer.body())
    word.inserts("что отражает", INSERTED)
    word.remarks("согласиями и разрешениями", REMARK)
    word.changes_quietly("неправомерного преимущества", "5 (пяти)", "25 (двадцати пяти)")
    return word.saved()


def returns(story: Story, client: Hands, base: str, data: bytes) -> None:
    """Puts the file into the room, looks at what it changes, and sends it."""
    client.goes(f"/room{base}word/")
    client.page.locator("[name=file]").set_input_files(
        {"name": FILE, "mimeType": WORD, "buffer": data}
    )
    client.press("See what changed")
    findings = client.page.locator(".findings")
    expect(findings).to_contain_text(f"Пункт {QUIET}")
    expect(findings).to_contain_text("25 (двадцати")
    expect(findings).not_to_contain_text(INSERTED.strip())
    client.reads(REMARK)
    client.page.get_by_label(client.t("Both sides")).check()
    story.shot(client.page, "room-word-review")
    client.press("Take it into my draft")
    client.sees("The text of the file is your draft now.")
    client.control("Check and send", client.page.locator(".head, #now-line")).first.click()
    client.press("Send for approval")
    client.sees("Sent. Below you see who has it now")


def test_a_number_changed_without_a_record_is_found_and_refused(story: Story) -> None:
    client = Hands(story.enter(CLIENT, "/room/contracts/new/"), story.language)
    base = begins(client)
    returns(story, client, base, edits_in_word(story, client, base))
    olga = Hands(story.enter(LAWYER, f"/desk{base}"), story.language)
    findings = olga.page.locator(".findings")
    expect(findings).to_contain_text("25 (двадцати")
    # On top: above the text and whatever is to be decided.
    first = olga.page.locator("main .findings, main #decision, main article.clause").first
    expect(first).to_have_class(re.compile("findings"))
    olga.reads(AUTHOR, olga.clause(RECORDED))
    olga.reads(REMARK, olga.clause(REMARKED))
    story.shot(olga.page, "desk-word-return")
    olga.press("Accept", olga.clause(RECORDED))
    olga.sees("Accepted", olga.clause(RECORDED))
    quiet = olga.clause(QUIET)
    quiet.locator("summary", has_text=olga.t("Do not accept")).click()
    quiet.locator("textarea[name=reason]").fill(WHY_NOT)
    quiet.locator("form button", has_text=olga.t("Do not accept")).click()
    olga.sees("Not accepted", olga.clause(QUIET))
    client.goes(f"/room{base}")
    client.reads(WHY_NOT, client.clause(QUIET))
    client.reads(INSERTED.strip(), client.clause(RECORDED))
