"""A person's name in any case: «Иванова Мария Петровна» → «Ивановой Марии Петровны».

pytrovich declines by rules; the dictionary of pymorphy3 is a second opinion. Where the two differ,
or the gender is a guess, confidence falls below the line and a person is asked.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from pytrovich.enums import Case as TheirCase
from pytrovich.enums import Gender as TheirGender
from pytrovich.enums import NamePart
from pytrovich.maker import PetrovichDeclinationMaker

from zabota.common.language.morphology import GRAMMEMES, parses
from zabota.common.language.said import LINE, Case, Said, joined

Sex = Literal["m", "f"]
Part = Literal["surname", "first", "patronymic"]
PARTS: Final[dict[Part, NamePart]] = {
    "surname": NamePart.LASTNAME,
    "first": NamePart.FIRSTNAME,
    "patronymic": NamePart.MIDDLENAME,
}
TAGS: Final[dict[Part, str]] = {"surname": "Surn", "first": "Name", "patronymic": "Patr"}
THEIR_CASES: Final[dict[Case, TheirCase]] = {
    "nom": TheirCase.NOMINATIVE, "gen": TheirCase.GENITIVE, "dat": TheirCase.DATIVE,
    "acc": TheirCase.ACCUSATIVE, "ins": TheirCase.INSTRUMENTAL, "loc": TheirCase.PREPOSITIONAL,
}  # fmt: skip
PATRONYMIC: Final = re.compile(r".{2,}(?:[ое]вич|[ое]вна|ьич|мич|нич|тич|[иы]нична)$", re.I)
TURKIC: Final = {"оглы": "m", "улы": "m", "уулу": "m", "кызы": "f", "гызы": "f"}
INITIAL: Final = re.compile(r"[А-ЯЁ]\.(?:-?[А-ЯЁ]\.)*$")
CYRILLIC: Final = re.compile(r"[А-ЯЁа-яё]+(?:[-’'][А-ЯЁа-яё]+)*$")
# Surnames whose endings leave no doubt, of a man and of a woman.
USUAL: Final = {
    "m": re.compile(r".{2,}(?:[оеё]в|[иы]н|ск[иоы]й|цк[иоы]й)$", re.I),
    "f": re.compile(r".{2,}(?:[оеё]ва|[иы]на|ская|цкая)$", re.I),
}
UNCHANGING: Final = re.compile(r".+(?:[оеиуыюэ]|[иы]х|а[гв]о|ово)$", re.I)
FROM_PATRONYMIC, FROM_NAME, FROM_SURNAME, GUESSED = 1.0, 0.95, 0.85, 0.5


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart, in the order it was written; `sex_confidence` is how the sex is known."""

    parts: tuple[tuple[Part | None, str], ...]
    sex: Sex
    sex_confidence: float


@lru_cache(maxsize=1)
def _maker() -> PetrovichDeclinationMaker:
    return PetrovichDeclinationMaker()


def decline_name(name: str, case: Case = "gen") -> Said:
    """A full name, surname first or last, in the case; initials stay. An unsure result is marked
    so by its confidence; what is not in Russian letters is left as it is, unsure.
    """
    words = name.split()
    if not words:
        return Said("")
    if case == "nom":
        return Said(" ".join(words))
    found = read_name(" ".join(words))
    said = joined([_decline(part, word, found.sex, case) for part, word in found.parts])
    return Said(said.text, min(said.confidence, found.sex_confidence))


def acting(name: str, case: Case = "gen", written: str = "") -> Said:
    """«действующего» or «действующей», as the person named acts «на основании …». Where the name
    leaves open whether it is a man's, its genitive as a person wrote it (`written`) may tell.
    """
    found = read_name(name)
    sex, confidence = found.sex, found.sex_confidence
    if confidence < LINE and (told := _sex_of_genitive(written)):
        sex, confidence = told, FROM_SURNAME
    forms = {
        "m": ("действующий", "действующего", "действующему", "действующего", "действующим",
              "действующем"),
        "f": ("действующая", "действующей", "действующей", "действующую", "действующей",
              "действующей"),
    }  # fmt: skip
    return Said(forms[sex][list(GRAMMEMES).index(case)], confidence)


def _sex_of_genitive(written: str) -> Sex | None:
    """By the endings that only a man's or only a woman's name has in the genitive."""
    words = [word.lower() for word in written.split()]
    if any(re.search(r"(?:вны|ичны|[оеё]вой|[иы]ной|ской|цкой)$", word) for word in words):
        return "f"
    if any(re.search(r"(?:вича|ьича|[оеё]ва|[иы]на|ского|цкого)$", word) for word in words):
        return "m"
    return None


