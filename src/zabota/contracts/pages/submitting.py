"""Sending a contract, taking it back, putting it into the client's room."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zabota.common import clock
from zabota.contracts.actions import (
    share_contract,
    submit_contract,
    withdraw_contract,
)
from zabota.contracts.actions.share import LONGEST_REASON
from zabota.contracts.actions.submit import (
    LONGEST_NAME,
    Fault,
    NoRoute,
    NotReady,
    faults_before_sending,
    lane_of_draft,
)
from zabota.contracts.error_words import error_words
from zabota.contracts.models import SETTLED, Contract, ContractState
from zabota.contracts.pages.common import (
    Place,
    find_place,
    length_trouble,
    page_template,
    typed_words,
)
from zabota.contracts.pages.contract import frame_context, page_context
from zabota.contracts.reading.beforehand import LaneView, read_lane_view, read_prices
from zabota.contracts.reading.replies import read_replies
from zabota.contracts.reading.values import labels_of
from zabota.contracts.rules import may_submit_contract, may_withdraw_contract, side_of
from zabota.contracts.trouble_words import trouble_words


def submit_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What will be sent, what is missing; then it is sent. Nothing typed is lost by an error."""
    place = find_place(request, pk)
    at = clock.now()
    if not may_submit_contract(place.viewer, place.contract):
        messages.info(request, _("There is nothing to send here now."))
        return redirect(f"{place.base}/")
    faults: list[Fault] = []
    no_route = False
    number = typed_words(request, "client_number")
    too_long = length_trouble(LONGEST_NAME, number)
    if request.method == "POST" and not too_long:
        needed_by = parse_date(request.POST.get("needed_by", "") or "0")
        try:
            version = submit_contract(
                place.contract,
                by=place.viewer,
                at=at,
                needed_by=needed_by,
                client_number=number if "client_number" in request.POST else None,
            )
        except NotReady as not_ready:
            faults = not_ready.faults
        except NoRoute:
            no_route = True
        else:
            messages.success(request, _sent_words(version.contract))
            return redirect(f"{place.base}/")
    status = 422 if faults or no_route or too_long else 200
    if request.method != "POST":
        faults = faults_before_sending(place.contract, side_of(place.viewer))
    context = page_context(place, at)
    context |= {
        "faults": [_fault(fault, context) for fault in faults],
        "no_route": no_route,
        "replies": read_replies(place.contract, context["sheet"]),
        "needed_by": _date_typed(request, place),
        "client_number": request.POST.get("client_number", place.contract.case.client_number),
        "number_trouble": too_long,
        "today": at.date(),
        "lane": _lane_view(place, context, at),
    }
    return render(request, page_template(place, "submit"), context, status=status)


def _sent_words(contract: Contract) -> str:
    if contract.case.state == ContractState.AGREED:
        return _("Agreed at once: nobody had to be asked.")
    return _("Sent. Below you see who has it now and until when.")


def _lane_view(place: Place, context: dict[str, Any], at: datetime) -> LaneView | None:
    """What sending would lead to, for the client: before they choose."""
    lane = lane_of_draft(place.contract, side_of(place.viewer)) if place.in_room else None
    if lane is None:
        return None
    labels = {question.name: question.label for question in context["questions"]}
    names = {view.id: view.path for view in context["sheet"].clauses}
    return read_lane_view(lane, labels, names, read_prices(place.contract, place.firm, at))


def _date_typed(request: HttpRequest, place: Place) -> str:
    needed: date | None = place.contract.case.needed_by
    return request.POST.get("needed_by", needed.isoformat() if needed else "")


def _fault(fault: Fault, context: dict[str, Any]) -> dict[str, Any]:
    """A fault in words, with where it leads."""
    labels = {question.name: question.label for question in context["questions"]}
    names = {view.id: view.path for view in context["sheet"].clauses}
    number = names.get(fault.where) or str(fault.params.get("number", ""))
    where = _("Clause %(number)s") % {"number": number} if number else _("In the text")
    anchor = f"c-{fault.where}"
    if fault.code in ("locked_reason", "blank_clause"):
        words = trouble_words(fault.code, fault.params)
        return {"label": where, "words": words, "anchor": anchor}
    if fault.code == "error_in_text":
        form_labels = labels_of(context["contract"].edition.fields)
        words = error_words(fault.params["error"], form_labels)
        return {"label": where, "words": words, "anchor": anchor}
    return {
        "label": labels.get(fault.where, fault.where),
        "words": trouble_words(fault.code, fault.params),
        "anchor": f"f-{fault.where}",
        "empty": fault.code == "required",
    }


def withdraw_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Taking it back asks for a reason first; what is over already says so."""
    place = find_place(request, pk)
    if not may_withdraw_contract(place.viewer, place.contract):
        if place.contract.case.state not in (*SETTLED, ContractState.WITHDRAWN):
            raise PermissionDenied
        messages.info(request, _("It is over already: there is nothing to withdraw."))
        return redirect(f"{place.base}/")
    reason = typed_words(request, "reason")
    problem = length_trouble(LONGEST_REASON, reason)
    if request.method == "POST" and not problem:
        withdraw_contract(place.contract, by=place.viewer, at=clock.now(), reason=reason)
        messages.success(request, _("Withdrawn. The text and its history stay here."))
        return redirect(f"{place.base}/")
    context = frame_context(place, clock.now()) | {"reason": reason, "problem": problem}
    status = 422 if problem else 200
    return render(request, page_template(place, "withdraw"), context, status=status)


@require_POST
def share_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What we prepared goes into the client's room."""
    place = find_place(request, pk)
    share_contract(place.contract, by=place.viewer, at=clock.now())
    messages.success(request, _("The client sees it now and has been told."))
    return redirect(f"{place.base}/")
