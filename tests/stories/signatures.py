"""Signing by a code from a letter, as either side does it in the stories."""

import re

from playwright.sync_api import expect

from tests.stories.hands import Hands
from tests.support.story import Story

MAILS = {
    "Анна Крылова": "anna@romashka.example",
    "John Adams": "john@vector.example",
    "Елена Орлова": "director@severny-svet.example",
    "Павел Серов": "finance@severny-svet.example",
}


def signs_by_code(story: Story, hands: Hands, mail: str) -> None:
    """On the page of a signing: asks for the code, types what the letter says, signs."""
    accepts = hands.page.locator("input[type=checkbox][name=accepts]")
    if accepts.count():
        # Whoever signs here for the first time agrees to such signatures.
        accepts.click()
    hands.press("Send me a code")
    digits = hands.page.locator("#code [name=digits]")
    expect(digits).to_be_visible()
    letter = story.letter(mail, hands.page.locator(".digest").inner_text())
    found = re.search(r"\b\d{6}\b", letter)
    assert found is not None
    digits.click()
    digits.press_sequentially(found[0])
    hands.press("Sign", hands.page.locator("#code"))
    hands.sees("Signed. Thank you.")
