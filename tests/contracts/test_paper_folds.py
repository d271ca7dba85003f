"""The page in the browser, the page on paper and the Word file bear the same words and numbers."""

import re
from collections.abc import Mapping, Sequence
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

import zabota.contracts
from tests.contracts.sample_trees import FIELDS, documents, notes_last
from zabota.contracts.docx.read import read
from zabota.contracts.docx.write import write
from zabota.contracts.paper.fold import EMPTY, fold_document
from zabota.contracts.text.html import Shown, clause_html
from zabota.contracts.text.numbering import clauses_of, numbers, plain_number
from zabota.contracts.text.tree import Document
from zabota.contracts.text.words import plain_text

SHIPPED = Path(zabota.contracts.__file__).parent / "shipped"
NO_NUMBER = re.compile(r'<sup class="(?:note|n)">.*?</sup>')


def bare(text: str) -> str:
    """Characters alone: where a line ends is each page's own business."""
    return re.sub(r"\s", "", text)


def on_screen(document: Document, values: Mapping[str, str]) -> list[str]:
    """What each clause says in the browser, the marks that call notes left out."""
    shown_numbers = numbers(document)
    shown = Shown(
        values=values,
        numbers={name: plain_number(number) for name, number in shown_numbers.items()},
        labels=dict.fromkeys(values, EMPTY),
    )
    return [
        bare(
            shown_numbers.get(clause.id, "")
            + words_of(clause_html(clause.blocks, shown, clause.id))
        )
        for clause in clauses_of(document)
    ]


def words_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", NO_NUMBER.sub("", html)))


def on_paper(document: Document, values: Mapping[str, str]) -> list[str]:
    """What each clause says in the data Typst sets."""
    found = []
    for clause in fold_document(document, numbers(document), values):
        assert isinstance(clause, dict)
        notes: list[Any] = []
        blocks = clause["blocks"]
        assert isinstance(blocks, list)
        found.append(bare(f"{clause['number']}{_said(blocks, notes)}{_said(notes, [])}"))
    return found


def _said(blocks: Sequence[Any], notes: list[Any]) -> str:
    said = ""
    for block in blocks:
        if block["kind"] == "table":
            said += "".join(_said(cell["blocks"], notes) for cell in block["cells"])
            continue
        for run in block["runs"]:
            said += run.get("text", "") + "_" * run.get("empty", 0)
            notes += run.get("note", [])
    return said


def in_word(
    document: Document,
    values: Mapping[str, str],
    package: bytes | None = None,
    kept: Mapping[str, str] | None = None,
) -> str:
    """What the Word file says, read again, its values put back into their places."""
    made = write(
        document,
        numbers(document),
        values,
        package=package,
        language="ru",
        title="Договор",
        kept=kept,
    )
    again = read(made)
    assert again.values == {name: values[name] for name in again.values}
    text = plain_text(notes_last(again.document))
    for name, value in again.values.items():
        text = text.replace("{{" + name + "}}", value or EMPTY)
    return bare(text)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(documents(quiet=True))
def test_screen_paper_and_word_say_the_same(document: Document) -> None:
    paper = on_paper(document, FIELDS)
    assert on_screen(document, FIELDS) == paper
    assert in_word(document, FIELDS) == "".join(paper)


@pytest.mark.parametrize("form", sorted(SHIPPED.glob("*.docx")), ids=lambda form: form.stem)
def test_each_shipped_form_says_the_same_everywhere(form: Path) -> None:
    package = form.read_bytes()
    reading = read(package)
    document, values = reading.document, {spec.name: f"‹{spec.name}›" for spec in reading.fields}
    paper = on_paper(document, values)
    assert on_screen(document, values) == paper
    assert in_word(document, values, package, reading.objects) == "".join(paper)
