"""How long comparing takes: a contract of 200 clauses on about 30 pages with 60 edits.

    python benchmarks/compare.py

Medians of several runs in one process; the aim is 100 ms for comparing, 300 ms is the limit.
"""

import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from zabota.contracts import compare
from zabota.contracts.text.edit import from_parts, parts
from zabota.contracts.text.html import Shown, comparison_html, document_html
from zabota.contracts.text.tree import Cell, Clause, Document, Field, Paragraph, Row, Table, Text

SAMPLE = """
Поставщик обязуется передать товар в собственность Покупателя а Покупатель принять и оплатить
его в порядке сроки размере которые установлены настоящим Договором спецификацией сторонами
течение рабочих дней с даты подписания универсального передаточного документа неустойку за
каждый день просрочки от стоимости непоставленного не более суммы ответственность форс-мажор
"""
WORDS = SAMPLE.split()
RUNS = 15


def main() -> None:
    """Print the table."""
    chance = random.Random(7)
    old = contract(chance)
    new = edited(old, chance)
    shown = Shown()
    comparison = compare.documents(old, new)
    renamed = Document(tuple(replace(clause, id=f"x-{clause.id}") for clause in new.clauses))
    clause = old.clauses[10]
    typed = {part.key: part.plain + " и ещё" for part in parts(clause.blocks)}
    letters = len(document_html(old, shown))
    print(f"{len(old.clauses)} clauses, {letters:,} letters of HTML, {comparison.counts}\n")
    print(f"{'':44} median ms")
    rows: list[tuple[str, Callable[[], object]]] = [
        ("compare, 60 edits", lambda: compare.documents(old, new)),
        ("compare with itself", lambda: compare.documents(old, old)),
        ("compare, every clause rewritten", lambda: compare.documents(old, rewritten(old))),
        ("compare as one text (words)", lambda: compare.words(whole(old), whole(new))),
        ("clean HTML", lambda: document_html(new, shown)),
        ("redline HTML", lambda: comparison_html(comparison, shown, shown)),
        ("match clauses without ids", lambda: compare.match_clauses(old, renamed)),
        ("nearest of 8 forms", lambda: compare.nearest(new, {str(n): old for n in range(8)})),
        ("take over the edit of one clause", lambda: from_parts(clause.blocks, typed)),
    ]
    for name, run in rows:
        print(f"{name:44} {measured(run):9.1f}")


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
            blocks.append(Table(tuple(Row(tuple(row)) for row in cells)))
        clauses.append(Clause(f"c{index}", tuple(blocks)))
    return Document(tuple(clauses))


def cells(chance: random.Random) -> tuple[Cell, ...]:
    """Four cells of a word."""
    return tuple(Cell((Paragraph((Text(chance.choice(WORDS)),)),)) for _ in range(4))


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


def whole(document: Document) -> str:
    """All words as one text."""
    found = []
    for clause in document.clauses:
        for block in clause.blocks:
            if isinstance(block, Paragraph):
                found += [run.text for run in block.runs if isinstance(run, Text)]
    return "\n".join(found)


def measured(run: Callable[[], object]) -> float:
    """The median of some runs, in milliseconds."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        run()
        times.append((time.perf_counter() - start) * 1000)
    return median(times)


if __name__ == "__main__":
    main()
