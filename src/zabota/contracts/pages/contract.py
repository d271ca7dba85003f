"""The contract page: the text with what changed, the one line that says whose turn it is, the
rail.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from zabota.cases.models import PromiseState
from zabota.cases.rules import may_ask_beyond
from zabota.clients.models import Contact
from zabota.common import clock
from zabota.common.names import row_person
from zabota.contracts import rules
from zabota.contracts.actions.looks import note_look
from zabota.contracts.concerns import CONCERNS
from zabota.contracts.drafts import OpenDraft, form_as_draft, open_draft
from zabota.contracts.force import in_force
from zabota.contracts.models import SETTLED, Change, Comment, ContractState, Look
from zabota.contracts.pages.common import Place, find_place, is_before_eyes, value_problems
from zabota.contracts.pages.start import begin_again
from zabota.contracts.parties import lacking_details, party_values
from zabota.contracts.reading.beforehand import mark_beforehand
from zabota.contracts.reading.field_labels import field_tokens
from zabota.contracts.reading.hurry import HurryAnswer, read_hurry_answers
from zabota.contracts.reading.last_time import mark_last_time
from zabota.contracts.reading.moved_since import has_not_moved, live_stamp, moved_by_others
from zabota.contracts.reading.obligations import soon_of_contract
from zabota.contracts.reading.passport import read_passport
from zabota.contracts.reading.people_seen import PeopleSeen, people_seen
from zabota.contracts.reading.rail.read import read_rail
from zabota.contracts.reading.rail.views import Rail
from zabota.contracts.reading.returns import place_returns
from zabota.contracts.reading.sheet import (
    CHANGED,
    MINE,
    Sheet,
    count_open_changes,
    draft_sheet,
    fold_sheet,
    version_sheet,
)
from zabota.contracts.reading.values import Question, Tally, questions
from zabota.contracts.reading.word_forms import read_unsure
from zabota.contracts.reading.word_return import name_revisers, read_word_return
from zabota.journal.models import Entry
from zabota.journal.reading import Line, read_lines

HISTORY = 30


@dataclass(frozen=True)
class Dossier:
    """All that the page needs, read once."""

    sheet: Sheet
    rail: Rail
    questions: list[Question]
    lines: list[Line]
    readers: str
    work: OpenDraft | None


def contract_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The page itself, for either side."""
    place = find_place(request, pk)
    at = clock.now()
    context = page_context(place, at)
    open_sheet(request, context)
    if place.in_room and not place.viewer.read_only and is_before_eyes(request):
        note_look(place.contract, by=place.viewer, at=at)
    side = "portal" if place.in_room else "desk"
    return render(request, f"contracts/{side}/contract.html", context)


def open_sheet(request: HttpRequest, context: dict[str, Any], *concerns: str) -> None:
    """What of the text stands open: the clause one edits or writes about, and what `?show=` asks
    for; with `?empty`, whoever could not send reads beside each empty field what is awaited.
    """
    sheet, show = context["sheet"], request.GET.get("show", "")
    for question in context["questions"] if "empty" in request.GET else ():
        question.awaited = question.is_missing
    sheet.open(request.GET.get("edit", ""), request.GET.get("say", ""))
    context["runs"] = fold_sheet(sheet, show, concerns)
    context["show"] = show if show in (CHANGED, MINE) else ""


