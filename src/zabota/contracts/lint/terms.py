"""Defined terms: those nobody uses, and those used that nobody defined.

«(далее — «Товар»)», «именуемое в дальнейшем „Покупатель“», «„Проект“ означает …»,
(the “Goods”), “Services” means …
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from zabota.common.language.morphology import is_known, parses
from zabota.contracts.lint.finding import Finding
from zabota.contracts.lint.lines import Line, Reading

QUOTED: Final = re.compile(r"[«“„\"]([^«»“”„\"]{2,60})[»”“\"]")
INTRODUCED: Final = re.compile(
    r"(?:далее|в дальнейшем|по отдельности|совместно|вместе|hereinafter|hereafter|together|"
    r"collectively|each(?:,)? an?)\b(?=(?P<tail>[^.;()]{0,120}))",
    re.I,
)
# Between two terms introduced at once: «Товар» и «Продукция».
JOINT: Final = re.compile(r"[\s,—–-]*(?:и|или|либо|also|and|or)?[\s,—–-]*")
BRACKETED: Final = re.compile(
    r"\(\s*(?:the|each an?|an?|its?|this)?\s*[“\"«]([^“”\"«»]{2,60})[”\"»]\s*\)", re.I
)
MEANS: Final = re.compile(
    r"[«“„\"]([^«»“”„\"]{2,60})[»”“\"]\s*"
    r"(?:означа|—\s|–\s|-\s|shall mean|means|has the meaning|понимается)",
    re.I,
)
# «(далее – Груз)»: defined without quotes.
PLAIN: Final = re.compile(
    r"\(\s*(?:далее|в дальнейшем|hereinafter)[^()«»“”\"—–-]{0,30}[—–-]\s*"
    r"([А-ЯЁA-Z][^()«»“”\",;]{2,50}?)\s*\)",
    re.I,
)
CALLED: Final = re.compile(
    r"(?:(?:имену|называ)[ею]тся|(?:is|are) (?:referred to|known) as)(?: (?:далее|the))?\s*"
    r"[«“„\"]([^«»“”„\"]{2,60})[»”“\"]",
    re.I,
)
ROLES: Final = frozenset({
    "поставщик", "покупатель", "заказчик", "исполнитель", "подрядчик", "субподрядчик",
    "арендодатель", "арендатор", "субарендатор", "лицензиар", "лицензиат", "хранитель",
    "поклажедатель", "перевозчик", "отправитель", "экспедитор", "агент", "принципал", "комитент",
    "комиссионер", "продавец", "кредитор", "займодавец", "заёмщик", "лизингодатель",
    "лизингополучатель", "страховщик", "страхователь", "доверитель", "поверенный",
    "грузоотправитель", "правообладатель", "пользователь", "абонент", "клиент", "инвестор",
    "застройщик",
})  # fmt: skip
ENGLISH_ROLES: Final = frozenset(
    ["supplier", "buyer", "seller", "purchaser", "customer", "contractor", "lessor", "lessee",
     "licensor", "licensee", "lender", "borrower", "landlord", "tenant", "agent", "principal",
     "client", "consultant", "vendor"]
)  # fmt: skip
USUAL: Final = frozenset(
    ["договор", "соглашение", "контракт", "сторона", "приложение", "спецификация", "акт", "заявка",
     "протокол", "закон", "кодекс", "федерация", "правительство", "банк", "россия", "суд", "дело",
     "реестр", "министерство", "служба", "инкотермс", "интернет", "союз", "комитет", "палата",
     "устав", "область", "край", "республика", "город", "дом", "право", "раздел", "пункт",
     "государство", "правило", "положение", "указ", "инструкция", "постановление", "приказ",
     "центр", "фонд", "агентство", "управление", "инспекция", "директор", "президент", "общество"]
)  # fmt: skip
ENGLISH_USUAL: Final = frozenset(
    ["agreement", "contract", "deed", "party", "partie", "clause", "section", "article",
     "paragraph", "schedule", "annex", "appendix", "exhibit", "law", "court", "government",
     "board", "company"]
)  # fmt: skip
NAMES: Final = ("Name", "Surn", "Patr", "Geox", "Orgn", "Trad", "Abbr")
CAPITALS: Final = re.compile(r"(?<=[\w,;:)»”\"] )[А-ЯЁA-Z]\w*")
WORD: Final = re.compile(r"[A-Za-zА-Яа-яЁё]+(?:-[A-Za-zА-Яа-яЁё]+)*")
CAPITAL: Final = re.compile(r"(?<=[а-яёa-z,;] )(?P<word>[А-ЯЁ][а-яё]{3,})(?=[\s,.;:)]|$)")
# The first word of a line says nothing by its capital, unless it is a party.
FIRST: Final = re.compile(r"^(?:The )?(?P<word>[А-ЯЁA-Z][а-яёa-z]{3,})(?=\s)")
ENGLISH_CAPITAL: Final = re.compile(
    r"(?:\b(?:the|The|such|any|each|this)) (?P<word>[A-Z][a-z]{3,})(?=[ ,.;:)]|$)(?! [A-Z])"
    r"(?! of (?:the )?[A-Z])"
)
# Names of their own hardly follow these, terms of two words do: «any Restricted Buyer».
ENGLISH_PHRASE: Final = re.compile(r"\b(?:any|each|every|such|no) ((?:[A-Z][a-z]+ ?){2,3})\b")
NAMED_BY: Final = re.compile(r"^\s*(?:№|no\.|\d|[«“\"]|[А-ЯЁA-Z])", re.I)


@dataclass(frozen=True, slots=True)
class Term:
    """A term where it was introduced; `listed` in a list of definitions, a line for each."""

    words: str
    line: Line
    start: int
    end: int
    listed: bool = False


def check_terms(reading: Reading) -> Iterator[Finding]:
    """Terms defined and never used again; words used as terms that nothing defines."""
    terms = list(defined_terms(reading))
    if not terms:
        return
    yield from _unused(reading, terms)
    known = {key for term in terms for word in WORD.findall(term.words) for key in forms_of(word)}
    known |= {key for line in reading.lines for word in _named(line) for key in forms_of(word)}
    yield from _undefined(reading, known)
    if reading.language == "en":
        yield from _phrases(reading, known)


def defined_terms(reading: Reading) -> Iterator[Term]:
    """Terms a text introduces, each where it does."""
    for line in reading.lines:
        spots: dict[int, tuple[str, int, int]] = {}
        for found in INTRODUCED.finditer(line.text):
            end = found.start("tail")
            for quoted in QUOTED.finditer(line.text, end, found.end("tail")):
                between = line.text[end : quoted.start()]
                if end > found.start("tail") and not JOINT.fullmatch(between):
                    break
                spots[quoted.start(1)] = (quoted[1], quoted.start(), quoted.end())
                end = quoted.end()
        for pattern in (BRACKETED, MEANS, CALLED, PLAIN):
            for quoted in pattern.finditer(line.text):
                spots[quoted.start(1)] = (quoted[1], quoted.start(1) - 1, quoted.end(1) + 1)
        for words, start, end in spots.values():
            if words[:1].isupper() and not any(at <= start < stop for at, stop, _ in line.fields):
                listed = not line.text[:start].strip()
                yield Term(words.strip(), line, start, end, listed)


def _unused(reading: Reading, terms: list[Term]) -> Iterator[Finding]:
    said = _Said([line.text for line in reading.lines])
    for term in {term.words: term for term in reversed(terms)}.values():
        wanted = [forms_of(word) for word in WORD.findall(term.words)]
        others = [one.words for one in terms if one.words != term.words]
        defined = len(terms) - len(others)
        # «паспорт качества (далее — «Паспорт»)»: what is being named is not yet the term.
        named = CAPITALS.sub("|", term.line.text[: term.start])
        elsewhere = _Said([*others, "" if term.listed else named]).count(wanted, term.listed)
        if wanted and said.count(wanted, term.listed) - elsewhere <= defined:
            yield Finding(
                "term_unused", term.line.clause, term.line.number, term.words, {"term": term.words}
            )


class _Said:
    """Texts as words, found by their first letters: a term is looked for only where it may be."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.words: list[str] = []
        self.capitals: list[bool] = []
        self.places: dict[str, list[int]] = {}
        for text in texts:
            for written in WORD.findall(text):
                word = _key(written)
                # One letter: of «день» and «днём» the second is another.
                self.places.setdefault(word[:1], []).append(len(self.words))
                self.words.append(word)
                self.capitals.append(written[0].isupper())
            self.words.append("")
            self.capitals.append(False)

    def count(self, wanted: list[frozenset[str]], capital: bool = False) -> int:
        """How often the words of a term stand one after another, in any form.

        With `capital` only as terms of a list of definitions are written.
        """
        starts = {key[:1] for key in wanted[0]}
        places = [place for start in starts for place in self.places.get(start, ())]
        return sum(
            all(
                _same(word, keys)
                for word, keys in zip(self.words[place : place + len(wanted)], wanted, strict=False)
            )
            for place in places
            if self.capitals[place] or not capital
        )


