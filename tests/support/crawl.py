"""Every page of a site in a real browser: what is wrong with how it looks and what it says."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Request, Response

from tests.support.axe import BUT_COLOURS, JUDGE, OF_LOOKS

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
# What a viewer may not open or what is only posted to is no page of theirs.
NO_PAGE = {403, 404, 405}
# The words of a contract stand in its own language, and what is typed is its writer's.
# The other language calls itself by its own name.
WRITTEN = ".tongue, .words, .said, .prose, .redline, textarea, .compare, form label .quiet"
# Words that no language translates.
SAME = re.compile(
    r"https?:\S+|\S+@\S+|\S+\.(?:docx|pdf|txt|com|ru)\b|\{[^}]*\}+|DOCX|PDF|Word|Excel|Zabota|IBAN|SWIFT|"
    r"JPEG|PNG|XLSX|ZIP|IMAP|JSON|STARTTLS|RSS|Atom|CommerceML|"
    r"zabota\s+(?:mail\s+)?ingest|«в лице»|«на основании»|"
    r"WebP|\b[A-Z]\w+/[A-Z][\w/+ -]*|[Кк]ак в загранпаспорте: .*|English|Русский|"
    r"\b[A-Z]{2,3}\b|\b[IVX]{1,4}\b",
)
OTHER = {"ru": re.compile(r"[A-Za-z]{2,}"), "en": re.compile(r"[А-Яа-яЁё]{2,}")}

# What sticks out of the window, and what is cut off without saying so on hovering.
LAYOUT = """() => {
  const found = [];
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) found.push(`${wide} px wider than the window`);
  for (const one of document.body.querySelectorAll("*")) {
    // What is one pixel wide is read aloud only; what is typed scrolls inside its field.
    if (one.scrollWidth <= one.clientWidth + 1 || one.clientWidth < 3) continue;
    if (one.matches("input, textarea, select")) continue;
    const style = getComputedStyle(one);
    if (!["hidden", "clip"].includes(style.overflowX) || one.closest(".unseen")) continue;
    if (style.display === "inline" || one.title || one.closest("[title]")) continue;
    const words = one.innerText.slice(0, 60);
    found.push(`cut off: <${one.localName} class="${one.className}"> ${words}`);
  }
  return found;
}"""
TEXTS = """written => {
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const at = walk.currentNode.parentElement;
    if (at.closest(written) || at.closest("script, style, option[lang]")) continue;
    const words = walk.currentNode.data.trim();
    if (words) found.push(words);
  }
  for (const one of document.querySelectorAll("[placeholder], [title], [aria-label], [alt]")) {
    if (one.closest(written)) continue;
    for (const name of ["placeholder", "title", "aria-label", "alt"]) {
      // A clause without a number is called by its own words, whatever the page speaks.
      const words = one.getAttribute(name) ?? "";
      found.push(words.replace(/«[^»]*»|“[^”]*”/g, ""));
    }
  }
  found.push(document.title);
  return found;
}"""
# What a page is built of: kinds of elements, and what may stand in what is told by their classes.
PARTS = """() => [...new Set(Array.from(document.body.querySelectorAll("*"), one =>
  `${one.localName}.${one.getAttribute("class") ?? ""}.${one.getAttribute("role") ?? ""}`))]"""
TWO_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@dataclass
class Crawl:
    """One language, one colour scheme: pages looked at, and what was found wrong."""

    browser: Browser
    language: str
    scheme: str
    # Strings of the data: names, titles, numbers. They stand on pages as they were typed.
    data: Iterable[str]
    faults: list[str] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)
    # axe is by far the slowest: it looks once at each page's template and at each new part of one.
    known: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        known = sorted({text.strip() for text in self.data if text.strip()}, key=len, reverse=True)
        other = OTHER[self.language]
        self._data = [text for text in known if other.search(text)]

    def window(self) -> BrowserContext:
        """A person's window in this language and scheme."""
        return self.browser.new_context(
            viewport=WIDE if self.scheme == "light" else PHONE,  # type: ignore[arg-type]
            color_scheme="dark" if self.scheme == "dark" else "light",
            locale="ru-RU" if self.language == "ru" else "en-GB",
            timezone_id="Europe/Moscow",
            reduced_motion="reduce",
        )

    def visit(self, who: str, page: Page, urls: Iterable[str]) -> Iterator[str]:
        """Looks at these pages as this person; says which were pages."""
        troubles: list[str] = []

        def answered(answer: Response) -> None:
            if answer.status >= 400 and not of_page(answer.request):
                troubles.append(f"{answer.url} answered {answer.status}")

        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: troubles.append(said.text) if complains(said) else None)
        page.on("requestfailed", lambda one: troubles.append(one.url) if failed(one) else None)
        page.on("response", answered)
        for url in urls:
            answer = page.goto(url)
            assert answer is not None
            if answer.status >= 500:
                self.faults.append(f"{who} {url} answered {answer.status}")
            if answer.status in NO_PAGE or (who, page.url) in self.seen:
                continue
            self.seen.add((who, page.url))
            where = f"{who} {re.sub(r'^https?://[^/]+', '', page.url)}"
            self.faults += [f"{where}: {fault}" for fault in [*self.look(page), *troubles]]
            troubles.clear()
            yield page.url

    def look(self, page: Page) -> Iterator[str]:
        """What is wrong with the page before us, wide and on a phone."""
        sizes = (WIDE, PHONE) if self.scheme == "light" else (PHONE, WIDE)
        for number, size in enumerate(sizes):
            if number:
                page.set_viewport_size(size)  # type: ignore[arg-type]
                page.evaluate(TWO_FRAMES)
            elif self.is_new(page):
                # Everything by daylight; in the dark what depends on colour and size.
                rules = OF_LOOKS if self.scheme == "dark" else BUT_COLOURS
                yield from JUDGE.violations(page, rules, self.scheme)
            for fault in page.evaluate(LAYOUT):
                yield f"{size['width']} px: {fault}"
        page.set_viewport_size(sizes[0])  # type: ignore[arg-type]
        yield from self.foreign(page.evaluate(TEXTS, WRITTEN))

    def is_new(self, page: Page) -> bool:
        """Whether axe has not seen all of this yet: by day each template, by night each part."""
        found = set(page.evaluate(PARTS))
        if self.scheme == "light":
            found.add(re.sub(r"^https?://[^/]+|\d+", "", page.url))
        new = found - self.known
        self.known |= found
        return bool(new)

    def foreign(self, texts: Iterable[str]) -> Iterator[str]:
        """Words of the other alphabet that are nobody's name."""
        other = OTHER[self.language]
        for text in texts:
            if not other.search(text):
                continue
            rest = text
            for known in self._data:
                if known in rest:
                    rest = re.sub(rf"(?<!\w){re.escape(known)}(?!\w)", " ", rest)
            rest = SAME.sub(" ", rest)
            if other.search(rest):
                yield f"not translated: {rest.strip()[:120]!r}"


def is_read(page: Page, url: str) -> bool:
    """Whether there is anything to look at; what is only posted to says so when asked."""
    return "GET" in page.request.fetch(url, method="OPTIONS").headers.get("allow", "GET")


def of_page(request: Request) -> bool:
    """The page itself, not what it asks for."""
    return bool(request.is_navigation_request())


def failed(request: Request) -> bool:
    # What was still on its way when the page was left has not failed.
    return "ERR_ABORTED" not in (request.failure or "")


def complains(said: Any) -> bool:
    # A refused page is looked at as an answer; the browser calls it an error, too.
    return said.type in {"error", "warning"} and "status of 4" not in said.text
