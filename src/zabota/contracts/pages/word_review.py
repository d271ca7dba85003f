"""What a Word file would change, shown before it is taken over."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from zabota.common.files import read_file
from zabota.contracts.actions.word_back import WordFile, may_bring_for_client, stamp_of
from zabota.contracts.docx.read import Reading
from zabota.contracts.models import Contract
from zabota.contracts.pages.common import Place
from zabota.contracts.pages.sending import private
from zabota.contracts.pages.versions import frame, text_name
from zabota.contracts.reading.compared import read_comparison
from zabota.contracts.reading.returned import Returned, read_returned
from zabota.contracts.reading.returned.typed import typed_values
from zabota.contracts.reading.texts import (
    Chosen,
    form_text,
    present_text,
    shown_text,
    version_text,
)
from zabota.contracts.reading.values import labels_of
from zabota.contracts.text.html import clause_html
from zabota.contracts.text.numbering import clauses_of

ANSWER = "match-"
NEW = "new"


@dataclass(frozen=True)
class Brought:
    """A file before its reader: kept, opened, matched with ours."""

    source: WordFile
    base: Chosen
    sent: Chosen
    returned: Returned
    changes: str


def is_for_client(place: Place) -> bool:
    """Whether one of ours brings what the client sent by mail."""
    return may_bring_for_client(place.viewer, place.contract)


def answers_of(told: Mapping[str, Any]) -> dict[str, str]:
    """What a person said of doubtful clauses: the id of one of ours, or nothing for a new one."""
    found = {
        name.removeprefix(ANSWER): str(value)
        for name, value in told.items()
        if name.startswith(ANSWER) and value
    }
    return {name: "" if value == NEW else value for name, value in found.items()}


def brought_of(
    place: Place, source: WordFile, reading: Reading, changes: str, answers: dict[str, str]
) -> Brought:
    """The file matched with the text its reader works with, to be shown beside the one sent."""
    contract, viewer, firm = place.contract, place.viewer, place.firm
    sent = version_text(contract.version) if contract.version else form_text(contract, firm)
    base = sent if is_for_client(place) else present_text(contract, viewer, firm)
    typed = typed_values(read_file(source.file), accept=changes != "reject")
    returned = read_returned(contract, base, reading, answers, typed)
    return Brought(source, base, sent, returned, changes)


def show_review(
    request: HttpRequest, place: Place, brought: Brought, status: int = 200
) -> HttpResponse:
    """The comparison, what is doubtful, what cannot be taken over, and the button."""
    returned, contract = brought.returned, place.contract
    values = {**brought.base.values, **returned.values}
    new = Chosen("word", {}, returned.text, values)
    context = frame(place) | {
        "name": brought.source.name,
        "changes": brought.changes,
        "seen": stamp_of(contract),
        "returned": returned,
        "doubts": _doubt_rows(place, brought),
        "losses": [_loss_words(contract, *loss) for loss in returned.losses],
        "before": text_name(brought.sent),
        "after": brought.source.name,
        "found": read_comparison(contract, brought.sent, new, beside=False),
        "for_client": is_for_client(place),
        "unsent": _unsent(place, brought),
    }
    return private(render(request, "contracts/word_back/review.html", context, status=status))


def _unsent(place: Place, brought: Brought) -> bool:
    """Whether one's own draft has work in it that the file takes the place of."""
    if is_for_client(place) or not brought.base.is_draft:
        return False
    return brought.base.tree != brought.sent.tree


def _doubt_rows(place: Place, brought: Brought) -> list[dict[str, Any]]:
    base = brought.base
    shown = shown_text(place.contract, base, anchors=False)
    ours = {clause.id: clause for clause in clauses_of(base.text.document)}
    return [
        {
            "field": f"{ANSWER}{doubt.id}",
            "number": doubt.number,
            "html": clause_html(doubt.blocks, shown),
            "ours": clause_html(ours[doubt.proposed].blocks, shown),
            "ours_number": shown.numbers.get(doubt.proposed, ""),
            "score": doubt.score,
            "proposed": doubt.proposed,
            "answer": NEW if doubt.answer == "" else doubt.answer or "",
            "others": [one for one in brought.returned.free if one[0] != doubt.proposed],
        }
        for doubt in brought.returned.doubts
    ]


def _loss_words(contract: Contract, kind: str, number: str) -> str:
    labels = labels_of(contract.edition.fields)
    if kind == "torn":
        words = _("“%(name)s” stands in the file in different ways; the first one is taken.")
        return words % {"name": labels.get(number, number)}
    if kind == "party":
        words = _("“%(name)s” is filled in by the system and stays as it is.")
        return words % {"name": labels.get(number, number)}
    if kind == "edges":
        return _("Headers and footers stay as in our form; in the file they differ.")
    words = _("Clause %(number)s: what was put in (%(kind)s) cannot be taken over from the file.")
    return words % {"number": number or "—", "kind": kind}
