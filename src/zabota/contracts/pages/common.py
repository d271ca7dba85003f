"""What the pages of a contract share: finding it for a viewer, its address, saying what went
wrong.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from zabota.cases.models import seen_by
from zabota.clients.access import RoomViewer
from zabota.contracts.models import Change, Contract
from zabota.contracts.parties import is_asked
from zabota.contracts.rules import Viewer, may_read_paper
from zabota.contracts.stored import field_spec
from zabota.contracts.text.fields import FieldProblem, clean
from zabota.contracts.trouble_words import field_trouble, trouble_words
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


def is_before_eyes(request: HttpRequest) -> bool:
    """Whether a person reads what is answered: a browser that fetches a page ahead, in case they
    want it, and a program that asks for the head alone show it to nobody.
    """
    ahead = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return "prefetch" not in ahead and request.method != "HEAD"


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
        .filter(seen_by(viewer, "case__"), pk=pk)
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
