"""Writing a draft: words of a clause, values of fields, the order of clauses. Autosaved, not
journaled.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.crypto import get_random_string

from zabota.contracts.drafts import digest_of
from zabota.contracts.models import Contract, Draft, DraftClause, Version, Wording
from zabota.contracts.rules import Viewer, may_edit_draft, side_of
from zabota.contracts.stored import Tree, load_wordings, node_of
from zabota.contracts.surgery import insert_after, move, note_move, remove, restore
from zabota.contracts.text.edit import EditProblem
from zabota.contracts.text.edit.grid import shape_of
from zabota.contracts.text.edit.places import edited, plain_parts, revision_of
from zabota.contracts.text.json import blocks_from_json, blocks_to_json
from zabota.contracts.text.tree import Block, Paragraph


@dataclass
class Stale(Exception):
    """Somebody saved this clause since it was opened: both texts are here, none is lost."""

    mine: dict[str, str]
    saved: dict[str, str]
    saved_by: str = ""
    saved_at: datetime | None = None


@transaction.atomic
def save_clause(
    contract: Contract,
    clause: str,
    texts: dict[str, str],
    *,
    by: Viewer,
    at: datetime,
    seen: Mapping[str, str] | None = None,
    shape: str | None = None,
    reason: str | None = None,
    blocks: tuple[Block, ...] | None = None,
) -> DraftClause:
    """Save the words of one clause as typed, by place (see `plain_parts`).

    `seen` is the revision (see `revision_of`) of each text its writer began from: a stale one
    raises Stale with both texts; a broken token raises EditProblem; nothing typed is lost by
    either. `shape` says which rows the writer saw in its tables: places shift with them.
    """
    draft = lock_draft(contract, by, at)
    node = node_of(draft.tree, clause)
    if node is None:
        raise Gone(clause)
    row = DraftClause.objects.filter(draft=draft, clause=clause).select_related("saved_by").first()
    stored = load_wordings([node["w"]]) if row is None else {}
    before = blocks_from_json(row.blocks if row else stored[node["w"]])
    saved = plain_parts(before)
    if shape is not None and shape != shape_of(before):
        raise EditProblem("rows_changed")
    if seen is not None and any(
        revision_of(saved.get(place, "")) != given and saved.get(place) != texts.get(place)
        for place, given in seen.items()
    ):
        raise Stale(
            texts, saved, str(row.saved_by or "") if row else "", row.saved_at if row else None
        )
    new = blocks or edited(before, texts, _field_names(contract))
    if reason is not None:
        draft.reasons = {**draft.reasons, clause: reason}
        draft.save(update_fields=["reasons"])
    if row is None:
        row = DraftClause(draft=draft, clause=clause, base_wording=node["w"], revision=0)
    row.blocks = blocks_to_json(new)
    row.revision += 1
    row.saved_by, row.saved_at = by.user, at
    row.save()
    return row


@transaction.atomic
def revert_clause(contract: Contract, clause: str, *, by: Viewer, at: datetime) -> None:
    """Back to the words this draft began from."""
    draft = lock_draft(contract, by, at)
    DraftClause.objects.filter(draft=draft, clause=clause).delete()
    if clause in draft.reasons:
        draft.reasons = {key: text for key, text in draft.reasons.items() if key != clause}
        draft.save(update_fields=["reasons"])


@transaction.atomic
def save_values(contract: Contract, values: dict[str, str], *, by: Viewer, at: datetime) -> Draft:
    """Save field values as typed; they are checked when they are shown and when the text is
    sent.
    """
    draft = lock_draft(contract, by, at)
    known = {spec["name"] for spec in contract.edition.fields}
    draft.values = {**draft.values, **{key: text for key, text in values.items() if key in known}}
    draft.save(update_fields=["values"])
    return draft


@transaction.atomic
def add_clause(contract: Contract, after: str, *, by: Viewer, at: datetime) -> str:
    """A new empty clause below another, numbered as it is; says its id."""
    draft = lock_draft(contract, by, at)
    beside = node_of(draft.tree, after)
    if beside is None:
        raise Gone(after)
    blocks = blocks_to_json((Paragraph(),))
    digest = digest_of(blocks)
    Wording.objects.get_or_create(digest=digest, defaults={"blocks": blocks})
    clause = get_random_string(24, "abcdefghijklmnopqrstuvwxyz0123456789")
    node = {"id": clause, "w": digest, "c": beside.get("c", "general")}
    if beside.get("n"):
        node["n"] = {key: part for key, part in beside["n"].items() if key != "restart"}
    draft.tree = insert_after(draft.tree, after, node)
    draft.save(update_fields=["tree"])
    return clause


@transaction.atomic
def delete_clause(
    contract: Contract, clause: str, *, by: Viewer, at: datetime, reason: str = ""
) -> None:
    """The clause goes from the draft; it stays to be seen as deleted and can be put back."""
    draft = lock_draft(contract, by, at)
    if node_of(draft.tree, clause) is None:
        raise Gone(clause)
    draft.tree = remove(draft.tree, clause)
    if reason:
        draft.reasons = {**draft.reasons, clause: reason}
    draft.save(update_fields=["tree", "reasons"])


@transaction.atomic
def restore_clause(contract: Contract, clause: str, *, by: Viewer, at: datetime) -> None:
    """A deleted clause returns to its old place."""
    draft = lock_draft(contract, by, at)
    base: Tree = draft.base.tree if draft.base else contract.edition.tree
    if node_of(draft.tree, clause) is None and node_of(base, clause) is not None:
        draft.tree = restore(draft.tree, base, clause)
        draft.save(update_fields=["tree"])


@transaction.atomic
def move_clause(contract: Contract, clause: str, step: int, *, by: Viewer, at: datetime) -> None:
    """One place up or down; its number follows from the new place."""
    draft = lock_draft(contract, by, at)
    if node_of(draft.tree, clause) is None:
        raise Gone(clause)
    base: Tree = draft.base.tree if draft.base else contract.edition.tree
    draft.tree = note_move(move(draft.tree, clause, 1 if step > 0 else -1), base, clause)
    draft.save(update_fields=["tree"])


class Gone(Exception):
    """The clause was deleted meanwhile, in another tab or by a colleague."""


def begin_draft(
    contract: Contract, side: str, version: Version, *, by: Viewer, at: datetime
) -> Draft:
    """A side begins to write anew from a version; what it had not sent is gone by design."""
    Draft.objects.filter(contract=contract, side=side).delete()
    return Draft.objects.create(
        contract=contract,
        side=side,
        base=version,
        tree=version.tree,
        values={key: text for key, text in version.values.items() if "." not in key},
        saved_by=by.user,
        saved_at=at,
    )


def lock_draft(contract: Contract, by: Viewer, at: datetime) -> Draft:
    """A side's draft, locked for whoever may write in it; the writing is counted."""
    draft = (
        Draft.objects.select_for_update(of=("self",))
        .select_related("base")
        .filter(contract=contract, side=side_of(by))
        .first()
    )
    contract = Contract.objects.select_related("case").get(pk=contract.pk)
    if draft is None or not may_edit_draft(by, contract):
        raise PermissionDenied
    draft.revision += 1
    draft.saved_by, draft.saved_at = by.user, at
    draft.save(update_fields=["revision", "saved_by", "saved_at"])
    return draft


def _field_names(contract: Contract) -> set[str]:
    return {spec["name"] for spec in contract.edition.fields}
