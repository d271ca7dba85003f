"""Why a contract came back: reasons tied to clauses, as one viewer may read who gave them."""

from collections.abc import Mapping

from zabota.cases.models import Holder
from zabota.clients.access import RoomViewer
from zabota.contracts.holders import holders_of
from zabota.contracts.models import Contract, ContractState, Decision, Stage
from zabota.contracts.models.approvals import Outcome, Verdict
from zabota.contracts.reading.sheet.views import Sheet, WhyReturned
from zabota.contracts.rules import Viewer
from zabota.contracts.seat_team import client_sees, seat_team
from zabota.people.models import Firm


def place_returns(
    contract: Contract, viewer: Viewer, firm: Firm, language: str, sheet: Sheet
) -> None:
    """Each reason of the last return beside its clause, while the client has the contract; two
    queries at most.
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
    rows = list(
        Decision.objects.filter(
            stage__contract=contract,
            stage__round=contract.round,
            stage__promise__outcome=Outcome.RETURNED,
            verdict=Verdict.RETURNED,
        )
        .select_related("stage", "by__user")
        .order_by("at", "pk")
    )
    client = isinstance(viewer, RoomViewer)
    held = holders_of([row.stage for row in rows]) if rows and client else {}
    for row in rows:
        who = _who(row, held[row.stage.promise_id], firm, language) if client else row.by.name
        for reason in row.reasons:
            if reason.get("clause") and reason.get("text", "").strip():
                why = WhyReturned(reason["text"].strip(), who, row.at)
                found.setdefault(reason["clause"], []).append(why)
    return found


def _who(row: Decision, held: list[Holder], firm: Firm, language: str) -> str:
    """For the client as on the rail: a person, a team, or of a hidden stage the firm alone."""
    stage: Stage = row.stage
    shows = client_sees(stage.spec, firm)
    if shows == "hidden":
        return firm.shown_name
    if shows == "team":
        return seat_team(stage, held, language)
    return row.by.name
