"""Contracts on the desk: found by number, client or words, with whose turn it is."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zabota.common import clock
from zabota.contracts.models import ContractState
from zabota.contracts.reading.lists import read_contracts
from zabota.contracts.rules import may_import_register
from zabota.people.access import StaffRequest, staff_page


@require_GET
@staff_page
def contract_list(request: StaffRequest) -> HttpResponse:
    """All contracts this employee may know of, newest work first."""
    found = read_contracts(request.viewer, request.GET.dict(), request.firm, at=clock.now())
    return render(
        request,
        "contracts/desk/list/contracts.html",
        {
            "list": found,
            "wanted": found.wanted,
            "states": ContractState.choices,
            "may_import": may_import_register(request.viewer, clock.now()),
        },
    )
