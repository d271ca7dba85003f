"""Mentions of clauses in sentences, made to follow the clause when numbers change."""

import re
from dataclasses import replace

from zabota.contracts.text.numbering import clauses_of, numbers, plain_number
from zabota.contracts.text.tree import (
    Block,
    Clause,
    Document,
    Note,
    Paragraph,
    Reference,
    Run,
    Table,
    Text,
)

# A dot inside a number belongs to it, a dot after it to the sentence.
MENTION = re.compile(
    r"(?P<lead>\b(?:п\.|пп\.|пункт(?:а|у|ом|е|ы|ов|ам|ами|ах)?|подпункт(?:а|у|ом|е)?|пп?\."
    r"|clauses?|sub-?clauses?|sections?|paragraphs?)[\s\u00a0]*)"
    r"(?P<number>\d{1,3}(?:\.\d{1,3})+)(?![\d.]*\d)",
    re.IGNORECASE,
)
# «п. 2.1 ст. 450 ГК РФ» and «clause 4.2 of the Civil Code» name somebody else's text.
ELSEWHERE = re.compile(
    r"^[\s\u00a0]*(?:(?:,|и|and)[\s\u00a0]*\d|ст\.|стать|закон|указ|постановлен|приказ|правил"
    r"|положени|гк\b|нк\b|тк\b|кодекс|приложени|of the (?!contract|agreement|present)|of (?:annex"
    r"|appendix|schedule|article|law))",
    re.IGNORECASE,
)


def link(document: Document) -> Document:
    """Turn mentions such as «п. 4.2 договора» into references, where exactly one clause is named.

    Only numbers of two or more parts are linked: «пункт 4» may well be another document's. What
    names nothing, several clauses, or a law's article stays text.
    """
    named: dict[str, list[str]] = {}
    shown = numbers(document)
    for clause in clauses_of(document):
        if clause.id in shown:
            named.setdefault(plain_number(shown[clause.id]), []).append(clause.id)
    targets = {number: ids[0] for number, ids in named.items() if len(ids) == 1}
    return replace(document, clauses=tuple(_clause(c, targets) for c in document.clauses))


def _clause(clause: Clause, targets: dict[str, str]) -> Clause:
    return replace(
        clause,
        blocks=tuple(_block(block, targets) for block in clause.blocks),
        children=tuple(_clause(child, targets) for child in clause.children),
    )


def _block(block: Block, targets: dict[str, str]) -> Block:
    if isinstance(block, Paragraph):
        runs = tuple(part for run in block.runs for part in _run(run, targets))
        return replace(block, runs=runs)
    if isinstance(block, Table):
        rows = tuple(
            replace(
                row,
                cells=tuple(
                    replace(cell, blocks=tuple(_block(inner, targets) for inner in cell.blocks))
                    for cell in row.cells
                ),
            )
            for row in block.rows
        )
        return replace(block, rows=rows)
    assert isinstance(block, Note)
    return replace(block, blocks=tuple(_block(inner, targets) for inner in block.blocks))


def _run(run: Run, targets: dict[str, str]) -> list[Run]:
    if not isinstance(run, Text):
        return [run]
    parts: list[Run] = []
    done = 0
    for match in MENTION.finditer(run.text):
        target = targets.get(match["number"])
        if target is None or ELSEWHERE.match(run.text[match.end() :]):
            continue
        parts.append(Text(run.text[done : match.start("number")], run.marks))
        parts.append(Reference(target, marks=run.marks))
        done = match.end()
    rest = run.text[done:]
    return [*parts, Text(rest, run.marks)] if rest or not parts else parts
