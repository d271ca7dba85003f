"""The text read for errors: a part that comes after the page, with a mark beside each clause."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zabota.common import clock
from zabota.contracts.error_words import error_words
from zabota.contracts.errors import errors_in, for_side
from zabota.contracts.pages.common import Place, find_place
from zabota.contracts.pages.contract import frame_context
from zabota.contracts.reading.texts import present_text
from zabota.contracts.reading.values import labels_of
from zabota.contracts.rules import may_edit_draft, side_of


@dataclass(frozen=True)
class Shown:
    """One likely error as it is read: its clause, its words, whether it bars sending."""

    clause: str
    number: str
    words: str
    bars: bool


def check_part(request: HttpRequest, pk: int) -> HttpResponse:
    """What is likely wrong in the text this side works with: asked after the page has come, so
    that reading for errors never slows it; a page of its own without JavaScript.
    """
    place = find_place(request, pk)
    found = shown_errors(place)
    context: dict[str, Any] = {"found": found, "base": place.base, "by_clause": _by_clause(found)}
    if request.headers.get("HX-Request"):
        return render(request, "contracts/check/part.html", context | {"is_part": True})
    context |= frame_context(place, clock.now())
    side = "portal" if place.in_room else "desk"
    return render(request, f"contracts/check/{side}.html", context)


def shown_errors(place: Place) -> list[Shown]:
    """The errors this viewer may read; the client, only while the text is theirs to mend."""
    contract = place.contract
    if place.in_room and not may_edit_draft(place.viewer, contract):
        return []
    chosen = present_text(contract, place.viewer, place.firm)
    found = errors_in(contract, chosen.tree, chosen.text, chosen.values)
    labels = labels_of(contract.edition.fields)
    return [
        Shown(
            one.clause,
            one.number,
            error_words(one, labels),
            one.kind in place.firm.blocking_errors,
        )
        for one in for_side(found, side_of(place.viewer))
    ]


def _by_clause(found: list[Shown]) -> dict[str, list[Shown]]:
    rows: dict[str, list[Shown]] = {}
    for one in found:
        rows.setdefault(one.clause, []).append(one)
    return rows
