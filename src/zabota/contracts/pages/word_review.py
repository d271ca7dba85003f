"""What a Word file would change, shown before it is taken over."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from zabota.common.files import read_file
from zabota.common.sending import private
from zabota.contracts.actions.word_back import may_bring_for_client, stamp_of
from zabota.contracts.actions.word_notes import WordFile, WordNotes
from zabota.contracts.compare import ClauseChange
from zabota.contracts.docx.read import Reading
from zabota.contracts.found_words import Reviser, found_lines, look_lines, revisers_told
from zabota.contracts.models import Contract
from zabota.contracts.pages.common import Place
from zabota.contracts.pages.versions import frame, text_name
from zabota.contracts.reading.compared import ClauseRow, compare_texts, read_comparison
from zabota.contracts.reading.returned import Returned, read_returned
from zabota.contracts.reading.returned.record import Record, read_record
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
from zabota.contracts.text.numbering import clauses_of, numbers, plain_number
from zabota.journal.models import Audience

ANSWER, KEEP = "match-", "keep-"
NEW, LEAVE = "new", "leave"


@dataclass(frozen=True)
class Brought:
    """A file before its reader: kept, opened, matched with ours, what they chose of it."""

    source: WordFile
    base: Chosen
    sent: Chosen
    returned: Returned
    record: Record
    changes: Mapping[str, ClauseChange]
    left: frozenset[str]
    open_comments: bool

    @property
    def notes(self) -> WordNotes:
        """What is kept beside the text that is taken over."""
        moved = {name for name in self.left if self.changes[name].kind.startswith("moved")}
        return WordNotes(
            recorded=self.record.recorded,
            findings=self.record.findings,
            revisers=self.record.revisers,
            comments=self.record.comments,
            open_comments=self.open_comments,
            left=self.left,
            moved=frozenset(moved),
        )

    @property
    def values(self) -> dict[str, str]:
        """Values as the file has them, but for those that stand in clauses left as they were."""
        kept = {change.name for name in self.left for change in self.changes[name].values}
        before = {name: self.sent.values.get(name, "") for name in kept}
        found = {**self.returned.values, **before}
        return {name: text for name, text in found.items() if text or name not in kept}


@dataclass(frozen=True)
class ReviewRow:
    """A clause of the comparison: who recorded its changes, whether it is taken, its warning."""

    row: ClauseRow
    revisers: list[Reviser]
    choice: str
    left: bool
    unrecorded: bool


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
    place: Place, source: WordFile, reading: Reading, told: Mapping[str, Any]
) -> Brought:
    """The file matched with the text its reader works with, to be shown beside the one sent.

    `told` are the controls of the page: answers, clauses left, whom the comments are for.
    """
    contract, viewer, firm = place.contract, place.viewer, place.firm
    sent = version_text(contract.version) if contract.version else form_text(contract, firm)
    base = sent if is_for_client(place) else present_text(contract, viewer, firm)
    data = read_file(source.file)
    typed = typed_values(data, accept=True)
    returned = read_returned(contract, base, reading, answers_of(told), typed)
    given = [sent, base] if base.is_draft else [sent]
    record = read_record(contract, data, given, returned.text.document)
    new = Chosen("word", {}, returned.text, {**base.values, **returned.values})
    compared, _before, _after = compare_texts(contract, sent, new)
    changes = {one.id: one for one in compared.clauses if one.touched}
    left = () if told.get("verb") == "take_all" else _left(told)
    return Brought(
        source,
        base,
        sent,
        returned,
        record,
        changes,
        frozenset(name for name in left if name in changes),
        told.get("comments") == "both",
    )


def show_review(
    request: HttpRequest, place: Place, brought: Brought, status: int = 200
) -> HttpResponse:
    """What was found on top, then clause by clause what is taken or left, and the buttons."""
    returned, contract = brought.returned, place.contract
    values = {**brought.base.values, **returned.values}
    new = Chosen("word", {}, returned.text, values)
    found = read_comparison(contract, brought.sent, new, beside=False)
    context = frame(place) | {
        "name": brought.source.name,
        "seen": stamp_of(contract),
        "returned": returned,
        "recorded": brought.record.recorded,
        "findings": found_lines(brought.record.findings),
        "looks": look_lines(brought.record.findings),
        "comments": _comment_rows(place, brought),
        "open_comments": brought.open_comments,
        "may_open": contract.case.audience != Audience.OURS,
        "doubts": _doubt_rows(place, brought),
        "losses": [_loss_words(contract, *loss) for loss in returned.losses],
        "before": text_name(brought.sent),
        "after": brought.source.name,
        "found": found,
        "stretches": [
            ([_review_row(row, brought) for row in stretch.rows], stretch.folded)
            for stretch in found.stretches
        ],
        "for_client": is_for_client(place),
        "unsent": _unsent(place, brought),
    }
    return private(render(request, "contracts/word_back/review.html", context, status=status))


def _left(told: Mapping[str, Any]) -> list[str]:
    return [
        name.removeprefix(KEEP)
        for name, value in told.items()
        if name.startswith(KEEP) and value == LEAVE
    ]


def _review_row(row: ClauseRow, brought: Brought) -> ReviewRow:
    asked = bool(row.step) and brought.changes.get(row.id) is not None
    # A moved clause stands twice: it is asked about where it is now.
    asked = asked and (row.place != "old" or row.kind == "deleted")
    return ReviewRow(
        row,
        revisers_told(brought.record.revisers.get(row.id, ())) if row.step else [],
        f"{KEEP}{row.id}" if asked else "",
        row.id in brought.left,
        row.id in brought.record.unrecorded,
    )


def _comment_rows(place: Place, brought: Brought) -> list[dict[str, Any]]:
    counted = numbers(brought.returned.text.document)
    return [
        {
            "author": one.author or _("author unknown"),
            "at": one.at,
            "text": one.text,
            "quote": one.quote,
            "number": plain_number(counted.get(one.clause, "")),
            "reply": bool(one.reply_to),
            "resolved": one.resolved,
        }
        for one in brought.record.comments
    ]


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
