"""Saving the words of a clause as they are typed, and what they would change, shown live."""

import re
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zabota.common import clock
from zabota.common.formats import when
from zabota.contracts.actions import (
    change_rows,
    save_clause,
)
from zabota.contracts.actions.draft import Gone, Stale
from zabota.contracts.actions.draft_rows import VERBS
from zabota.contracts.compare import blocks as compare_blocks
from zabota.contracts.drafts import open_draft
from zabota.contracts.models import DraftClause
from zabota.contracts.pages.common import (
    Place,
    find_place,
    length_trouble,
    page_template,
    posted,
    typed_words,
)
from zabota.contracts.pages.contract import frame_context, page_context
from zabota.contracts.reading.field_labels import field_labels
from zabota.contracts.reading.references import references_sent
from zabota.contracts.reading.sheet.editing import keep_typed
from zabota.contracts.reading.values import blanks_of, shown_values
from zabota.contracts.rules import side_of
from zabota.contracts.stored import node_of, read_text
from zabota.contracts.text.edit import EditProblem, FieldLabels, named_all, parts
from zabota.contracts.text.edit.grid import shape_of
from zabota.contracts.text.edit.places import edited, plain_parts, revision_of
from zabota.contracts.text.edit.rows import NoSuchRow
from zabota.contracts.text.html import Shown, redline_html
from zabota.contracts.text.json import blocks_from_json
from zabota.contracts.text.notes import note_numbers
from zabota.contracts.text.numbering import numbers, paragraph_numbers, plain_number
from zabota.contracts.trouble_words import edit_trouble

PART = "part-"
# How long the reason for changing a locked clause may be.
MOST_REASON = 2000


def save_clause_page(request: HttpRequest, pk: int, clause: str) -> HttpResponse:
    """Words of one clause: autosave asks for JSON, the Save button for the page."""
    place = find_place(request, pk)
    at = clock.now()
    typed, seen = _posted(request)
    wants_json = "application/json" in request.headers.get("Accept", "")
    reason = typed_words(request, "reason") if "reason" in request.POST else None
    if too_long := length_trouble(MOST_REASON, reason or ""):
        return _refused(request, place, clause, typed, too_long, at, wants_json)
    try:
        row = _save(request, place, clause, typed, seen, reason, at)
    except Stale as stale:
        return _stale(request, place, clause, typed, stale, at, wants_json)
    except EditProblem as problem:
        words, where = edit_trouble(problem), _where(place, clause, problem)
        return _refused(request, place, clause, typed, words, at, wants_json, where)
    except NoSuchRow:
        words = edit_trouble(EditProblem("rows_changed"))
        return _refused(request, place, clause, typed, words, at, wants_json)
    except Gone:
        words = _("This clause has been deleted meanwhile. Your text stays in this browser.")
        return _refused(request, place, clause, typed, words, at, wants_json)
    if wants_json:
        saved = plain_parts(blocks_from_json(row.blocks))
        only = next(iter(typed), "0")
        return JsonResponse(
            {
                "revision": revision_of(saved.get(only, "")),
                "words": _("Saved at %(time)s") % {"time": _time(at)},
            }
        )
    if request.POST.get("then"):
        return redirect(f"{place.base}/?edit={clause}#c-{clause}")
    messages.success(request, _("Saved."))
    return redirect(f"{place.base}/#c-{clause}")


def _save(
    request: HttpRequest,
    place: Place,
    clause: str,
    typed: dict[str, str],
    seen: dict[str, str],
    reason: str | None,
    at: datetime,
) -> DraftClause:
    """What was typed, under the fields' names; with a button of a table also its rows."""
    texts = named_all(typed, _labels(request, place))
    shape = request.POST.get("shape")
    verb, _colon, numbers = request.POST.get("then", "").partition(":")
    rows = re.fullmatch(r"(\d{1,4}):(-?\d{1,4})", numbers)
    contract, by = place.contract, place.viewer
    if verb not in VERBS or rows is None:
        return save_clause(
            contract, clause, texts, by=by, at=at, seen=seen, shape=shape, reason=reason
        )
    table, row = int(rows[1]), int(rows[2])
    return change_rows(
        contract, clause, texts, verb, table, row,
        by=by, at=at, seen=seen, shape=shape, reason=reason,
    )  # fmt: skip


def _labels(request: HttpRequest, place: Place) -> FieldLabels:
    """What stood in the text areas in place of fields and references when they were opened."""
    sent = references_sent(request.POST.get("references"))
    return field_labels(place.contract.edition.fields).beside(sent)


