"""A draft as it stands: its tree, its words, the text it began from. Only read here; written by
`actions/draft.py`.
"""

from dataclasses import dataclass, field
from typing import Any

from zabota.contracts.models import Contract, Draft, DraftClause
from zabota.contracts.stored import Tree, load_wordings, nodes
from zabota.contracts.text.json import blocks_from_json, wording_digest


@dataclass(frozen=True)
class OpenDraft:
    """A draft with the words of its clauses, ready to be shown or compared."""

    draft: Draft
    base: Tree
    wordings: dict[str, list[Any]]
    clauses: dict[str, DraftClause] = field(default_factory=dict)

    @property
    def new_wordings(self) -> dict[str, list[Any]]:
        """Words written in this draft, by their address, not stored as wordings yet."""
        return {digest_of(row.blocks): row.blocks for row in self.clauses.values()}

    @property
    def tree(self) -> Tree:
        """The draft's tree, its changed clauses pointing at their present words."""
        digests = {clause: digest_of(row.blocks) for clause, row in self.clauses.items()}
        return with_present_words(self.draft.tree, digests)


def digest_of(blocks: list[Any]) -> str:
    """The address of words kept as JSON."""
    return wording_digest(blocks_from_json(blocks))


def with_present_words(tree: Tree, digests: dict[str, str]) -> Tree:
    """A copy of the tree in which drafted clauses have their present words."""

    def copied(node: dict[str, Any]) -> dict[str, Any]:
        found = {**node, "w": digests.get(node["id"], node["w"])}
        if "ch" in node:
            found["ch"] = [copied(child) for child in node["ch"]]
        return found

    return {**tree, "clauses": [copied(node) for node in tree["clauses"]]}


def open_draft(contract: Contract, side: str) -> OpenDraft | None:
    """The side's unsent work, if there is any: the draft, its clauses and all wordings, three
    queries.
    """
    draft = Draft.objects.select_related("base").filter(contract=contract, side=side).first()
    if draft is None:
        return None
    base: Tree = draft.base.tree if draft.base else contract.edition.tree
    rows = {row.clause: row for row in draft.clauses.select_related("saved_by__employee")}
    digests = {node["w"] for tree in (draft.tree, base) for node in nodes(tree)}
    wordings = load_wordings(digests)
    work = OpenDraft(draft, base, wordings, rows)
    wordings.update(work.new_wordings)
    return work


def form_as_draft(contract: Contract) -> OpenDraft:
    """The form itself, for whoever may not see what the other side has not sent yet."""
    tree: Tree = contract.edition.tree
    draft = Draft(contract=contract, side="", tree=tree, values={})
    return OpenDraft(draft, tree, load_wordings(node["w"] for node in nodes(tree)))
