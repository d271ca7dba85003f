"""The text read for errors: a part that comes after the page, with a mark beside each clause."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zabota.common import clock
from zabota.contracts.error_words import error_words
from zabota.contracts.errors import errors_in, for_side
from zabota.contracts.lint import Finding
from zabota.contracts.pages.common import Place, find_place
from zabota.contracts.pages.contract import frame_context
from zabota.contracts.parties import is_asked
from zabota.contracts.reading.sheet.paths import paths_of
from zabota.contracts.reading.texts import present_text
from zabota.contracts.reading.values import labels_of
from zabota.contracts.rules import may_edit_draft, side_of
from zabota.contracts.text.fields import form_of


@dataclass(frozen=True)
class Shown:
    """One likely error as it is read: its clause, its words, whether it bars sending; the fields
    (name, label) whose values it is about, where this side fills them in."""

    clause: str
    number: str
    words: str
    bars: bool
    fields: tuple[tuple[str, str], ...] = ()


def check_part(request: HttpRequest, pk: int) -> HttpResponse:
    """What is likely wrong in the text this side works with: asked after the page has come, so
    that reading for errors never slows it; a page of its own without JavaScript.
    """
    place = find_place(request, pk)
    found = shown_errors(place)
    beside = [] if "alone" in request.GET else found
    context: dict[str, Any] = {"found": found, "base": place.base, "by_clause": _by_clause(beside)}
    context |= {"by_field": _by_field(beside), "again": "again" in request.GET}
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
    paths = paths_of(chosen.text.document) if found else {}
    labels = labels_of(contract.edition.fields)
    asks = may_edit_draft(place.viewer, contract)
    return [
        Shown(
            one.clause,
            paths.get(one.clause, "") if one.number else "",
            error_words(one, labels),
            one.kind in place.firm.blocking_errors,
            _asked_fields(one, labels) if asks else (),
        )
        for one in for_side(found, side_of(place.viewer))
    ]


def _by_clause(found: list[Shown]) -> dict[str, list[Shown]]:
    rows: dict[str, list[Shown]] = {}
    for one in found:
        rows.setdefault(one.clause, []).append(one)
    return rows


def _by_field(found: list[Shown]) -> dict[str, list[Shown]]:
    rows: dict[str, list[Shown]] = {}
    for one in found:
        for name, _label in one.fields:
            rows.setdefault(name, []).append(one)
    return rows


def _asked_fields(one: Finding, labels: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The fields one fills in; a sum in words is filled in by its sum."""
    names = dict.fromkeys(form_of(name)[0] for name in one.fields)
    return tuple((name, str(labels.get(name, name))) for name in names if is_asked(name))
