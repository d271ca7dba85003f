"""Answering the client's changes on the desk: accept, refuse with a reason, counter with our
wording.
"""

from contextlib import suppress

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST

from zabota.cases.models import seen_by
from zabota.common import clock
from zabota.contracts import rules
from zabota.contracts.actions import (
    accept_change,
    counter_change,
    reject_change,
)
from zabota.contracts.actions.answer import AnsweredMeanwhile, ReasonMissing
from zabota.contracts.actions.answer_all import reject_all_changes
from zabota.contracts.actions.last_time import accept_agreed_before
from zabota.contracts.desk.contract import show_contract
from zabota.contracts.holders import holders_of
from zabota.contracts.models import Change, ChangeState, Stage
from zabota.contracts.models.changes import ChangeKind
from zabota.contracts.pages.common import (
    Place,
    back_to,
    find_place,
    length_trouble,
    posted,
    typed_words,
)
from zabota.contracts.reading.field_labels import field_labels
from zabota.contracts.reading.references import (
    references_in,
    references_sent,
    references_told,
)
from zabota.contracts.reading.sheet.editing import (
    PartView,
    TableView,
    editing_views,
    keep_typed,
)
from zabota.contracts.stored import load_wordings
from zabota.contracts.text.edit import EditProblem, FieldLabels, labelled_all, named_all
from zabota.contracts.text.edit.places import plain_parts
from zabota.contracts.text.fields import FieldProblem
from zabota.contracts.text.json import blocks_from_json
from zabota.contracts.trouble_words import edit_trouble, field_trouble
from zabota.people.access import StaffRequest

# The same as `maxlength` of its box.
MOST_REASON = 2000


