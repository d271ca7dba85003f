"""Twelve Russian contracts made apart from the importer: the numbers paper shows, the same words.

The files are made by `python -m tools.test_contracts`; numbers.json holds what LibreOffice prints
(`python -m tools.test_contracts.expected`), put right by the standard where LibreOffice departs
from it, which its "notes" say.
"""

import json
import re
from difflib import unified_diff
from pathlib import Path
from time import perf_counter

import pytest

from tests.contracts.test_paper_folds import bare, in_word, on_paper, words_of
from zabota.contracts.docx.read import Reading, read
from zabota.contracts.text.html import Shown, document_html
from zabota.contracts.text.numbering import clauses_of, numbers, paragraph_numbers, plain_number
from zabota.contracts.text.tree import Document
from zabota.contracts.text.words import blocks_text

DATA = Path(__file__).resolve().parents[2] / "data" / "contracts"
EXPECTED = json.loads((DATA / "numbers.json").read_text(encoding="utf8"))
FILES = sorted(DATA.glob("*.docx"))
MAX_SECONDS = 5.0
HEAD = 40

each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def plain(words: str) -> str:
    """Letters and signs alone: kinds of space and hyphen are the page's business."""
    words = words.replace("\u2011", "-").replace("\u00ad", "")
    return re.sub(r"\s", "", words)


def numbered(document: Document) -> list[tuple[str, str]]:
    """(number, first words) of each clause whose number has a letter or a figure in it."""
    shown = numbers(document)
    return [
        (plain(shown[clause.id]), plain(blocks_text(clause.blocks)))
        for clause in clauses_of(document)
        if re.search(r"\w", shown.get(clause.id, ""))
    ]


def test_there_are_twelve_of_ten_to_forty_pages() -> None:
    assert len(FILES) == 12
    assert all(10 <= EXPECTED["pages"][file.name] <= 40 for file in FILES)
    assert {file.name for file in FILES} == set(EXPECTED["contracts"])


@each_file
def test_numbers_are_those_on_paper(file: Path) -> None:
    data = file.read_bytes()
    start = perf_counter()
    document = read(data, revisions="accept").document
    assert perf_counter() - start < MAX_SECONDS
    paper = [(plain(number), plain(words)) for number, words in EXPECTED["contracts"][file.name]]
    heads = {words for _, words in paper}
    ours = [(number, _cut(words, heads)) for number, words in numbered(document)]
    differ = [
        line
        for line in unified_diff(_lines(paper), _lines(ours), "paper", "ours", lineterm="", n=0)
        if not line.startswith("@@")
    ]
    assert not differ, "\n".join(differ)


def _lines(pairs: list[tuple[str, str]]) -> list[str]:
    return [f"{number} {words}" for number, words in pairs]


def _cut(words: str, heads: set[str]) -> str:
    """The longest of paper's beginnings that the words begin with: equal pairs, equal lines."""
    fitting = [head for head in heads if head and words.startswith(head)]
    return max(fitting, key=len, default=words[:HEAD])


def screen(reading: Reading) -> str:
    """The whole contract as the browser shows it, the marks that call notes left out."""
    document = reading.document
    shown = Shown(
        numbers={name: plain_number(shown) for name, shown in numbers(document).items()},
        paragraphs=paragraph_numbers(document),
        labels={f"!{thing.kind}": f"[{thing.kind}]" for thing in reading.kept},
    )
    return bare(words_of(document_html(document, shown)))


def with_plain_numbers(document: Document, paper: list[str]) -> str:
    """The same words as paper's; a page in the browser shows numbers without the last dot."""
    shown = numbers(document)
    said = ""
    for clause, words in zip(clauses_of(document), paper, strict=True):
        number = shown.get(clause.id, "")
        said += bare(plain_number(number)) + words.removeprefix(bare(number))
    return said


@each_file
def test_screen_paper_and_word_say_the_same(file: Path) -> None:
    data = file.read_bytes()
    reading = read(data, revisions="accept")
    clauses = on_paper(reading.document, {})
    paper = "".join(clauses)
    assert len(paper) > 9_000
    assert screen(reading) == with_plain_numbers(reading.document, clauses)
    # In the Word file a picture is itself; the page and paper name it.
    pictures = paper.replace("[picture]", "")
    assert in_word(reading.document, {}, data, reading.objects) == pictures
