"""Giving a text that came back the identities it was sent with."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from zabota.contracts.compare.matching import Match
from zabota.contracts.compare.wordings import all_clauses
from zabota.contracts.text.tree import Block, Clause, Document, Note, Paragraph, Reference, Run


def rebase(new: Document, matches: Sequence[Match]) -> Document:
    """The new text with the identities of the old one, references to clauses included.

    Give only the matches that hold: certain ones and those a person confirmed.
    """
    names = {m.new_id: m.old_id for m in matches if m.new_id is not None and m.old_id is not None}
    own = {clause.id for clause in all_clauses(new.clauses)}
    taken = set(names.values())
    for clause in all_clauses(new.clauses):
        if clause.id not in names and clause.id in taken:
            names[clause.id] = _free(clause.id, taken | own)
            taken.add(names[clause.id])
    return replace(new, clauses=tuple(_renamed(clause, names) for clause in new.clauses))


def _free(name: str, taken: set[str]) -> str:
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"


def _renamed(clause: Clause, names: Mapping[str, str]) -> Clause:
    return replace(
        clause,
        id=names.get(clause.id, clause.id),
        blocks=tuple(_renamed_block(block, names) for block in clause.blocks),
        children=tuple(_renamed(child, names) for child in clause.children),
    )


def _renamed_block(block: Block, names: Mapping[str, str]) -> Block:
    match block:
        case Paragraph(runs=runs):
            return replace(block, runs=tuple(_renamed_run(run, names) for run in runs))
        case Note(blocks=inner):
            return replace(block, blocks=tuple(_renamed_block(part, names) for part in inner))
    rows = tuple(
        replace(
            row,
            cells=tuple(
                replace(cell, blocks=tuple(_renamed_block(part, names) for part in cell.blocks))
                for cell in row.cells
            ),
        )
        for row in block.rows
    )
    return replace(block, rows=rows)


def _renamed_run(run: Run, names: Mapping[str, str]) -> Run:
    if isinstance(run, Reference) and run.kind == "clause":
        return replace(run, target=names.get(run.target, run.target))
    return run
