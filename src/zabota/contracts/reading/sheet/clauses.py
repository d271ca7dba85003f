"""One clause as it is read, and the changes of a clause with our answers to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext

from zabota.contracts.compare import Redline
from zabota.contracts.compare import blocks as compare_blocks
from zabota.contracts.models import Change, Contract
from zabota.contracts.reading.sheet.views import (
    ChangeView,
    ClauseView,
)
from zabota.contracts.reading.values import blanks_of, contract_values, labels_of, show_value
from zabota.contracts.stored import (
    Attributes,
    StoredText,
)
from zabota.contracts.text.html import Shown, clause_html, redline_html
from zabota.contracts.text.json import blocks_from_json
from zabota.contracts.text.notes import note_numbers
from zabota.contracts.text.numbering import bracketed, numbers, paragraph_numbers, plain_number


def clause_view(clause: Any, depth: int, text: StoredText, shown: Shown) -> ClauseView:
    told = text.attributes.get(clause.id, Attributes())
    return ClauseView(
        id=clause.id,
        number=shown.numbers.get(clause.id, ""),
        depth=depth,
        heading=clause.heading,
        html=scrolling(clause_html(clause.blocks, shown, clause.id)),
        concern=told.concern,
        locked=told.locked,
        beside=shown.beside.get(clause.id, ""),
    )


def scrolling(html: str) -> str:
    """A wide table scrolls by itself on a narrow screen, also by keyboard."""
    name = escape(gettext("Table of the clause"))
    opened = f'<div class="grid-scroll" role="region" tabindex="0" aria-label="{name}"><table'
    return (
        html.replace('<table class="borders', f'{opened} class="borders').replace(
            "</table>", "</table></div>"
        )
        if html.count('<table class="borders') == html.count("<table")
        else html
    )


@dataclass(frozen=True)
class _Pair:
    """Two wordings, known by their digests."""

    old: str
    new: str
    old_words: list[Any] = field(compare=False)
    new_words: list[Any] = field(compare=False)


def compared(old: str, new: str, wordings: Mapping[str, list[Any]]) -> Redline:
    """What changed from one wording to another; words never change under their digest, so what was
    found is kept: a page with ten redlines is looked at by many, many times.
    """
    return _compared(_Pair(old, new, wordings[old] if old else [], wordings[new]))


@lru_cache(maxsize=1000)
def _compared(pair: _Pair) -> Redline:
    return compare_blocks(blocks_from_json(pair.old_words), blocks_from_json(pair.new_words))


def change_views(
    rows: Iterable[Change], wordings: Mapping[str, list[Any]], shown: Shown, contract: Contract
) -> list[ChangeView]:
    """Changes of one clause as they are read, ours against the client's."""
    rows = list(rows)
    if not rows:
        return []
    aside = replace(shown, anchors=False)
    labels = labels_of(contract.edition.fields)
    types = {spec["name"]: spec["type"] for spec in contract.edition.fields}
    language = contract.edition.template.language
    found = []
    for row in rows:
        ours = ""
        if row.counter_wording:
            before = row.new_wording or row.old_wording
            found_here = compared(before, row.counter_wording, wordings)
            ours = redline_html(found_here, aside, aside, row.clause)
        kind = types.get(row.field, "text")
        old, new, counter = (
            show_value(kind, value, language)
            for value in (row.old_value, row.new_value, row.counter_value)
        )
        label = labels.get(row.field, row.field)
        found.append(ChangeView(row, ours, label, old, new, counter))
    return found


def shown_text(contract: Contract, text: StoredText, values: Mapping[str, str]) -> Shown:
    language = contract.edition.template.language
    shown = numbers(text.document)
    return Shown(
        values=contract_values(contract, values, language),
        numbers={clause: plain_number(number) for clause, number in shown.items()},
        beside=bracketed(shown),
        labels=blanks_of(contract.edition.fields),
        notes=note_numbers(text.document),
        paragraphs=paragraph_numbers(text.document),
    )
