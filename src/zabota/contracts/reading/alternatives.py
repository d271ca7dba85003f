"""Agreed variants as our people read them: by clause, beside the form's own words; and wordings
that are agreed to again and again, which might become variants.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, QuerySet

from zabota.clients.models import Client
from zabota.contracts.compare import blocks as compare_blocks
from zabota.contracts.concerns import concern_name
from zabota.contracts.models import (
    Alternative,
    Change,
    ChangeState,
    ContractTemplate,
    EditionState,
    TemplateEdition,
)
from zabota.contracts.models.changes import ChangeKind
from zabota.contracts.parties import party_values
from zabota.contracts.reading.sheet.clauses import scrolling
from zabota.contracts.reading.values import labels_of, shown_values
from zabota.contracts.route_words import condition_words
from zabota.contracts.stored import load_wordings, nodes, read_text
from zabota.contracts.text.html import Shown, redline_html
from zabota.contracts.text.json import blocks_from_json
from zabota.contracts.text.numbering import numbers, plain_number
from zabota.contracts.text.words import blocks_text
from zabota.people.models import Firm

# Said once, a wording is a case; said again, it may be a rule.
AGAIN = 2
MOST_SUGGESTED = 20
FEWEST_LETTERS = 3


@dataclass(frozen=True)
class AlternativeView:
    """A variant beside the form's own words: what differs, on what terms, how often it was used."""

    row: Alternative
    name: str
    html: str
    terms: list[str]
    used: int


@dataclass(frozen=True)
class Suggestion:
    """A wording that was agreed to several times: in how many contracts, and lately where."""

    wording: str
    html: str
    count: int
    change: int
    contract: int


@dataclass
class AgreedClause:
    """A clause of the form with its variants and with what might become one."""

    id: str
    number: str
    words: str
    direction: str
    concern: str
    may: bool = False
    variants: list[AlternativeView] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)


def current_edition(template: ContractTemplate) -> TemplateEdition | None:
    """The edition variants are written for: the one in force, else the newest; one query."""
    found = template.editions.select_related("template", "route__current").order_by("-number")
    rows = list(found.exclude(state=EditionState.WITHDRAWN))
    newest = rows[0] if rows else None
    return next((row for row in rows if row.state == EditionState.IN_FORCE), newest)


def read_agreed_clauses(edition: TemplateEdition, firm: Firm, language: str) -> list[AgreedClause]:
    """Every clause with words that one might agree about; four queries whatever their number."""
    rows = list(
        Alternative.objects.in_force()
        .filter(template=edition.template_id)
        .select_related("made_by")
        .annotate(used=Count("uses"))
        .order_by("pk")
    )
    repeated = list(repeated_wordings(edition))
    wordings = load_wordings(
        {node["w"] for node in nodes(edition.tree)}
        | {row.wording for row in rows}
        | {told["digest"] for told in repeated}
    )
    reader = _Reader(edition, firm, wordings)
    found = reader.clauses()
    for row in rows:
        if row.clause in found:
            found[row.clause].variants.append(reader.variant(row, language))
    known = {(row.clause, row.wording) for row in rows}
    for told in repeated:
        clause = found.get(told["clause"])
        fresh = (told["clause"], told["digest"]) not in known and not reader.is_own(told)
        if clause is not None and fresh:
            clause.suggestions.append(reader.suggestion(told))
    return list(found.values())


def repeated_wordings(edition: TemplateEdition) -> Iterable[Mapping[str, Any]]:
    """Wordings of the client's and of ours that were agreed to in several contracts of this form,
    by clause; the oftenest first. Two queries.
    """
    mine = Change.objects.filter(
        contract__edition__template=edition.template_id,
        kind__in=[ChangeKind.EDITED, ChangeKind.PROPOSED],
        beforehand=None,
    )
    theirs = _counted(mine.filter(state=ChangeState.ACCEPTED), "new_wording")
    ours = _counted(
        mine.filter(state=ChangeState.AGREED).exclude(counter_wording=""), "counter_wording"
    )
    return sorted([*theirs, *ours], key=lambda told: (-told["count"], told["clause"]))


def _counted(rows: QuerySet[Change], column: str) -> list[dict[str, Any]]:
    found = (
        rows.values("clause", column)
        .annotate(count=Count("contract", distinct=True), change=Max("pk"), where=Max("contract"))
        .filter(count__gte=AGAIN)
        .order_by("-count", "clause")[:MOST_SUGGESTED]
    )
    return [{**row, "digest": row[column]} for row in found]


class _Reader:
    """One edition of a form, its clauses told beside their variants."""

    def __init__(
        self, edition: TemplateEdition, firm: Firm, wordings: Mapping[str, list[Any]]
    ) -> None:
        self.edition, self.wordings = edition, wordings
        self.own = {node["id"]: node for node in nodes(edition.tree)}
        self.labels = labels_of(edition.fields)
        self.numbers = {
            clause: plain_number(number)
            for clause, number in numbers(read_text(edition.tree, wordings).document).items()
        }
        language = edition.template.language
        self.shown = Shown(
            values=shown_values(edition.fields, party_values(Client(), firm, language), language),
            numbers=self.numbers,
            labels=self.labels,
            anchors=False,
        )

    def clauses(self) -> dict[str, AgreedClause]:
        """Numbered clauses with words of their own; headings are nothing to agree about."""
        found = {}
        for clause, node in self.own.items():
            words = blocks_text(blocks_from_json(self.wordings[node["w"]])).strip()
            number = self.numbers.get(clause, "")
            if number and not node.get("h") and len(words) > FEWEST_LETTERS:
                concern = node.get("c", "general")
                found[clause] = AgreedClause(clause, number, words, concern_name(concern), concern)
        return found

    def variant(self, row: Alternative, language: str) -> AlternativeView:
        terms = [condition_words(term, self.labels) for term in row.terms]
        used: int = row.used  # type: ignore[attr-defined]
        html = self._against_form(row.clause, row.wording)
        return AlternativeView(row, row.name(language), html, terms, used)

    def suggestion(self, told: Mapping[str, Any]) -> Suggestion:
        html = self._against_form(told["clause"], told["digest"])
        return Suggestion(told["digest"], html, told["count"], told["change"], told["where"])

    def is_own(self, told: Mapping[str, Any]) -> bool:
        """Whether these are the form's own words by now."""
        node = self.own.get(told["clause"])
        return node is None or node["w"] == told["digest"]

    def _against_form(self, clause: str, digest: str) -> str:
        own = self.own[clause]["w"]
        before, after = (blocks_from_json(self.wordings[w]) for w in (own, digest))
        found = compare_blocks(before, after)
        return scrolling(redline_html(found, self.shown, self.shown, clause))
