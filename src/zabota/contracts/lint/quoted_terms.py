"""Words in quotes that stand as a term nothing defines: «по правилам „Регламента доступа“»."""

import re
from collections.abc import Iterator
from typing import Final

from zabota.common.language.morphology import is_known, parses
from zabota.contracts.lint.finding import Finding
from zabota.contracts.lint.lines import Line, Reading
from zabota.contracts.lint.terms import NAMES, QUOTED, WORD, defined_terms, forms_of

LONGEST: Final = 3
# Before a name stands what it is the name of («газета „Труд“»), before a term a word of these.
LEADS: Final = ("PREP", "CONJ", "VERB", "INFN", "GRND", "PRTF", "ADJF")
ENGLISH_LEAD: Final = re.compile(r"\b(?:the|any|such|each|this|these|a|an)\s+$", re.I)


def check_quoted(reading: Reading) -> Iterator[Finding]:
    """A quoted term of a numbered clause, where the contract defines its terms and not this one."""
    known = [[forms_of(word) for word in WORD.findall(t.words)] for t in defined_terms(reading)]
    if not known:
        return
    english = reading.language == "en"
    for line in reading.body:
        if not line.number or line.heading:
            continue
        for match in QUOTED.finditer(line.text):
            words = match[1].split()
            if not 0 < len(words) <= LONGEST or not all(WORD.fullmatch(word) for word in words):
                continue
            if any(_is_same(words, term) for term in known):
                continue
            if _stands_alone(line, match, words) if english else _is_term(line, match, words):
                told = {"term": match[1]}
                yield Finding("term_undefined", line.clause, line.number, match[1], told)


def _is_same(words: list[str], term: list[frozenset[str]]) -> bool:
    return len(words) == len(term) and all(
        forms_of(word) & wanted for word, wanted in zip(words, term, strict=True)
    )


def _stands_alone(line: Line, match: re.Match[str], words: list[str]) -> bool:
    """English: after an article and before no noun that the words would be the name of."""
    after = line.text[match.end() :]
    return (
        bool(ENGLISH_LEAD.search(line.text[: match.start()]))
        and all(word.istitle() for word in words)
        and not re.match(r"\s+[A-Za-z]", after)
        and not re.match(r"\s*(?:means|shall)", after)
    )


def _is_term(line: Line, match: re.Match[str], words: list[str]) -> bool:
    """Russian: common words, the first with a capital, declined or led by no noun."""
    if not words[0].istitle() or any(not word.islower() for word in words[1:]):
        return False
    if any(not is_known(word.lower()) or _is_name(word) for word in words):
        return False
    before = line.text[: match.start()].rstrip()
    lead = re.search(r"(?<![\w»”“\"])([а-яё]+)$", before)
    if not lead or re.search(r"[»”\"]\s*,?\s*(?:и|или|,)$", before):
        return False
    tag = parses(lead[1])[0].tag
    noun = any("NOUN" in reading.tag for word in words for reading in parses(word.lower())[:1])
    return noun and (any(kind in tag for kind in LEADS) or _is_declined(words))


def _is_name(word: str) -> bool:
    return any(name in parses(word.lower())[0].tag for name in NAMES)


def _is_declined(words: list[str]) -> bool:
    """A name keeps the nominative («в газете „Труд“»), a term follows its sentence."""
    return not any("nomn" in reading.tag for reading in parses(words[0].lower()))
