"""«Как в прошлый раз»: the wording agreed in an earlier contract, laid over the form now in force.

Three stored trees are compared by their clauses: the form the earlier contract began from, its last
text, and the form now. Where the form's own words are the same now as then, what was done to the
clause last time is done again; where they changed, the form's new words stand.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, tzinfo

from zabota.contracts.compare.align import rising
from zabota.contracts.models import SETTLED, Contract
from zabota.contracts.stored import Node, Tree, node_of, nodes
from zabota.contracts.surgery import insert_after, place_of, put_back, remove, restore


@dataclass(frozen=True)
class LastTime:
    """An earlier contract as the model of a new one: its form then, its last text."""

    contract: Contract
    form: Tree
    text: Tree

    @property
    def agreed(self) -> bool:
        """Whether its text was agreed, or was only its last version."""
        return self.contract.case.state in SETTLED

    @property
    def number(self) -> str:
        return self.contract.registered_number or self.contract.case.number

    def agreed_on(self, zone: tzinfo) -> date | None:
        """The day it was agreed, where the firm is."""
        at = self.contract.agreed_at
        return at.astimezone(zone).date() if at else None


@dataclass(frozen=True)
class Laid:
    """The form now, with clauses added, deleted and moved as last time; `words` are digests of
    clauses that were reworded.
    """

    tree: Tree
    words: Mapping[str, str] = field(default_factory=dict)


def last_time_of(contract: Contract) -> LastTime | None:
    """The earlier contract this one is like, if its text can be taken: of the same form."""
    if contract.like_id is None:
        return None
    like = (
        Contract.objects.select_related("case", "edition", "version")
        .filter(pk=contract.like_id, edition__template=contract.edition.template_id)
        .first()
    )
    return last_time(like) if like is not None else None


def last_time(like: Contract) -> LastTime | None:
    """An earlier contract as a model, once it has a text that was sent."""
    if like.version is None:
        return None
    return LastTime(like, like.edition.tree, like.version.tree)


def lay_last_time(last: LastTime, form: Tree) -> Laid:
    """Edits, additions, deletions and moves of last time over the form now in force."""
    before, now = words_of(last.form), words_of(form)
    same = {clause for clause, digest in now.items() if before.get(clause) == digest}
    moved = moved_clauses(last.form, last.text) & same
    tree = form
    # In reading order: whatever a clause stands after, or in, has its place already.
    for clause, parent in parents(last.text).items():
        here = words_of(tree)
        if parent and parent not in here:
            continue
        if clause in moved:
            tree = put_back(tree, last.text, clause)
        elif clause not in before and clause not in here:
            tree = restore(tree, last.text, clause)
    agreed = words_of(last.text)
    tree = _without_dropped(tree, set(before) - set(now))
    tree = _without_deleted(tree, same - set(agreed))
    words = {c: agreed[c] for c in same if c in agreed and agreed[c] != before[c]}
    return Laid(_fitted(tree, form, last), words)


def put_from_last_time(tree: Tree, last: LastTime, clause: str) -> Tree:
    """A clause of last time that the form has no more, below what it stood below."""
    found = node_of(last.text, clause)
    assert found is not None
    node = {key: part for key, part in found.items() if key != "ch"}
    order, here = list(words_of(last.text)), words_of(tree)
    above = [one for one in order[: order.index(clause)] if one in here]
    beside = place_of(last.text, clause)["after"]
    after = beside if beside in here else above[-1] if above else next(iter(here))
    return insert_after(tree, after, _with_numbering(node, node_of(tree, after), tree, last.text))


def as_last_time(last: LastTime, form: Tree, now: Tree) -> set[str]:
    """Clauses that differ from the form in the way they did last time, deleted ones among them."""
    base, agreed, here = words_of(form), words_of(last.text), words_of(now)
    moved, moved_then = moved_clauses(form, now), moved_clauses(last.form, last.text)
    found = set()
    for clause, digest in here.items():
        reworded = base.get(clause) != digest
        if not reworded and clause not in moved:
            continue
        if agreed.get(clause) != digest:
            continue
        if clause in moved and not (
            clause in moved_then and place_of(now, clause) == place_of(last.text, clause)
        ):
            continue
        found.add(clause)
    gone_then = set(words_of(last.form)) - set(agreed)
    return found | {clause for clause in base if clause not in here and clause in gone_then}


def form_changed(last: LastTime, form: Tree, now: Tree) -> dict[str, str]:
    """Clauses whose form text is not what it was last time, with the digest they had last time
    (none: there were none); those that read now as they did then are left out."""
    before, base, agreed = words_of(last.form), words_of(form), words_of(last.text)
    here = words_of(now)
    found = {
        clause: agreed.get(clause, "")
        for clause, digest in base.items()
        if before.get(clause) != digest and here.get(clause) != agreed.get(clause)
    }
    lost = {
        clause: digest
        for clause, digest in agreed.items()
        if clause not in base and clause not in here
    }
    return found | lost


def words_of(tree: Tree) -> dict[str, str]:
    """The digest of each clause's words, in reading order."""
    return {node["id"]: node["w"] for node in nodes(tree)}


