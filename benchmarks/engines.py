"""The text engines: a contract of 200 clauses on 30 pages, compared with 60 edits."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from benchmarks.measuring import Bench, Row
from zabota.contracts import compare
from zabota.contracts.text.edit import from_parts, parts
from zabota.contracts.text.html import Shown, comparison_html, document_html
from zabota.contracts.text.tree import (
    Cell,
    Clause,
    Document,
    Field,
    Paragraph,
    Table,
    Text,
)
from zabota.contracts.text.tree import Row as TableRow

SAMPLE = """
Поставщик обязуется передать товар в собственность Покупателя а Покупатель принять и оплатить
его в порядке сроки размере которые установлены настоящим Договором спецификацией сторонами
течение рабочих дней с даты подписания универсального передаточного документа неустойку за
каждый день просрочки от стоимости непоставленного не более суммы ответственность форс-мажор
"""
WORDS = SAMPLE.split()
AT = datetime(2026, 11, 22, tzinfo=UTC)


def measure(bench: Bench) -> None:
    """A line each; those with a limit stand beside it."""
    for name, call, aim in lines():
        took = bench.timed(call, django=False)()
        beside = {"beside": "aim", "beside_ms": aim, "sense": "longer", "aim": 1.0} if aim else {}
        bench.rows.append(Row("engines", name, took.ms, None, **beside))  # type: ignore[arg-type]


def lines() -> list[tuple[str, Callable[[], object], float | None]]:
    """What is done with the contract, and in how many milliseconds it should be."""
    chance = random.Random(7)
    old = contract(chance)
    new = edited(old, chance)
    shown = Shown()
    comparison = compare.documents(old, new)
    foreign = Document(tuple(replace(clause, id=f"x-{clause.id}") for clause in new.clauses))
    clause = old.clauses[10]
    typed = {part.key: part.plain + " и ещё" for part in parts(clause.blocks)}
    return [
        ("compare 200 clauses, 60 edits", lambda: compare.documents(old, new), 100),
        ("compare with itself", lambda: compare.documents(old, old), None),
        ("compare, every clause rewritten", partial(compare.documents, old, rewritten(old)), 300),
        ("HTML of the text", lambda: document_html(new, shown), None),
        ("HTML of the redline", lambda: comparison_html(comparison, shown, shown), None),
        ("match a foreign text without ids", lambda: compare.match_clauses(old, foreign), None),
        (
            "find the nearest of 8 forms",
            lambda: compare.nearest(new, {str(n): old for n in range(8)}),
            None,
        ),
        ("take over the edit of a clause", lambda: from_parts(clause.blocks, typed), None),
    ]


def contract(chance: random.Random) -> Document:
    """A text of the usual length: about 60 words a clause, a table in each tenth."""
    clauses = []
    for index in range(200):
        blocks: list[Paragraph | Table] = [
            Paragraph((Text(sentence(chance)), Field("price", ("bold",)), Text(sentence(chance))))
            for _ in range(2)
        ]
        if index % 10 == 0:
            cells = [
                [Cell((Paragraph((Text(chance.choice(WORDS)),)),)) for _ in range(4)]
                for _ in range(6)
            ]
            blocks.append(Table(tuple(TableRow(tuple(row)) for row in cells)))
        clauses.append(Clause(f"c{index}", tuple(blocks)))
    return Document(tuple(clauses))


def sentence(chance: random.Random) -> str:
    """About fifteen words."""
    return " ".join(chance.choices(WORDS, k=15)) + ". "


def edited(old: Document, chance: random.Random) -> Document:
    """Forty clauses reworded, ten deleted, five added, five moved."""
    clauses = list(old.clauses)
    for index in chance.sample(range(200), 40):
        clauses[index] = reworded(clauses[index], chance)
    for _ in range(10):
        del clauses[chance.randrange(len(clauses))]
    for number in range(5):
        new = Clause(f"new{number}", (Paragraph((Text(sentence(chance)),)),))
        clauses.insert(chance.randrange(len(clauses)), new)
    for _ in range(5):
        clauses.insert(chance.randrange(len(clauses)), clauses.pop(chance.randrange(len(clauses))))
    return Document(tuple(clauses))


def reworded(clause: Clause, chance: random.Random) -> Clause:
    """Some words of the first paragraph replaced."""
    first = clause.blocks[0]
    assert isinstance(first, Paragraph)
    words = [
        chance.choice(WORDS) if chance.random() < 0.2 else word for word in sentence(chance).split()
    ]
    runs = (Text(" ".join(words)), *first.runs[1:])
    return replace(clause, blocks=(replace(first, runs=runs), *clause.blocks[1:]))


def rewritten(old: Document) -> Document:
    """Every clause with other words."""
    chance = random.Random(11)
    return Document(tuple(reworded(clause, chance) for clause in old.clauses))


def reworded_document(document: Document, seed: int) -> Document:
    """The same with other words in one clause."""
    clauses = list(document.clauses)
    clauses[100] = reworded(clauses[100], random.Random(seed))
    return Document(tuple(clauses))
