"""Why a contract came back: reasons tied to clauses, as one viewer may read who gave them."""

from collections.abc import Mapping

from zabota.clients.access import RoomViewer
from zabota.contracts.models import Contract, ContractState, Decision, Stage
from zabota.contracts.models.approvals import Outcome, Verdict
from zabota.contracts.reading.sheet.views import Sheet, WhyReturned
from zabota.contracts.rules import Viewer
from zabota.people.models import Firm


def place_returns(
    contract: Contract, viewer: Viewer, firm: Firm, language: str, sheet: Sheet
) -> None:
    """Each reason of the last return beside its clause, while the client has the contract; one
    query.
    """
    if contract.case.state != ContractState.RETURNED:
        return
    told = _read_returns(contract, viewer, firm, language)
    for view in sheet.clauses:
        view.returned = told.get(view.id, [])


def _read_returns(
    contract: Contract, viewer: Viewer, firm: Firm, language: str
) -> Mapping[str, list[WhyReturned]]:
    found: dict[str, list[WhyReturned]] = {}
    # A vote against at a stage that did not return the contract stays among ourselves.
    for row in (
        Decision.objects.filter(
            stage__contract=contract,
            stage__round=contract.round,
            stage__promise__outcome=Outcome.RETURNED,
            verdict=Verdict.RETURNED,
        )
        .select_related("stage", "by__user", "by__team")
        .order_by("at", "pk")
    ):
        who = _who(row, viewer, firm, language)
        for reason in row.reasons:
            if reason.get("clause") and reason.get("text", "").strip():
                why = WhyReturned(reason["text"].strip(), who, row.at)
                found.setdefault(reason["clause"], []).append(why)
    return found


def _who(row: Decision, viewer: Viewer, firm: Firm, language: str) -> str:
    """For the client as on the rail: a person, a team, or of a hidden stage the firm alone."""
    stage: Stage = row.stage
    shows = str(stage.spec.get("shows", "person"))
    if not isinstance(viewer, RoomViewer):
        return row.by.name
    if shows == "hidden":
        return firm.shown_name
    if shows == "team" or not firm.shows_people:
        return row.by.team.name(language) if row.by.team else stage.title(language)
    return row.by.name
