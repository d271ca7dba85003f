"""Writing a draft: saving words and values, and buttons that change the order of clauses."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zabota.common import clock
from zabota.common.formats import when
from zabota.contracts.actions import (
    add_clause,
    delete_clause,
    move_clause,
    restore_clause,
    revert_clause,
    save_clause,
    save_values,
)
from zabota.contracts.actions.draft import Gone, Stale, edited, open_draft, plain_parts, revision_of
from zabota.contracts.compare import blocks as compare_blocks
from zabota.contracts.pages.common import (
    Place,
    edit_trouble,
    find_place,
    page_template,
    posted,
    value_problems,
)
from zabota.contracts.pages.contract import frame_context, page_context
from zabota.contracts.reading.values import labels_of, shown_values
from zabota.contracts.rules import side_of
from zabota.contracts.stored import node_of
from zabota.contracts.text.edit import EditProblem
from zabota.contracts.text.html import Shown, redline_html
from zabota.contracts.text.json import blocks_from_json

PART = "part-"


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


def save_clause_page(request: HttpRequest, pk: int, clause: str) -> HttpResponse:
    """Words of one clause: autosave asks for JSON, the Save button for the page."""
    place = find_place(request, pk)
    at = clock.now()
    texts, seen = _posted(request)
    wants_json = "application/json" in request.headers.get("Accept", "")
    try:
        row = save_clause(
            place.contract,
            clause,
            texts,
            by=place.viewer,
            at=at,
            seen=seen,
            reason=request.POST.get("reason"),
        )
    except Stale as stale:
        return _stale(request, place, clause, texts, stale, at, wants_json)
    except EditProblem as problem:
        return _refused(request, place, clause, texts, edit_trouble(problem), at, wants_json)
    except Gone:
        words = _("This clause has been deleted meanwhile. Your text stays in this browser.")
        return _refused(request, place, clause, texts, words, at, wants_json)
    if wants_json:
        saved = plain_parts(blocks_from_json(row.blocks))
        only = next(iter(texts), "0")
        return JsonResponse(
            {
                "revision": revision_of(saved.get(only, "")),
                "words": _("Saved at %(time)s") % {"time": _time(at)},
            }
        )
    messages.success(request, _("Saved."))
    return redirect(f"{place.base}/#c-{clause}")


def _posted(request: HttpRequest) -> tuple[dict[str, str], dict[str, str]]:
    """The text areas of a clause: one alone when autosaved (`text`), all of them by the button."""
    texts, seen = posted(request, PART), posted(request, "revision-")
    if len(texts) == 1 and "revision" in request.POST:
        seen = {next(iter(texts)): str(request.POST["revision"])}
    return texts, seen


def _stale(
    request: HttpRequest,
    place: Place,
    clause: str,
    texts: dict[str, str],
    stale: Stale,
    at: datetime,
    wants_json: bool,
) -> HttpResponse:
    """Both texts in one answer; the writer chooses, neither is lost."""
    mine = stale.saved_by == str(place.viewer.user)
    who = _("you, in another tab") if mine else stale.saved_by
    if stale.saved_at is not None:
        who = f"{who}, {when(stale.saved_at, at, place.language, timezone.get_current_timezone())}"
    if wants_json:
        only = next(iter(texts), "0")
        text = stale.saved.get(only, "")
        return JsonResponse({"revision": revision_of(text), "text": text, "who": who}, status=409)
    context = {
        **frame_context(place, at),
        "clause": clause,
        "who": who,
        "pairs": [
            (number, mine, stale.saved.get(number, ""), revision_of(stale.saved.get(number, "")))
            for number, mine in texts.items()
        ],
    }
    return render(request, page_template(place, "conflict"), context, status=409)


def _refused(
    request: HttpRequest,
    place: Place,
    clause: str,
    texts: dict[str, str],
    words: str,
    at: datetime,
    wants_json: bool,
) -> HttpResponse:
    if wants_json:
        return JsonResponse({"words": words}, status=422)
    context = page_context(place, at)
    for view in context["sheet"].clauses:
        if view.id == clause:
            view.problem, view.open = words, True
            view.typed = texts
    messages.error(request, words)
    return render(request, page_template(place, "contract"), context, status=422)


@require_POST
def redline_page(request: HttpRequest, pk: int, clause: str) -> HttpResponse:
    """What the text being typed would change, as it will be shown; saves nothing."""
    place = find_place(request, pk)
    texts, _seen = _posted(request)
    work = open_draft(place.contract, side_of(place.viewer))
    if work is None or not texts:
        return HttpResponseBadRequest()
    node, base = node_of(work.tree, clause), node_of(work.base, clause)
    if node is None:
        return HttpResponseBadRequest()
    now = blocks_from_json(work.wordings[node["w"]])
    old = blocks_from_json(work.wordings[base["w"]]) if base else ()
    fields = {spec["name"] for spec in place.contract.edition.fields}
    try:
        new = edited(now, texts, fields)
    except EditProblem as problem:
        return HttpResponse(_problem(edit_trouble(problem)))
    shown = Shown(
        values=shown_values(
            place.contract.edition.fields,
            work.draft.values,
            place.contract.edition.template.language,
        ),
        labels=labels_of(place.contract.edition.fields),
        anchors=False,
    )
    return HttpResponse(redline_html(compare_blocks(old, new), shown, shown, clause))


def _problem(words: str) -> str:
    return format_html('<p class="field-error">{}</p>', words)


@require_POST
def save_values_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Field values by the Save button, or one by one as they are typed."""
    place = find_place(request, pk)
    typed = {name: value.strip()[:10_000] for name, value in posted(request, "f:").items()}
    draft = save_values(place.contract, typed, by=place.viewer, at=clock.now())
    wrong = value_problems(place.contract, draft.values)
    if "application/json" in request.headers.get("Accept", ""):
        told = {name: words for name, words in wrong.items() if name in typed}
        words = _("Saved at %(time)s") % {"time": _time(clock.now())}
        return JsonResponse({"words": words, "problems": told})
    if request.POST.get("then") == "submit":
        return redirect(f"{place.base}/submit/")
    if wrong:
        messages.warning(request, _("Saved. Some fields need another look: see beside them."))
    else:
        messages.success(request, _("Saved."))
    return redirect(f"{place.base}/#fields")


@require_POST
def change_order_page(request: HttpRequest, pk: int, clause: str, verb: str) -> HttpResponse:
    """Add below, delete, put back, move up or down, undo the edit: buttons beside a clause."""
    place = find_place(request, pk)
    by, at, contract = place.viewer, clock.now(), place.contract
    target = clause
    try:
        match verb:
            case "add":
                target = add_clause(contract, clause, by=by, at=at)
            case "delete":
                delete_clause(contract, clause, by=by, at=at, reason=request.POST.get("reason", ""))
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
    return redirect(f"{place.base}/#c-{target}")


def _time(at: datetime) -> str:
    return timezone.localtime(at).strftime("%H:%M")