def _same(word: str, keys: frozenset[str]) -> bool:
    return bool(word) and (word in keys or bool(forms_of(word) & keys))


def _key(word: str) -> str:
    return word.lower().replace("ё", "е")


@lru_cache(maxsize=8192)
def forms_of(word: str) -> frozenset[str]:
    """The word itself and whatever it may be a form of."""
    own = _key(word)
    if not re.search("[а-я]", own):
        stems = {own, own.removesuffix("s"), own.removesuffix("es"), re.sub("ies$", "y", own)}
        return frozenset(stems)
    return frozenset({own, *(_key(reading.normal_form) for reading in parses(own))})


def _undefined(reading: Reading, known: AbstractSet[str]) -> Iterator[Finding]:
    english = reading.language == "en"
    usual = ENGLISH_USUAL if english else USUAL
    roles = {_key(role) for role in (ENGLISH_ROLES if english else ROLES)}
    counted: Counter[str] = Counter()
    firsts: dict[str, Finding] = {}
    for line in reading.body:
        for word, base, opens in _capitals(line, english=english):
            if forms_of(word) & known or base in usual or (opens and base not in roles):
                continue
            counted[base] += 1
            told = {"term": word}
            firsts.setdefault(base, Finding("term_undefined", line.clause, line.number, word, told))
    # A party's name is an error where two parties are introduced and it is neither's; another word
    # may be written with a capital by whim, so it has to be written so twice.
    enough = {base: len(roles & known) >= 2 if base in roles else True for base in firsts}
    twice = {base for base in firsts if base in roles or english or counted[base] > 1}
    yield from (one for base, one in firsts.items() if enough[base] and base in twice)


