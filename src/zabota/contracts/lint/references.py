"""Mentions of clauses and annexes that are not there."""

import re
from collections.abc import Iterator
from typing import Final

from zabota.contracts.lint.finding import Finding
from zabota.contracts.lint.lines import ANNEX, Line, Reading, is_annex
from zabota.contracts.text.numbering import paragraphs_of, plain_number
from zabota.contracts.text.references import ELSEWHERE
from zabota.contracts.text.tree import Reference

NUMBER: Final = r"\d{1,3}(?:\.\d{1,3})*"
MENTION: Final = re.compile(
    rf"\b(?P<lead>пп?\.\s?|подп?\.\s?|пункт(?:а|у|ом|е|ы|ов|ам|ами|ах)?\s|подпункт\w*\s"
    rf"|раздел(?:а|у|ом|е|ы|ов|ам|ах)?\s|(?:sub-?)?clauses?\s|sections?\s|paragraphs?\s)\s*"
    rf"(?P<list>{NUMBER}(?:\s*(?:,|;|и|или|and|or|–|—|-|to)\s*(?:п\.\s*)?{NUMBER}(?!\s*%))*)"
    rf"(?![\d.]*\d)",
    re.I,
)
# What follows and says that it is somebody else's text.
LAW: Final = re.compile(
    r"^[\s\u00a0,]*"
    r"(?:\(?(?:част|абзац|подпункт|пункт|п\.|ст\.|стать|глав|раздел)[\w.]*\s*[\d.]+[\s,]*(?:и\s[\d.]+\s)?)*"
    r"(?:ст\.|стать|закон|указ(?:а|у|ом|е)?\b|постановлен|приказ|правил|положени[яею]\b"
    r"(?! настоящ| договор)"
    r"|гк\b|нк\b|тк\b|апк\b|гпк\b|кодекс|федеральн|инструкц|устав|снип|гост|регламент"
    r"|приложени|прил\.|спецификац"
    r"|договора (?:от|№|аренды|поставки|подряда|займа|лизинга|об|о\s|на|купли)"
    r"|соглашения (?:от|№|о\s|об\s)|рамочн|основного|изменяемого"
    r"|of (?:the )?(?:\w+ ){0,3}(?:laws?|codes?|acts?|annex|appendix|schedule|regulations?"
    r"|directive|charter|gdpr|rules|incoterms)\b)",
    re.I,
)
# A number of one part may be another list's, unless it is said whose it is.
OWN: Final = re.compile(
    r"^\s*(?:настоящ\w+ )?(?:Договор|Соглашени|договора\b|of this|of the (?:Agreement|Contract))",
    re.I,
)
ITEM: Final = re.compile(
    rf"\bподп(?:\.|ункт\w*)\s*[«\"“„]?(?P<letter>[а-яё]|\d{{1,2}})[»\"”“]?\)?\s*(?:п\.|пункт\w*)\s*"
    rf"(?P<of>{NUMBER})(?![\d.]*\d)"
    rf"|\b(?:sub-?)?(?:clause|section|paragraph)\s+(?P<number>{NUMBER})\s?\((?P<item>[a-z])\)",
    re.I,
)
TYPED_ITEM: Final = re.compile(r"(?:^|[\s;:(])([а-яёa-z]|\d{1,2})\)")
SECTION: Final = re.compile(r"раздел|section", re.I)
BEFORE_LAW: Final = re.compile(
    r"\b(?:ГОСТ|СНиП|СП|ФЗ|кодекс\w*|закон\w*|Правил|ГК РФ|НК РФ|Act|Code)\b[^.;]{0,20}$", re.I
)
ANNEX_MENTION: Final = re.compile(
    r"\b(?:приложени(?:е|я|ю|ем|и|ях|ям)|прил\.|annex(?:es)?|appendix|schedule|exhibit)"
    r"\s*(?:№|no\.?)?\s*(\d{1,3})\b(?!\.\d)",
    re.I,
)


