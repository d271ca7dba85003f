"""What a search finds: requests a page at a time, and where in the thread of each the words stand.

Every word has to stand somewhere in the request: in its number, title or client, or in what was
said there to whoever searches.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language, gettext

from zabota.clients.access import RoomViewer
from zabota.common import formats
from zabota.common.keyset import Leaf, Rows, leaf_of_found
from zabota.common.names import row_person
from zabota.common.questions import Numbers, Question
from zabota.common.said_index import begun_so, one_of
from zabota.common.search import Piece, Wish, client_token, quoted, wish_of
from zabota.people.models import Firm
from zabota.tickets.found_index import FOUND, LINE
from zabota.tickets.models import Remark, TicketWord, TicketWords
from zabota.tickets.rules import Viewer

# A page of what was found says where: it is read slower than a list, and is shorter.
SIZE = 20
BEFORE, AFTER = 50, 110
# Half a word is looked for as this many words that begin so.
MOST_WORDS = 40


@dataclass(frozen=True)
class Hit:
    """A line in which most of the words stand: who said it and when, the words around."""

    line: int
    who: str
    when: str
    inside: bool
    pieces: tuple[Piece, ...]


def wish_of_requests(query: str) -> Wish:
    """What is looked for in requests; figures are words there."""
    return wish_of(query, _known, figures=True)


def _known(beginning: str) -> frozenset[str]:
    """Lemmas that were said somewhere and begin so; half a word finds what it may become."""
    rows = begun_so(TicketWord.objects.order_by("word"), "word", beginning)
    return frozenset(rows.values_list("word", flat=True)[:MOST_WORDS])


def sets_of(wish: Wish, viewer: Viewer) -> list[str]:
    """What has to stand in a request that this viewer finds, each as the index takes it."""
    sets = [one_of(needle.tokens(viewer.audiences)) for needle in wish.needles]
    if isinstance(viewer, RoomViewer):
        sets.append(one_of(client_token(pk) for pk in viewer.whole_ids))
    return sets


def among(rows: Rows, sets: list[str], place: int | None, *, falling: bool) -> Rows:
    """Of these requests those in which each stands, begun last first, beyond a place: a page, with
    one more and with the words of each.
    """
    if place is not None:
        rows = rows.filter(**{"pk__lt" if falling else "pk__gt": place})
    return FOUND.among(rows, sets, falling=falling, words="found_in")[: SIZE + 1]


def found_leaf(
    of: Callable[[int | None, bool], list[dict[str, Any]]],
    named: Callable[[], Rows],
    params: Mapping[str, str],
) -> Leaf:
    """A page of what was found; where it is not full, also of requests whose words are not gathered
    yet those that are `named` so.
    """

    def rows(place: int | None, falling: bool) -> list[dict[str, Any]]:
        found = of(place, falling)
        if len(found) > SIZE or not waiting():
            return found
        step = "pk__lt" if falling else "pk__gt"
        others = named().filter(ticket__worded__gathered=False)
        others = others if place is None else others.filter(**{step: place})
        there = {row["pk"]: row for row in others.order_by("-pk" if falling else "pk")[: SIZE + 1]}
        there |= {row["pk"]: row for row in found}
        return sorted(there.values(), key=lambda row: row["pk"], reverse=falling)[: SIZE + 1]

    return leaf_of_found(rows, params, size=SIZE)


def waiting() -> bool:
    """Whether the words of some request were never gathered. Once there is none, there never is
    again: it is asked until then.
    """
    database = str(connection.settings_dict["NAME"])
    if database not in _all_gathered and not _waiting():
        _all_gathered.add(database)
    return database not in _all_gathered


def how_many_wait() -> int:
    """How many requests are still found by number, title and client alone."""
    return TicketWords.objects.filter(gathered=False).count()


_all_gathered: set[str] = set()
_waiting: Question[int] = Question(
    lambda: TicketWords.objects.filter(gathered=False).values_list("pk", flat=True)[:1]
)


def read_hits(
    rows: list[dict[str, Any]], wish: Wish, viewer: Viewer, firm: Firm, *, at: datetime
) -> dict[int, Hit]:
    """Of requests that were found the line to go to, by one statement; a request found by its
    number, title or client alone has none.
    """
    sets = [[f" {token} " for token in needle.tokens(viewer.audiences)] for needle in wish.needles]
    best = {row["pk"]: _best_line(row.get("found_in") or "", sets) for row in rows}
    lines = {line: pk for pk, line in best.items() if line}
    told = _lines_for(viewer.audiences)(lines=lines)
    if isinstance(viewer, RoomViewer):
        told = [line for line in told if viewer.stands_for(line["ticket__case__client"])]
    speech = _Speech(firm, at, hides=isinstance(viewer, RoomViewer) and not firm.shows_people)
    return {lines[line["pk"]]: _hit(line, wish, speech) for line in told}


def _best_line(words: str, sets: list[list[str]]) -> int:
    """The last line in which most of the words stand."""
    best = most = 0
    for line in words.split(f" {LINE}")[1:]:
        there = f"{line} "
        standing = sum(any(token in there for token in tokens) for tokens in sets)
        if standing and standing >= most:
            best, most = int(line[: line.index(" ")]), standing
    return best


@cache
def _lines_for(audiences: tuple[str, ...]) -> Question[dict[str, Any]]:
    people = (
        "author__name", "author__name_en", "contact__name", "contact__name_en",
        "author__employee__team__name_ru", "author__employee__team__name_en",
    )  # fmt: skip
    own = ("pk", "text", "side", "audience", "made_at", "ticket__case__client")
    return Question(
        lambda lines: cast(
            QuerySet[Any, dict[str, Any]],
            Remark.objects.filter(pk__in=lines, audience__in=audiences).values(*own, *people),
        ),
        lines=Numbers(SIZE + 1),
    )


@dataclass(frozen=True)
class _Speech:
    """How a line is said to its reader; to a client who sees teams it `hides` people."""

    firm: Firm
    at: datetime
    hides: bool


def _hit(line: dict[str, Any], wish: Wish, speech: _Speech) -> Hit:
    language, zone = get_language() or "ru", timezone.get_current_timezone()
    text = " ".join(line["text"].split())
    return Hit(
        line=line["pk"],
        who=_who(line, speech, language),
        when=formats.when(line["made_at"], speech.at, language, zone),
        inside=line["audience"] == "ours",
        pieces=tuple(quoted(text, wish, before=BEFORE, after=AFTER)),
    )


def _who(line: dict[str, Any], speech: _Speech, language: str) -> str:
    if line["side"] == "theirs":
        return row_person(line, "contact__") or gettext("the client")
    if speech.hides:
        ru, en = (line[f"author__employee__team__name_{one}"] or "" for one in ("ru", "en"))
        return ((en or ru) if language == "en" else ru) or speech.firm.shown_name
    return row_person(line, "author__") or speech.firm.shown_name
