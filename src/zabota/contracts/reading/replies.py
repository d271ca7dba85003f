"""What the client says to our answers by sending its next version: for the page before sending."""

from dataclasses import dataclass

from zabota.contracts.models import ChangeState, Contract
from zabota.contracts.reading.sheet import ClauseView, Sheet
from zabota.contracts.reading.sheet.views import ChangeView

REFUSED = (ChangeState.REJECTED, ChangeState.COUNTERED)


@dataclass(frozen=True)
class Reply:
    """Our answer to one change, and what becomes of it: agreed with by a word of its own
    (`agreed`), sent back with the client's wording (`again`), or left, which counts as agreed.
    """

    clause: str
    number: str
    change: ChangeView
    fate: str


def read_replies(contract: Contract, sheet: Sheet) -> list[Reply]:
    """Our answers to what the client sent last, in reading order; no query."""
    answered = [
        (view, change)
        for view in sheet.clauses
        for change in view.changes
        if change.row.sent_at and change.row.state in (*REFUSED, ChangeState.AGREED)
    ]
    last = max((change.row.version_id for _, change in answered), default=0)
    return [
        Reply(view.id, view.path or change.row.name, change, _fate(contract, sheet, view, change))
        for view, change in answered
        if change.row.version_id == last
    ]


def _fate(contract: Contract, sheet: Sheet, view: ClauseView, change: ChangeView) -> str:
    field = change.row.field
    if field:
        before = contract.version.values if contract.version else {}
        again = sheet.values.get(field, "") != before.get(field, "")
    else:
        again = view.changed is not None
    if again:
        return "again"
    return "agreed" if change.row.state == ChangeState.AGREED else "left"
