"""What departs from our form: which clauses read otherwise, are new, or are gone."""

from dataclasses import dataclass

from zabota.contracts.models import Contract
from zabota.contracts.reading.sheet import Sheet
from zabota.contracts.stored import nodes


@dataclass(frozen=True)
class Departure:
    """A clause that is not as in our form; one that is gone has no place in the text."""

    clause: str
    number: str
    gone: bool = False


def read_departures(contract: Contract, sheet: Sheet) -> list[Departure]:
    """Clauses of the present version against the edition it began from, in reading order."""
    if contract.version is None:
        return []
    form = {node["id"]: node["w"] for node in nodes(contract.edition.tree)}
    shown = {view.id: view.number for view in sheet.clauses}
    found = [
        Departure(node["id"], shown.get(node["id"], ""))
        for node in nodes(contract.version.tree)
        if form.get(node["id"]) != node["w"]
    ]
    here = {node["id"] for node in nodes(contract.version.tree)}
    gone = [Departure(clause, "", gone=True) for clause in form if clause not in here]
    return found + gone
