"""Positions, companies and grounds of authority in any case.

Only the head noun and the words that agree with it are turned: «генеральный директор по развитию»
→ «генерального директора по развитию»; what is in quotation marks stays as it is.
"""

import re
from typing import Any, Final

from zabota.common.language.morphology import GRAMMEMES, is_known, like, parses
from zabota.common.language.people import decline_name
from zabota.common.language.said import Case, Said

WORD: Final = re.compile(r"[А-ЯЁа-яё]+(?:-[А-ЯЁа-яё]+)*")
QUOTED: Final = re.compile(r"[«“„\"]")
# Participles and adjectives that stand for a person: «управляющий», «заведующая складом».
AS_NOUNS: Final = frozenset({
    "управляющий", "управляющая", "заведующий", "заведующая", "уполномоченный", "уполномоченная",
    "доверенный", "доверенная", "поверенный", "служащий", "служащая", "командующий",
    "исполняющий", "исполняющая",
})  # fmt: skip
SHORT: Final = re.compile(r"(?:ООО|АО|ПАО|ЗАО|ОАО|НКО|АНО|ФГУП|МУП|ГУП|ИП|КФХ)$")
# First halves that never turn: «вице-президент».
FIXED: Final = frozenset({"вице", "экс", "пресс", "бизнес", "топ", "веб"})
SURE, LIKELY, GUESS = 0.95, 0.85, 0.4


def decline_position(position: str, case: Case = "gen") -> Said:
    """«генеральный директор» → «генерального директора»; a hyphen joins two heads, as in
    «директор-распорядитель». Where no head noun is found it stays as it is, unsure.
    """
    if position.strip().lower() in ("и. о.", "ио"):
        return Said(position, GUESS)
    return _decline_phrase(position, case)


def decline_company(name: str, case: Case = "gen") -> Said:
    """«Общество с ограниченной ответственностью „Ромашка“» → «Общества …»: abbreviations and what
    is in quotation marks stay; of an entrepreneur the name is declined as well.
    """
    words = name.split()
    if words and SHORT.match(words[0]):
        if words[0] == "ИП" and len(words) > 1:
            said = decline_name(" ".join(words[1:]), case)
            return Said(f"ИП {said.text}", said.confidence)
        return Said(name)
    person = re.match(r"(индивидуальный предприниматель|гражданин|гражданка)\s+(.+)", name, re.I)
    if person:
        head, tail = _decline_phrase(person[1], case), decline_name(person[2], case)
        return Said(f"{head.text} {tail.text}", min(head.confidence, tail.confidence))
    mark = QUOTED.search(name)
    place = mark.start() if mark else len(name)
    said = _decline_phrase(name[:place], case)
    return Said(said.text + name[place:], said.confidence)


def decline_authority(words: str, case: Case = "gen") -> Said:
    """«Устав» → «Устава», «доверенность № 5 от 1 марта 2026 года» → «доверенности № 5 от …»; what
    is in that case already stays.
    """
    first = WORD.match(words.strip())
    if first and not _heads(first[0], "nomn") and _has_case(first[0], case):
        return Said(words)
    return _decline_phrase(words, case)


def _decline_phrase(phrase: str, case: Case) -> Said:
    """Adjectives up to the head noun and the noun itself, together; the rest stands."""
    if case == "nom":
        return Said(phrase)
    matches = list(WORD.finditer(phrase))
    for index, match in enumerate(matches):
        word, following = match[0], matches[index + 1 :][:1]
        if _is_adjective(word) and any(_goes_with(after[0]) for after in following):
            continue
        if word.lower() in AS_NOUNS:
            return _turned(phrase, matches[: index + 1], None, case)
        noun = _head(word)
        if noun is not None:
            return _turned(phrase, matches[: index + 1], noun, case)
        break
    return Said(phrase, GUESS)


def _goes_with(word: str) -> bool:
    """Whether an adjective before this word may belong to it: «генеральный директор»."""
    return _is_adjective(word) or _head(word) is not None


def _turned(phrase: str, matches: list[re.Match[str]], noun: Any, case: Case) -> Said:
    """The phrase with those words in the case; adjectives agree with the noun they stand before."""
    said, confidence, at = "", SURE, 0
    for match in matches:
        is_head = match is matches[-1]
        turned = (
            _turn_noun(match[0], noun, case)
            if is_head and noun is not None
            else _turn_adjective(match[0], noun, case)
        )
        if turned is None:
            return Said(phrase, GUESS)
        confidence = min(confidence, turned.confidence)
        said += phrase[at : match.start()] + like(match[0], turned.text)
        at = match.end()
    return Said(said + phrase[at:], confidence)


def _heads(word: str, case: str) -> list[Any]:
    """Readings of a word as a noun in a case of the singular."""
    return [p for p in parses(word.lower()) if {"NOUN", case, "sing"} in p.tag]


def _head(word: str) -> Any:
    last = word.rpartition("-")[2]
    found = [p for p in _heads(last, "nomn") if "Surn" not in p.tag]
    return found[0] if found else None


def _is_adjective(word: str) -> bool:
    last = word.rpartition("-")[2]
    return any(_is_full(reading) for reading in parses(last.lower()))


def _has_case(word: str, case: Case) -> bool:
    return bool(_heads(word, GRAMMEMES[case]))


def _turn_noun(word: str, noun: Any, case: Case) -> Said | None:
    first, dash, _last = word.rpartition("-")
    turned = noun.inflect({GRAMMEMES[case], "sing"})
    if turned is None:
        return None
    confidence = SURE if is_known(noun.word) else GUESS
    if not dash:
        return Said(turned.word, confidence)
    if first.lower() in FIXED:
        return Said(f"{first}-{turned.word}", confidence)
    head = _head(first)
    both = _turn_noun(first, head, case) if head is not None else None
    if both is None or head.tag.animacy != noun.tag.animacy:
        return Said(f"{first}-{turned.word}", GUESS)
    return Said(f"{both.text}-{turned.word}", min(LIKELY, both.confidence))


def _turn_adjective(word: str, noun: Any, case: Case) -> Said | None:
    """In the gender of its noun, or in its own where it stands for a person."""
    first, dash, last = word.rpartition("-")
    for reading in parses(last.lower()):
        if not _is_full(reading) or (noun is not None and reading.tag.gender != noun.tag.gender):
            continue
        wanted = {GRAMMEMES[case], "sing", reading.tag.gender}
        if case == "acc" and reading.tag.gender == "masc":
            wanted.add("anim" if noun is None else noun.tag.animacy)
        turned = reading.inflect(wanted)
        if turned is not None:
            return Said(f"{first}{dash}{turned.word}", SURE if is_known(last.lower()) else GUESS)
    return None


def _is_full(reading: Any) -> bool:
    """Whether it is read as an adjective or participle in the nominative singular."""
    return any({kind, "nomn", "sing"} in reading.tag for kind in ("ADJF", "PRTF"))