@require_POST
def answer_page(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """Accept a change, or refuse it with a reason."""
    if verb not in ("accept", "reject"):
        raise Http404
    change = find_change(request, pk)
    base = f"/desk/contracts/{change.contract_id}"
    at = clock.now()
    try:
        _as_seen(request, change)
        if verb == "accept":
            accept_change(change, by=request.viewer, at=at)
        else:
            reason = typed_words(request, "reason")
            if problem := length_trouble(MOST_REASON, reason):
                typed = {"refused_pk": pk, "refusal": reason, "refusal_trouble": problem}
                return show_contract(request, find_place(request, change.contract_id), typed)
            reject_change(change, by=request.viewer, at=at, reason=reason)
    except ReasonMissing:
        messages.error(request, _("Please say why: the client reads it beside the clause."))
    except AnsweredMeanwhile as late:
        messages.error(request, _told_late(late.change))
    return redirect(back_to(request, base, change))


@require_POST
def accept_all_page(request: StaffRequest, pk: int) -> HttpResponse:
    """Accept every open change this employee may answer."""
    place = find_place(request, pk)
    stages = list(
        Stage.objects.filter(contract=place.contract, round=place.contract.round).select_related(
            "promise"
        )
    )
    holders = holders_of(stages)
    done = 0
    for change in Change.objects.filter(contract=place.contract, state="open").order_by("pk"):
        if rules.may_answer_change(request.viewer, place.contract, change, stages, holders):
            with suppress(AnsweredMeanwhile):
                accept_change(change, by=request.viewer, at=clock.now())
                done += 1
    messages.success(
        request,
        ngettext("%(count)d change accepted.", "%(count)d changes accepted.", done)
        % {"count": done},
    )
    return redirect(f"{place.base}/")


@require_POST
def reject_all_page(request: StaffRequest, pk: int) -> HttpResponse:
    """Refuse every open change this employee may answer, with one reason for all of them."""
    place = find_place(request, pk)
    reason = typed_words(request, "reason")
    problem = length_trouble(MOST_REASON, reason)
    if not problem and not reason:
        problem = _("Please say why: the client reads it beside each of these clauses.")
    if problem:
        return show_contract(
            request, place, {"reject_all_reason": reason, "reject_all_trouble": problem}
        )
    done = reject_all_changes(place.contract, by=request.viewer, at=clock.now(), reason=reason)
    if done:
        words = ngettext("%(count)d change refused.", "%(count)d changes refused.", done)
        messages.success(request, words % {"count": done})
    else:
        messages.info(request, _("Nothing waits for your answer here any more."))
    return redirect(f"{place.base}/")


@require_POST
def accept_agreed_page(request: StaffRequest, pk: int) -> HttpResponse:
    """Accept every open change that was agreed in the earlier contract."""
    place = find_place(request, pk)
    done = accept_agreed_before(place.contract, by=request.viewer, at=clock.now())
    messages.success(
        request,
        ngettext("%(count)d change accepted.", "%(count)d changes accepted.", done)
        % {"count": done},
    )
    return redirect(f"{place.base}/")


def counter_page(request: StaffRequest, pk: int) -> HttpResponse:
    """Our wording instead of the client's."""
    change = find_change(request, pk)
    place = find_place(request, change.contract_id)
    at = clock.now()
    typed = posted(request, "part-")
    references = _references(request, place, change)
    labels = field_labels(change.contract.edition.fields).beside(references)
    reason = typed_words(request, "reason")
    problem = length_trouble(MOST_REASON, reason)
    if request.method == "POST" and not problem:
        try:
            _as_seen(request, change)
            counter_change(
                change,
                named_all(typed, labels),
                by=request.viewer,
                at=at,
                reason=reason,
                value=request.POST.get("value", ""),
            )
        except EditProblem as wrong:
            problem = edit_trouble(wrong)
        except FieldProblem as wrong:
            problem = field_trouble(wrong)
        except AnsweredMeanwhile as late:
            # What was typed stays in its box; sent once more it is sent knowingly.
            change, problem = late.change, _told_late(late.change)
        else:
            messages.success(
                request,
                _(
                    "Your wording is kept. The client sees it at once and can answer it "
                    "when the contract is back with them."
                ),
            )
            return redirect(back_to(request, place.base, change))
    return _show_counter(request, place, change, references, problem)


def _show_counter(
    request: StaffRequest,
    place: Place,
    change: Change,
    references: dict[str, str],
    problem: str,
) -> HttpResponse:
    """The page of our wording, with everything typed."""
    labels = field_labels(change.contract.edition.fields).beside(references)
    context = {
        "place": place,
        "base": place.base,
        "contract": place.contract,
        "case": place.contract.case,
        "change": change,
        "is_value": change.kind == ChangeKind.VALUE,
        "references": references_told(references),
        "pieces": _parts(change, labels, posted(request, "part-")),
        "old_parts": _old_words(change, labels),
        "value": request.POST.get("value", change.counter_value or change.new_value),
        "reason": request.POST.get("reason", change.answer),
        "problem": problem,
        "back": back_to(request, place.base, change),
    }
    return render(request, "contracts/desk/counter.html", context, status=422 if problem else 200)


def _parts(
    change: Change, labels: FieldLabels, typed: dict[str, str]
) -> list[PartView | TableView]:
    """The text areas of our wording, begun from the client's or from what was typed just now."""
    digest = change.counter_wording or change.new_wording or change.old_wording
    stored = load_wordings([digest])
    blocks = blocks_from_json(stored[digest]) if digest in stored else ()
    views = editing_views(blocks, blocks, labels)
    keep_typed(views, typed, "", "")
    return views


def _references(request: StaffRequest, place: Place, change: Change) -> dict[str, str]:
    """What the references of the clause were called when the page was opened."""
    if "references" in request.POST:
        return references_sent(request.POST["references"])
    stored = load_wordings([change.old_wording, change.new_wording, change.counter_wording])
    version = place.contract.version
    tree = version.tree if version else place.contract.edition.tree
    return references_in(tree, *map(blocks_from_json, stored.values()))


def _old_words(change: Change, labels: FieldLabels) -> dict[str, str]:
    stored = load_wordings([change.old_wording])
    old = stored.get(change.old_wording, [])
    return labelled_all(plain_parts(blocks_from_json(old)), labels)


def _as_seen(request: StaffRequest, change: Change) -> None:
    """Nobody answers over an answer they have not seen."""
    seen = request.POST.get("seen")
    if seen is not None and seen != change.mark:
        raise AnsweredMeanwhile(change)


def _told_late(change: Change) -> str:
    answers = {
        ChangeState.ACCEPTED: pgettext("answer", "accepted"),
        ChangeState.REJECTED: pgettext("answer", "not accepted"),
        ChangeState.COUNTERED: pgettext("answer", "another wording is proposed"),
    }
    name = change.answered_by.name if change.answered_by else ""
    return _(
        "While you were looking, %(name)s answered already: %(answer)s. Answer again only if you"
        " want to replace that answer."
    ) % {"name": name, "answer": answers.get(ChangeState(change.state), change.state)}


def find_change(request: StaffRequest, pk: int) -> Change:
    """A change of a contract this employee may see."""
    change = (
        Change.objects.filter(seen_by(request.viewer, "contract__case__"), pk=pk)
        .select_related("contract__edition")
        .first()
    )
    if change is None:
        raise Http404
    return change
