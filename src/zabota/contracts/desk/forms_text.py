"""The text of an edition on the desk, clause by clause, with what a lawyer sets beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from zabota.contracts.concerns import concern_name
from zabota.contracts.desk.forms_words import remark_words
from zabota.contracts.kept_words import kept_labels, kept_name
from zabota.contracts.models import TemplateEdition
from zabota.contracts.reading.sheet.clauses import scrolling
from zabota.contracts.reading.values import labels_of
from zabota.contracts.stored import Attributes, flat, load_texts
from zabota.contracts.text.html import Shown, clause_html
from zabota.contracts.text.notes import note_numbers
from zabota.contracts.text.numbering import bracketed, numbers, paragraph_numbers, plain_number
from zabota.contracts.text.words import blocks_text


@dataclass(frozen=True)
class ClauseRow:
    """One clause of an edition: its words, its direction and lock, what to know of it."""

    id: str
    number: str
    name: str
    level: int
    heading: bool
    html: str
    concern: str
    direction: str
    locked: bool
    fresh: bool = False
    unsure: bool = False
    kept: list[str] = field(default_factory=list)


def read_clauses(
    edition: TemplateEdition, attributes: Mapping[str, Attributes] | None = None
) -> list[ClauseRow]:
    """All clauses in reading order; one query for their words."""
    (text,) = load_texts(edition.tree)
    found = numbers(text.document)
    plain = {clause: plain_number(number) for clause, number in found.items()}
    beside = bracketed(found)
    shown = Shown(
        numbers=plain,
        labels=labels_of(edition.fields) | kept_labels(),
        notes=note_numbers(text.document),
        paragraphs=paragraph_numbers(text.document),
    )
    things: dict[str, list[str]] = {}
    for thing in edition.kept.get("things", ()):
        things.setdefault(thing["clause"], []).append(thing_words(thing))
    fresh, unsure = set(edition.kept.get("fresh", ())), set(edition.kept.get("unsure", ()))
    told = attributes or text.attributes
    rows = []
    for clause, depth in flat(text.document):
        mine = told[clause.id]
        number = plain.get(clause.id, "")
        rows.append(
            ClauseRow(
                id=clause.id,
                number=beside.get(clause.id, number),
                name=number or _short(blocks_text(clause.blocks)),
                level=min(depth + 1, 4),
                heading=clause.heading,
                html=scrolling(clause_html(clause.blocks, shown, clause.id)),
                concern=mine.concern,
                direction=concern_name(mine.concern),
                locked=mine.locked,
                fresh=clause.id in fresh,
                unsure=clause.id in unsure,
                kept=things.get(clause.id, []),
            )
        )
    return rows


def _short(words: str) -> str:
    line = " ".join(words.split())
    return f"«{line[:40]}…»" if len(line) > 40 else f"«{line}»"


def thing_words(thing: Mapping[str, Any]) -> str:
    """What is kept as it is, with its words where it has some."""
    name = kept_name(thing["kind"])
    words = " ".join(str(thing.get("words", "")).split())
    return f"{name}: {words[:80]}" if words else name


def remarks_of(edition: TemplateEdition) -> list[str]:
    """What to know of the file this edition was read from."""
    found = [remark_words(row["code"], row["params"]) for row in edition.kept.get("remarks", ())]
    edges = [thing for thing in edition.kept.get("things", ()) if not thing["clause"]]
    if edges:
        found.append(
            _("Kept in headers and footers: %(things)s.")
            % {"things": ", ".join(dict.fromkeys(kept_name(thing["kind"]) for thing in edges))}
        )
    return found
