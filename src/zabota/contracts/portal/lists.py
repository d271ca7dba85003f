"""Contracts in the room: of the company one stands for."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zabota.clients.access import RoomRequest, room_page
from zabota.common import clock
from zabota.contracts.models import ContractState
from zabota.contracts.reading.lists import read_contracts
from zabota.contracts.rules import may_start_contract

# What we only prepare is not in the room yet.
STATES = [state for state in ContractState if state != ContractState.PREPARING]


@require_GET
@room_page
def contract_list(request: RoomRequest) -> HttpResponse:
    """The company's contracts, newest work first."""
    found = read_contracts(request.viewer, request.GET.dict(), request.firm, at=clock.now())
    return render(
        request,
        "contracts/portal/list/contracts.html",
        {
            "list": found,
            "wanted": found.wanted,
            "states": [(state.value, state.label) for state in STATES],
            "may_start": may_start_contract(request.viewer),
        },
    )
