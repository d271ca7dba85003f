"""What departs from our form: which clauses read otherwise, are new, moved, or gone."""

from collections.abc import Collection
from dataclasses import dataclass

from zabota.contracts.last_time import words_of
from zabota.contracts.models import Contract
from zabota.contracts.models.changes import ChangeKind
from zabota.contracts.reading.sheet import Sheet
from zabota.contracts.touched import stand_elsewhere


@dataclass(frozen=True)
class Departure:
    """A clause that is not as in our form; one that is gone has no place in the text. `as_before`:
    it departed in the same way in the earlier contract.
    """

    clause: str
    number: str
    gone: bool = False
    as_before: bool = False


def read_departures(
    contract: Contract, sheet: Sheet, as_before: Collection[str] = ()
) -> list[Departure]:
    """Clauses of the present version against the edition it began from, in reading order."""
    if contract.version is None or contract.foreign_paper:
        return []
    form, here = words_of(contract.edition.tree), words_of(contract.version.tree)
    moved = stand_elsewhere(contract.edition.tree, contract.version.tree, _moved_by_hand(sheet))
    shown = {view.id: view.path for view in sheet.clauses}
    found = [
        Departure(clause, shown.get(clause, ""), as_before=clause in as_before)
        for clause, digest in here.items()
        if form.get(clause) != digest or clause in moved
    ]
    return found + [
        Departure(clause, "", gone=True, as_before=clause in as_before)
        for clause in form
        if clause not in here
    ]


def _moved_by_hand(sheet: Sheet) -> list[str]:
    """The clauses the client said it moved; of two neighbours the texts do not tell which."""
    return [
        view.id
        for view in sheet.clauses
        if any(change.row.kind == ChangeKind.MOVED for change in view.changes)
    ]
