"""Which words of a text name a client or its people, in any form, and by what they are replaced."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from zabota.common.language import CASES, decline_name, read_name
from zabota.common.language.lemmas import fold, lemmas
from zabota.common.language.morphology import GRAMMEMES, is_known, like, parses
from zabota.common.names import has_cyrillic, latin
from zabota.tickets.retelling.known import Known
from zabota.tickets.retelling.others import COMPANIES, MEN, WOMEN, Company, Person, far_from

CASE_OF: Final = {grammeme: case for case, grammeme in GRAMMEMES.items()}
VOWELS: Final = "аеёиоуыэюяйь"
SHORTEST_STEM, LONGEST_ENDING = 4, 3
KINDS: Final = {"Name": "first", "Patr": "patronymic", "Surn": "surname"}


def is_form_of(word: str, core: str) -> bool:
    """Whether a word is a name's word in some form: by the dictionary, else by its stem."""
    one, other = fold(word), fold(core)
    if one == other or (has_cyrillic(one) and lemmas(one) & lemmas(other)):
        return True
    stem = other.rstrip(VOWELS)
    long_enough = len(stem) >= SHORTEST_STEM and has_cyrillic(other)
    return long_enough and one.startswith(stem) and len(one) - len(stem) <= LONGEST_ENDING


def is_plain(word: str) -> bool:
    """Whether it is a word of the dictionary written small: in passing, nobody's name."""
    return word.islower() and has_cyrillic(word) and is_known(fold(word))


def case_of(word: str, core: str) -> str:
    """In which case a form of a name's word stands; the nominative, where nothing tells."""
    if fold(word) == fold(core):
        return "nom"
    wanted = lemmas(fold(core))
    for reading in parses(word.lower()):
        if fold(reading.normal_form) in wanted and reading.tag.case in CASE_OF:
            return str(CASE_OF[reading.tag.case])
    return "nom"


def real_words(known: Known) -> set[str]:
    """Every word by which the client or its people are known."""
    words = [word for group in (*known.cores, *known.names) for word in group]
    return {fold(word) for word in words} | {fold(latin(word)) for word in words}


def forms_of(name: str) -> dict[str, tuple[str, int]]:
    """Every form of every word of a person's name: in which case, at which place it stands."""
    found: dict[str, tuple[str, int]] = {}
    for case in CASES:
        for place, word in enumerate(decline_name(name, case).text.split()):
            found.setdefault(fold(word), (case, place))
    for place, word in enumerate(name.split()):
        found.setdefault(fold(latin(word)), ("nom", place))
    return {form: where for form, where in found.items() if len(form.strip(".")) > 1}


@dataclass(frozen=True)
class Met:
    """Somebody named in the text: who plays them, in which case, which parts were met so far."""

    player: Person
    case: str
    kinds: tuple[str, ...]

    def with_part(self, kind: str) -> "Met":
        """The same with one part of the name more."""
        return Met(self.player, self.case, (*self.kinds, kind))

    @property
    def word(self) -> str:
        """The part met last, in its case."""
        part = self.player.part(self.kinds[-1], 0)
        return _declined(self.player, self.case)[_place_in(self.player, part)]


@dataclass
class Cast:
    """Who plays whom: one company for the client, a person for each of its people and for whoever
    else is named.
    """

    known: Known
    seed: int
    company: Company = field(init=False)
    forms: dict[str, str] = field(default_factory=dict)
    _players: dict[str, Person] = field(default_factory=dict)
    _taken: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._real = real_words(self.known)
        self._companies = far_from(COMPANIES, self._real)
        self.company = self._companies[self.seed % len(self._companies)]
        for name in self.known.people:
            self._play(name)

    def other_company(self, name: str) -> Company:
        """Somebody's company that is not the client's: another one, always the same."""
        others = [one for one in self._companies if one is not self.company]
        key = f"company {fold(name)}"
        place = self._taken.setdefault(key, len(self._taken))
        return others[(self.seed + place) % len(others)]

    def _play(self, name: str) -> None:
        """Every form of the name has the form of a made-up name in its place."""
        words = [word for word in name.split() if len(word.strip(".")) > 1]
        if not words:
            return
        player = self._player(words, read_name(name).sex)
        for form, (case, place) in forms_of(" ".join(words)).items():
            part = player.part(_kind_at(words, place), place)
            told = _declined(player, case)[_place_in(player, part)]
            self.forms.setdefault(form, told if has_cyrillic(form) else latin(part))

    def _player(self, words: Iterable[str], sex: str) -> Person:
        """The same for two names that share a word: a contact may sign as well."""
        keys = [fold(latin(word)) for word in words]
        known = next((self._players[key] for key in keys if key in self._players), None)
        if known is None:
            free = far_from(WOMEN if sex == "f" else MEN, self._real)
            place = self._taken.setdefault(f"{sex} {' '.join(keys)}", len(self._taken))
            known = free[(self.seed + place) % len(free)]
        for key in keys:
            self._players.setdefault(key, known)
        return known

    def stranger(self, word: str, after: "Met | None") -> "Met | None":
        """Somebody we have no card of, by the dictionary; `after` is who was met right before: a
        word that goes with that name is the rest of it. None, where it is no name.
        """
        if not word[:1].isupper() or word.isupper() or not has_cyrillic(word):
            return None
        readings = [
            (kind, str(CASE_OF[one.tag.case]), "f" if "femn" in one.tag else "m", one.normal_form)
            for one in parses(word.lower())
            for tag, kind in KINDS.items()
            if tag in one.tag and one.tag.case in CASE_OF
        ]
        if not readings or not is_known(word.lower()):
            return None
        if after is not None:
            rest = [one for one in readings if one[1] == after.case and one[0] not in after.kinds]
            kind = rest[0][0] if rest else "surname"
            if kind not in after.kinds:
                return after.with_part(kind)
        if not any(tag in parses(word.lower())[0].tag for tag in KINDS):
            return None
        kind, case, sex, lemma = readings[0]
        return Met(self._player([lemma], sex), case, (kind,))

    def company_in(self, words: list[str], core: str) -> str:
        """The made-up company in the form the real one stands in."""
        if not has_cyrillic(words[0]):
            return self.company.latin
        told = self.company.form(case_of(words[0], core))
        return like(words[0], told) if words[0].isupper() else told


def _kind_at(words: list[str], place: int) -> str | None:
    if has_cyrillic(" ".join(words)):
        return read_name(" ".join(words)).parts[place][0]
    last = len(words) - 1
    return "first" if place == 0 else "surname" if place == last else "patronymic"


def _declined(player: Person, case: str) -> list[str]:
    full = f"{player.surname} {player.first} {player.patronymic}"
    return decline_name(full, case).text.split()  # type: ignore[arg-type]


def _place_in(player: Person, part: str) -> int:
    return (player.surname, player.first, player.patronymic).index(part)
