"""Kinds of entry: declared in each app's `entries.py`, found by name as Django finds `apps.py`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise as LazyText
from django.utils.module_loading import autodiscover_modules

if TYPE_CHECKING:
    from zabota.journal.models import Entry


# What a kind makes of its stored facts for a reader of a language.
type Words = Callable[[Mapping[str, Any], str], Mapping[str, Any]]


@dataclass(frozen=True)
class Notice:
    """Somebody is to be told: the account, why (a purpose), and where the mail's button leads.
    Who has no account is told by their `address`: the letter says everything, it has no button.

    `words` (by language) are said first, where the entry's own sentence is not the reader's news:
    whose stage it is now.
    """

    user_id: int | None
    purpose: str
    path: str
    subject: str | LazyText = ""
    words: Mapping[str, str] = field(default_factory=dict)
    # Goes to whoever did it themselves, too: they are told that it arrived.
    receipt: bool = False
    address: str = ""
    # By another channel than e-mail: which, the row of its gate, and there `address` is the gate's
    # own name of the conversation; `files` (row, name) go along.
    channel: str = "email"
    gate: int | None = None
    files: tuple[tuple[int, str], ...] = ()
    # A kind of link and its row: who has no account opens the page by a token made of them.
    link: tuple[str, int] | None = None
    # The letter it answers by itself: few such leave to one address, by hour and day.
    answers: int | None = None


@dataclass(frozen=True)
class EntryKind:
    """A kind of entry: its sentence in both languages, who may read it and who is told.

    `sentence` is a lazy translation with places for facts: «Согласовано[: {actor}]». What stands in
    square brackets is left out if one of its facts is not there: the system's deeds name nobody.
    A retired kind keeps its sentence, so that old history can always be read.
    """

    name: str
    sentence: str | LazyText
    audience: str
    told: Callable[["Entry"], Iterable[Notice]] | None = None
    icon: str = "circle"
    words: Words | None = None
    # Of several that have this fact the same, a letter tells only the latest.
    latest_of: str = ""
    # Facts that stand in another form than the one they are kept in: a name in the genitive.
    forms: Mapping[str, Callable[[str, str], str]] = field(default_factory=dict)


_kinds: dict[str, EntryKind] = {}


def declare(kind: EntryKind) -> EntryKind:
    """Make a kind known; two of one name are a mistake in the code."""
    if kind.name in _kinds:
        raise ValueError(f"entry kind {kind.name} is declared twice")
    _kinds[kind.name] = kind
    return kind


def kind_named(name: str) -> EntryKind:
    """The kind of that name; entries of a kind nobody declares cannot be read, which is a
    defect.
    """
    return _kinds[name]


def all_kinds() -> tuple[EntryKind, ...]:
    return tuple(_kinds.values())


def find_kinds() -> None:
    """Called once when the apps are ready."""
    autodiscover_modules("entries")
