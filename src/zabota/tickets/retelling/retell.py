"""The retelling itself: what tells by how it is written first, then names in any form."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from zabota.common.language.lemmas import fold
from zabota.common.language.morphology import like
from zabota.tickets.retelling.known import WORD, Known, digits_of
from zabota.tickets.retelling.names import Cast, Met, is_form_of
from zabota.tickets.retelling.patterns import (
    HANDLE,
    LONG_NUMBER,
    MAIL,
    PAPER,
    PHONE,
    QUOTED,
    SITE,
    exact_patterns,
)

# What is put in stands as one private sign until the end, so that nothing is changed twice.
FIRST_SIGN: Final = 0xE100
MOST: Final = 6000
STREETS: Final = ("ул", "пр", "пер", "наб", "шос", "бул", "пл")
type Teller = Callable[[re.Match[str]], str]
BETWEEN: Final = re.compile(r"[\s\u00a0-]*")


@dataclass(frozen=True)
class Retold:
    """The words of nobody; `changed` says what became what, in the order of the text."""

    text: str
    changed: list[tuple[str, str]]


def retell(text: str, known: Known, seed: int = 0) -> Retold:
    """The same words with the client, its people and numbers changed, each always into the same
    other; `seed` chooses among the made-up ones.
    """
    return _Teller(known, seed).tell(text)


@dataclass
class _Teller:
    known: Known
    seed: int
    put: list[tuple[str, str]] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.cast = Cast(self.known, self.seed)

    def tell(self, text: str) -> Retold:
        text = "".join(sign for sign in text if not 0xE000 <= ord(sign) <= 0xF8FF)
        for was, pattern in exact_patterns(self.known):
            text = self._changed(pattern, text, self._of_card(was))
        for pattern, told in self._by_writing():
            text = self._changed(pattern, text, told)
        text = self._companies(text)
        text = self._people(text)
        by_place = sorted(
            (place, self.put[ord(sign) - FIRST_SIGN])
            for place, sign in enumerate(text)
            if FIRST_SIGN <= ord(sign) < FIRST_SIGN + len(self.put)
        )
        for index, (_was, other) in enumerate(self.put):
            text = text.replace(chr(FIRST_SIGN + index), other)
        return Retold(text, list(dict.fromkeys(pair for _place, pair in by_place)))

    def _changed(self, pattern: re.Pattern[str], text: str, told: Teller) -> str:
        return pattern.sub(lambda found: self._put(found[0], told(found)), text)

    def _put(self, was: str, other: str) -> str:
        if len(self.put) >= MOST:
            return other
        self.put.append((was, other))
        return chr(FIRST_SIGN + len(self.put) - 1)

    def _by_writing(self) -> list[tuple[re.Pattern[str], Teller]]:
        return [
            (MAIL, lambda found: self._mail(found[0])),
            (SITE, lambda found: "example.com"),
            (HANDLE, lambda found: f"@client{self._nth('handle', fold(found[0]))}"),
            (PHONE, lambda found: self._phone(found[0])),
            (LONG_NUMBER, lambda found: self._figures(found[0])),
            (PAPER, self._paper),
            (QUOTED, self._quoted),
        ]

    def _of_card(self, was: str) -> Teller:
        return lambda _found: self._exact(was)

    def _exact(self, was: str) -> str:
        """The other of what the card knows, by what it looks like."""
        figures = digits_of(was)
        if "@" in was:
            return self._mail(was)
        if was.startswith("+"):
            return self._phone(was)
        if not re.search(r"[^\W\d_]", was):
            return self._figures(figures)
        if "," in was:
            return "г. Озёрный, ул. Садовая, д. 1"
        start = fold(was)
        if start.startswith(STREETS):
            return "ул. Садовая"
        if start.startswith("г."):
            return "г. Озёрный"
        return f"№ {100 + self._nth('paper', start)}" if figures else "Садовая"

    def _nth(self, kind: str, key: str) -> int:
        """Which of its kind it is: the same for the same."""
        known = self.numbers.setdefault(f"{kind} {key}", "")
        if not known:
            same = [name for name in self.numbers if name.startswith(f"{kind} ")]
            self.numbers[f"{kind} {key}"] = known = str(len(same))
        return int(known)

    def _mail(self, was: str) -> str:
        return f"client{self._nth('mail', fold(was))}@example.com"

    def _phone(self, was: str) -> str:
        number = self._nth("phone", digits_of(was)[-10:])
        return f"+7 900 000-00-{number % 100:02}"

    def _figures(self, was: str) -> str:
        """As many figures; the last tell which it is."""
        number = self._nth("figures", was)
        return f"{number:0>{len(was)}}" if len(was) > 1 else str(number % 10)

    def _paper(self, found: re.Match[str]) -> str:
        number = found["number"] or found["own"] or found["bare"]
        before = found["before"] or found["word"] or ""
        return f"{before}{100 + self._nth('paper', fold(number))}"

    def _quoted(self, found: re.Match[str]) -> str:
        cores = [word for core in self.known.cores for word in core]
        words = WORD.findall(found["name"])
        ours = any(is_form_of(word, core) for word in words for core in cores)
        other = self.cast.company if ours else self.cast.other_company(found["name"])
        return f"{found['form']} «{other.form('nom')}»"

    def _companies(self, text: str) -> str:
        """Runs of words by which the client is known become the made-up company."""
        cores = [word for core in self.known.cores for word in core]
        out: list[str] = []
        after, run = 0, list[tuple[re.Match[str], str]]()
        for found in WORD.finditer(text):
            core = next((core for core in cores if is_form_of(found[0], core)), None)
            near = run and BETWEEN.fullmatch(text, run[-1][0].end(), found.start())
            if run and not (core and near):
                out.append(self._run(text, after, run))
                after, run = run[-1][0].end(), []
            if core:
                run.append((found, core))
        if run:
            out.append(self._run(text, after, run))
            after = run[-1][0].end()
        return "".join(out) + text[after:]

    def _run(self, text: str, after: int, run: list[tuple[re.Match[str], str]]) -> str:
        first, last = run[0][0], run[-1][0]
        was = text[first.start() : last.end()]
        other = self.cast.company_in([found[0] for found, _core in run], run[0][1])
        return text[after : first.start()] + self._put(was, other)

    def _people(self, text: str) -> str:
        """Known people by every form of their names; others by the dictionary, word after word."""
        out, after = list[str](), 0
        met: Met | None = None
        for found in WORD.finditer(text):
            between = text[after : found.start()]
            if between.strip(" \u00a0"):
                met = None
            other = self.cast.forms.get(fold(found[0]))
            met = None if other else self.cast.stranger(found[0], met)
            told = other or (met.word if met else "")
            out += [between, self._put(found[0], like(found[0], told)) if told else found[0]]
            after = found.end()
        return "".join(out) + text[after:]
