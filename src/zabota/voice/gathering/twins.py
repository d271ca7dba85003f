"""Which mentions are one: the same page brought twice, the same words told by several sites.

Words are compared by shingles of four in a row. To be found near each other among any number,
texts share a key: a group of their least shingles (MinHash), or how they begin, since aggregators
cut the end off. Short thanks are the same from everybody: without the same author they are two.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import Final

from rapidfuzz.fuzz import ratio

from zabota.common.names import latin
from zabota.voice.gathering.links import same_link

WORDS_IN_A_ROW: Final = 4
HASHES: Final = 24
IN_A_BAND: Final = 2
BEGINS: Final = 7
# So few words many people write by themselves.
SHORT: Final = 12
SAME_NAME: Final = 88
# So many of the last signs may say that the rest is elsewhere.
ENDING: Final = 80
# How sure it has to be to join by itself, and to be offered.
JOINED: Final = 90
OFFERED: Final = 55
# Where a site cuts a text off: the last word may be half of one.
_CUT = re.compile(
    r"\w*\s*(…|\.\.\.)?\W*(читать (далее|дальше|полностью|ещё)|подробнее|read more|see more)\W*$"
    r"|\w*\s*(…|\.\.\.)\W*$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-zа-я0-9]+")
_MASK = (1 << 61) - 1
_TURNS = tuple((2 * n + 3, 0x9E3779B97F4A7C15 * (n + 1) & _MASK) for n in range(HASHES))


@dataclass(frozen=True)
class Told:
    """What of a mention is compared."""

    text: str
    link: str = ""
    author: str = ""


@dataclass(frozen=True)
class Alike:
    """How sure it is that two are one, in per cent, and by what."""

    sure: int
    why: tuple[str, ...] = ()


def words_of(text: str) -> list[str]:
    """The words as they are compared."""
    end = max(0, len(text) - ENDING)
    whole = text[:end] + _CUT.sub("", text[end:])
    return _WORD.findall(whole.casefold().replace("ё", "е"))


def digest_of(text: str) -> str:
    """The same for the same words, however they are set; nothing for no words."""
    words = words_of(text)
    return hashlib.sha256(" ".join(words).encode()).hexdigest() if words else ""


def digest_of_link(link: str) -> str:
    """The same for the same page; nothing for no link."""
    same = same_link(link)
    return hashlib.sha256(same.encode()).hexdigest() if same else ""


def shingles(words: list[str]) -> frozenset[int]:
    """Numbers of words in a row; of a short text, of pairs."""
    length = WORDS_IN_A_ROW if len(words) >= 2 * WORDS_IN_A_ROW else 2
    rows = zip(*(words[n:] for n in range(length)), strict=False)
    found = {_number(" ".join(row)) for row in rows}
    return frozenset(found or {_number(" ".join(words))} if words else ())


def keys_of(told: Told) -> list[str]:
    """Under what it is laid; two that may be one share at least one of these."""
    words = words_of(told.text)
    keys = [f"l{digest_of_link(told.link)[:30]}"] if same_link(told.link) else []
    if len(words) < SHORT:
        if words and told.author:
            keys.append(f"s{_number(' '.join(words)) ^ _number(_name(told.author)):x}")
        return keys
    found = shingles(words)
    least = [min((number * by + plus) & _MASK for number in found) for by, plus in _TURNS]
    bands = [least[n : n + IN_A_BAND] for n in range(0, HASHES, IN_A_BAND)]
    keys += [f"{place:x}:{one ^ (other << 1):x}" for place, (one, other) in enumerate(bands)]
    keys.append(f"b{_number(' '.join(words[:BEGINS])):x}")
    return keys


def likeness(one: str, other: str) -> float:
    """From nothing alike, 0, to the same words, 1. A piece of a longer text is alike in full."""
    return _likeness(words_of(one), words_of(other))


def _likeness(one: list[str], other: list[str]) -> float:
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    mine, theirs = shingles(one), shingles(other)
    both = len(mine & theirs)
    least = min(len(mine), len(theirs))
    # A short piece is in many a text by chance.
    within = both / least if least >= SHORT else 0.0
    return max(both / len(mine | theirs), within * 0.97)


def compare(one: Told, other: Told) -> Alike:
    """How sure it is that both are one mention, and by what: link, text, author."""
    mine, theirs = words_of(one.text), words_of(other.text)
    alike = _likeness(mine, theirs)
    link = bool(same_link(one.link)) and same_link(one.link) == same_link(other.link)
    author = _same_author(one.author, other.author)
    why = [name for name, true in (("link", link), ("text", alike >= 0.5),
                                   ("author", author is True)) if true]  # fmt: skip
    return Alike(_sure(alike, min(len(mine), len(theirs)), author, link=link), tuple(why))


def _sure(alike: float, words: int, author: bool | None, *, link: bool) -> int:
    if link and not words:
        return 95 if author is not False else 60
    if link and author is False:
        # A page of many reviews: two people wrote two.
        return round(60 * alike) if words >= SHORT else 0
    if link:
        return 99 if alike >= 0.5 else 70 if author else round(100 * alike)
    if words < SHORT:
        return 92 if author and alike == 1 else round(50 * alike) if author else 0
    sure = 96 * alike
    if author is False:
        # Somebody else's name over the same words: retold, or one person under two names.
        return round(sure * 0.7)
    return round(sure if author or alike < 0.9 else max(sure, 92 * alike))


def _same_author(one: str, other: str) -> bool | None:
    """Nothing where either is not told."""
    if not one.strip() or not other.strip():
        return None
    mine, theirs = _name(one), _name(other)
    if ratio(mine, theirs) >= SAME_NAME:
        return True
    # «Ольга К.» is «Ольга Климова»: the same words, or their beginnings.
    first, second = mine.split(), theirs.split()
    if len(first) == len(second) > 1:
        return all(a.startswith(b) or b.startswith(a) for a, b in zip(first, second, strict=True))
    return False


def _name(author: str) -> str:
    return " ".join(sorted(_WORD.findall(latin(author.casefold().replace("ё", "е")))))


def _number(words: str) -> int:
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=7).digest())
