"""What a clause is called in a sentence, where its number alone does not tell which is meant."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from zabota.contracts.text.numbering import numbers, paragraphs_of, plain_number
from zabota.contracts.text.tree import Break, Clause, Document, Kept, Text

type Quoted = Callable[[str], str]

CYRILLIC = re.compile("[А-Яа-яЁё]")
LONGEST = 40
MOST_ALIKE = 100
# An annex is called by its name; what it is an annex to everybody knows.
ANNEX = re.compile(
    r"(?:приложение|annex|appendix|schedule|exhibit)\s*(?:№|no\.?)?\s*[\w.-]{1,8}(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Named:
    """One clause as its name is made of it: number and words as they are read, depth from 0."""

    number: str
    depth: int
    heading: bool
    words: str


def clause_names(document: Document) -> dict[str, str]:
    """Name every numbered clause of a text by its id, as a page names it."""
    told = named_clauses(document)
    names = zip(told, names_of(told.values()), strict=True)
    return {clause: name for clause, name in names if told[clause].number}


def named_clauses(document: Document) -> dict[str, Named]:
    """All clauses of a text in reading order, by id; of fields and references the words say
    nothing.
    """
    shown = {key: plain_number(found) for key, found in numbers(document).items()}
    return {
        one.id: Named(shown.get(one.id, ""), depth, one.heading, _said(one))
        for one, depth in _with_depth(document)
    }


def as_written(words: str) -> str:
    """Words in the quotes of their own language: «так», “so”."""
    return f"«{words}»" if CYRILLIC.search(words) else f"“{words}”"


def names_of(clauses: Iterable[Named], quoted: Quoted = as_written) -> list[str]:
    """Names in reading order, no two alike: a clause is called by its number; a lettered one also
    by what it belongs to; one without a number by its first words; where an annex counts anew, also
    by the annex: «4.2», «4.2, б», «4.2 «Товар отгружа…»», «1.2 («Приложение № 1»)».
    """
    above: list[tuple[Named, str]] = []
    found: list[str] = []
    taken: set[str] = set()
    part = ""
    for one in clauses:
        above = [higher for higher in above if higher[0].depth < one.depth]
        parent, inside = above[-1] if above else (None, "")
        words = _first(one)
        said = quoted(words) if words else ""
        name = _name(one, said, parent, inside)
        if name in taken:
            name = next((other for other in _longer(name, part, said) if other not in taken), name)
        found.append(name)
        taken.add(name)
        above.append((one, name))
        if one.heading and not one.number:
            part = name
    return found


def _name(one: Named, said: str, parent: Named | None, inside: str) -> str:
    if not one.number:
        return " ".join(part for part in ("" if one.heading else inside, said) if part)
    if parent is None or not inside or one.number.startswith(f"{parent.number}."):
        return one.number
    return f"{inside}, {one.number}" if parent.number else f"{one.number} ({inside})"


def _longer(name: str, part: str, said: str) -> Iterator[str]:
    if part:
        yield f"{name} ({part})"
    named = f"{name} {said}" if said else name
    yield named
    yield from (f"{named} ({count})" for count in range(2, MOST_ALIKE))


def _first(one: Named) -> str:
    words = " ".join(one.words.split())
    if one.heading and (annex := ANNEX.match(words)):
        return annex[0]
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"


def _said(clause: Clause) -> str:
    words = []
    for paragraph in paragraphs_of(clause.blocks):
        for run in paragraph.runs:
            match run:
                case Text(text=text) | Kept(words=text):
                    words.append(text)
                case Break():
                    words.append(" ")
                case _:
                    words.append("…")
        words.append(" ")
    return "".join(words)


def _with_depth(document: Document) -> Iterator[tuple[Clause, int]]:
    waiting = [(clause, 0) for clause in reversed(document.clauses)]
    while waiting:
        clause, depth = waiting.pop()
        yield clause, depth
        waiting += [(child, depth + 1) for child in reversed(clause.children)]
