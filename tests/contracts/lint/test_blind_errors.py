"""Errors planted in contracts by somebody who had not seen the linter, and some by one who had.

Nine texts of `blind/` and the 134 errors in `planted.toml` were written and committed before their
author opened the linter or its tests; each error is planted alone in its copy. The first reading
found 107 of 134, with 7 false alarms in the nine clean texts; by kind: sums 18 of 19, dates 12 of
17, references 17 of 21, terms 6 of 13, requisites 17 of 18 (one of them for a wrong reason),
empty 7 of 9, currencies 8 of 9, letters 9 of 10, numbering 7 of 10, VAT 6 of 8. After the linter
was mended: 134 of 134, no false alarm, of texts the mender knew.

So 55 more were planted in three more contracts (`planted_later.toml`) in other ways of writing:
the mended linter found 46 of them (terms 3 of 6, currencies 1 of 3, numbering 2 of 4, references 8
of 9, requisites 6 of 7, the rest whole) with one false alarm in the three clean texts. After a
second mending: 55 of 55, none. What a contract nobody has tuned for would show is nearer 46 of 55.
`-s` prints the figures.
"""

import io
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import docx
import pytest

from zabota.contracts.docx.read import read
from zabota.contracts.lint import KINDS, Finding, lint
from zabota.contracts.text.numbering import clauses_of, numbers, paragraphs_of, plain_number
from zabota.contracts.text.references import link
from zabota.contracts.text.tree import Document

BLIND: Final = Path(__file__).parent / "blind"
ENGLISH: Final = frozenset({"nda", "consulting", "distribution"})
CALLED: Final = {
    "words": "sums", "dates": "dates", "references": "references", "terms": "terms",
    "details": "requisites", "empty": "empty", "currency": "currencies", "alphabet": "letters",
    "numbering": "numbering", "vat": "vat",
}  # fmt: skip
TEXTS: Final = {path.stem: path.read_text("utf-8") for path in sorted(BLIND.glob("*.txt"))}


@dataclass(frozen=True)
class Planted:
    """One error: in which text, of which kind, in which clause, the words before and after."""

    text: str
    kind: str
    clause: str
    old: str
    new: str
    what: str

    def __str__(self) -> str:
        return f"{self.text} {self.clause} {self.kind}: {self.what}"

    def grow(self) -> str:
        clean = TEXTS[self.text]
        assert clean.count(self.old) == 1
        return clean.replace(self.old, self.new)


PLANTED: Final = [
    Planted(**one)
    for file in ("planted.toml", "planted_later.toml")
    for one in tomllib.loads((BLIND / file).read_text("utf-8"))["error"]
]


@cache
def cards(text: str) -> dict[str, dict[str, str]]:
    """The parties' cards: the first is ours, the second the client's."""
    told = tomllib.loads((BLIND / "cards.toml").read_text("utf-8"))["party"]
    own = [card for card in told if card["text"] == text]
    return dict(zip(["client", "firm"], reversed(own), strict=False))


def typed(source: str) -> Document:
    """The text as the app takes it: a Word file with numbers typed by hand, read and linked."""
    word = docx.Document()
    for line in source.strip().splitlines():
        word.add_paragraph(line)
    file = io.BytesIO()
    word.save(file)
    return link(read(file.getvalue()).document)


def errors(text: str, document: Document) -> list[Finding]:
    language = "en" if text in ENGLISH else "ru"
    return lint(document, language=language, cards=cards(text))


@cache
def clean(text: str) -> tuple[Finding, ...]:
    return tuple(errors(text, typed(TEXTS[text])))


def same(one: Finding) -> tuple[str, str, str]:
    return one.code, one.words, str(sorted(one.params.items()))


@cache
def look(error: Planted) -> tuple[bool, tuple[Finding, ...]]:
    """Whether the error is found in its clause by its kind, and what else is cried."""
    document = typed(error.grow())
    was = set(TEXTS[error.text].splitlines())
    changed = [line for line in error.grow().splitlines() if line not in was]
    told = {key: plain_number(value) for key, value in numbers(document).items()}
    places = set()
    for clause in clauses_of(document):
        for paragraph in paragraphs_of(clause.blocks):
            said = "".join(getattr(run, "text", "\0") for run in paragraph.runs)
            for line in changed:
                pieces = [piece for piece in said.split("\0") if piece.strip()]
                if pieces and all(piece.strip() in line for piece in pieces):
                    places.add(clause.id)
    assert places, (error, told)
    before = Counter(map(same, clean(error.text)))
    new = []
    for one in errors(error.text, document):
        before[same(one)] -= 1
        if before[same(one)] < 0:
            new.append(one)
    kind = CALLED[error.kind]
    hits = [one for one in new if one.kind == kind and one.clause in places]
    return bool(hits), tuple(one for one in new if one not in hits)


def test_the_planted_errors_are_of_every_kind() -> None:
    counted = Counter(CALLED[error.kind] for error in PLANTED)
    assert set(counted) == set(KINDS)
    assert min(counted.values()) >= 4
    assert len(PLANTED) == len(set(PLANTED)) == 134 + 55


def test_every_planted_error_is_found_in_its_clause_by_its_kind() -> None:
    counted, hit = Counter[str](), Counter[str]()
    missed = []
    for error in PLANTED:
        found, others = look(error)
        counted[error.kind] += 1
        hit[error.kind] += found
        # A number written twice is told of at both, what it took away is missed where it is named.
        rest = {one.code for one in others}
        assert not rest or error.kind == "numbering", (str(error), others)
        assert rest <= {"number_again", "number_gap", "reference_nowhere"}, (str(error), others)
        if not found:
            missed.append(str(error))
    for kind, number in counted.items():
        print(f"{kind}: {hit[kind]} of {number}")
    assert missed == []


@pytest.mark.parametrize("text", TEXTS)
def test_a_clean_contract_raises_at_most_one_false_alarm(text: str) -> None:
    print(f"{text}: {len(clean(text))} false alarms")
    assert len(clean(text)) <= 1, clean(text)
