"""The contract on the desk: the shared page with what only staff may do, and «Глазами клиента»."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from zabota.cases.actions import look_as_client
from zabota.cases.reading import read_links
from zabota.cases.rules import may_link_cases
from zabota.clients.access import RoomViewer
from zabota.clients.models import Contact
from zabota.common import clock
from zabota.contracts import rules
from zabota.contracts.actions.looks import note_look
from zabota.contracts.actions.routes import may_edit_routes
from zabota.contracts.actions.second_return import settle_look
from zabota.contracts.actions.untracked import untracked_changes
from zabota.contracts.actions.word_back import may_bring_word
from zabota.contracts.concerns import GENERAL, concern_name
from zabota.contracts.desk.passport import paper_context
from zabota.contracts.holders import holders_of
from zabota.contracts.models import Change, ChangeState, ContractState, Stage
from zabota.contracts.pages.common import Place, find_place, is_before_eyes
from zabota.contracts.pages.contract import changed_since_last_look, open_sheet, page_context
from zabota.contracts.pages.contract import contract_page as room_contract_page
from zabota.contracts.reading.departures import read_departures
from zabota.contracts.reading.sheet.views import ChangeView
from zabota.people.access import StaffRequest, staff_page


def contract_page(request: StaffRequest, pk: int) -> HttpResponse:
    """The passport, what departs from our form, what changed since one last looked, and one's
    decision.
    """
    return show_contract(request, find_place(request, pk))


def show_contract(
    request: StaffRequest, place: Place, typed: dict[str, Any] | None = None
) -> HttpResponse:
    """The page; `typed` is what was refused just now, to stand in its box again."""
    at = clock.now()
    context = page_context(place, at)
    context |= decision_context(place)
    context |= paper_context(place, context["sheet"], context["stages"], context["holders"])
    mine = _own_direction(context["stage"])
    open_sheet(request, context, *mine)
    context["own_direction"] = ", ".join(concern_name(slug) for slug in mine)
    context["may_bring_word"] = may_bring_word(place.viewer, place.contract)
    context["may_move_route"] = place.contract.route_id and may_edit_routes(request.viewer, at)
    before = context["before"]
    context["open_mine"] = open_mine(context)
    context["word_open"], context["word_recorded"] = _open_of_word(context)
    context["departures"] = read_departures(
        place.contract, context["sheet"], before.same if before and before.agreed else ()
    )
    context["agreed_before"] = _agreed_before(context)
    context["seen_version"] = changed_since_last_look(place)
    if is_before_eyes(request):
        note_look(place.contract, by=place.viewer, at=at)
        settle_look(place.contract, by=place.viewer, at=at)
    context["links"] = read_links(place.contract.case, request.viewer)
    context["may_link"] = may_link_cases(request.viewer)
    context |= typed or {}
    status = 422 if typed else 200
    return render(request, "contracts/desk/contract.html", context, status=status)


def _own_direction(stage: Stage | None) -> list[str]:
    """The direction of the stage that waits for this person; a general one is no direction."""
    return [stage.concern] if stage is not None and stage.concern not in ("", GENERAL) else []


def _agreed_before(context: dict[str, Any]) -> int:
    """How many open changes were agreed in the earlier contract and may be answered here."""
    if not context["before"] or not context["before"].agreed:
        return 0
    marked = [view for view in context["sheet"].clauses if view.as_before]
    rows = [row for view in marked for row in view.open_changes if not row.field]
    return sum(row in context["answerable"] for row in rows)


def open_mine(context: dict[str, Any]) -> list[ChangeView]:
    """The changes that wait for an answer and are this person's to answer, in reading order."""
    return [
        change
        for view in context["sheet"].clauses
        for change in view.changes
        if change.row.state == ChangeState.OPEN and change.row in context["answerable"]
    ]


def _open_of_word(context: dict[str, Any]) -> tuple[list[ChangeView], list[ChangeView]]:
    """What waits for this person of a text that came in a Word file; what of it was recorded."""
    word, contract = context["word"], context["contract"]
    if word is None:
        return [], []
    mine = context["open_mine"]
    recorded = [
        view
        for view in mine
        if view.row.version_id == contract.version_id and view.row.clause in word.recorded_clauses
    ]
    return mine, recorded


def decision_context(place: Place) -> dict[str, Any]:
    """Which stage waits for this person, and which changes they may answer."""
    contract = place.contract
    stages = list(
        Stage.objects.with_changes()
        .filter(contract=contract, round=contract.round)
        .select_related("promise")
        .order_by("position")
    )
    holders = holders_of(stages)
    mine = [
        (stage, held)
        for stage in stages
        if (held := rules.seat_held(place.viewer, stage, holders[stage.promise_id])) is not None
    ]
    stage, held = mine[0] if mine else (None, None)
    untracked = untracked_changes(contract, [stage.concern]) if stage and stage.has_open else []
    return {
        "stages": stages,
        "holders": holders,
        "stage": stage,
        "held": held,
        "may_approve": stage is not None
        and rules.may_approve_stage(place.viewer, stage, holders[stage.promise_id], untracked),
        "untracked": untracked,
        "answerable": _Answerable(place, stages, holders),
        "review": contract.case.state == ContractState.REVIEW,
    }


class _Answerable:
    """Asks of each change, in a template: may this person answer it?"""

    def __init__(self, place: Place, stages: list[Stage], holders: dict[int, Any]) -> None:
        self.place, self.stages, self.holders = place, stages, holders

    def __contains__(self, change: Change) -> bool:
        return change.sent_at is None and rules.may_answer_change(
            self.place.viewer,
            self.place.contract,
            change,
            self.stages,
            self.holders,
        )


def through_eyes(page: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The door for «Глазами клиента»: the room's own page functions, given a read-only viewer that
    leaves out what is theirs alone. The session is not touched."""

    @staff_page
    def guarded(request: StaffRequest, pk: int, **kwargs: Any) -> HttpResponseBase:
        place = find_place(request, pk)
        contact = (
            Contact.objects.with_whole()
            .of_whole(place.contract.case.client_id)
            .filter(removed_at=None)
            .select_related("client__owner__user", "client__root__owner__user")
            .order_by("pk")
            .first()
        )
        if contact is None or place.contract.case.audience == "ours":
            raise Http404
        request.viewer = RoomViewer(  # type: ignore[assignment]
            request.viewer.user, contact, (contact,), read_only=True, looking_on=True
        )
        return page(request, pk, **kwargs)

    return guarded


def as_client_page(request: StaffRequest, pk: int) -> HttpResponse:
    """The client's own page; the journal says who looked."""
    place = find_place(request, pk)
    look_as_client(place.contract.case, by=request.viewer.user, at=clock.now())
    return room_contract_page(request, pk)
