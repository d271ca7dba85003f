"""Tables of services that watch the web, CSV or XLSX, as mentions: which column is what, and what
is wrong in each row. How a table is read at all stands with those of clients.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, tzinfo
from typing import Final

from zabota.clients.tables import Fault, Table, claim_columns
from zabota.clients.tables.rows import read_day
from zabota.voice.gathering.found import LONGEST_LINK, Found, many_lines, one_line, rating_of
from zabota.voice.gathering.links import is_link

# What may be in a table, and what the heading of its column begins with, in either language.
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("полный текст", "текст", "сообщение", "содержание", "отзыв", "full text", "text",
             "content", "message", "snippet", "review", "mention"),
    "title": ("заголовок", "тема", "title", "subject", "headline"),
    "link": ("ссылка", "адрес", "url", "link", "permalink", "источник url"),
    "author": ("автор", "имя автора", "ник", "author", "name", "user", "nick"),
    "author_link": ("ссылка на автора", "профиль", "author url", "author link", "profile"),
    "rating": ("оценка", "рейтинг", "звезд", "rating", "stars", "score"),
    "day": ("дата публикации", "дата", "опубликовано", "date", "published", "created"),
    "outer": ("id", "ид", "идентификатор", "номер", "hash"),
}  # fmt: skip


@dataclass
class Row:
    """A mention of the table, with all that is wrong in its row."""

    row: int
    found: Found
    faults: list[Fault] = field(default_factory=list)


def guess_fields(head: list[str]) -> dict[str, int]:
    """Which column is what, by how headings begin."""
    return claim_columns(FIELDS, head)


def read_rows(table: Table, columns: Mapping[str, int], zone: tzinfo) -> list[Row]:
    """The rows; a day without an hour is taken at noon of the firm's own day."""
    return [
        _row(number, {key: cells[place] for key, place in columns.items()}, zone)
        for number, cells in table.rows
    ]


def _row(number: int, values: Mapping[str, str], zone: tzinfo) -> Row:
    faults: list[Fault] = []
    text, link = many_lines(values.get("text", "")), values.get("link", "").strip()
    if link and not is_link(link):
        faults.append(Fault("link", "link", link[:60]))
    if not text and not link:
        faults.append(Fault("text", "required"))
    told = values.get("day", "")
    written = _moment(told, zone)
    if told and written is None:
        faults.append(Fault("day", "date", told[:40]))
    mark = values.get("rating", "")
    rating = rating_of(*mark.partition("/")[::2]) if "/" in mark else rating_of(mark)
    if mark and mark not in ("0", "-", "—") and rating is None:
        faults.append(Fault("rating", "rating", mark[:40]))
    found = Found(
        text=text, title=one_line(values.get("title", ""), 300), link=link[:LONGEST_LINK],
        author=one_line(values.get("author", "")),
        author_link=values.get("author_link", "").strip()[:500],
        outer=one_line(values.get("outer", ""), 300), rating=rating, written_at=written,
    )  # fmt: skip
    return Row(number, found, faults)


def _moment(told: str, zone: tzinfo) -> datetime | None:
    """A day, or a day with its hour."""
    day = read_day(told)
    if day is None:
        return None
    hour = time(12)
    for part in told.replace("T", " ").split()[1:]:
        try:
            hour = time.fromisoformat(part[:8])
        except ValueError:
            continue
    return datetime.combine(day, hour, tzinfo=zone).astimezone(UTC)
