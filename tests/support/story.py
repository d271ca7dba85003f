"""A story in a real browser: several people, each in a window of their own, on one running site."""

import io
import os
import re
import time
from collections.abc import Mapping
from typing import Any

from PIL import Image
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Response,
    expect,
)

from tests.support.axe import BUT_COLOURS, JUDGE, OF_LOOKS
from tests.support.checksum import ROOT
from tests.support.site import Site

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
SHOTS = ROOT / "docs" / "shots"
# Of a page this many screens are pictured at most.
SCREENS = 2
# Every page is looked at in the dark; in docs/shots a few stand for all.
DARK_KEPT = {"room-start", "room-returned", "room-agreed", "desk-today", "desk-contract", "sign-in"}
TWO_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
# Waiting is always for something to appear; this is only how long until it counts as missing.
PATIENCE = 15_000
# A letter goes by the worker, which may be busy with others; in seconds.
LETTERS = 60
expect.set_options(timeout=PATIENCE)


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

    def letter(self, to: str, *words: str) -> str:
        """The latest letter to this address in which all these words stand, once it has left."""
        until = time.monotonic() + LETTERS
        while time.monotonic() < until:
            for text in reversed(self.site.letters_to(to)):
                if all(word in text for word in words):
                    return text
            time.sleep(0.1)
        raise AssertionError(f"no letter to {to} with {words}: {self.site.letters_to(to)}")

    def shot(
        self, page: Page, name: str, *, dark: bool = False, beside: Locator | None = None
    ) -> None:
        """The page wide, on a phone, dark where asked: nothing may stick out, and axe finds no
        violation. Pictures of it are kept in docs/shots when they are made anew
        (./zabota test --shots); of a long page its beginning, or what stands around `beside`.
        """
        looks = [("wide", WIDE, "light"), ("phone", PHONE, "light")]
        if dark and (kept() or self.language == "en"):
            # Colours are the same in both languages: by day in Russian, in the dark in English.
            looks.append(("wide.dark", WIDE, "dark"))
        for look, size, scheme in looks:
            page.set_viewport_size(size)  # type: ignore[arg-type]
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            # Colours change over a frame or two, even where motion is not wanted.
            page.evaluate(TWO_FRAMES)
            self._picture(page, f"{name}.{self.language}.{look}.png", size, beside)
            assert_fits(page, f"{name}, {look}")
            if look.startswith("wide"):
                # The same page in the dark: only what colours decide can differ.
                assert_accessible(page, scheme)
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.evaluate(TWO_FRAMES)

    def _picture(
        self, page: Page, name: str, size: Mapping[str, int], beside: Locator | None
    ) -> None:
        if not kept() or (".dark." in name and name.partition(".")[0] not in DARK_KEPT):
            return
        if beside is None:
            # A taller window rather than a longer picture: what is fixed stays at its edge.
            whole = page.evaluate("document.documentElement.scrollHeight")
            tall = max(size["height"], min(whole, size["height"] * SCREENS))
            page.set_viewport_size({"width": size["width"], "height": tall})
            page.evaluate("scrollTo(0, 0)")
        else:
            beside.evaluate("one => one.scrollIntoView({block: 'center'})")
            # A window behind another paints what was scrolled into it late, or not at all.
            page.bring_to_front()
            page.evaluate(TWO_FRAMES)
        SHOTS.mkdir(parents=True, exist_ok=True)
        (SHOTS / name).write_bytes(lighter(page.screenshot(animations="disabled")))

    def last_pictures(self, name: str) -> None:
        """What every window showed when the story broke off."""
        folder = ROOT / "var" / "results" / "broken"
        folder.mkdir(parents=True, exist_ok=True)
        for number, context in enumerate(self._contexts):
            for page in context.pages:
                page.screenshot(
                    path=folder / f"{re.sub(r'[^\w-]+', '-', name)}{number}.png",
                    animations="disabled",
                )

    def close(self) -> None:
        """Closes the windows; complaints of the browser and errors of the site fail the story."""
        for context in self._contexts:
            context.close()
        complaints = [*self.complaints, *self.site.troubles()]
        assert not complaints, "\n".join(complaints)


def kept() -> bool:
    """Whether the pictures of docs/shots are made anew."""
    return bool(os.environ.get("ZABOTA_SHOTS"))


def lighter(data: bytes) -> bytes:
    """The same picture in 64 colours, about a quarter of the size."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(data)) as picture:
        picture.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(
            out, "PNG", optimize=True
        )
    return out.getvalue()


def assert_fits(page: Page, what: str) -> None:
    """Nothing is wider than the window: no page is scrolled sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{what}: the page is {wide} px wider than the window"


def assert_accessible(page: Page, scheme: str) -> None:
    """axe finds no violation of WCAG 2.2 AA on the page as it stands."""
    found = list(JUDGE.violations(page, OF_LOOKS if scheme == "dark" else BUT_COLOURS, scheme))
    assert not found, "\n".join([page.url, *found])
