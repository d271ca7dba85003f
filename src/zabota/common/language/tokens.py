"""A text with places for what is known: «Здравствуйте, {{имя}}! Ответим {{клиент: дательный}} …».

A place is `{{name}}` or `{{name: case}}`; names and cases are written in Russian or in English.
What is wrong with a text is raised as `WrongToken`, with a machine code: `open` (a brace without
its pair), `unknown` (no such name; `near` is the likeliest one), `case` (no such case), `fixed` (a
case where the words do not decline). English has no cases: a case asks for nothing there.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, Literal

from zabota.common.language.people import decline_name, read_name
from zabota.common.language.positions import decline_company, decline_position
from zabota.common.language.said import Case, Said

Kind = Literal["person", "company", "position", "fixed"]
CASE_NAMES: Final[dict[Case, tuple[str, ...]]] = {
    "nom": ("nominative", "именительный", "nom"),
    "gen": ("genitive", "родительный", "gen", "кого"),
    "dat": ("dative", "дательный", "dat", "кому"),
    "acc": ("accusative", "винительный", "acc"),
    "ins": ("instrumental", "творительный", "ins", "кем"),
    "loc": ("prepositional", "предложный", "loc", "о ком"),
}
_CASES: Final = {name: case for case, names in CASE_NAMES.items() for name in names}
_TOKEN: Final = re.compile(r"\{\{\s*([^{}:]*?)\s*(?::\s*([^{}]*?)\s*)?\}\}")
_BRACES: Final = re.compile(r"\{\{|\}\}")
_DECLINE: Final[dict[str, Callable[[str, Case], Said]]] = {
    "person": decline_name,
    "company": decline_company,
    "position": decline_position,
}
_RUSSIAN: Final = re.compile("[А-Яа-яЁё]")
BLANK: Final = "____"
_UNTURNING: Final = "Черных"
NAMELESS: Final = ("Гость", "Guest", "Номер скрыт", "Number hidden")


@dataclass(frozen=True)
class Place:
    """A name that may stand in a text: how it is called in both languages, how it declines."""

    key: str
    ru: str
    kind: Kind = "fixed"


class WrongToken(ValueError):
    """A place that cannot be filled: its code, its text as written, the likeliest name meant."""

    def __init__(self, code: str, token: str, near: str = "") -> None:
        super().__init__(f"{code}: {token}")
        self.code, self.token, self.near = code, token, near


@dataclass(frozen=True)
class Filled:
    """A text with its places filled; what is only guessed (`unsure`), what is not known at all
    (`missing`, by key): a person looks at these before they send it.
    """

    text: str
    unsure: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def check_tokens(text: str, places: Sequence[Place]) -> None:
    """Raise `WrongToken` for the first place that cannot be filled."""
    for found in _TOKEN.finditer(text):
        _read(found, places)
    stray = _BRACES.search(_TOKEN.sub("", text))
    if stray is not None:
        raise WrongToken("open", stray[0])


def fill_tokens(
    text: str, places: Sequence[Place], values: Mapping[str, str], *, declines: bool
) -> Filled:
    """The text with `values` (by key) in their places; `declines` is whether its language has
    cases. A value that is empty leaves a blank.
    """
    unsure: list[str] = []
    missing: list[str] = []

    def put(found: re.Match[str]) -> str:
        place, case = _read(found, places)
        value = values.get(place.key, "")
        if not value:
            missing.append(place.key)
            return BLANK
        if not declines or case == "nom" or place.kind == "fixed":
            return value
        said = _declined(place.kind, value, case)
        if not said.is_sure:
            unsure.append(said.text)
        return said.text

    filled = _TOKEN.sub(put, text)
    return Filled(filled, tuple(dict.fromkeys(unsure)), tuple(dict.fromkeys(missing)))


def address_of(name: str) -> str:
    """How one speaks to a person: «Крылова Анна Сергеевна» → «Анна Сергеевна», «Анна Крылова» →
    «Анна»; as it stands, where no first name is seen in it; nothing where it is but a number, or
    what we call whoever said no name.
    """
    if not any(letter.isalpha() for letter in name) or name in NAMELESS:
        return ""
    parts = read_name(name).parts
    first = [word for part, word in parts if part == "first"]
    patronymic = [word for part, word in parts if part == "patronymic"]
    if not _RUSSIAN.search(name):
        return name.partition(" ")[0]
    return " ".join([*first, *patronymic]) if first else name


def _declined(kind: Kind, value: str, case: Case) -> Said:
    """A word that stands alone («Анне») is a first name here: beside a surname that never turns it
    is read as one. What is not in Russian letters does not turn.
    """
    if not _RUSSIAN.search(value):
        return Said(value)
    if kind != "person" or " " in value:
        return _DECLINE[kind](value, case)
    said = decline_name(f"{value} {_UNTURNING}", case)
    # Beside what is no first name («Гость») it may be turned after all.
    return Said(said.text.partition(" ")[0], said.confidence)


def _read(found: re.Match[str], places: Sequence[Place]) -> tuple[Place, Case]:
    name, asked = found[1].lower(), found[2]
    place = next((one for one in places if name in (one.key, one.ru)), None)
    if place is None:
        known = [word for one in places for word in (one.key, one.ru)]
        raise WrongToken("unknown", found[0], next(iter(get_close_matches(name, known, 1)), ""))
    if asked is None:
        return place, "nom"
    case = _CASES.get(" ".join(asked.lower().split()))
    if case is None:
        near = get_close_matches(asked.lower(), list(_CASES), 1)
        raise WrongToken("case", found[0], next(iter(near), ""))
    if place.kind == "fixed" and case != "nom":
        raise WrongToken("fixed", found[0])
    return place, case
