"""Two texts of a contract compared for a page: clause by clause, unchanged stretches folded."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from zabota.contracts.compare import ClauseChange, Comparison, documents
from zabota.contracts.models import Contract
from zabota.contracts.reading.moves import recorded_moves
from zabota.contracts.reading.sheet.clauses import scrolling
from zabota.contracts.reading.texts import Chosen, read_alike, shown_text
from zabota.contracts.text.html import (
    Shown,
    change_side_by_side,
    number_html,
    side_by_side,
    wording_html,
)
from zabota.contracts.text.html.ops import Side
from zabota.contracts.text.html.redline import redline_html
from zabota.contracts.word_forms import forms_of_values

# Fewer unchanged clauses in a row are shown as they are: a fold would be as long as they.
LEAST_FOLDED = 3
SIDES: tuple[Side, Side] = ("old", "new")
STATES = {
    "added": "added",
    "deleted": "deleted",
    "changed": "changed",
    "format": "changed",
    "moved": "moved",
    "moved_changed": "moved",
    "same": "",
}


@dataclass(frozen=True)
class Pair:
    """What stands beside each other; each side of the first bears the number it has there."""

    old: str
    new: str
    old_number: str = ""
    new_number: str = ""


@dataclass(frozen=True)
class ClauseRow:
    """One clause of the comparison as it stands on the page; `step` counts what changed, from 1."""

    id: str
    state: str
    kind: str
    place: str
    heading: bool
    depth: int
    number: str
    html: str = ""
    pairs: tuple["Pair", ...] = ()
    step: int = 0


@dataclass(frozen=True)
class Stretch:
    """Clauses that follow one another: changed ones to be read, or unchanged ones to be folded."""

    rows: list[ClauseRow]
    folded: bool = False


@dataclass(frozen=True)
class ComparedTexts:
    """The whole comparison: stretches in reading order, how many clauses of each kind changed."""

    stretches: list[Stretch]
    steps: int
    added: int = 0
    deleted: int = 0
    changed: int = 0
    moved: int = 0
    edges: list[str] = field(default_factory=list)


def compare_texts(contract: Contract, old: Chosen, new: Chosen) -> tuple[Comparison, Shown, Shown]:
    """Two texts compared word by word."""
    old, new = read_alike(contract, old, new)
    moved = recorded_moves(contract, old, new)
    values = (with_forms(contract, old.values), with_forms(contract, new.values))
    found = documents(old.text.document, new.text.document, *values, moved)
    return found, shown_text(contract, old), shown_text(contract, new)


def with_forms(contract: Contract, values: Mapping[str, str]) -> dict[str, str]:
    """Values with their other forms: a sum in words differs where the sum does."""
    language = contract.edition.template.language
    return {**forms_of_values(contract.edition.fields, values, language), **values}


def read_comparison(
    contract: Contract, old: Chosen, new: Chosen, *, beside: bool, concern: str = ""
) -> ComparedTexts:
    """The comparison as rows for a page, in line or side by side; of one direction, if named."""
    found, before, after = compare_texts(contract, old, new)
    if concern:
        theirs = of_direction(concern, old, new)
        found = replace(found, clauses=tuple(c for c in found.clauses if c.id in theirs))
    rows = list(_rows(found, before, after, beside=beside))
    counts = found.counts
    return ComparedTexts(
        stretches=_stretches(rows),
        steps=sum(1 for row in rows if row.step),
        added=counts.get("added", 0),
        deleted=counts.get("deleted", 0),
        moved=counts.get("moved", 0) + counts.get("moved_changed", 0),
        changed=sum(1 for row in rows if row.state == "changed"),
        edges=[
            scrolling(redline_html(redline, before, after))
            for redline in (found.headers, found.footers)
            if redline.kind == "changed"
        ],
    )


def of_direction(concern: str, *texts: Chosen) -> set[str]:
    """Clauses that are, or were, of a direction."""
    return {
        clause
        for chosen in texts
        for clause, told in chosen.text.attributes.items()
        if told.concern == concern
    }


def _rows(found: Comparison, before: Shown, after: Shown, *, beside: bool) -> Iterator[ClauseRow]:
    step = 0
    for change in found.clauses:
        state = _state(change)
        step += bool(state)
        clause = change.old if change.place == "old" else change.new
        yield ClauseRow(
            id=change.id,
            state=state,
            kind=change.kind,
            place=change.place,
            heading=bool(clause and clause.heading),
            depth=change.old_depth if change.place == "old" else change.new_depth,
            number=number_html(change, before, after),
            html="" if beside else scrolling(wording_html(change, before, after)),
            pairs=_pairs(change, before, after) if beside else (),
            step=step if state else 0,
        )


def _pairs(change: ClauseChange, before: Shown, after: Shown) -> tuple[Pair, ...]:
    if change.place == "both":
        pairs = side_by_side(change.redline, before, after, change.id)
    else:
        pairs = change_side_by_side(change, before, after)
    there = {"old": change.place != "new", "new": change.place != "old"}
    numbers = [number_html(change, before, after, side) if there[side] else "" for side in SIDES]
    return tuple(
        Pair(scrolling(old), scrolling(new), *(numbers if not place else ()))
        for place, (old, new) in enumerate(pairs)
    )


def _state(change: ClauseChange) -> str:
    """What became of the clause; what was carried along by its moved parent is marked, too."""
    if change.carried:
        return "moved"
    return STATES[change.kind] or ("changed" if change.values else "")


def _stretches(rows: list[ClauseRow]) -> list[Stretch]:
    """Changed clauses with one neighbour at each side; what lies further away is folded."""
    near = {place + step for place, row in enumerate(rows) if row.state for step in (-1, 0, 1)}
    found: list[Stretch] = []
    start = 0
    while start < len(rows):
        stop = start
        while stop < len(rows) and (stop in near) == (start in near):
            stop += 1
        some = rows[start:stop]
        found.append(Stretch(some, start not in near and len(some) >= LEAST_FOLDED))
        start = stop
    return found
