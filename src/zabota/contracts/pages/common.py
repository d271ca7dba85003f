"""What the pages of a contract share: finding it for a viewer, its address, saying what went
wrong.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from zabota.cases.models import Case
from zabota.clients.access import RoomViewer
from zabota.contracts.models import Change, Contract
from zabota.contracts.parties import is_asked
from zabota.contracts.rules import Viewer, may_read_paper
from zabota.contracts.stored import field_spec
from zabota.contracts.text.edit import EditProblem
from zabota.contracts.text.fields import FieldProblem, clean
from zabota.people.models import Firm


@dataclass(frozen=True)
class Place:
    """A contract before a viewer: who looks, at what, under which address."""

    contract: Contract
    viewer: Viewer
    base: str
    firm: Firm

    @property
    def in_room(self) -> bool:
        return isinstance(self.viewer, RoomViewer)

    @property
    def language(self) -> str:
        return get_language() or "ru"


def find_place(request: HttpRequest, pk: int) -> Place:
    """The contract, if this viewer may know of it; else 404. In the room one stands for its
    company.
    """
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    contract = (
        Contract.objects.select_related(
            "case__client",
            "case__owner__user",
            "case__owner__lead",
            "case__owner__team",
            "case__stream",
            "edition__template",
            "edition__made_by__employee",
            "version__made_by",
            "route",
            "parent__case",
            "agreeing",
            "answering",
            "sooner",
            "client_turn",
            "fast_lane",
        )
        .filter(case__in=Case.objects.visible_to(viewer), pk=pk)
        .first()
    )
    if contract is None:
        raise Http404
    if isinstance(viewer, RoomViewer):
        viewer = viewer.standing_for(contract.case.client_id)
        request.viewer = viewer  # type: ignore[attr-defined]
    return place_of(request, contract, viewer)


def place_of(request: HttpRequest, contract: Contract, viewer: Viewer) -> Place:
    """Where this contract stands for this viewer."""
    room = isinstance(viewer, RoomViewer)
    base = f"/{'room' if room else 'desk'}/contracts/{contract.pk}"
    if not may_read_paper(viewer, contract):
        # Whatever of the page reads the text finds none: it has not been sent to them.
        contract.edition.tree = {"schemes": {}, "headers": [], "footers": [], "clauses": []}
    if room and getattr(viewer, "looking_on", False):
        base = f"/desk/contracts/{contract.pk}/as-client"
    return Place(contract, viewer, base, request.firm)  # type: ignore[attr-defined]


def back_to(request: HttpRequest, base: str, change: Change) -> str:
    """Where a change was answered: the table of disagreements if it was there, else the text."""
    asked = request.POST.get("back") or request.GET.get("back")
    if asked == "disagreements":
        return f"{base}/disagreements/#r-{change.clause}"
    return f"{base}/#c-{change.clause}"


def posted(request: HttpRequest, prefix: str) -> dict[str, str]:
    """What was typed into the controls whose names begin so, by the rest of the name."""
    return {
        name.removeprefix(prefix): str(request.POST[name]).replace("\r\n", "\n")
        for name in request.POST
        if name.startswith(prefix)
    }


def typed_words(request: HttpRequest, name: str) -> str:
    """What was typed; a browser counts a line's end as one character, and sends two."""
    return request.POST.get(name, "").replace("\r\n", "\n").strip()


def length_trouble(limit: int, *texts: str) -> str:
    """Names the limit where one of the texts is longer; "" where all fit."""
    longest = max(map(len, texts), default=0)
    return trouble_words("too_long", {"limit": limit, "length": longest}) if longest > limit else ""


def page_template(place: Place, name: str) -> str:
    """A page of a contract in the frame of its side."""
    return f"contracts/{'portal' if place.in_room else 'desk'}/{name}.html"


def field_trouble(problem: FieldProblem) -> str:
    """What is wrong with a value and what to do, in the reader's language."""
    return trouble_words(problem.code, problem.params)


