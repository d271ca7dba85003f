"""Texts as they are stored: the tree of a version, the wordings it points to, and back to a
Document.

A stored tree is `{"schemes", "headers", "footers", "clauses": [node]}`; a node is `{"id", "w"}`
with the digest of its wording and, where set, "c" (concern), "l" (locked), "n" (numbering), "h"
(heading) and "ch" (children).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from zabota.contracts.models import Wording
from zabota.contracts.text.fields import FieldSpec
from zabota.contracts.text.json import (
    blocks_from_json,
    blocks_to_json,
    document_from_json,
    document_to_json,
    numbering_from_json,
    numbering_to_json,
    wording_digest,
)
from zabota.contracts.text.tree import Clause, Document

type Tree = dict[str, Any]
type Node = dict[str, Any]


@dataclass(frozen=True)
class Attributes:
    """What a clause carries besides its words: who must agree to a change, and whether it is
    locked.
    """

    concern: str = "general"
    locked: bool = False


@dataclass(frozen=True)
class StoredText:
    """A text ready to be shown: the tree as a Document, and each clause's attributes."""

    document: Document
    attributes: Mapping[str, Attributes]


def tree_of(
    document: Document, attributes: Mapping[str, Attributes]
) -> tuple[Tree, dict[str, list[Any]]]:
    """A Document as a stored tree, with the wordings it needs by digest."""
    wordings: dict[str, list[Any]] = {}

    def node(clause: Clause) -> Node:
        digest = wording_digest(clause.blocks)
        wordings[digest] = blocks_to_json(clause.blocks)
        told = attributes.get(clause.id, Attributes())
        found: Node = {"id": clause.id, "w": digest, "c": told.concern}
        if told.locked:
            found["l"] = True
        if clause.numbering is not None:
            found["n"] = numbering_to_json(clause.numbering)
        if clause.heading:
            found["h"] = True
        if clause.children:
            found["ch"] = [node(child) for child in clause.children]
        return found

    frame = document_to_json(replace(document, clauses=()))
    return {**frame, "clauses": [node(clause) for clause in document.clauses]}, wordings


def read_text(tree: Tree, wordings: Mapping[str, list[Any]]) -> StoredText:
    """A stored tree back as a Document, given its wordings."""
    attributes: dict[str, Attributes] = {}

    def clause(node: Node) -> Clause:
        attributes[node["id"]] = Attributes(node.get("c", "general"), node.get("l", False))
        return Clause(
            id=node["id"],
            blocks=blocks_from_json(wordings[node["w"]]),
            children=tuple(clause(child) for child in node.get("ch", ())),
            numbering=numbering_from_json(node.get("n")),
            heading=node.get("h", False),
        )

    frame = document_from_json({key: part for key, part in tree.items() if key != "clauses"})
    clauses = tuple(clause(node) for node in tree["clauses"])
    return StoredText(replace(frame, clauses=clauses), attributes)


def load_texts(*trees: Tree, more: Mapping[str, list[Any]] | None = None) -> list[StoredText]:
    """Several stored texts with one query for all their wordings; `more` are wordings not stored
    yet.
    """
    wanted = {node["w"] for tree in trees for node in nodes(tree)}
    wordings = dict(more or {})
    wordings.update(load_wordings(wanted - wordings.keys()))
    return [read_text(tree, wordings) for tree in trees]


def load_wordings(digests: Iterable[str]) -> dict[str, list[Any]]:
    """Wordings by digest, one query."""
    wanted = set(digests) - {""}
    if not wanted:
        return {}
    return dict(Wording.objects.filter(digest__in=wanted).values_list("digest", "blocks"))


def nodes(tree: Tree) -> Iterator[Node]:
    """All nodes of a stored tree in reading order."""
    waiting = list(reversed(tree["clauses"]))
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.get("ch", ())))


def node_of(tree: Tree, clause: str) -> Node | None:
    """The node of a clause, if it is in the tree."""
    return next((node for node in nodes(tree) if node["id"] == clause), None)


def field_spec(told: Mapping[str, Any]) -> FieldSpec:
    """A stored field declaration as the engine reads it."""
    return FieldSpec(
        told["name"],
        told["type"],
        told.get("label", ""),
        tuple(told.get("args", ())),
        told.get("required", True),
    )


def flat(document: Document) -> Iterator[tuple[Clause, int]]:
    """Clauses in reading order with their depth."""
    waiting = [(clause, 0) for clause in reversed(document.clauses)]
    while waiting:
        clause, depth = waiting.pop()
        yield clause, depth
        waiting.extend((child, depth + 1) for child in reversed(clause.children))
