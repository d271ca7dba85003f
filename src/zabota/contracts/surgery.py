"""Changing the order of clauses in a stored tree: pure functions that return a new tree."""

import copy
from collections.abc import Collection
from typing import Any

from zabota.contracts.stored import Node, Tree, node_of, nodes


class NoSuchClause(Exception):
    """The clause is not in this text any more."""


def insert_after(tree: Tree, after: str, node: Node) -> Tree:
    """A new clause right below another, at its depth."""
    new, siblings, index = _spot(tree, after)
    siblings.insert(index + 1, node)
    return new


def remove(tree: Tree, clause: str) -> Tree:
    """The clause and its sub-clauses go."""
    new, siblings, index = _spot(tree, clause)
    del siblings[index]
    return new


def move(tree: Tree, clause: str, step: int) -> Tree:
    """One place up (-1) or down (+1) among its siblings; at the edge it goes to the neighbour
    branch.

    Moving up out of the first place puts it at the end of the branch before its parent's; moving
    down out of the last place at the beginning of the next one. The depth stays the same.
    """
    new, siblings, index = _spot(tree, clause)
    target = index + step
    if 0 <= target < len(siblings):
        siblings[index], siblings[target] = siblings[target], siblings[index]
        return new
    parent = _parent(new, clause)
    if parent is None:
        return new
    _, uncles, place = _spot_in(new, parent["id"])
    beside = place + step
    if not 0 <= beside < len(uncles):
        return new
    node = siblings.pop(index)
    branch = uncles[beside].setdefault("ch", [])
    branch.insert(0 if step > 0 else len(branch), node)
    return new


def note_move(tree: Tree, base: Tree, clause: str) -> Tree:
    """A draft's tree that remembers, for as long as it is a draft, which clauses its writer moved:
    of two neighbours that changed places it cannot be told afterwards. Nothing is remembered of a
    clause that went back to where it was.
    """
    plain = without_moves(tree)
    if plain == base:
        return plain
    return {**plain, "moved": [*(one for one in moved_by_hand(tree) if one != clause), clause]}


def moved_by_hand(tree: Tree) -> list[str]:
    """The clauses the writer of a draft moved, the latest last; a sent text knows of none."""
    return list(tree.get("moved", ()))


def without_moves(tree: Tree) -> Tree:
    """The tree as it is sent."""
    return {key: part for key, part in tree.items() if key != "moved"}


def restore(tree: Tree, base: Tree, clause: str) -> Tree:
    """Put a deleted clause back at its old place: after the nearest former neighbour that is
    still there.
    """
    _, siblings, index = _spot_in(base, clause)
    node = copy.deepcopy(siblings[index])
    there = {found["id"] for found in nodes(tree)}
    _keep_only_missing(node, there)
    for before in reversed(siblings[:index]):
        if before["id"] in there:
            return insert_after(tree, before["id"], node)
    new = copy.deepcopy(tree)
    parent = _parent(base, clause)
    if parent is not None and parent["id"] in there:
        _, found, place = _spot_in(new, parent["id"])
        found[place].setdefault("ch", []).insert(0, node)
    else:
        new["clauses"].insert(0, node)
    return new


def with_wordings(tree: Tree, wordings: dict[str, str]) -> Tree:
    """The tree with other words in some clauses: clause id to digest."""
    new = copy.deepcopy(tree)
    for node in nodes(new):
        if node["id"] in wordings:
            node["w"] = wordings[node["id"]]
    return new


def place_of(tree: Tree, clause: str) -> dict[str, Any]:
    """Where a clause stands: its parent and the sibling before it."""
    _, siblings, index = _spot_in(tree, clause)
    parent = _parent(tree, clause)
    return {
        "parent": parent["id"] if parent else "",
        "after": siblings[index - 1]["id"] if index else "",
    }


def put_back(tree: Tree, base: Tree, clause: str) -> Tree:
    """A moved clause returns to where it stood in the base."""
    _, siblings, index = _spot_in(tree, clause)
    mine = copy.deepcopy(siblings[index])
    new = restore(remove(tree, clause), base, clause)
    _, found, place = _spot_in(new, clause)
    found[place]["w"] = mine["w"]
    found[place]["ch"] = mine.get("ch", [])
    return new


def without_added(tree: Tree, before: Tree, clause: str) -> Tree:
    """A refused addition goes; what was moved into it stands where it was before."""
    node = node_of(tree, clause)
    if node is None:
        return tree
    for inner in nodes({"clauses": node.get("ch", [])}):
        if _is_there(before, inner["id"]):
            tree = put_back(tree, before, inner["id"])
    return remove(tree, clause)


def where_it_was(tree: Tree, before: Tree, clause: str) -> Tree:
    """The clause at its old place, also where it left the text together with another one."""
    if not _is_there(before, clause):
        return tree
    there = _is_there(tree, clause)
    return put_back(tree, before, clause) if there else restore(tree, before, clause)


def leave_as_before(
    tree: Tree, base: Tree, clauses: Collection[str], moved: Collection[str] = ()
) -> Tree:
    """The tree with some clauses as they are in the base: their words, their place (of those
    `moved`), whether they are there at all. A new clause that is left out goes with all in it; a
    deleted one that stays brings back the clauses it stood in.
    """
    ours = {node["id"]: node for node in nodes(base)}
    words = {node["id"]: node["w"] for node in nodes(tree)}
    gone = ours.keys() - words.keys()
    back = {name for name in _with_ancestors(base, gone & set(clauses)) if name in gone}
    new = tree
    for name in [name for name in words if name in clauses and name not in ours]:
        new = remove(new, name) if _is_there(new, name) else new
    for name in [name for name in ours if name in back or name not in gone]:
        new = new if _is_there(new, name) else restore(new, base, name)
    for name in gone - back:
        new = remove(new, name) if _is_there(new, name) else new
    for name in [name for name in ours if name in moved and name in clauses and name in words]:
        new = put_back(new, base, name)
    new = with_wordings(new, {name: words[name] for name in ours if name in words})
    new = copy.deepcopy(new)
    for node in list(nodes(new)):
        if node["id"] in clauses and node["id"] in ours:
            children = {"ch": node["ch"]} if "ch" in node else {}
            told = {key: part for key, part in ours[node["id"]].items() if key != "ch"}
            node.clear()
            node.update(copy.deepcopy(told) | children)
    return new


def _is_there(tree: Tree, clause: str) -> bool:
    return any(node["id"] == clause for node in nodes(tree))


def _with_ancestors(tree: Tree, clauses: Collection[str]) -> set[str]:
    found = set(clauses)
    for clause in clauses:
        above = _parent(tree, clause)
        while above is not None:
            found.add(above["id"])
            above = _parent(tree, above["id"])
    return found


def _keep_only_missing(node: Node, there: set[str]) -> None:
    node["ch"] = [child for child in node.get("ch", []) if child["id"] not in there]
    for child in node["ch"]:
        _keep_only_missing(child, there)


def _spot(tree: Tree, clause: str) -> tuple[Tree, list[Node], int]:
    return _spot_in(copy.deepcopy(tree), clause)


def _spot_in(tree: Tree, clause: str) -> tuple[Tree, list[Node], int]:
    branches: list[list[Node]] = [tree["clauses"]]
    while branches:
        siblings = branches.pop()
        for index, node in enumerate(siblings):
            if node["id"] == clause:
                return tree, siblings, index
            branches.append(node.get("ch", []))
    raise NoSuchClause(clause)


def _parent(tree: Tree, clause: str) -> Node | None:
    return next(
        (node for node in nodes(tree) if any(c["id"] == clause for c in node.get("ch", ()))), None
    )
