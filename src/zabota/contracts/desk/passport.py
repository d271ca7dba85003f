"""The passport of a text on the client's paper: typed by our side, shown to approvers."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zabota.common import clock
from zabota.contracts import rules
from zabota.contracts.actions.passport import Typed, WrongFacts, type_passport
from zabota.contracts.holders import holders_of
from zabota.contracts.models import Stage
from zabota.contracts.pages.common import Place, find_place, length_trouble, posted
from zabota.contracts.pages.contract import frame_context
from zabota.contracts.reading.nearest import read_nearest
from zabota.contracts.reading.passport import read_typed, term_label
from zabota.contracts.reading.sheet import Sheet
from zabota.contracts.reading.values import Question
from zabota.contracts.stored import load_texts
from zabota.contracts.text.numbering import numbers, plain_number
from zabota.contracts.trouble_words import field_trouble
from zabota.contracts.typed_passport import (
    nearest_edition,
    passport_specs,
    stages_on,
    still_unknown,
    typed_values,
)
from zabota.people.access import StaffRequest

LONGEST = 2000


@require_http_methods(["GET", "HEAD", "POST"])
def type_passport_page(request: StaffRequest, pk: int) -> HttpResponse:
    """The facts as the nearest form has them, each with the clause it is from."""
    place = find_place(request, pk)
    contract = place.contract
    stages = list(
        Stage.objects.filter(contract=contract, round=contract.round).select_related("promise")
    )
    if not rules.may_type_passport(request.viewer, contract, stages, holders_of(stages)):
        raise PermissionDenied
    shown = _clause_numbers(place)
    if request.method != "POST":
        return _form(request, place, shown, *_stored(place, shown), {})
    values, clauses = posted(request, "f:"), posted(request, "clause:")
    known = {number.casefold(): clause for clause, number in shown.items()}
    wrong = {
        name: _("There is no clause %(number)s in the text.") % {"number": number.strip()[:20]}
        for name, number in clauses.items()
        if number.strip() and _plain(number) not in known
    }
    wrong |= {
        name: problem
        for name, value in values.items()
        if (problem := length_trouble(LONGEST, value.strip()))
    }
    typed = {
        name: Typed(value.strip(), known.get(_plain(clauses.get(name, "")), ""))
        for name, value in values.items()
    }
    wrong = wrong or _tried(request, place, typed)
    if wrong:
        return _form(request, place, shown, values, clauses, wrong)
    messages.success(request, _("Kept. Colleagues see it in the passport."))
    return redirect(f"{place.base}/")


def _tried(request: StaffRequest, place: Place, typed: dict[str, Typed]) -> dict[str, str]:
    """What kept the facts from being stored, by fact."""
    try:
        type_passport(place.contract, typed, by=request.viewer, at=clock.now())
    except WrongFacts as found:
        return {name: field_trouble(trouble) for name, trouble in found.problems.items()}
    return {}


def _form(
    request: StaffRequest,
    place: Place,
    shown: dict[str, str],
    values: dict[str, str],
    clauses: dict[str, str],
    wrong: dict[str, str],
) -> HttpResponse:
    context = {
        **frame_context(place, clock.now()),
        "facts": _facts(place, values, clauses, wrong),
        "numbers": list(dict.fromkeys(shown.values())),
        "wrong": bool(wrong),
    }
    return render(
        request, "contracts/desk/type_passport.html", context, status=422 if wrong else 200
    )


def paper_context(place: Place, sheet: Sheet, stages: Any, holders: Any) -> dict[str, Any]:
    """What an approver is shown of a text on the client's paper: the facts typed by hand, what is
    still unknown and whom that asks, how it differs from our nearest form.
    """
    contract = place.contract
    nearest = nearest_edition(contract)
    unread = not rules.may_read_paper(place.viewer, contract)
    if unread or not contract.foreign_paper or nearest is None:
        return {}
    specs = passport_specs(contract, nearest)
    shown = {view.id: view.number for view in sheet.clauses}
    known = {**typed_values(contract), **sheet.values}
    unknown = still_unknown(contract, known)
    labels = {spec["name"]: term_label(spec) for spec in specs}
    return {
        "typed_terms": read_typed(contract, nearest, specs, shown),
        "unknown": [labels.get(name, name) for name in unknown],
        "unknown_stages": stages_on(contract.route_copy or {}, unknown, place.language)
        if unknown
        else [],
        "may_type": rules.may_type_passport(place.viewer, contract, stages, holders),
        "nearest": read_nearest(contract, nearest, sheet, place.language),
    }


def _plain(number: str) -> str:
    return number.strip().rstrip(".").casefold()


def _clause_numbers(place: Place) -> dict[str, str]:
    """The number each clause is read under."""
    (text,) = load_texts((place.contract.version or place.contract.edition).tree)
    shown = {clause: plain_number(number) for clause, number in numbers(text.document).items()}
    return {clause: number for clause, number in shown.items() if number}


def _stored(place: Place, shown: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    rows = list(place.contract.typed_facts.all())
    return (
        {row.name: row.value for row in rows},
        {row.name: shown.get(row.clause, "") for row in rows},
    )


def _facts(
    place: Place, values: dict[str, str], clauses: dict[str, str], wrong: dict[str, str]
) -> list[tuple[Question, str]]:
    specs = passport_specs(place.contract, nearest_edition(place.contract))
    return [
        (
            Question(
                name=spec["name"],
                type=spec["type"],
                label=term_label(spec),
                help="",  # the form's own help speaks to the client
                value=values.get(spec["name"], ""),
                required=False,
                choices=list(spec.get("args", ())) if spec["type"] == "choice" else [],
                problem=wrong.get(spec["name"], ""),
                language=place.language,
            ),
            clauses.get(spec["name"], ""),
        )
        for spec in specs
    ]