def value_problems(contract: Contract, values: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with values as typed, by field; what is still empty is not wrong yet."""
    wrong = {}
    for told in contract.edition.fields:
        typed = values.get(told["name"], "")
        if not is_asked(told["name"]) or not typed.strip():
            continue
        try:
            clean(field_spec(told), typed, values=values)
        except FieldProblem as problem:
            wrong[told["name"]] = field_trouble(problem)
    return wrong


def trouble_words(code: str, params: Any) -> str:
    """The same for a fault named by its code."""
    words = _FIELD.get(code)
    return str(words(params)) if words else _("Please check this value.")


def edit_trouble(problem: EditProblem) -> str:
    """What cannot be taken over from an edited clause, in the reader's language."""
    params = problem.params
    match problem.code:
        case "too_long":
            limit = int(str(params.get("limit", 0)))
            return ngettext(
                "A clause may have %(limit)d character at most.",
                "A clause may have %(limit)d characters at most.",
                limit,
            ) % {"limit": limit}
        case "token_unknown":
            return (
                _(
                    "Line %(line)s of the text: there is no “%(token)s” here. "
                    "Please take one of the fields listed."
                )
                % params
            )
        case "token_broken":
            return (
                _(
                    "Line %(line)s of the text: a field is damaged, “%(text)s”. "
                    "Please put it back or delete it whole."
                )
                % params
            )
        case "rows_changed":
            return _(
                "Rows of this table were added or deleted meanwhile, in another tab or by a"
                " colleague. Your text is below; please copy what you need into the table as it"
                " is now."
            )
        case "token_repeated":
            return _("“%(token)s” may stand only once.") % params
    return _(
        "The clause has changed meanwhile. Please open it again: your text is kept in this browser."
    )


_FIELD: dict[str, Any] = {
    "required": lambda p: _("Please fill this in."),
    "locked_reason": lambda p: _("This clause is locked: please say why you propose to change it."),
    "too_long": lambda p: (
        _("At most %(limit)s characters, here are %(length)s.")
        % {"limit": p.get("limit"), "length": p.get("length")}
    ),
    "braces": lambda p: _("Curly brackets are not allowed here."),
    "not_a_person": lambda p: _("Please write a name: surname, first name, patronymic."),
    "not_a_choice": lambda p: (
        _("Please choose one of: %(choices)s.") % {"choices": ", ".join(p.get("choices", ()))}
    ),
    "not_an_email": lambda p: _("This is not an e-mail address. Example: name@company.ru"),
    "not_a_phone": lambda p: _("This is not a phone number. Example: +7 495 123-45-67"),
    "not_a_date": lambda p: _("This is not a date. Example: 26.11.2026"),
    "year_out_of_range": lambda p: _("The year should be from %(least)s to %(most)s.") % p,
    "not_a_number": lambda p: _("This is not a number. Example: 1 240 000,00"),
    "not_whole": lambda p: _("A whole number, please. Example: 12"),
    "ambiguous_number": lambda p: _("This number can be read in two ways. Example: 1 240 000,00"),
    "negative": lambda p: _("This cannot be less than zero."),
    "too_precise": lambda p: _("At most two digits after the point."),
    "too_big": lambda p: _("This is more than we can take: at most %(limit)s.") % p,
    "out_of_range": lambda p: _("From %(least)s to %(most)s.") % p,
    "other_currency": lambda p: _("Please write the sum in %(currency)s.") % p,
    "digits": lambda p: _("Only digits, please."),
    "length": lambda p: (
        ngettext(
            "It should have %(wanted)s digits, and here is %(length)d.",
            "It should have %(wanted)s digits, and here are %(length)d.",
            int(p["length"]),
        )
        % {"wanted": _(" or ").join(map(str, p["lengths"])), "length": p["length"]}
    ),
    "checksum": lambda p: _("The check digit does not fit: please compare with the document."),
    "bik_mismatch": lambda p: _("The account does not fit the bank with BIK %(bik)s.") % p,
}
