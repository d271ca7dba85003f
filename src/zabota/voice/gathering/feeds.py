"""RSS 2.0, RSS 1.0 and Atom as mentions. Read without entities and without a network; what is
slightly broken is read as far as it goes, as readers of feeds do.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urljoin

from lxml import etree

from zabota.outreach.letters.html import html_to_text
from zabota.voice.gathering.found import LONGEST_LINK, Found, many_lines, one_line
from zabota.voice.gathering.links import is_link

MOST_ITEMS: Final = 500
TEXTS: Final = ("encoded", "content", "description", "summary")
WRITERS: Final = ("creator", "author", "name")
DAYS: Final = ("pubDate", "published", "updated", "date")


class NoFeed(Exception):
    """The bytes are no feed; `code` is `not_feed` or `entities`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_feed(data: bytes, link: str = "") -> list[Found]:
    """What a feed tells, in its order; an entry without words and link is none."""
    head = data[:4096].lower()
    if b"<!entity" in data.lower() or (b"<!doctype" in head and b"<!doctype html" not in head):
        raise NoFeed("entities")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data.strip(), parser)
    except (etree.XMLSyntaxError, ValueError) as broken:
        raise NoFeed("not_feed") from broken
    if root is None or _name(root) not in ("rss", "RDF", "feed"):
        raise NoFeed("not_feed")
    found = [_found(one, link) for one in _entries(root)]
    return [one for one in found if not one.is_empty]


def _entries(root: etree._Element) -> Iterable[etree._Element]:
    rows = (one for one in root.iter() if _name(one) in ("item", "entry"))
    return (one for _, one in zip(range(MOST_ITEMS), rows, strict=False))


def _name(node: etree._Element) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _inner(node: etree._Element) -> str:
    return "".join(str(words) for words in node.itertext())


def _found(entry: etree._Element, base: str) -> Found:
    parts = [one for one in entry if isinstance(one.tag, str)]
    link = _link(parts, base)
    outer = _first(parts, ("guid", "id")) or entry.get(
        "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about", ""
    )
    return Found(
        text=many_lines(_words(parts)),
        title=one_line(html_to_text(_first(parts, ("title",))), 300),
        link=link,
        author=one_line(_author(parts)),
        outer=one_line(outer or link, 300),
        written_at=_moment(_first(parts, DAYS)),
    )


def _all(parts: list[etree._Element], name: str) -> Iterator[etree._Element]:
    return (one for one in parts if _name(one) == name)


def _first(parts: list[etree._Element], names: tuple[str, ...]) -> str:
    for name in names:
        for one in _all(parts, name):
            words = _inner(one).strip()
            if words:
                return words
    return ""


def _words(parts: list[etree._Element]) -> str:
    """The fullest of what is told, as words."""
    told = []
    for name in TEXTS:
        for one in _all(parts, name):
            inner = _inner(one)
            if one.get("type") == "xhtml":
                inner = etree.tostring(one, encoding="unicode", method="html")
            told.append(html_to_text(inner))
    return max(told, key=len, default="")


def _link(parts: list[etree._Element], base: str) -> str:
    links = list(_all(parts, "link"))
    kept = [one for one in links if one.get("rel", "alternate") == "alternate"] or links
    named = [one.get("href") or _inner(one).strip() for one in kept]
    named += [one for one in [_first(parts, ("guid", "id"))] if is_link(one)]
    for one in named:
        whole = urljoin(base, one) if one else ""
        if is_link(whole):
            return whole[:LONGEST_LINK]
    return ""


def _author(parts: list[etree._Element]) -> str:
    for one in (each for name in WRITERS for each in _all(parts, name)):
        inner = [each for each in one if isinstance(each.tag, str)]
        words = _first(inner, ("name",)) or _inner(one).strip()
        if words:
            # RSS 2.0 writes «mail@site (Name)».
            _, opened, name = words.partition("(")
            return name.rstrip(") ") if opened and "@" in words else words
    return ""


def _moment(words: str) -> datetime | None:
    """A day of RFC 822 or ISO 8601; without a zone it is taken as UTC."""
    try:
        found = parsedate_to_datetime(words)
    except (TypeError, ValueError):
        try:
            found = datetime.fromisoformat(words)
        except ValueError:
            return None
    try:
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except OverflowError:
        return None
