"""A page of the web as a mention: what it says of itself for machines (a schema.org Review, Open
Graph), else its main words. Pages vanish: what is read here is what is kept.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from lxml import etree, html

from zabota.outreach.letters.charsets import decode_bytes
from zabota.outreach.letters.html import html_to_text
from zabota.voice.gathering.found import Found, many_lines, one_line, rating_of
from zabota.voice.gathering.links import host_of

REVIEWS: Final = ("Review", "UserReview", "CriticReview", "EmployerReview")
TEXTS: Final = (
    *REVIEWS, "Comment", "SocialMediaPosting", "DiscussionForumPosting", "BlogPosting",
    "NewsArticle", "Article", "Question", "Answer",
)  # fmt: skip
BODIES: Final = ("reviewBody", "articleBody", "text", "description")
UNSEEN: Final = "script | style | nav | header | footer | aside | form | noscript | template"
DEEPEST: Final = 12
SHORTEST: Final = 60


def read_page(data: bytes, content_type: str, link: str) -> Found:
    """The mention a page holds: of several reviews none is meant more than another, so only a
    page of one says it; else its main words.
    """
    charset = content_type.lower().partition("charset=")[2].strip(" \"';").partition(";")[0]
    if "html" not in content_type.lower() and content_type:
        return Found(text=many_lines(decode_bytes(data, charset)), link=link)
    text = decode_bytes(data, charset or _charset(data))
    try:
        tree = html.document_fromstring(text.encode("utf-8"), parser=_parser())
    except (etree.ParserError, ValueError):
        return Found(link=link)
    named = _meta(tree)
    told = _told(tree)
    title = one_line(told.title or named.get("og:title") or _title(tree), 300)
    words = told.text or _main(tree) or many_lines(named.get("og:description", ""))
    return Found(
        text=words,
        title=title,
        link=link,
        author=told.author or one_line(named.get("author") or named.get("article:author") or ""),
        rating=told.rating,
        written_at=told.written_at or _moment(named.get("article:published_time")),
        outer="",
        author_link=told.author_link,
    )


def name_of_site(data: bytes, link: str) -> str:
    """How the site calls itself, else its address."""
    try:
        tree = html.document_fromstring(data, parser=_parser())
    except (etree.ParserError, ValueError):
        return host_of(link)
    return one_line(_meta(tree).get("og:site_name") or host_of(link), 100)


def _parser() -> html.HTMLParser:
    return html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, huge_tree=False)


def _charset(data: bytes) -> str:
    start = data[:4096].decode("ascii", "replace").lower()
    return start.partition("charset=")[2].lstrip("\"' ").split('"')[0].split("'")[0][:30]


def _meta(tree: html.HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in tree.iter("meta"):
        name = (one.get("property") or one.get("name") or "").lower()
        if name and one.get("content"):
            found.setdefault(name, one.get("content", ""))
    return found


def _title(tree: html.HtmlElement) -> str:
    for name in ("h1", "title"):
        for one in tree.iter(name):
            words = one.text_content()
            if words.strip():
                return str(words)
    return ""


def _main(tree: html.HtmlElement) -> str:
    """The words of what the page calls its article, else of its body, without what surrounds it."""
    for one in tree.xpath(" | ".join(f"//{name.strip()}" for name in UNSEEN.split("|"))):
        one.drop_tree()
    for way in ("//article", "//main", "//*[@role='main']", "//body"):
        words = [many_lines(html_to_text(_markup(one))) for one in tree.xpath(way)]
        longest = max(words, key=len, default="")
        if len(longest) >= SHORTEST or way == "//body":
            return longest
    return ""


def _markup(node: html.HtmlElement) -> str:
    return str(etree.tostring(node, encoding="unicode", method="html"))


def _told(tree: html.HtmlElement) -> Found:
    """What the page says for machines, where it tells of one text only."""
    found: list[Mapping[str, Any]] = []
    for one in tree.xpath("//script[@type='application/ld+json']"):
        try:
            told = json.loads(one.text or "")
        except (ValueError, RecursionError):
            continue
        found += list(_texts(told))
    reviews = [one for one in found if _kinds(one) & set(REVIEWS)]
    meant = reviews or found
    return _of_schema(meant[0]) if len(meant) == 1 else Found()


def _texts(told: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    if depth > DEEPEST:
        return
    if isinstance(told, list):
        for one in told:
            yield from _texts(one, depth + 1)
    elif isinstance(told, dict):
        if _kinds(told) & set(TEXTS) and any(told.get(name) for name in BODIES):
            yield told
        for one in told.values():
            if isinstance(one, (dict, list)):
                yield from _texts(one, depth + 1)


def _kinds(told: Mapping[str, Any]) -> set[str]:
    kind = told.get("@type", "")
    return {str(one) for one in kind} if isinstance(kind, list) else {str(kind)}


def _of_schema(told: Mapping[str, Any]) -> Found:
    body = next((str(told[name]) for name in BODIES if told.get(name)), "")
    writer = told.get("author") or {}
    writer = writer[0] if isinstance(writer, list) and writer else writer
    name = writer.get("name", "") if isinstance(writer, dict) else writer
    where = writer.get("url", "") if isinstance(writer, dict) else ""
    rating = told.get("reviewRating") or {}
    rating = rating if isinstance(rating, dict) else {"ratingValue": rating}
    return Found(
        text=many_lines(html_to_text(body)),
        title=one_line(str(told.get("headline") or told.get("name") or ""), 300),
        author=one_line(str(name)),
        author_link=str(where)[:500] if isinstance(where, str) else "",
        rating=rating_of(rating.get("ratingValue"), rating.get("bestRating")),
        written_at=_moment(told.get("datePublished") or told.get("dateCreated")),
    )


def _moment(words: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(words))
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
