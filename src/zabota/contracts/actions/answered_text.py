"""The client's text with our answers in it: what is returned to them as our version."""

from collections.abc import Callable
from typing import Any

from zabota.contracts.changes import field_homes, lost_values
from zabota.contracts.models import Change, ChangeState, Contract, Version
from zabota.contracts.models.changes import ChangeKind
from zabota.contracts.stored import Tree, load_texts, node_of
from zabota.contracts.surgery import restore, where_it_was, with_wordings, without_added


def our_text_after_answers(
    contract: Contract,
) -> tuple[Tree, dict[str, str], dict[str, list[Any]]] | None:
    """The client's text with our refusals taken back and our wordings put in; None if it stays as
    it is.
    """
    version = contract.version
    assert version is not None
    answered = list(
        Change.objects.filter(
            contract=contract,
            state__in=[ChangeState.REJECTED, ChangeState.COUNTERED],
            sent_at=None,
        ).order_by("pk")
    )
    if not answered:
        return None
    versions = list(contract.versions.order_by("number"))
    tree, values = version.tree, dict(version.values)
    for change in answered:
        before = _tree_before(contract, versions, change.since_id or change.version_id)
        tree, values = _APPLY[change.state](change, tree, values, before)
    return tree, _with_lost(tree, values, answered), {}


def _tree_before(contract: Contract, versions: list[Version], version: int) -> Tree:
    """The text the client's change began from: the version before it, or the form."""
    place = next(place for place, found in enumerate(versions) if found.pk == version)
    tree: Tree = versions[place - 1].tree if place else contract.edition.tree
    return tree


def _with_lost(tree: Tree, values: dict[str, str], answered: list[Change]) -> dict[str, str]:
    """Values come back with the fields they were typed for, and only with them."""
    lost = lost_values(answered)
    if not lost:
        return values
    (text,) = load_texts(tree)
    there = field_homes(text)
    return {**{name: value for name, value in lost.items() if name in there}, **values}


type Applied = tuple[Tree, dict[str, str]]


def _take_back(change: Change, tree: Tree, values: dict[str, str], before: Tree) -> Applied:
    match change.kind:
        case ChangeKind.VALUE:
            return tree, {**values, change.field: change.old_value}
        case ChangeKind.ADDED:
            return without_added(tree, before, change.clause), values
        case ChangeKind.DELETED:
            if node_of(tree, change.clause) is None:
                tree = restore(tree, before, change.clause)
            return with_wordings(tree, {change.clause: change.old_wording}), values
        case ChangeKind.MOVED:
            return where_it_was(tree, before, change.clause), values
        case _:
            if change.place is not None:
                tree = where_it_was(tree, before, change.clause)
            return with_wordings(tree, {change.clause: change.old_wording}), values


def _put_ours(change: Change, tree: Tree, values: dict[str, str], before: Tree) -> Applied:
    if change.kind == ChangeKind.VALUE:
        return tree, {**values, change.field: change.counter_value}
    if node_of(tree, change.clause) is None:
        tree = restore(tree, before, change.clause)
    return with_wordings(tree, {change.clause: change.counter_wording}), values


_APPLY: dict[str, Callable[[Change, Tree, dict[str, str], Tree], Applied]] = {
    ChangeState.REJECTED: _take_back,
    ChangeState.COUNTERED: _put_ours,
}
