"""What a letter says of several messages: by case, in order, and once how it stands now."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from zabota.outreach.models import Message

# How cases stand for their clients at this moment, in the present reader's language.
type Standing = Callable[[Collection[int], datetime], Mapping[int, str]]


def unsaid(cases: Collection[int], at: datetime) -> Mapping[int, str]:
    """Nothing is said of how they stand."""
    return {}


# Under which number the papers know a case, where it is another than its own.
type Numbers = Callable[[Collection[int]], Mapping[int, str]]


def unnumbered(cases: Collection[int]) -> Mapping[int, str]:
    """Every case goes by its own number."""
    return {}


@dataclass(frozen=True)
class Known:
    """What upper apps know of cases at the moment a letter leaves."""

    standing: Standing = unsaid
    numbers: Numbers = unnumbered


NOTHING = Known()

# Purposes that ask for nothing at once.
TO_BE_READ = ("contract_answers", "contract_comment")


@dataclass(frozen=True)
class Item:
    """One piece of news in a mail: about what, what happened, where to read on."""

    title: str
    sentence: str
    url: str
    button: str
    at: datetime


@dataclass(frozen=True)
class Group:
    """What a mail tells of one case: what happened, how it stands now, one door."""

    title: str
    sentences: list[str]
    now: str
    url: str
    button: str


def group_by_case(
    messages: list[Message], items: list[Item], standing: Standing, at: datetime
) -> list[Group]:
    """One heading and one link for each case; colleagues keep a link for each thing to do."""
    found: dict[tuple[int, str], list[tuple[Message, Item]]] = {}
    for message, item in _news(messages, items):
        door = "" if _in_room(message) else item.url
        found.setdefault((message.case_id or 0, door), []).append((message, item))
    room = {row.case_id for row in messages if row.case_id and _in_room(row)}
    now = standing(room, at) if room else {}
    cases = list(dict.fromkeys(case for case, _ in found))
    return [
        _group(found[case, door], now.get(case, "") if not door else "")
        for case, door in sorted(found, key=lambda pair: cases.index(pair[0]))
    ]


def what_it_asks(messages: list[Message]) -> Message | None:
    """Of several messages about one case the one that names the letter: what waits for the reader,
    unless something has happened since. None where that is to be read inside.
    """
    if not messages[0].case_id or len({row.case_id for row in messages}) > 1:
        return None
    last = [row for row in messages if row.purpose not in TO_BE_READ][-1:] or messages[-1:]
    return next((row for row in last if row.purpose != "contract_news"), None)


def _news(messages: list[Message], items: list[Item]) -> list[tuple[Message, Item]]:
    """In order; of several answers to one thing, and of several rounds, the latest."""
    seen: dict[tuple[int, str], int | None] = {}
    kept = []
    for message, item in reversed(list(zip(messages, items, strict=True))):
        fact = message.entry.entry_kind.latest_of if message.entry else ""
        if fact and message.entry:
            key = (message.case_id or 0, f"{fact} {message.entry.facts.get(fact)}")
            if seen.setdefault(key, message.entry_id) != message.entry_id:
                continue
        kept.append((message, item))
    return kept[::-1]


def _group(pairs: list[tuple[Message, Item]], now: str) -> Group:
    """The door is that of what waits for the reader, else of the latest."""
    asks = [item for message, item in pairs if message.purpose != "contract_news"]
    lead = (asks or [item for _, item in pairs])[-1]
    sentences = list(dict.fromkeys(item.sentence for _, item in pairs))
    return Group(lead.title, sentences, now, lead.url, lead.button)


def _in_room(message: Message) -> bool:
    return message.path.startswith("/room/")
