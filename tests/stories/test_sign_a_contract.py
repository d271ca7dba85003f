"""Both sides sign: by codes from letters, and on paper, where the original is waited for."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.stories.hands import Hands
from tests.stories.signatures import MAILS, signs_by_code
from tests.support.story import Story

MANAGER, CLIENT = "Игорь Ким", "Анна Крылова"
SIGNERS = {"ru": ("Анна Крылова", "Елена Орлова"), "en": ("Anna Krylova", "Elena Orlova")}
CLIENT_MAIL, DIRECTOR_MAIL = MAILS["Анна Крылова"], MAILS["Елена Орлова"]


def opens(hands: Hands, side: str) -> str:
    """The sample firm's contract that is agreed and not being signed yet; says its address."""
    hands.goes(f"/{side}/contracts/?state=agreed")
    rows = hands.page.locator("tr, .row").locator(f"a[href^='/{side}/contracts/']")
    rows.first.click()
    expect(hands.page.locator("#now-line")).to_be_visible()
    return re.sub(r"^https?://[^/]+", "", hands.page.url)


def signs(story: Story, hands: Hands, address: str, mail: str) -> None:
    """The agreement on signatures was accepted with an earlier contract of the sample firm."""
    hands.goes(f"{address}signing/")
    hands.sees("You have accepted the agreement on simple electronic signatures.")
    signs_by_code(story, hands, mail)


@pytest.mark.parametrize("language", ["ru", "en"], indirect=True)
def test_both_sides_sign_by_codes(story: Story, tmp_path: Path) -> None:
    for_client, for_us = SIGNERS[story.language]
    client = Hands(story.enter(for_client, "/room/"), story.language)
    if story.language == "en":
        # She reads Russian, also in a firm that is set up in English.
        client.page.get_by_role("button", name="English").click()
    address = opens(client, "room")
    client.press("Sign", client.page.locator("#now-line"))
    client.sees("Your signature")
    story.shot(client.page, "room-sign-a-contract")
    signs(story, client, address, CLIENT_MAIL)
    desk = address.replace("/room/", "/desk/")
    director = Hands(story.enter(for_us, desk), story.language)
    director.sees("Your signature is awaited")
    story.shot(director.page, "desk-our-signature")
    signs(story, director, desk, DIRECTOR_MAIL)
    director.sees("With the signatures (PDF)")
    client.goes(address)
    client.sees("Signed by both sides", client.page.locator("#now-line"))
    story.shot(client.page, "room-signed")
    with client.page.expect_download() as taken:
        client.page.evaluate(
            "path => { const a = document.createElement('a'); a.href = path; a.download = 'a.pdf';"
            " document.body.append(a); a.click(); }",
            f"{address}signing/signed.pdf",
        )
    copy = tmp_path / "signed.pdf"
    taken.value.save_as(copy)
    client.goes("/check/")
    client.page.locator("[name=file]").set_input_files(copy)
    client.press("Check")
    client.sees("Yes: this is the text that was signed.")
    story.shot(client.page, "check-a-signature")


def test_a_paper_original_is_waited_for_and_received(story: Story) -> None:
    manager = Hands(story.enter(MANAGER, "/desk/"), story.language)
    desk = opens(manager, "desk")
    manager.press("Begin to sign", manager.page.locator("#now-line"))
    manager.page.get_by_label(manager.t("on paper")).check()
    manager.page.locator("[name=order]").select_option("ours")
    manager.press("Fix the text and ask to sign")
    manager.sees("On paper")
    manager.page.locator("#sent [name=carrier]").fill("Почта России")
    manager.page.locator("#sent [name=tracking]").fill("80100000000017")
    manager.control("Mark as sent").or_(manager.page.locator("#sent button")).first.click()
    manager.reads("80100000000017")
    room = desk.replace("/desk/", "/room/")
    client = Hands(story.enter(CLIENT, room), story.language)
    client.reads("Сейчас у вас: Подписанный оригинал от вас", client.page.locator("#now-line"))
    client.goes(f"{room}signing/")
    client.reads("80100000000017")
    client.page.locator("#scan [name=file]").set_input_files(
        {"name": "скан.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 scan"}
    )
    client.press("Add a scan")
    client.reads("скан.pdf")
    story.shot(client.page, "room-paper-original")
    # Until the original is here the promise is open, whatever else has come.
    manager.goes(desk)
    expect(manager.page.locator("#rail li.on")).to_have_count(1)
    manager.goes(f"{desk}signing/")
    story.shot(manager.page, "desk-paper-original")
    manager.press("The original is here")
    manager.goes(desk)
    manager.sees("Signed by both sides", manager.page.locator("#now-line"))
    expect(manager.page.locator("#rail li.on")).to_have_count(0)