def _where(place: Place, clause: str, problem: EditProblem) -> str:
    """The place of the text area a problem is about; "" where it is about none alone."""
    work = open_draft(place.contract, side_of(place.viewer))
    node = node_of(work.tree, clause) if work else None
    if work is None or node is None:
        return ""
    keys = [part.key for part in parts(blocks_from_json(work.wordings[node["w"]]))]
    key = problem.params.get("part", "")
    return str(keys.index(str(key))) if key in keys else ""


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
    typed: dict[str, str],
    stale: Stale,
    at: datetime,
    wants_json: bool,
) -> HttpResponse:
    """Both texts in one answer; the writer chooses, neither is lost."""
    mine = stale.saved_by == str(place.viewer.user)
    zone = timezone.get_current_timezone()
    moment = when(stale.saved_at, at, place.language, zone) if stale.saved_at else ""
    if mine:
        said = _("You have saved this clause in another tab already")
        said = f"{said} ({moment})" if moment else said
    else:
        said = _("While you were writing, this clause was saved by someone else")
        said = ": ".join(filter(None, (said, ", ".join(filter(None, (stale.saved_by, moment))))))
    labels = _labels(request, place)
    if wants_json:
        text = stale.saved.get(next(iter(typed), "0"), "")
        told = {"revision": revision_of(text), "text": labels.labelled(text), "said": said}
        return JsonResponse(told, status=409)
    context = {
        **frame_context(place, at),
        "clause": clause,
        "said": said,
        "shape": request.POST.get("shape", ""),
        "references": request.POST.get("references", ""),
        "pairs": [
            (number, mine, labels.labelled(saved), revision_of(saved))
            for number, mine in typed.items()
            for saved in [stale.saved.get(number, "")]
        ],
    }
    return render(request, page_template(place, "conflict"), context, status=409)


def _refused(
    request: HttpRequest,
    place: Place,
    clause: str,
    typed: dict[str, str],
    words: str,
    at: datetime,
    wants_json: bool,
    where: str = "",
) -> HttpResponse:
    """Nothing was saved; what was typed stands where it was typed, or, where the table has other
    rows by now, above it.
    """
    if wants_json:
        return JsonResponse({"words": words}, status=422)
    context = page_context(place, at)
    for view in context["sheet"].clauses:
        if view.id != clause:
            continue
        view.problem, view.open = words, True
        view.reason = request.POST.get("reason", view.reason)
        view.references = request.POST.get("references", view.references)
        if request.POST.get("shape", view.shape) == view.shape:
            keep_typed(view.pieces, typed, where, words)
        else:
            view.unplaced = [text for text in typed.values() if text.strip()]
    messages.error(request, words)
    return render(request, page_template(place, "contract"), context, status=422)


@require_POST
def redline_page(request: HttpRequest, pk: int, clause: str) -> HttpResponse:
    """What the text being typed would change, as it will be shown; saves nothing."""
    place = find_place(request, pk)
    typed, _seen = _posted(request)
    texts = named_all(typed, _labels(request, place))
    work = open_draft(place.contract, side_of(place.viewer))
    if work is None or not texts:
        return HttpResponseBadRequest()
    node, base = node_of(work.tree, clause), node_of(work.base, clause)
    if node is None:
        return HttpResponseBadRequest()
    now = blocks_from_json(work.wordings[node["w"]])
    old = blocks_from_json(work.wordings[base["w"]]) if base else ()
    fields = {spec["name"] for spec in place.contract.edition.fields}
    if request.POST.get("shape", shape_of(now)) != shape_of(now):
        return HttpResponse(_problem(edit_trouble(EditProblem("rows_changed"))))
    try:
        new = edited(now, texts, fields)
    except EditProblem as problem:
        return HttpResponse(_problem(edit_trouble(problem)))
    text = read_text(work.tree, work.wordings).document
    shown = Shown(
        numbers={id_: plain_number(number) for id_, number in numbers(text).items()},
        notes=note_numbers(text),
        paragraphs=paragraph_numbers(text),
        values=shown_values(
            place.contract.edition.fields,
            work.draft.values,
            place.contract.edition.template.language,
        ),
        labels=blanks_of(place.contract.edition.fields),
        anchors=False,
    )
    return HttpResponse(redline_html(compare_blocks(old, new), shown, shown, clause))


def _problem(words: str) -> str:
    return format_html('<p class="field-error">{}</p>', words)


def _time(at: datetime) -> str:
    return timezone.localtime(at).strftime("%H:%M")