def live_part(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed since the page was made: nothing (204), or the rail and the line on top."""
    # Every open page asks every few seconds: nothing is read of a contract that has not moved.
    seen = request.GET.get("seen", "")
    if has_not_moved(request.viewer, pk, seen):  # type: ignore[attr-defined]
        return HttpResponse(status=204)
    place = find_place(request, pk)
    at = clock.now()
    context = {
        **frame_context(place, at),
        "rail": read_rail(place.contract, place.viewer, place.firm, at=at),
        "sheet": {"open_changes": count_open_changes(place.contract)},
        "is_stale": "own" not in request.GET or moved_by_others(place.viewer, pk, seen),
    }
    over = place.contract.case.state in (ContractState.SIGNED, ContractState.WITHDRAWN)
    return render(request, "contracts/live.html", context, status=286 if over else 200)


def frame_context(place: Place, at: datetime) -> dict[str, Any]:
    """Who looks at what, and what they may do; asked of the same rules as the actions."""
    contract, viewer = place.contract, place.viewer
    return {
        "place": place,
        "contract": contract,
        "case": contract.case,
        "base": place.base,
        "in_room": place.in_room,
        "now": at,
        "stamp": live_stamp(contract, viewer),
        "template_title": contract.edition.template.title(place.language),
        "may_edit": rules.may_edit_draft(viewer, contract),
        "may_read_paper": rules.may_read_paper(viewer, contract),
        "may_submit": rules.may_submit_contract(viewer, contract),
        "may_go_beyond": may_ask_beyond(viewer),
        "may_share": rules.may_share_contract(viewer, contract),
        "may_withdraw": rules.may_withdraw_contract(viewer, contract),
        "may_ask_sooner": rules.may_ask_sooner(viewer, contract),
        "may_answer_sooner": rules.may_answer_sooner(viewer, contract),
        "may_comment": rules.may_comment(viewer, contract),
        "may_begin_signing": rules.may_begin_signing(viewer, contract),
        "may_register": rules.may_register(viewer, contract),
        "hurry": _hurry(place, at),
        "sooner_waits": bool(contract.sooner and contract.sooner.state == PromiseState.RUNNING),
        "again": begin_again(place),
    }


def _hurry(place: Place, at: datetime) -> HurryAnswer | None:
    """Our answer to the client's request to hurry, until the contract is over."""
    contract = place.contract
    over = contract.case.state in (*SETTLED, ContractState.WITHDRAWN)
    if over or not contract.sooner_id:
        return None
    found = read_hurry_answers([contract.pk], place.viewer, place.firm, place.language, at=at)
    return found.get(contract.pk)


def page_context(place: Place, at: datetime) -> dict[str, Any]:
    """Everything on the page; the number of queries does not depend on the size of the contract."""
    contract, viewer = place.contract, place.viewer
    found = read_dossier(place, at)
    word = read_word_return(contract, viewer, found.work)
    name_revisers(found.sheet, word)
    mark_beforehand(contract, viewer, place.firm, found.sheet, found.work, at=at)
    return {
        **frame_context(place, at),
        "word": word,
        "sheet": found.sheet,
        "runs": fold_sheet(found.sheet, ""),
        "rail": found.rail,
        "questions": found.questions,
        "tally": Tally(found.questions),
        "lines": found.lines,
        "readers": found.readers,
        "work": found.work,
        "concerns": CONCERNS,
        "passport": read_passport(contract, found.sheet.values),
        "before": mark_last_time(contract, viewer, found.sheet, found.work),
        "draft_key": f"{viewer.user.pk}-{contract.pk}",
        "field_tokens": field_tokens(contract.edition.fields) if found.work else [],
        "lacking": _lacking(place, found.work),
        "unsure": read_unsure(contract, viewer, place.firm, _fixed(place, found.work), at=at),
        "is_in_force": in_force(contract),
        "duties": soon_of_contract(contract, at=at) if in_force(contract) else [],
        "may_settle_obligations": rules.may_settle_obligations(viewer, contract),
        "disputes": any(view.changes for view in found.sheet.clauses),
    }


def _fixed(place: Place, work: OpenDraft | None) -> dict[str, str]:
    """The values of the version that is shown; a draft takes those of the cards."""
    version = place.contract.version
    return version.values if work is None and version is not None else {}


def _lacking(place: Place, work: OpenDraft | None) -> dict[str, list[str]]:
    """For our eyes, as long as it can be mended: details that stand in the other language."""
    contract = place.contract
    over = contract.case.state in (*SETTLED, ContractState.WITHDRAWN)
    if place.in_room or over:
        return {}
    form = contract.edition
    language = form.template.language
    if work is None and contract.version is not None:
        values = contract.version.values
    else:
        values = party_values(contract.case.client, place.firm, language)
    return lacking_details(form.fields, values, language)


def read_dossier(place: Place, at: datetime) -> Dossier:
    """Text, rail, questions and history for this viewer."""
    contract, viewer = place.contract, place.viewer
    comments = list(
        Comment.objects.filter(contract=contract, audience__in=viewer.audiences)
        .select_related("made_by__employee__photo")
        .order_by("pk")
    )
    changes = list(
        Change.objects.filter(contract=contract)
        .select_related("made_by", "answered_by__user", "version", "beforehand__alternative")
        .order_by("pk")
    )
    if place.in_room:
        changes = [change for change in changes if change.made_by_id or change.sent_at]
    work = draft_of(place)
    if work is not None:
        sheet = draft_sheet(contract, place.firm, work, comments, changes)
    elif contract.version is not None:
        sheet = version_sheet(contract, place.firm, comments, changes)
    else:
        unsent = _withdrawn_draft(place) or form_as_draft(contract)
        sheet = draft_sheet(contract, place.firm, unsent, comments, changes)
    place_returns(contract, viewer, place.firm, place.language, sheet)
    people = people_for(place)
    for view in sheet.clauses:
        view.changes = people.name_answers(view.changes)
    wrong = value_problems(contract, sheet.values) if work is not None else {}
    asked = questions(contract.edition.fields, sheet.values, place.language, sheet.used, wrong)
    return Dossier(
        sheet,
        read_rail(contract, viewer, place.firm, at=at),
        asked if work is not None else [],
        read_history(place, people, at),
        ", ".join(
            row_person(row, "")
            for row in Contact.objects.with_access()
            .of_whole(contract.case.client_id)
            .values("name", "name_en")[:5]
        ),
        work,
    )


def draft_of(place: Place) -> OpenDraft | None:
    """The draft this viewer sees: their own side's. Ours never see what the client has not sent."""
    if getattr(place.viewer, "looking_on", False):
        return None
    editing = place.contract.case.state in (
        ContractState.DRAFT,
        ContractState.RETURNED,
        ContractState.PREPARING,
    )
    return open_draft(place.contract, rules.side_of(place.viewer)) if editing else None


def _withdrawn_draft(place: Place) -> OpenDraft | None:
    """What was typed and never sent stays to be read by the side that typed it."""
    contract = place.contract
    looking_on = getattr(place.viewer, "looking_on", False)
    if looking_on or contract.case.state != ContractState.WITHDRAWN:
        return None
    return open_draft(contract, rules.side_of(place.viewer))


def read_history(place: Place, people: PeopleSeen, at: datetime) -> list[Line]:
    """The last lines of the contract's history that this viewer may read."""
    contract, viewer = place.contract, place.viewer
    entries = Entry.objects.filter(
        Q(audience__in=viewer.audiences), stream=contract.case.stream_id
    ).order_by("-seq")[:HISTORY]
    return read_lines(entries, now=at, masks=people.masks, veiled=place.in_room)


def people_for(place: Place) -> PeopleSeen:
    """Where the firm or the route shows teams, the client reads a team's name, not a person's."""
    return people_seen(place.contract, place.viewer, place.firm, place.language, _("our colleague"))


def changed_since_last_look(place: Place) -> int | None:
    """The version this person last had before their eyes, if it is not the present one."""
    look = (
        Look.objects.filter(contract=place.contract, user=place.viewer.user)
        .values_list("version__number", flat=True)
        .first()
    )
    version = place.contract.version
    if look is None or version is None or look == version.number:
        return None
    return int(look)
