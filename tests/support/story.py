"""A story in a real browser: several people, each in a window of their own, on one running site."""

import os
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

from tests.support.checksum import ROOT
from tests.support.site import Site

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
SHOTS = ROOT / "docs" / "shots"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Waiting is always for something to appear; this is only how long until it counts as missing.
PATIENCE = 15_000


class Story:
    """Who takes part, what they see; `language` is the language of the sample firm."""

    def __init__(self, site: Site, browser: Browser, language: str) -> None:
        self.site, self.browser, self.language = site, browser, language
        self.complaints: list[str] = []
        self._contexts: list[BrowserContext] = []

    def enter(self, name: str, path: str = "") -> Page:
        """A window of their own for this person, signed in, on the page at `path` if given."""
        page = self.stranger()
        page.goto(self.site.link(name))
        if path:
            base = self.site.link(name).split("/demo/")[0]
            page.goto(base + path)
        return page

    def stranger(self, **options: Any) -> Page:
        """A window of somebody who has not signed in."""
        context = self.browser.new_context(
            viewport=WIDE,  # type: ignore[arg-type]
            locale="ru-RU" if self.language == "ru" else "en-GB",
            timezone_id="Europe/Moscow",
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(PATIENCE)
        self._contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self._complain(page, str(error)))
        page.on("console", lambda said: self._heard(page, said))
        page.on("response", lambda answer: self._answered(page, answer))
        return page

    def _heard(self, page: Page, said: ConsoleMessage) -> None:
        # A refusal (403, 404) is often what a story is about; the browser calls it an error.
        if said.type == "error" and "status of 4" not in said.text:
            self._complain(page, said.text)

    def _answered(self, page: Page, answer: Response) -> None:
        if answer.status >= 500:
            self._complain(page, f"{answer.url} answered {answer.status}")

    def _complain(self, page: Page, text: str) -> None:
        self.complaints.append(f"{page.url}: {text}")

    def later(self, by: str) -> None:
        """Time passes: `6h`, `2d`."""
        self.site.later(by)

    def shot(self, page: Page, name: str, *, dark: bool = False) -> None:
        """Pictures of the page, wide, on a phone, dark where asked; nothing may stick out."""
        looks = [("wide", WIDE, "light"), ("phone", PHONE, "light")]
        if dark:
            looks += [("wide.dark", WIDE, "dark"), ("phone.dark", PHONE, "dark")]
        for look, size, scheme in looks:
            page.set_viewport_size(size)  # type: ignore[arg-type]
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            path = shots_folder() / f"{name}.{self.language}.{look}.png"
            page.screenshot(path=path, full_page=True, animations="disabled")
            assert_fits(page, f"{name}, {look}")
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        page.emulate_media(color_scheme="light", reduced_motion="reduce")

    def close(self) -> None:
        """Closes the windows; complaints of the browser and errors of the site fail the story."""
        for context in self._contexts:
            context.close()
        complaints = [*self.complaints, *self.site.troubles()]
        assert not complaints, "\n".join(complaints)


def shots_folder() -> Path:
    """docs/shots when they are made anew (./zabota test --shots), else beside the results."""
    folder = SHOTS if os.environ.get("ZABOTA_SHOTS") else ROOT / "var" / "results" / "shots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def assert_fits(page: Page, what: str) -> None:
    """Nothing is wider than the window: no page is scrolled sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{what}: the page is {wide} px wider than the window"


def assert_accessible(page: Page) -> None:
    """axe finds no violation of WCAG 2.2 AA on the page as it stands."""
    results = Axe().run(page, options={"runOnly": RULES})
    assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"
