"""Writing a draft: saving words and values, and buttons that change the order of clauses."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zabota.common import clock
from zabota.contracts.actions import (
    add_clause,
    delete_clause,
    move_clause,
    restore_clause,
    revert_clause,
    save_values,
)
from zabota.contracts.actions.draft import Gone
from zabota.contracts.changes import field_homes
from zabota.contracts.drafts import open_draft
from zabota.contracts.pages.clause_words import MOST_REASON, save_clause_page
from zabota.contracts.pages.common import (
    Place,
    find_place,
    length_trouble,
    posted,
    typed_words,
    value_problems,
)
from zabota.contracts.pages.contract import page_context
from zabota.contracts.reading.values import Tally, questions
from zabota.contracts.rules import side_of
from zabota.contracts.stored import read_text


def clause_page(request: HttpRequest, pk: int, clause: str) -> HttpResponse:
    """One clause: its text areas or the box to write about it (GET), or its words saved (POST)."""
    if request.method == "POST":
        return save_clause_page(request, pk, clause)
    place = find_place(request, pk)
    say = clause if "say" in request.GET else ""
    if not request.headers.get("HX-Request"):
        which = "say" if say else "edit"
        return redirect(f"{place.base}/?{which}={clause}#c-{clause}")
    context = page_context(place, clock.now())
    sheet = context["sheet"]
    view = (
        sheet.whole if clause == "all" else next((v for v in sheet.clauses if v.id == clause), None)
    )
    if view is None or (not say and not context["may_edit"]):
        raise Http404
    part = "say" if say else "edit"
    return render(request, f"contracts/sheet/{part}.html", {**context, "view": view})


@require_POST
def save_values_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Field values by the Save button, or one by one as they are typed."""
    place = find_place(request, pk)
    typed = {name: value.strip() for name, value in posted(request, "f:").items()}
    draft = save_values(place.contract, typed, by=place.viewer, at=clock.now())
    wrong = value_problems(place.contract, draft.values)
    if "application/json" in request.headers.get("Accept", ""):
        told = {name: words for name, words in wrong.items() if name in typed}
        words = _("Saved at %(time)s") % {"time": _time(clock.now())}
        tally = _tally(place, wrong)
        line = render_to_string("contracts/sheet/tally.html", {"tally": tally})
        said = {"words": words, "problems": told, "tally": line, "filled": tally.filled}
        return JsonResponse(said)
    if request.POST.get("then") == "submit":
        return redirect(f"{place.base}/submit/")
    if wrong:
        messages.warning(request, _("Saved. Some fields need another look: see beside them."))
    else:
        messages.success(request, _("Saved."))
    return redirect(f"{place.base}/#fields")


def _tally(place: Place, wrong: dict[str, str]) -> Tally:
    """How far the fields are now; only those that stand in the text are asked."""
    work = open_draft(place.contract, side_of(place.viewer))
    if work is None:
        return Tally([])
    used = set(field_homes(read_text(work.tree, work.wordings)))
    fields, values = place.contract.edition.fields, work.draft.values
    return Tally(questions(fields, values, place.language, used, wrong))


@require_POST
def change_order_page(request: HttpRequest, pk: int, clause: str, verb: str) -> HttpResponse:
    """Add below, delete, put back, move up or down, undo the edit: buttons beside a clause."""
    place = find_place(request, pk)
    by, at, contract = place.viewer, clock.now(), place.contract
    reason = typed_words(request, "reason")
    if problem := length_trouble(MOST_REASON, reason):
        messages.error(request, problem)
        return redirect(f"{place.base}/#c-{clause}")
    try:
        match verb:
            case "add":
                added = add_clause(contract, clause, by=by, at=at)
                return redirect(f"{place.base}/?edit={added}#c-{added}")
            case "delete":
                delete_clause(contract, clause, by=by, at=at, reason=reason)
            case "restore":
                restore_clause(contract, clause, by=by, at=at)
            case "up" | "down":
                move_clause(contract, clause, -1 if verb == "up" else 1, by=by, at=at)
            case "revert":
                revert_clause(contract, clause, by=by, at=at)
            case _:
                return HttpResponseBadRequest()
    except Gone:
        messages.warning(request, _("This clause has been deleted meanwhile."))
    return redirect(f"{place.base}/#c-{clause}")


def _time(at: datetime) -> str:
    return timezone.localtime(at).strftime("%H:%M")
