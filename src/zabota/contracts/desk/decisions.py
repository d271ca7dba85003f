"""Decisions on the desk: approve, return, hand over; give an agreed contract its number."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zabota.cases.models import seen_by
from zabota.common import clock
from zabota.common.ids import row_number
from zabota.contracts.actions import (
    approve_stage,
    reassign_stage,
    register_contract,
    return_stage,
)
from zabota.contracts.actions.approve import RefusalsWait, UntrackedWait
from zabota.contracts.actions.give_back import NothingSaid, ReasonNeeded
from zabota.contracts.actions.settle import AlreadyDecided, Decided
from zabota.contracts.desk.contract import decision_context, open_mine, show_contract
from zabota.contracts.holders import holders_of
from zabota.contracts.models import Change, ChangeState, Stage
from zabota.contracts.pages.common import Place, find_place, length_trouble, posted, typed_words
from zabota.contracts.pages.contract import page_context
from zabota.journal.models import Stream
from zabota.people.access import StaffRequest
from zabota.people.models import Employee

# The same as `maxlength` of their boxes.
MOST_ASKED = 2000
MOST_REASON = 1000


@require_POST
def approve_page(request: StaffRequest, pk: int) -> HttpResponse:
    """Approve one's seat; htmx gets the decided part, a plain form goes back where it came from."""
    return _approve(request, pk, "")


@require_POST
def approve_with_remark_page(request: StaffRequest, pk: int) -> HttpResponse:
    """Approve with a remark for colleagues and the approval sheet; nothing is decided without."""
    remark = typed_words(request, "remark")
    problem = length_trouble(MOST_ASKED, remark)
    if not remark:
        problem = _("Please write your remark; to approve without one, press “Approve”.")
    if problem:
        typed = {"remark": remark, "remark_trouble": problem}
        return _as_typed(request, find_stage(request, pk), typed)
    return _approve(request, pk, remark)


def _approve(request: StaffRequest, pk: int, remark: str) -> HttpResponse:
    at = clock.now()
    try:
        decided = approve_stage(pk, by=request.viewer, at=at, remark=remark)
    except AlreadyDecided as late:
        return _late(request, late, remark)
    except (PermissionDenied, Stream.DoesNotExist):
        # Asked only now: whoever holds the stage sees it, and a decision is kept lean.
        stage_seen(request, pk)
        raise
    except RefusalsWait:
        words = _(
            "Some changes were not accepted, and the client has read the answers: "
            "return the contract, so that they can go on."
        )
        return _back(request, _with_remark(words, remark), level="error")
    except UntrackedWait as waiting:
        return _untracked(request, pk, waiting.changes, remark)
    if request.headers.get("HX-Request"):
        # The part alone: nothing of the frame around a page is gathered for it.
        part = {"decided": decided, "LANGUAGE_CODE": get_language()}
        return HttpResponse(render_to_string("contracts/desk/decided.html", part))
    return _back(request, _decided_words(decided), level="success")


def _untracked(request: StaffRequest, pk: int, changes: list[Change], remark: str) -> HttpResponse:
    """Nothing is decided: whoever approves is led to the changes that wait for an answer."""
    words = ngettext(
        "%(count)d change was made in Word without a record: %(clauses)s. "
        "Answer it first, then approve.",
        "%(count)d changes were made in Word without a record: %(clauses)s. "
        "Answer them first, then approve.",
        len(changes),
    )
    clauses = dict.fromkeys(change.name or "§" for change in changes)
    told = {"count": len(changes), "clauses": ", ".join(clauses)}
    messages.error(request, _with_remark(words % told, remark))
    to = f"/desk/contracts/{find_stage(request, pk).contract_id}/#decision"
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": to})
    return redirect(to)


def _with_remark(words: str, remark: str) -> str:
    """What was typed is not lost with the form it stood in."""
    if not remark:
        return words
    return f"{words} " + _("Your remark was: “%(remark)s”") % {"remark": remark}


def _as_typed(request: StaffRequest, stage: Stage, typed: dict[str, Any]) -> HttpResponse:
    """The remark that was refused stays in its box."""
    place = find_place(request, stage.contract_id)
    if not request.headers.get("HX-Request"):
        return show_contract(request, place, typed)
    at = clock.now()
    context = {**page_context(place, at), **decision_context(place), **typed}
    context["open_mine"] = open_mine(context)
    return render(request, "contracts/desk/decision.html", context, status=422)


def stage_seen(request: StaffRequest, pk: int) -> None:
    """A stage this employee may know of, else 404."""
    seen = seen_by(request.viewer, "contract__case__")
    if not Stage.objects.filter(seen, pk=pk).exists():
        raise Http404


def _decided_words(decided: Decided) -> str:
    number = decided.round.contract.case.number
    if decided.agreed:
        return _("No. %(number)s is agreed.") % {"number": number}
    return _("Agreed: No. %(number)s, %(stage)s.") % {
        "number": number,
        "stage": decided.stage.title_ru if get_language() == "ru" else decided.stage.title_en,
    }


def _late(request: HttpRequest, late: AlreadyDecided, remark: str = "") -> HttpResponse:
    words = _("This stage is settled already: %(who)s. Your decision is no longer needed.") % {
        "who": late.who or "—"
    }
    words = _with_remark(words, remark)
    if request.headers.get("HX-Request"):
        return HttpResponse(
            format_html('<p class="notice warning" role="status">{}</p>', words), status=409
        )
    return _back(request, words, level="warning")


