"""Which clauses stand open on the page: all, what changed, or what one direction answers for.

The rest is folded in its place, so that an approver reads two clauses of eighty and still sees that
nothing was taken away.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from zabota.contracts.reading.sheet.views import ClauseView, Sheet

CHANGED, MINE = "changed", "mine"


@dataclass(frozen=True)
class Run:
    """Clauses that follow one another, open or folded together; headings are not counted."""

    clauses: list[ClauseView]
    folded: bool

    @property
    def count(self) -> int:
        return sum(not view.heading for view in self.clauses) or len(self.clauses)


def fold_sheet(sheet: Sheet, show: str, concerns: Collection[str] = ()) -> list[Run]:
    """The text as runs of open and folded clauses: `show` is "changed", "mine" or all of it."""
    if show == CHANGED:
        return _runs(sheet.clauses, _is_spoken_of)
    if show == MINE and concerns:
        return _runs(sheet.clauses, lambda view: _concerns(view, concerns))
    return [Run(sheet.clauses, folded=False)]


def _is_spoken_of(view: ClauseView) -> bool:
    """Changed, answered, written about, or being worked on now."""
    marked = view.state or view.changes or view.changed or view.comments or view.returned
    return bool(marked or view.as_before or view.then or view.open or view.talking)


def _concerns(view: ClauseView, concerns: Collection[str]) -> bool:
    rows = any(change.row.concern in concerns for change in view.changes)
    return rows or view.open or view.talking or (view.concern in concerns and not view.heading)


def _runs(views: list[ClauseView], wanted: Callable[[ClauseView], bool]) -> list[Run]:
    """What a clause stands under stands open with it: its section, the words before a list."""
    keep: set[str] = set()
    above: list[ClauseView] = []
    for view in views:
        if view.state not in ("deleted", "gone"):
            above = [found for found in above if found.depth < view.depth]
        if wanted(view):
            keep |= {view.id, *(found.id for found in above)}
        if view.state not in ("deleted", "gone"):
            above.append(view)
    runs: list[Run] = []
    for view in views:
        folded = view.id not in keep
        if not runs or runs[-1].folded != folded:
            runs.append(Run([], folded))
        runs[-1].clauses.append(view)
    return runs
