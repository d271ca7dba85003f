"""Reading history aloud: an entry's sentence in the reader's language, from ids and stored facts.

A fact may be plain, words in both languages (`{"ru": …, "en": …}`), an account (`user_ref`) or a
moment (`moment_ref`); names are looked up when read, so an erased person has none.

A part of a sentence in square brackets is said only if all its facts are there: what the system did
names nobody, a reason that was not given is not asked for.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import get_language, gettext

from zabota.common import formats
from zabota.common.names import person_name
from zabota.common.questions import Numbers, Question
from zabota.journal.models import Entry


@dataclass(frozen=True)
class Line:
    """One line of a timeline: who (nobody, if the system), what was said of it, when."""

    entry: Entry
    actor: str
    sentence: str
    at: datetime
    icon: str


def user_ref(user_id: int) -> dict[str, int]:
    """A fact that names an account."""
    return {"user": user_id}


def day_ref(day: date) -> dict[str, str]:
    """A fact that is a day."""
    return {"day": day.isoformat()}


def moment_ref(at: datetime) -> dict[str, str]:
    """A fact that is a moment."""
    return {"at": at.isoformat()}


def read_lines(
    entries: Iterable[Entry],
    *,
    now: datetime,
    masks: Mapping[int, str] | None = None,
    veiled: bool = False,
    dated: bool = False,
) -> list[Line]:
    """Entries as a person reads them. `masks` are names to show instead (a team, where the firm
    prefers); `veiled` reads an entry's own `veil` in place of what stands beneath it: what a client
    is told of a stage that is shown to them as a team's, or not at all. Of whoever is masked an
    entry's own `seat_team` acts. `dated` is for what is read on another day: no «завтра», no
    weekdays.
    """
    rows = list(entries)
    language = get_language() or "ru"
    facts = [_worded(row, language) for row in rows]
    names = _names(rows, facts)
    names.update(masks or {})
    if masks:
        facts = [
            {**told, **_as_team(told)} if row.actor_id in masks else told
            for row, told in zip(rows, facts, strict=True)
        ]
    if veiled:
        facts = [{**told, **told.get("veil", {})} for told in facts]
    days = _Days(language, now, dated)
    return [_line(row, told, names, days) for row, told in zip(rows, facts, strict=True)]


def _as_team(facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """Whose seat it was, where people are not named: not the team of whoever stood in."""
    return {"actor": facts["seat_team"]} if "seat_team" in facts else {}


def _worded(row: Entry, language: str) -> Mapping[str, Any]:
    """The stored facts, and those its kind makes of them for a reader."""
    facts = row.facts
    words = row.entry_kind.words
    return {**facts, **words(facts, language)} if words is not None else facts


def _line(row: Entry, facts: Mapping[str, Any], names: Mapping[int, str], days: "_Days") -> Line:
    kind = row.entry_kind
    told = {
        name: _formed(value, kind.forms[name], names, days)
        if name in kind.forms
        else _fact(value, names, days)
        for name, value in facts.items()
    }
    actor = told.setdefault("actor", _actor(row, names))
    return Line(row, actor, _said(str(kind.sentence), told), row.at, kind.icon)


OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
FACT = re.compile(r"\{(\w+)\}")
UNSAID = ("", "—")


@lru_cache(maxsize=2048)
def _parts(sentence: str) -> tuple[tuple[str, tuple[str, ...], bool], ...]:
    """A sentence as it is read: its parts, the facts each names, whether it may be left unsaid."""
    return tuple(
        (part, tuple(FACT.findall(part)), place % 2 == 1)
        for place, part in enumerate(OPTIONAL.split(sentence))
    )


def _said(sentence: str, told: Mapping[str, str]) -> str:
    """The sentence with its facts; an optional part without all of its facts falls away, and so
    does who acted, where the rest names them already: a team whose stage is called as it is.
    """
    parts = _parts(sentence)
    rest = {told.get(fact) for _, facts, optional in parts if not optional for fact in facts}

    def kept(facts: tuple[str, ...]) -> bool:
        if facts == ("actor",) and told.get("actor") in rest:
            return False
        return not any(told.get(fact, "") in UNSAID for fact in facts)

    said = (part for part, facts, optional in parts if not optional or kept(facts))
    return "".join(said).format_map(_Told(told))


class _Told(dict[str, str]):
    """A fact an old entry did not store yet reads as a dash, never as an error."""

    def __missing__(self, key: str) -> str:
        return "—"


def _actor(row: Entry, names: Mapping[int, str]) -> str:
    """Who did it; what happened by itself has nobody's name."""
    if row.actor_id is None:
        return ""
    name = names.get(row.actor_id, "—")
    if row.acted_for_id is None:
        return name
    return gettext("%(name)s (standing in for %(other)s)") % {
        "name": name,
        "other": names.get(row.acted_for_id, "—"),
    }


@dataclass(frozen=True)
class _Days:
    """How moments and days are said: as seen from now, or as dates."""

    language: str
    now: datetime
    dated: bool

    def moment(self, at: datetime) -> str:
        zone = timezone.get_current_timezone()
        say = formats.dated_when if self.dated else formats.when
        return say(at, self.now, self.language, zone)

    def day(self, value: date) -> str:
        say = formats.dated_day if self.dated else formats.day
        return say(value, self.now.date(), self.language)


def _formed(
    value: Any, form: Callable[[str, str], str], names: Mapping[int, str], days: _Days
) -> str:
    """A fact in the form its sentence wants, each of several for itself."""
    some = value if isinstance(value, list) else [value]
    return ", ".join(form(_fact(one, names, days), days.language) for one in some)


def _fact(value: Any, names: Mapping[int, str], days: _Days) -> str:
    match value:
        case {"user": int(user)}:
            return names.get(user, "—")
        case {"at": str(moment)}:
            return days.moment(datetime.fromisoformat(moment))
        case {"day": str(day)}:
            return days.day(date.fromisoformat(day))
        case {"ru": str(ru), "en": str(en)}:
            return en if days.language == "en" and en else ru
        case None:
            return "—"
        case list():
            return ", ".join(_fact(item, names, days) for item in value)
        case _:
            return str(value)


def _names(rows: Iterable[Entry], facts: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    wanted = {row.actor_id for row in rows} | {row.acted_for_id for row in rows}
    for told in facts:
        for value in told.values():
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, dict) and isinstance(item.get("user"), int):
                    wanted.add(item["user"])
    known = _people(users=[user for user in wanted if user is not None])
    return {pk: person_name(name, name_en) for pk, name, name_en in known}


_people: Question[tuple[int, str, str]] = Question(
    lambda users: (
        get_user_model().objects.filter(pk__in=users).values_list("pk", "name", "name_en")
    ),
    users=Numbers(12),
)
