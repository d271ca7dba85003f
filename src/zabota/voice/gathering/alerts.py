"""Letters of services that watch the web: each link with words of its own is a mention.

Every service writes its letters in its own way, and changes it; what they share is a link whose
words are a title, and the words that follow it. Links that only manage the letter are none.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urlsplit

from zabota.outreach.letters.html import BLOCKS, LONGEST, UNSEEN
from zabota.voice.gathering.found import LONGEST_LINK, Found, many_lines, one_line
from zabota.voice.gathering.links import host_of, is_link, led_on, same_link

MOST_ITEMS: Final = 100
SHORTEST_TITLE: Final = 12
SHORTEST_WORDS: Final = 40
MANAGES: Final = re.compile(
    r"unsubscrib|отписа|настро|settings|preferences|view (it )?in (your )?browser"
    r"|открыть в браузере|посмотреть все|see (all|more)|rss|help|справк|поддержк|privacy"
    r"|конфиденциальн|policy|login"
    r"|войти|личн\w+ кабинет|edit this alert|flag as irrelevant|receive this alert|facebook$"
    r"|twitter$|delete alert|manage",
    re.IGNORECASE,
)
BARE: Final = re.compile(r"https?://[^\s<>\"'»]+")


@dataclass
class _Item:
    link: str
    title: str = ""
    words: list[str] = field(default_factory=list)


def read_alert(markup: str, text: str, sender: str) -> list[Found]:
    """Mentions of a letter, in its order, each link once. A letter without any such link is none
    of these: then whoever reads it decides.
    """
    items = _of_html(markup) if markup.strip() else _of_text(text)
    home = sender.partition("@")[2].lower()
    found: dict[str, Found] = {}
    for item in items:
        link = led_on(item.link)[:LONGEST_LINK]
        if not is_link(link) or _is_theirs(link, home):
            continue
        title = one_line(item.title, 300)
        words = many_lines("\n".join(item.words), 2_000)
        if MANAGES.search(title) or (len(title) < SHORTEST_TITLE and len(words) < SHORTEST_WORDS):
            continue
        key = same_link(link)
        before = found.get(key)
        if before is None or len(words) > len(before.text):
            title = title or (before.title if before else "")
            found[key] = Found(text=words or title, title=title, link=link, outer=key)
    return list(found.values())[:MOST_ITEMS]


def _is_theirs(link: str, home: str) -> bool:
    """Whether it leads to the service itself and not to what it found: its own front pages."""
    host = host_of(link)
    service = home and (host == home or home.endswith(f".{host}") or host.endswith(f".{home}"))
    return bool(service) and len(urlsplit(link).path.strip("/").split("/")) < 2


def _of_text(text: str) -> list[_Item]:
    """A letter of words only: the line before a bare address is its title."""
    items: list[_Item] = []
    waiting: list[str] = []
    for line in text.split("\n"):
        links = BARE.findall(line)
        words = BARE.sub(" ", line).strip(" <>()[]·-—\t")
        if words:
            waiting.append(words)
        for link in links:
            title = waiting[0] if waiting else ""
            items.append(_Item(link.rstrip(".,;)"), title, waiting[1:]))
            waiting = []
        if not line.strip():
            waiting = waiting[-1:] if items else waiting
    return items


def _of_html(markup: str) -> list[_Item]:
    reader = _Reader()
    reader.feed(markup[:LONGEST])
    reader.close()
    return reader.items


class _Reader(HTMLParser):
    """Words go to the link they follow; words before the first link to nobody."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.items: list[_Item] = []
        self._link: _Item | None = None
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self._hidden += 1
        elif tag == "a":
            href = next((value for name, value in attrs if name == "href"), None) or ""
            self._link = _Item(href.strip()) if is_link(href) else None
            if self._link is not None:
                self.items.append(self._link)
        elif tag in BLOCKS and self._link is None:
            self._say("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag == "a":
            self._link = None

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if self._link is not None:
            self._link.title += data
        else:
            self._say(data)

    def _say(self, words: str) -> None:
        if self.items and words.strip():
            self.items[-1].words.append(words.strip())
