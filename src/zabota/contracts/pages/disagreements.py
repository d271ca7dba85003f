"""«Протокол разногласий» on the screen and on paper: the same table for both sides, each with what
it may do.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zabota.common import clock
from zabota.common.files import read_file
from zabota.common.sending import private, sent_file
from zabota.contracts import rules
from zabota.contracts.holders import holders_of
from zabota.contracts.models import Ending, SentTable, Stage
from zabota.contracts.pages.common import Place, find_place
from zabota.contracts.pages.contract import draft_of
from zabota.contracts.pages.versions import frame
from zabota.contracts.reading.disagreements import (
    Disagreements,
    Paper,
    paper_docx,
    paper_pdf,
    read_disagreements,
    read_paper,
)
from zabota.contracts.reading.disagreements.views import row_views
from zabota.contracts.reading.paper_out import DOCX

KINDS = {"pdf": "application/pdf", "docx": DOCX}


@require_safe
def disagreements_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Every clause in dispute: what each side wants, what is agreed, whose turn it is."""
    place = find_place(request, pk)
    context = table_context(place)
    return private(render(request, "contracts/disagreements/table.html", context))


@require_safe
def disagreements_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The table as it stands now, to take away; what is not sent yet has «проект» across."""
    place = find_place(request, pk)
    found = read_disagreements(place.contract, place.viewer)
    if not found.rows or kind not in KINDS:
        raise Http404
    paper = read_paper(place.contract, found)
    data = paper_pdf(paper, at=clock.now()) if kind == "pdf" else paper_docx(paper)
    return sent_file(data, f"{paper.title}.{kind}", KINDS[kind])


@require_safe
def sent_table_file(request: HttpRequest, pk: int, number: int, kind: str) -> HttpResponse:
    """A table as it was sent, byte for byte."""
    place = find_place(request, pk)
    row = (
        SentTable.objects.select_related("pdf", "docx")
        .filter(contract=place.contract, number=number)
        .first()
    )
    if row is None or kind not in KINDS:
        raise Http404
    name = _("Table of disagreements No. %(number)d") % {"number": number}
    data = read_file(row.pdf if kind == "pdf" else row.docx)
    return sent_file(data, f"{name}.{kind}", KINDS[kind])


def show_table(
    request: HttpRequest, place: Place, typed: dict[str, Any], problem: str
) -> HttpResponse:
    """The page again with the words that were not taken, in their box."""
    context = table_context(place) | typed | {"problem": problem}
    return private(render(request, "contracts/disagreements/table.html", context, status=422))


def table_context(place: Place) -> dict[str, Any]:
    """What the page shows; the number of queries does not depend on the size of the table."""
    contract, viewer = place.contract, place.viewer
    found = read_disagreements(contract, viewer)
    paper = read_paper(contract, found) if found.rows else None
    work = draft_of(place) if place.in_room else None
    repliable = {
        change.pk
        for row in found.rows
        for change in row.changes
        if rules.may_insist(viewer, contract, change)
    }
    context = frame(place) | _ours(place, found)
    answerable = context.pop("answerable")
    return context | {
        "found": found,
        "paper": paper,
        "rows": row_views(contract, found, answerable=answerable, repliable=repliable, work=work),
        "columns": _columns(place, paper) if paper else (),
        "sent_tables": list(contract.sent_tables.select_related("pdf").order_by("-number")),
        "annexed": found.is_final and contract.ending == Ending.ANNEX,
        "may_submit": place.in_room and rules.may_submit_contract(viewer, contract),
        "endings": Ending.choices,
    }


def _ours(place: Place, found: Disagreements) -> dict[str, Any]:
    """What our side may do: which changes to answer, whether to send it, what becomes of it."""
    if place.in_room:
        return {"answerable": set(), "may_send": False, "may_choose": False, "stage": None}
    contract, viewer = place.contract, place.viewer
    stages = list(
        Stage.objects.filter(contract=contract, round=contract.round).select_related("promise")
    )
    holders = holders_of(stages)
    held = [s for s in stages if rules.seat_held(viewer, s, holders[s.promise_id]) is not None]
    return {
        "answerable": {
            change.pk
            for row in found.rows
            for change in row.changes
            if change.sent_at is None
            and rules.may_answer_change(viewer, contract, change, stages, holders)
        },
        "may_send": rules.may_send_disagreements(viewer, contract, stages, holders),
        "may_choose": rules.may_choose_ending(viewer, contract, stages, holders),
        "stage": held[0] if held else None,
    }


def _columns(place: Place, paper: Paper) -> tuple[str, str]:
    """The sides as the text calls them; a reader of the other language knows them as we and you."""
    if place.language == paper.language:
        return paper.sides.our_column, paper.sides.their_column
    if place.in_room:
        firm = {"side": place.firm.shown_name}
        return _("Wording: %(side)s") % firm, _("Your wording")
    return _("Our wording"), _("The client’s wording")