def _back(request: HttpRequest, words: str, *, level: str) -> HttpResponse:
    getattr(messages, level)(request, words)
    to = request.POST.get("next", "")
    safe = to.startswith("/desk/") and "//" not in to
    return redirect(to if safe else "/desk/")


def stage_page(request: StaffRequest, pk: int) -> HttpResponse:
    """Where a mail about a stage leads: names it and grants nothing; deciding needs a session."""
    stage = find_stage(request, pk)
    return redirect(f"/desk/contracts/{stage.contract_id}/#decision")


def return_page(request: StaffRequest, pk: int) -> HttpResponse:
    """Return to the client: what is asked, and reasons tied to clauses."""
    stage = find_stage(request, pk)
    place = find_place(request, stage.contract_id)
    at = clock.now()
    problem = ""
    if request.method == "POST":
        asked = typed_words(request, "asked")
        reasons = [
            {"clause": clause, "text": text.strip()}
            for clause, text in posted(request, "reason-").items()
            if text.strip()
        ]
        problem = length_trouble(MOST_ASKED, asked) or length_trouble(
            MOST_REASON, *(reason["text"] for reason in reasons)
        )
        if not problem:
            try:
                return_stage(stage.pk, by=request.viewer, at=at, asked=asked, reasons=reasons)
            except AlreadyDecided as late:
                return _late(request, late)
            except NothingSaid:
                problem = _("Please say what is asked of the client, or why a clause is returned.")
            except ReasonNeeded:
                problem = _(
                    "This clause was returned before and has not changed: "
                    "please say why it is returned again."
                )
            else:
                if asked:
                    done = _("Returned. The client has been told what is asked.")
                else:
                    done = _("Returned. Our clock goes on: nothing was asked of the client.")
                messages.success(request, done)
                return redirect(f"{place.base}/")
    context = page_context(place, at)
    context |= {
        "stage": stage,
        "problem": problem,
        "asked": request.POST.get("asked", _suggested(place)),
        "unanswered": _still_open(place),
    }
    typed = posted(request, "reason-")
    for view in context["sheet"].clauses:
        view.reason = typed.get(view.id, "")
    return render(request, "contracts/desk/return.html", context, status=422 if problem else 200)


def _still_open(place: Place) -> int:
    """How many changes of the client nobody has answered yet."""
    return Change.objects.filter(contract=place.contract, state=ChangeState.OPEN).count()


def _suggested(place: Place) -> str:
    """What is usually asked when changes were answered: to look at our answers, clause by
    clause.
    """
    answered = Change.objects.filter(
        contract=place.contract,
        state__in=[ChangeState.REJECTED, ChangeState.COUNTERED],
        sent_at=None,
    )
    clauses = list(dict.fromkeys(change.name for change in answered if change.name))
    if not clauses:
        return ""
    with translation.override(place.contract.case.client.language):
        if len(clauses) == 1:
            return _("Please look at our answer on clause %(number)s.") % {"number": clauses[0]}
        return _("Please look at our answers on clauses %(numbers)s.") % {
            "numbers": ", ".join(clauses)
        }


def reassign_page(request: StaffRequest, pk: int) -> HttpResponse:
    """Hand a seat to a colleague."""
    stage = find_stage(request, pk)
    place = find_place(request, stage.contract_id)
    problem = ""
    if request.method == "POST":
        to = (
            Employee.objects.working()
            .filter(pk=row_number(request.POST.get("to", "")) or 0)
            .first()
        )
        reason = typed_words(request, "reason")
        seat = row_number(request.POST.get("seat", "")) or 0
        if to is None or not reason:
            problem = _("Please choose a colleague and say why.")
        elif not (problem := length_trouble(MOST_REASON, reason)):
            reassign_stage(stage.pk, seat, to, by=request.viewer, at=clock.now(), reason=reason)
            messages.success(request, _("Handed over: %(name)s.") % {"name": to.name})
            return redirect(f"{place.base}/")
    context = {
        "stage": stage,
        "place": place,
        "base": place.base,
        "contract": place.contract,
        "case": place.contract.case,
        "problem": problem,
        "reason": request.POST.get("reason", ""),
        "colleagues": Employee.objects.working()
        .exclude(pk=request.viewer.employee.pk)
        .select_related("user")
        .order_by("user__name"),
        "held": holders_of([stage])[stage.promise_id],
    }
    return render(request, "contracts/desk/reassign.html", context, status=422 if problem else 200)


@require_POST
def register_page(request: StaffRequest, pk: int) -> HttpResponse:
    """Give an agreed contract its registration number."""
    place = find_place(request, pk)
    contract = register_contract(place.contract, by=request.viewer, at=clock.now())
    messages.success(
        request, _("Registered under No. %(number)s.") % {"number": contract.registered_number}
    )
    return redirect(f"{place.base}/")


def find_stage(request: StaffRequest, pk: int) -> Stage:
    """A stage of a contract this employee may see."""
    stage = (
        Stage.objects.filter(seen_by(request.viewer, "contract__case__"), pk=pk)
        .select_related("promise", "contract")
        .first()
    )
    if stage is None:
        raise Http404
    return stage