def check_references(reading: Reading) -> Iterator[Finding]:
    """«п. 4.7» where there is no 4.7, an annex not enclosed, a link whose clause is gone."""
    known = _known(reading)
    for line in reading.lines:
        for match in MENTION.finditer(line.text):
            after, before = line.text[match.end() :], line.text[: match.start()]
            if LAW.match(after) or ELSEWHERE.match(after) or BEFORE_LAW.search(before[-40:]):
                continue
            if not known:
                continue
            sure = bool(OWN.match(after)) or bool(SECTION.match(match["lead"]))
            for number in re.findall(NUMBER, match["list"]):
                if "." not in number and not sure:
                    continue
                if number not in known and not _in_reference(line, match):
                    yield Finding(
                        "reference_nowhere",
                        line.clause,
                        line.number,
                        line.around(match.start(), match.end()),
                        {"number": number},
                    )
    yield from _items(reading, known)
    yield from _annexes(reading)
    yield from _lost(reading)


def _in_reference(line: Line, match: re.Match[str]) -> bool:
    """Whether the number comes from a field: a value names another contract's clause."""
    start, end = match.span("list")
    return any(at < end and start < stop for at, stop, _name in line.fields)


def _known(reading: Reading) -> frozenset[str]:
    known = set(reading.numbers.values()) | {plain_number(n) for n in reading.inner.values()}
    for line in reading.lines:
        if typed := re.match(rf"\s*({NUMBER})[.)]?\s", line.text):
            known.add(typed[1])
    whole = {number.rpartition(".")[0] for number in known if "." in number}
    return frozenset(known | whole) - {""}


def _items(reading: Reading, known: frozenset[str]) -> Iterator[Finding]:
    """«подп. „д“ п. 4.1» where the items of 4.1 end with «г»."""
    lettered = _lettered(reading)
    for line in reading.lines:
        for match in ITEM.finditer(line.text):
            number, letter = match["of"] or match["number"], match["letter"] or match["item"]
            after = line.text[match.end() :]
            if number not in known or LAW.match(after) or ELSEWHERE.match(after):
                continue
            there = lettered.get(number, set())
            if letter.isdigit() and not any(one.isdigit() for one in there):
                continue
            if letter.lower() not in there:
                yield Finding(
                    "reference_nowhere",
                    line.clause,
                    line.number,
                    line.around(match.start(), match.end()),
                    {"number": f"{number} ({letter})"},
                )


def _lettered(reading: Reading) -> dict[str, set[str]]:
    """Letters of the items of each numbered clause, counted or typed."""
    texts: dict[str, list[str]] = {}
    for line in reading.lines:
        texts.setdefault(line.clause, []).append(line.text)
    found: dict[str, set[str]] = {}
    for clause in reading.clauses:
        own = found.setdefault(reading.numbers.get(clause.id, ""), set())
        for inner in (clause, *clause.children):
            own.update(TYPED_ITEM.findall(" ".join(texts.get(inner.id, ()))))
            if inner is not clause:
                own.add(reading.numbers.get(inner.id, "").rpartition(".")[2])
        own.update(
            plain_number(told) for (holder, _), told in reading.inner.items() if holder == clause.id
        )
    return found


def _annexes(reading: Reading) -> Iterator[Finding]:
    there = {
        found[1]
        for line in reading.lines
        if is_annex(line) and (found := ANNEX.match(line.text)) and found[1]
    }
    if not there:
        return
    for line in reading.lines:
        if is_annex(line):
            continue
        for match in ANNEX_MENTION.finditer(line.text):
            if match[1] not in there and not LAW.match(line.text[match.end() :]):
                yield Finding(
                    "annex_nowhere",
                    line.clause,
                    line.number,
                    line.around(match.start(), match.end()),
                    {"number": match[1]},
                )


def _lost(reading: Reading) -> Iterator[Finding]:
    ids = {clause.id for clause in reading.clauses}
    for clause in reading.clauses:
        for paragraph in paragraphs_of(clause.blocks):
            for run in paragraph.runs:
                if isinstance(run, Reference) and run.kind == "clause" and run.target not in ids:
                    yield Finding("reference_lost", clause.id, reading.numbers.get(clause.id, ""))