def parents(tree: Tree) -> dict[str, str]:
    """The clause each clause belongs to ("" at the top), in reading order."""
    inner = {child["id"]: node["id"] for node in nodes(tree) for child in node.get("ch", ())}
    return {clause: inner.get(clause, "") for clause in words_of(tree)}


def moved_clauses(old: Tree, new: Tree, apart: Collection[str] = ()) -> set[str]:
    """Clauses that changed their parent, or their place among those that stayed with it; those
    `apart` are looked past.
    """
    before, after = (
        {clause: parent for clause, parent in parents(tree).items() if clause not in apart}
        for tree in (old, new)
    )
    places = {clause: index for index, clause in enumerate(after)}
    moved, families = set(), dict[str, list[str]]()
    for clause, parent in before.items():
        if clause not in after:
            continue
        if after[clause] != parent:
            moved.add(clause)
        else:
            families.setdefault(parent, []).append(clause)
    for family in families.values():
        stayed = {family[index] for index in rising([places[clause] for clause in family])}
        moved |= set(family) - stayed
    return moved


def _without_dropped(tree: Tree, dropped: set[str]) -> Tree:
    """What came along inside an added clause, though the form has it no more."""
    for clause in [one for one in words_of(tree) if one in dropped]:
        if node_of(tree, clause) is not None:
            tree = remove(tree, clause)
    return tree


def _without_deleted(tree: Tree, deleted: set[str]) -> Tree:
    """A deleted clause goes, unless something stands in it that was not deleted."""
    for clause in [one for one in words_of(tree) if one in deleted]:
        node = node_of(tree, clause)
        if node is not None and {one["id"] for one in nodes({"clauses": [node]})} <= deleted:
            tree = remove(tree, clause)
    return tree


def _fitted(tree: Tree, form: Tree, last: LastTime) -> Tree:
    """Directions, locks and headings are the form's own; what was added counts as those beside."""
    own = {node["id"]: node for node in nodes(form)}
    above: Node | None = None

    def fitted(node: Node) -> Node:
        nonlocal above
        mine = own.get(node["id"])
        if mine is not None:
            kept = {key: part for key, part in mine.items() if key not in ("ch", "w")}
            told = {**kept, "w": node["w"]}
            # Moved to another depth, a clause counts as it did there.
            if node.get("n") != mine.get("n") and _counts_alike(node, form, last.text):
                told["n"] = node["n"]
        else:
            told = {key: part for key, part in node.items() if key != "ch"}
            told = _with_numbering(told, above, form, last.text)
        above = told
        inner = [fitted(child) for child in node.get("ch", ())]
        return {**told, "ch": inner} if inner else told

    return {**form, "clauses": [fitted(node) for node in tree["clauses"]]}


def _with_numbering(node: Node, beside: Node | None, form: Tree, was: Tree) -> Node:
    if not node.get("n") or _counts_alike(node, form, was):
        return node
    bare = {key: part for key, part in node.items() if key != "n"}
    count = (beside or {}).get("n")
    if not count:
        return bare
    return {**bare, "n": {key: part for key, part in count.items() if key != "restart"}}


def _counts_alike(node: Node, form: Tree, was: Tree) -> bool:
    """Whether a clause's way of counting means the same in both texts."""
    name = (node.get("n") or {}).get("scheme")
    now, then = (tree.get("schemes", {}).get(name) for tree in (form, was))
    return now is not None and now == then
