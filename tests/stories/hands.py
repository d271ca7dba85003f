"""What people do on pages, in their words: read, press, type; nothing here waits for time."""

import re
from collections.abc import Callable, Mapping

from playwright.sync_api import Locator, Page, expect

from tests.stories.words import translate


class Hands:
    """One person's window, and the words of its language."""

    def __init__(self, page: Page, language: str) -> None:
        self.page, self.language = page, language

    def t(self, words: str) -> str:
        return translate(self.language, words)

    def sees(self, words: str, within: Locator | None = None) -> None:
        """These words of the page (English here, translated) stand before the reader."""
        self.reads(self.t(words), within)

    def reads(self, text: str, within: Locator | None = None) -> None:
        """This text, whoever wrote it, stands before the reader."""
        place = within or self.page.locator("body")
        expect(place.get_by_text(text).filter(visible=True).first).to_be_visible()

    def press(self, name: str, within: Locator | None = None) -> None:
        """A button or a link that is called so, and only one is."""
        self.control(name, within).click()

    def control(self, name: str, within: Locator | None = None) -> Locator:
        place = within or self.page.locator("body")
        # The browser's \b knows no Cyrillic.
        words = re.compile(rf"^\s*{re.escape(self.t(name))}(?=[\s.,:]|$)")
        both = place.get_by_role("button", name=words).or_(place.get_by_role("link", name=words))
        return both.filter(visible=True)

    def type_in(self, label: str, text: str, within: Locator | None = None) -> None:
        """Into the field with this label."""
        place = within or self.page.locator("body")
        place.get_by_label(self.t(label)).filter(visible=True).first.fill(text)

    def goes(self, path: str) -> None:
        """To another page of the same site."""
        base = re.match(r"https?://[^/]+", self.page.url)
        assert base is not None
        self.page.goto(base[0] + path)

    def chooses_form(self, name: str) -> None:
        """Of the forms before them: a contract of their own begins."""
        heading = self.page.get_by_role("heading", name=name, exact=True).first
        sample = self.page.locator("article.sample").filter(has=heading).first
        sample.get_by_role("button").click()
        self.sees("It is your turn: fill it in and send it")

    def fills_in(self, values: Mapping[str, str]) -> None:
        """Fields of a contract, by name."""
        for name, value in values.items():
            field = self.page.locator(f"[name='f:{name}']")
            if field.evaluate("one => one.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def clause(self, number: str) -> Locator:
        """The clause under this number in the body of the contract."""
        shown = self.page.locator(".n", has_text=re.compile(rf"^\s*{re.escape(number)}\.?\s*$"))
        return self.page.locator("article.clause", has=shown).first

    def opens_clause(self, number: str) -> Locator:
        """Presses the pencil beside a clause and gets its text area."""
        clause = self.clause(number)
        clause.locator(".tools a").first.click()
        area = clause.locator("textarea[data-autosave]").first
        expect(area).to_be_visible()
        return area

    def rewords(self, number: str, change: Callable[[str], str], reason: str = "") -> None:
        """Types another wording of a clause, sees the redline, and presses Save."""
        area, clause = self.opens_clause(number), self.clause(number)
        area.fill(change(area.input_value()))
        expect(clause.locator(".redline ins, .redline del").first).to_be_visible()
        expect(clause.locator(".saved")).to_contain_text(self.t("Saved at"))
        if reason:
            clause.locator("textarea[name=reason]").fill(reason)
        self.press("Save", clause)
        expect(self.page.get_by_text(self.t("Saved.")).first).to_be_visible()
