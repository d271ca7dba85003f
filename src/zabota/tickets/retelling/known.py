"""What is known of a client: whatever would tell who it is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from zabota.common.language.lemmas import fold

# What many names of companies have: by these nobody is known.
_WORDS: Final = (
    "ооо оао зао ао пао ип тоо одо нко фгуп муп гуп общество ограниченной ответственностью"
    " акционерное публичное закрытое открытое индивидуальный предприниматель товарищество"
    " компания фирма группа предприятие организация торговый торговая дом центр завод фабрика"
    " холдинг корпорация концерн производственное объединение имени и в на с по для"
    " the of and llc ltd limited liability company inc corp corporation gmbh jsc pjsc group"
    " trading trade house holding co sole proprietor"
)
COMMON: Final = frozenset(fold(word) for word in _WORDS.split())
WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
SHORTEST_PART: Final = 5


@dataclass(frozen=True)
class Known:
    """A client as its card and its people tell it.

    `companies` are its names, full and short, in either alphabet; `people` names of its people;
    `exact` whatever is written one way: numbers of the register and of the bank, mail addresses,
    phones, street addresses, numbers of contracts.
    """

    companies: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()

    @property
    def cores(self) -> list[list[str]]:
        """Of each company's name the words it is known by: «Торговый дом „Ромашка“» → Ромашка."""
        found = []
        for name in self.companies:
            words = [word for word in WORD.findall(name) if fold(word) not in COMMON]
            if words and words not in found:
                found.append(words)
        return sorted(found, key=len, reverse=True)

    @property
    def names(self) -> list[list[str]]:
        """Of each person the words of the name; initials tell nothing by themselves."""
        split = ([word for word in WORD.findall(name) if len(word) > 1] for name in self.people)
        return [words for words in split if words]

    @property
    def written(self) -> list[str]:
        """What is written one way, the longest first, and the telling parts of addresses."""
        parts = {text.strip() for text in self.exact if text.strip()}
        for text in list(parts):
            if "," in text:
                parts |= set(_parts(text.split(",")))
        return sorted(parts, key=lambda part: (-len(part), part))


def _parts(pieces: Iterable[str]) -> list[str]:
    return [piece.strip() for piece in pieces if len(piece.strip()) >= SHORTEST_PART]


def digits_of(text: str) -> str:
    """Only the figures of it."""
    return "".join(re.findall(r"\d", text))
