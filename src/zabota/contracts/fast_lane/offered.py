"""Agreed variants of clauses: which of them a side may know of now, and on what terms.

A client sees a variant or knows nothing of it. The kind of client and the sum decide whether it is
seen; a term about another field («при предоплате от 50 %») is told beside it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from zabota.contracts.compare.documents import field_names
from zabota.contracts.drafts import OpenDraft, digest_of
from zabota.contracts.models import Alternative, SeenBy, TemplateEdition
from zabota.contracts.models.drafts import DraftClause
from zabota.contracts.routing import Condition, conditions_from_json, surely_holds
from zabota.contracts.stored import nodes
from zabota.contracts.text.edit.parts import to_plain
from zabota.contracts.text.edit.plain import tokens_of
from zabota.contracts.text.json import blocks_from_json

# What a client must not learn of: these terms say whether a variant is there at all.
UNTOLD = ("sum", "client.kind", "foreign_paper")
TOKEN_LETTERS = 16


@dataclass(frozen=True)
class Offered:
    """A variant one may take; `told` are the terms that stand beside it, `met` says whether all
    terms hold now.
    """

    row: Alternative
    told: tuple[Condition, ...] = ()
    met: bool = True

    @property
    def token(self) -> str:
        """How it is named in an address: by its words, so that it tells of no other."""
        return self.row.wording[:TOKEN_LETTERS]


def offered(
    rows: Iterable[Alternative],
    facts: Mapping[str, Any],
    *,
    client: bool,
    touched: Collection[str] = (),
) -> dict[str, list[Offered]]:
    """The variants by clause that a client (or one of ours, who sees all) may know of now."""
    found: dict[str, list[Offered]] = {}
    for row in rows:
        terms = conditions_from_json(row.terms)
        untold = [term for term in terms if term.field in UNTOLD]
        if client and not (
            _is_shown(row, touched) and all(surely_holds(term, facts) for term in untold)
        ):
            continue
        told = tuple(term for term in terms if not client or term.field not in UNTOLD)
        met = all(surely_holds(term, facts) for term in terms)
        found.setdefault(row.clause, []).append(Offered(row, told, met))
    return found


def _is_shown(row: Alternative, touched: Collection[str]) -> bool:
    if row.seen_by == SeenBy.AFTER_TOUCH:
        return row.clause in touched
    return row.seen_by == SeenBy.AT_ONCE


def touched_by_client(work: OpenDraft) -> set[str]:
    """Clauses the client itself has reworded in this draft."""
    stood = {node["id"]: node["w"] for node in nodes(work.draft.tree)}
    return {
        clause
        for clause, row in work.clauses.items()
        if not put_by_ours(row) and digest_of(row.blocks) != stood.get(clause)
    }


def put_by_ours(row: DraftClause) -> bool:
    """Whether one of our people wrote these words, before the client was shown the draft."""
    return getattr(row.saved_by, "employee", None) is not None


def fits(edition: TemplateEdition, blocks: list[Any]) -> bool:
    """Whether a wording can stand in this edition: its fields and the clauses it refers to are
    there.
    """
    read = blocks_from_json(blocks)
    fields = {told["name"] for told in edition.fields}
    clauses = {node["id"] for node in nodes(edition.tree)}
    called = {name[1:] for name in tokens_of(to_plain(read)) if name.startswith("#")}
    return field_names(read) <= fields and called <= clauses