def _phrases(reading: Reading, known: AbstractSet[str]) -> Iterator[Finding]:
    """English terms of several words of which no word is of a term, each told once."""
    told: set[str] = set()
    for line in reading.body:
        for match in ENGLISH_PHRASE.finditer(line.text):
            phrase = match[1].strip()
            words = phrase.split()
            if phrase in told or any(forms_of(w) & (known | ENGLISH_USUAL) for w in words):
                continue
            told.add(phrase)
            params = {"term": phrase}
            yield Finding("term_undefined", line.clause, line.number, phrase, params)


def _capitals(line: Line, *, english: bool) -> Iterator[tuple[str, str, bool]]:
    """Common nouns written as terms: the word, its dictionary form, whether it opens the line."""
    for pattern in (ENGLISH_CAPITAL if english else CAPITAL, FIRST):
        for match in pattern.finditer(line.text):
            word, place = match["word"], match.start("word")
            base = _base(word, english=english)
            if not base or any(at <= place < stop for at, stop, _ in line.fields):
                continue
            if pattern is FIRST or not _is_name(line, match):
                yield word, base, pattern is FIRST


def _base(word: str, *, english: bool) -> str:
    """The dictionary form of a common noun; "" of names, adjectives and whatever is unknown."""
    if english:
        return word.lower().removesuffix("s")
    for reading in parses(word.lower()) if is_known(word.lower()) else ():
        tag = reading.tag
        if "NOUN" in tag:
            return "" if any(n in tag for n in NAMES) else _key(reading.normal_form)
        return ""
    return ""


def _is_name(line: Line, match: re.Match[str]) -> bool:
    """Part of a name: capitals or a number beside it, or words such as «именуется»."""
    before, after = line.text[: match.start("word")], line.text[match.end("word") :]
    if NAMED_BY.match(after[:3]) and re.match(r"\s*(?:№|[«“\"]|[А-ЯЁA-Z\d])", after):
        return True
    return bool(re.search(r"(?:[А-ЯЁA-Z][\w-]*|\bг\.|\bул\.)\s$", before))


def _named(line: Line) -> list[str]:
    """Roles introduced without quotes: «ООО „Рефтранс“ (Перевозчик)», «Поставщик — ООО …»."""
    found = re.findall(r"\(([А-ЯЁA-Z][\w-]{3,})\)", line.text)
    found += re.findall(r"^([А-ЯЁ][а-яё-]+)\s+[—–-]\s", line.text)
    found += re.findall(r"^([А-ЯЁA-Z][\w-]+)\s*:", line.text)
    return found