@lru_cache(maxsize=1024)
def read_name(name: str) -> Name:
    """Which word is the surname, the first name, the patronymic; and whether it is a man's."""
    words = name.split()
    named = dict(zip(range(len(words)), _kinds(words), strict=True))
    parts = tuple((named[index], word) for index, word in enumerate(words))
    sex, confidence = _sex(parts)
    return Name(parts, sex, confidence)


def _kinds(words: list[str]) -> list[Part | None]:
    kinds: list[Part | None] = [None] * len(words)
    for index, word in enumerate(words):
        if PATRONYMIC.match(word) and index > 0:
            kinds[index] = "patronymic"
        elif word.lower() in TURKIC and index > 0:
            kinds[index - 1] = kinds[index] = "patronymic"
    rest = [
        index
        for index, kind in enumerate(kinds)
        if kind is None and not INITIAL.match(words[index])
    ]
    if len(rest) == 1:
        alone = "first" if "patronymic" in kinds and len(words) == 2 else "surname"
        kinds[rest[0]] = "first" if alone == "first" else "surname"
    if len(rest) == 2:
        kinds[rest[0]], kinds[rest[1]] = "surname", "first"
        last = max((i for i, kind in enumerate(kinds) if kind == "patronymic"), default=-1)
        if rest[0] < last < rest[1] or (last < 0 and _is_first(words[rest[0]], words[rest[1]])):
            kinds[rest[0]], kinds[rest[1]] = "first", "surname"
    return kinds


def _is_first(one: str, other: str) -> bool:
    """Whether of two words the one before is the first name."""
    return _likeness(one, "Name") > _likeness(other, "Name")


def _likeness(word: str, tag: str) -> float:
    return max(
        (p.score for p in parses(word.lower()) if tag in p.tag and "nomn" in p.tag), default=0
    )


def _sex(parts: tuple[tuple[Part | None, str], ...]) -> tuple[Sex, float]:
    known = {part: word.lower() for part, word in parts}
    last = known.get("patronymic", "")
    if last:
        if last in TURKIC:
            return ("m" if TURKIC[last] == "m" else "f"), FROM_PATRONYMIC
        return ("m" if last.endswith("ич") else "f"), FROM_PATRONYMIC
    first, surname = known.get("first", ""), known.get("surname", "")
    told = {
        gender
        for reading in parses(first)
        if first
        for gender in ("masc", "femn")
        if {"Name", gender, "nomn"} in reading.tag
    }
    by_surname: Sex | None = next((sex for sex in ("m", "f") if USUAL[sex].match(surname)), None)
    if len(told) == 1:
        sex: Sex = "m" if told == {"masc"} else "f"
        doubted = by_surname is not None and by_surname != sex
        return sex, GUESSED if doubted else FROM_NAME
    if by_surname:
        return by_surname, FROM_SURNAME
    return "m", GUESSED


def _decline(part: Part | None, word: str, sex: Sex, case: Case) -> Said:
    if INITIAL.match(word) or word.lower() in TURKIC:
        return Said(word)
    if part is None or not CYRILLIC.match(word):
        return Said(word, GUESSED)
    gender = TheirGender.MALE if sex == "m" else TheirGender.FEMALE
    made = _maker().make(PARTS[part], gender, THEIR_CASES[case], word)
    return Said(made, _confidence(part, word, sex, case, made))


def _confidence(part: Part, word: str, sex: Sex, case: Case, made: str) -> float:
    """Endings that leave no doubt, or two opinions that agree, are sure; else somebody is asked."""
    if part == "patronymic":
        return 1.0
    if part == "surname" and (USUAL[sex].match(word) or UNCHANGING.match(word)):
        return 0.97
    second = _second_opinion(part, word, sex, case)
    if not second:
        return 0.6
    return 0.95 if made.lower().replace("ё", "е") in second else 0.4


def _second_opinion(part: Part, word: str, sex: Sex, case: Case) -> set[str]:
    """The forms that the dictionary gives the word as a name of that sex; hyphens by halves."""
    gender = "masc" if sex == "m" else "femn"
    if "-" in word:
        halves = [_second_opinion(part, half, sex, case) for half in word.split("-")]
        return {"-".join(pair) for pair in _products(halves)}
    found: set[str] = set()
    for reading in parses(word.lower()):
        if {TAGS[part], gender, "nomn"} not in reading.tag:
            continue
        turned = reading.inflect({GRAMMEMES[case]})
        if turned is not None:
            found.add(turned.word.replace("ё", "е"))
    return found


def _products(sets: list[set[str]]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [()]
    for some in sets:
        found = [(*before, one) for before in found for one in some]
    return found
