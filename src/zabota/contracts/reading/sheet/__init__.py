"""The sheet: clause by clause, what stands there, what the client changed, what we answered."""

from zabota.contracts.reading.sheet.draft import draft_sheet
from zabota.contracts.reading.sheet.folds import CHANGED, MINE, Run, fold_sheet
from zabota.contracts.reading.sheet.version import count_open_changes, version_sheet
from zabota.contracts.reading.sheet.views import ClauseView, Sheet

__all__ = [
    "CHANGED",
    "MINE",
    "ClauseView",
    "Run",
    "Sheet",
    "count_open_changes",
    "draft_sheet",
    "fold_sheet",
    "version_sheet",
]
