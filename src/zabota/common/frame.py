"""What stands around every page, as parts that are kept: faces, where one can go."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from zabota.common.drawn import drawn


@dataclass(frozen=True)
class Face:
    """A face; without a name it is decoration."""

    photo_url: str
    initials: str
    name: str
    size: str
    tone: str


@dataclass(frozen=True)
class Section:
    """Somewhere one can go; how much waits there, whether any of it is late."""

    label: str
    url: str
    icon: str
    current: bool
    count: int
    late: bool


@dataclass(frozen=True)
class Sections:
    """All of them, in their order."""

    items: tuple[Section, ...]


@dataclass(frozen=True)
class Told:
    """A line of a history: its icon, what happened, when, for programs and for people."""

    icon: str
    sentence: str
    moment: str
    when: str


@dataclass(frozen=True)
class Person:
    """Who reads, as the corner of a page shows them."""

    name: str
    initials: str
    photo_url: str
    quiet: str


@dataclass(frozen=True)
class Company:
    """On whose behalf one may stand in the room."""

    name: str
    url: str
    current: bool


@dataclass(frozen=True)
class Link:
    """Somewhere one goes by one's own name; `post` by a press."""

    label: str
    url: str
    icon: str
    post: bool = False


def face(person: Any, size: str, tone: str, *, named: bool) -> SafeString:
    """The face of anything that has one: an employee, an account, a row of plain values."""

    def told(what: str) -> str:
        if isinstance(person, Mapping):
            return str(person.get(what) or "")
        return str(getattr(person, what, None) or "")

    photo, name = told("photo_url"), told("name") if named else ""
    letters = "" if photo else told("initials")
    # What a template writes in quotation marks is marked as safe.
    size, tone = str.__str__(size), str.__str__(tone)
    return drawn("common/parts/face.html", Face(photo, letters, name, size, tone))


def sections(items: Iterable[Mapping[str, Any]]) -> SafeString:
    """Where one can go."""
    told = tuple(
        Section(
            str(one["label"]), str(one["url"]), str(one.get("icon", "")),
            bool(one.get("current")), int(one.get("count") or 0), bool(one.get("late")),
        )
        for one in items
    )  # fmt: skip
    return drawn("common/parts/sections_drawn.html", Sections(told))
