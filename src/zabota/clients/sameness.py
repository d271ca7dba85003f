"""Whether two cards may be one client: by what they are found near each other, how sure it is and
why. Plain questions, no query.

Each card is laid under a few keys (INN, whole numbers and their last seven digits, addresses, how a
name begins, ends and sounds); only cards under one key are ever compared. Names are compared by
rapidfuzz's ratio (edit distance to length, 0 to 100) without the words for legal forms.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import phonenumbers
from rapidfuzz.fuzz import ratio

from zabota.common.names import latin

# The chance that cards alike in this alone are one client, in per cent.
WEIGHTS: Final = {"inn": 92, "phone": 70, "email": 75, "tail": 35}
SAME_NAME, LIKE_NAME = 65, 50
LEAST_RATIO: Final = 86
# Two different tax numbers speak against whatever else is alike.
OTHER_INN: Final = 0.4
OFFERED: Final = 50
TAIL: Final = 7
END: Final = 5
FORMS: Final = re.compile(
    r"\b(общество с ограниченной ответственностью|(публичное |непубличное |закрытое |открытое )?"
    r"акционерное общество|индивидуальный предприниматель|автономная некоммерческая организация|"
    r"ооо|оао|зао|пао|нао|ао|ип|ано|нко|фгуп|гуп|муп|чп|тоо|"
    r"limited liability company|joint stock company|llc|ltd|limited|inc|jsc|pjsc|gmbh|corp|co)\b"
)
_APART = re.compile(r"[^0-9a-z]+")
_SOFT = re.compile(r"[aeiouy]+")
_TWICE = re.compile(r"(.)\1+")


@dataclass(frozen=True)
class Card:
    """What of a client speaks for or against its being another one."""

    name: str
    inn: str = ""
    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Alike:
    """How sure it is that two cards are one client, in per cent, and by what."""

    sure: int
    why: tuple[str, ...]


def core_of(name: str) -> str:
    """A name as it is compared: in passport letters, no legal form, its words in order."""
    words = FORMS.sub(" ", name.casefold().replace("ё", "е"))
    return " ".join(sorted(_APART.sub(" ", latin(words)).split()))


def digits_of(phone: str, region: str) -> str:
    """A number as it is called from anywhere, digits only; what cannot be one has none."""
    try:
        number = phonenumbers.parse(phone, region)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return f"{number.country_code}{number.national_number}"


def keys_of(card: Card) -> set[str]:
    """Under what a card is laid; two that may be one client share at least one of these."""
    keys = {f"email:{email}" for email in card.emails}
    for digits in card.phones:
        keys |= {f"tail:{digits[-TAIL:]}"}
    if card.inn:
        keys.add(f"inn:{card.inn}")
    together = core_of(card.name).replace(" ", "")
    if len(together) >= END:
        sound = _SOFT.sub("", _TWICE.sub(r"\1", together))
        keys |= {f"begins:{together[:END]}", f"ends:{together[-END:]}"}
        keys |= {f"sounds:{sound[:40]}"} if len(sound) >= 3 else set()
    return keys


def compare_cards(one: Card, other: Card) -> Alike:
    """How sure it is that they are one; nothing is said of cards alike in nothing."""
    found: dict[str, int] = {}
    if one.inn and one.inn == other.inn:
        found["inn"] = WEIGHTS["inn"]
    if one.phones & other.phones:
        found["phone"] = WEIGHTS["phone"]
    elif _tails(one.phones) & _tails(other.phones):
        found["tail"] = WEIGHTS["tail"]
    if one.emails & other.emails:
        found["email"] = WEIGHTS["email"]
    names = core_of(one.name), core_of(other.name)
    if all(names):
        if names[0] == names[1]:
            found["name"] = SAME_NAME
        elif ratio(*names) >= LEAST_RATIO and _numbers(names[0]) == _numbers(names[1]):
            found["like"] = LIKE_NAME
    chance = 1.0
    for weight in found.values():
        chance *= 1 - weight / 100
    sure = 1 - chance
    if one.inn and other.inn and one.inn != other.inn:
        sure *= OTHER_INN
    return Alike(round(sure * 100), tuple(found))


def _numbers(name: str) -> list[str]:
    """The numbers in a name: «Школа № 12» is not «Школа № 13» with a slip of the pen."""
    return re.findall(r"\d+", name)


def _tails(phones: Iterable[str]) -> set[str]:
    return {digits[-TAIL:] for digits in phones}
