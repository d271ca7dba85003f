"""The history of one clause: its wordings by version, who changed what, what was answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from zabota.clients.access import RoomViewer
from zabota.contracts.changes import lost_values
from zabota.contracts.compare import blocks as compare_blocks
from zabota.contracts.models import Change, Comment, Contract, Version
from zabota.contracts.reading.people_seen import PeopleSeen
from zabota.contracts.reading.sheet.clauses import change_views, scrolling, shown_text
from zabota.contracts.reading.sheet.views import Beside, ChangeView
from zabota.contracts.rules import Viewer
from zabota.contracts.stored import StoredText, Tree, load_wordings, node_of, nodes, read_text
from zabota.contracts.text.html import Shown, clause_html, redline_html
from zabota.contracts.text.json import blocks_from_json


@dataclass(frozen=True)
class ClauseStep:
    """One version in which something happened to the clause; `number` 0 is the form."""

    number: int
    ours: bool
    who: str
    at: datetime | None
    state: str
    clause_number: str
    html: str
    changes: list[ChangeView] = field(default_factory=list)


@dataclass(frozen=True)
class ClauseHistory:
    """Everything a viewer may read of one clause, the newest version first."""

    number: str
    steps: list[ClauseStep]
    comments: list[Beside]
    same: int


def read_clause_history(
    contract: Contract, clause: str, viewer: Viewer, people: PeopleSeen
) -> ClauseHistory | None:
    """None where no text of this contract ever had such a clause. Four queries."""
    versions = list(contract.versions.select_related("made_by__employee__team").order_by("number"))
    trees: list[Tree] = [contract.edition.tree, *(version.tree for version in versions)]
    if all(node_of(tree, clause) is None for tree in trees):
        return None
    changes = _changes(contract, clause, viewer)
    digests = {node["w"] for tree in trees for node in nodes(tree)}
    for row in changes:
        digests |= {row.old_wording, row.new_wording, row.counter_wording}
    wordings = load_wordings(digest for digest in digests if digest)
    reader = _Reader(contract, clause, wordings, changes, people)
    steps = [reader.step(None, None, trees[0])]
    for version, before in zip(versions, trees, strict=False):
        steps.append(reader.step(version, before, version.tree))
    told = [step for step in steps if step is not None]
    comments = Comment.objects.filter(
        contract=contract, clause=clause, audience__in=viewer.audiences
    ).select_related("made_by__employee__photo")
    number = next((step.clause_number for step in reversed(told) if step.clause_number), "")
    return ClauseHistory(
        number,
        told[::-1],
        [Beside(row, outdated=False) for row in comments.order_by("pk")],
        len(steps) - len(told),
    )


def _changes(contract: Contract, clause: str, viewer: Viewer) -> list[Change]:
    rows = (
        Change.objects.filter(contract=contract, clause=clause)
        .select_related("made_by", "answered_by__user", "answered_by__team", "version")
        .order_by("pk")
    )
    # Our own changes are the client's to read once they were sent, as on the contract's page.
    client = isinstance(viewer, RoomViewer)
    return [row for row in rows if not client or row.made_by_id or row.sent_at]


@dataclass(frozen=True)
class _Reader:
    contract: Contract
    clause: str
    wordings: Mapping[str, list[Any]]
    changes: list[Change]
    people: PeopleSeen

    def step(self, version: Version | None, before: Tree | None, tree: Tree) -> ClauseStep | None:
        """What became of the clause in a version; None where nothing did."""
        rows = [row for row in self.changes if version and row.version_id == version.pk]
        old = node_of(before, self.clause) if before else None
        new = node_of(tree, self.clause)
        same = (old or {}).get("w") == (new or {}).get("w")
        if (same and not rows) or (old is None and new is None):
            return None
        text = read_text(tree, self.wordings)
        shown = self._shown(text, version, lost_values(self.changes))
        return ClauseStep(
            version.number if version else 0,
            version is None or version.side == "ours",
            self._maker(version),
            version.made_at if version else None,
            _state(old, new, same=same),
            shown.numbers.get(self.clause, ""),
            self._html(old, new, shown),
            self.people.name_answers(change_views(rows, self.wordings, shown, self.contract)),
        )

    def _shown(self, text: StoredText, version: Version | None, lost: dict[str, str]) -> Shown:
        values = {**lost, **version.values} if version else {}
        return replace(shown_text(self.contract, text, values), anchors=False)

    def _html(
        self, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, shown: Shown
    ) -> str:
        before = blocks_from_json(self.wordings[old["w"]]) if old else ()
        after = blocks_from_json(self.wordings[new["w"]]) if new else ()
        if old and new and old["w"] != new["w"]:
            found = compare_blocks(before, after)
            return scrolling(redline_html(found, shown, shown, self.clause))
        return scrolling(clause_html(after or before, shown, self.clause))

    def _maker(self, version: Version | None) -> str:
        if version is None or version.made_by is None:
            return ""
        return self.people.masks.get(version.made_by.pk, version.made_by.shown_name)


def _state(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, *, same: bool) -> str:
    if new is None:
        return "deleted"
    if old is None:
        return "added"
    return "" if same else "changed"
