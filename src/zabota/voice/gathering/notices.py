"""Signed notices of a program: the signature, and the mentions in its JSON.

The signature is HMAC-SHA256 over “timestamp.body” in hexadecimal; the timestamp is Unix time and
stands in the notice's own header, so that a notice overheard cannot be told again later.
"""

import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from zabota.clients.tables import Fault
from zabota.voice.gathering.found import LONGEST_LINK, Found, many_lines, one_line, rating_of
from zabota.voice.gathering.links import is_link
from zabota.voice.gathering.tables import Row

# So many seconds a notice may be on its way, or the clocks be apart.
FRESH: Final = 300
LARGEST: Final = 1024 * 1024
MOST: Final = 1000
PREFIX: Final = "sha256="
# What a mention tells; the address may be named either way.
ADDRESS: Final = ("link", "url")
KNOWN: Final = frozenset(
    {*ADDRESS, "id", "text", "title", "author", "author_link", "rating", "best", "written_at"}
)
MOST_UNKNOWN, LONGEST_NAME = 20, 60


class NotNotice(Exception):
    """It is refused; `code` says why: `signature`, `stale`, `json`, `too_many`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """The signature of a notice."""
    return PREFIX + hmac.new(secret.encode(), f"{timestamp}.".encode() + body, "sha256").hexdigest()


def check_signature(secret: str, timestamp: str, signature: str, body: bytes, now: float) -> None:
    """NotNotice where somebody else signed it, or long ago."""
    told = signature.strip().lower()
    whole = told if told.startswith(PREFIX) else PREFIX + told
    if not hmac.compare_digest(sign(secret, timestamp, body).encode(), whole.encode()):
        raise NotNotice("signature")
    if not timestamp.isascii() or not timestamp.isdecimal() or len(timestamp) > 12:
        raise NotNotice("stale")
    if abs(now - int(timestamp)) > FRESH:
        raise NotNotice("stale")


def check_body(body: bytes) -> int:
    """How many mentions it tells of; NotNotice where it tells of none."""
    return len(_told(body))


def unknown_names(body: bytes) -> list[str]:
    """Names in it that mean nothing to us, so that whoever sends them learns what is lost."""
    rows = _told(body)
    told = {name for row in rows if isinstance(row, dict) for name in row if name not in KNOWN}
    whole = json.loads(body)
    if isinstance(whole, dict) and "mentions" in whole:
        told |= whole.keys() - {"mentions"}
    return sorted(name[:LONGEST_NAME] for name in told)[:MOST_UNKNOWN]


def read_notice(body: bytes) -> list[Row]:
    """Its mentions, each with what is wrong in it."""
    return [_row(number, told) for number, told in enumerate(_told(body), 1)]


def _told(body: bytes) -> list[Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as broken:
        raise NotNotice("json") from broken
    rows = told.get("mentions") if isinstance(told, dict) else told
    if isinstance(told, dict) and rows is None:
        rows = [told]
    if not isinstance(rows, list) or not rows:
        raise NotNotice("json")
    if len(rows) > MOST:
        raise NotNotice("too_many")
    return rows


def _row(number: int, told: Any) -> Row:
    if not isinstance(told, dict):
        return Row(number, Found(), [Fault("text", "required")])
    faults: list[Fault] = []
    link = next((words for name in ADDRESS if (words := _words(told, name))), "")
    text = many_lines(_words(told, "text"))
    if link and not is_link(link):
        faults.append(Fault("link", "link", link[:60]))
    if not link and not text:
        faults.append(Fault("text", "required"))
    when = _words(told, "written_at")
    written = _moment(when)
    if when and written is None:
        faults.append(Fault("day", "date", when[:40]))
    found = Found(
        text=text, title=one_line(_words(told, "title"), 300), link=link[:LONGEST_LINK],
        author=one_line(_words(told, "author")), author_link=_words(told, "author_link")[:500],
        outer=one_line(_words(told, "id"), 300),
        rating=rating_of(told.get("rating"), told.get("best")), written_at=written,
    )  # fmt: skip
    return Row(number, found, faults)


def _words(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    return str(value).strip() if isinstance(value, (str, int)) else ""


def _moment(words: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(words)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
