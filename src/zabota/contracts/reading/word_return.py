"""What the Word file told that a text was taken from, for whoever has to look at it."""

from dataclasses import dataclass

from zabota.clients.access import RoomViewer
from zabota.contracts.drafts import OpenDraft
from zabota.contracts.found_words import (
    FoundLine,
    Reviser,
    found_lines,
    kept_findings,
    look_lines,
    revisers_told,
)
from zabota.contracts.models import Contract, ContractState
from zabota.contracts.models.drafts import WordReturn
from zabota.contracts.reading.sheet import Sheet
from zabota.contracts.rules import Viewer, side_of


@dataclass(frozen=True)
class WordTold:
    """A file's name, what nobody recorded in it, who recorded what by clause."""

    name: str
    recorded: bool
    findings: list[FoundLine]
    looks: list[FoundLine]
    revisers: dict[str, list[Reviser]]
    recorded_clauses: frozenset[str]


def read_word_return(contract: Contract, viewer: Viewer, work: OpenDraft | None) -> WordTold | None:
    """Of one's own draft; for our side also of the client's version that is being answered. What
    the other side has not sent is never told. One query.
    """
    rows = WordReturn.objects.filter(contract=contract)
    if work is not None:
        rows = rows.filter(side=side_of(viewer), version=None, base=work.draft.base)
    elif isinstance(viewer, RoomViewer) or contract.case.state != ContractState.REVIEW:
        return None
    else:
        rows = rows.filter(side="theirs", version=contract.version)
    row = rows.order_by("-pk").first()
    if row is None:
        return None
    told = kept_findings(row.findings)
    return WordTold(
        row.name,
        row.recorded,
        found_lines(told),
        look_lines(told),
        {clause: revisers_told(told) for clause, told in row.revisers.items()},
        row.recorded_clauses,
    )


def name_revisers(sheet: Sheet, told: WordTold | None) -> None:
    """Beside each clause that was changed in Word stands who changed it there."""
    for view in sheet.clauses if told else ():
        if told and (view.changed or view.changes):
            view.revisers = told.revisers.get(view.id, [])
