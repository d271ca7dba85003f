"""The text of a contract that is made with its table of disagreements, for its papers."""

from dataclasses import replace

from zabota.contracts.models import SETTLED, Contract, Ending
from zabota.contracts.reading.disagreements.paper import annexed_document, read_paper
from zabota.contracts.reading.disagreements.read import read_disagreements
from zabota.contracts.reading.texts import Chosen, present_text, version_text
from zabota.contracts.rules import Viewer
from zabota.contracts.stored import StoredText
from zabota.people.models import Firm


def paper_text(contract: Contract, viewer: Viewer, firm: Firm) -> Chosen:
    """What the papers of a contract carry: the text this side works with now; once it is agreed and
    an annex was chosen, the text it began from with the table as its last annex.
    """
    return annexed_text(contract) or present_text(contract, viewer, firm)


def annexed_text(contract: Contract) -> Chosen | None:
    """The text with its annex; None where the agreed wordings stand in the text itself."""
    if contract.case.state not in SETTLED or contract.ending != Ending.ANNEX:
        return None
    found = read_disagreements(contract)
    if not found.rows or found.beginning is None or contract.version is None:
        return None
    document = annexed_document(contract, found, read_paper(contract, found))
    typed = {name: text for name, text in found.beginning.values.items() if "." not in name}
    return replace(
        version_text(contract.version),
        tree=found.beginning.tree,
        text=StoredText(document, {}),
        values={**contract.version.values, **typed},
    )
