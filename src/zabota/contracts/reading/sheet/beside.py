"""Comments beside their clauses, also of those that are gone."""

from collections.abc import Iterable

from zabota.contracts.models import Comment, Contract
from zabota.contracts.reading.sheet.views import Beside, ClauseView, Sheet
from zabota.contracts.stored import (
    flat,
    node_of,
    nodes,
)
from zabota.contracts.text.words import blocks_text


def keep_old_places(contract: Contract, sheet: Sheet, comments: Iterable[Comment]) -> None:
    """A clause that is gone but was written about keeps its old place, empty, for what was said."""
    there = {view.id for view in sheet.clauses}
    lost = {row.clause for row in comments if row.clause} - there
    if not lost:
        return
    trees = contract.versions.order_by("-number").values_list("tree", flat=True)
    for tree in [*trees, contract.edition.tree]:
        order = [node["id"] for node in nodes(tree)]
        for clause in [found for found in order if found in lost]:
            lost.discard(clause)
            index = {view.id: place for place, view in enumerate(sheet.clauses)}
            before = [found for found in order[: order.index(clause)] if found in index]
            told = node_of(tree, clause) or {}
            view = ClauseView(clause, "", 0, False, "", told.get("c", "general"), False, "gone")
            sheet.clauses.insert(index[before[-1]] + 1 if before else 0, view)
        if not lost:
            return


def place_comments(sheet: Sheet, comments: Iterable[Comment]) -> None:
    """Each comment beside its clause; outdated when its words are gone; of a deleted clause,
    general. Replies follow what they answer.
    """
    comments = in_threads(comments)
    by_id = {view.id: view for view in sheet.clauses}
    words = {
        clause.id: blocks_text(clause.blocks)
        for clause, _ in flat(sheet.text.document)
        if clause.id in {row.clause for row in comments}
    }
    for row in comments:
        view = by_id.get(row.clause)
        outdated = bool(row.clause) and (
            row.clause not in words or (bool(row.quote) and row.quote not in words[row.clause])
        )
        (view.comments if view else sheet.general).append(Beside(row, outdated))


def in_threads(comments: Iterable[Comment]) -> list[Comment]:
    """The same comments, each reply after what it answers; the rest in the order written."""
    rows = {row.pk: row for row in comments}

    def head(row: Comment) -> int:
        # A reply is always written after what it answers, so this comes to an end.
        while row.answers_id in rows:
            row = rows[row.answers_id]
        return row.pk

    return sorted(rows.values(), key=lambda row: (head(row), row.pk))
