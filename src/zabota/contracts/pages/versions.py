"""Versions of a contract: which there are, and any two of them word by word."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zabota.common import clock
from zabota.common.sending import private, sent_file
from zabota.contracts.concerns import CONCERNS, concern_name
from zabota.contracts.docx.track import Unproved
from zabota.contracts.models import Contract, Version
from zabota.contracts.pages.common import Place, find_place
from zabota.contracts.paper import ComparisonLabels, PaperMeta, comparison_pdf
from zabota.contracts.reading.compared import compare_texts, read_comparison
from zabota.contracts.reading.paper_out import DOCX
from zabota.contracts.reading.people_seen import people_seen
from zabota.contracts.reading.printed import printed_clauses
from zabota.contracts.reading.texts import (
    DRAFT,
    FORM,
    NEAREST,
    Chosen,
    choose_text,
    list_versions,
    owns_draft,
)
from zabota.contracts.reading.tracked import Names, Wanted, tracked_docx
from zabota.contracts.rules import may_read_paper

VIEWS = ("line", "beside")


@dataclass(frozen=True)
class VersionRow:
    """A version in the list: whose it is, who made it, what it brought."""

    number: int
    ours: bool
    who: str
    at: datetime
    changes: int
    from_word: bool
    before: str
    current: bool


@require_safe
def version_list(request: HttpRequest, pk: int) -> HttpResponse:
    """All versions, the newest first; two of them are picked to be compared."""
    place = find_place(request, pk)
    rows = version_rows(place, _masks(place))
    context = {
        **frame(place),
        "rows": rows,
        "choices": choices_of(place, [row.number for row in rows]),
        "a": rows[0].before if rows else FORM,
        "b": str(rows[0].number) if rows else "",
        "has_draft": owns_draft(place.contract, place.viewer),
    }
    return private(render(request, "contracts/versions/list.html", context))


@require_safe
def compare_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Two texts of one contract: in line, side by side or in print."""
    place = find_place(request, pk)
    numbers = list(place.contract.versions.order_by("-number").values_list("number", flat=True))
    asked = [request.GET.get(name, "") for name in ("a", "b")]
    old, new = (_chosen(place, key) for key in (asked if any(asked) else _latest(numbers)))
    if request.GET.get("view") == "print":
        return _printed(place, old, new)
    view = request.GET.get("view", "line")
    if view not in VIEWS:
        raise Http404
    concern = _direction(request, place)
    beside = view == "beside"
    context = {
        **frame(place),
        "old": old,
        "new": new,
        "before": text_name(old),
        "after": text_name(new),
        "a": old.key,
        "b": new.key,
        "view": view,
        "concern": concern,
        "direction": concern_name(concern) if concern else "",
        "choices": choices_of(place, numbers),
        "found": read_comparison(place.contract, old, new, beside=beside, concern=concern),
    }
    return private(render(request, "contracts/versions/compare.html", context))


def _direction(request: HttpRequest, place: Place) -> str:
    """The direction the comparison is cut to; ours to know, so that in the room there is none."""
    concern = request.GET.get("concern", "")
    if concern and (place.in_room or concern not in CONCERNS):
        raise Http404
    return concern


@require_safe
def compare_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """Two texts of one contract as one Word file with tracked changes, proved before it is sent."""
    place = find_place(request, pk)
    old, new = (_chosen(place, request.GET.get(name, "")) for name in ("a", "b"))
    contract, names = place.contract, (text_name(old), text_name(new))
    wanted = Wanted(
        old=old,
        new=new,
        viewer=place.viewer,
        names=_names(place),
        title=_title(contract),
        replaced=_("This clause is shown as replaced whole."),
    )
    try:
        made = tracked_docx(contract, wanted, clock.now())
    except Unproved:
        context = {**frame(place), "old": old, "new": new, "before": names[0], "after": names[1]}
        page = render(request, "contracts/versions/unproved.html", context, status=409)
        return private(page)
    name = _("Tracked changes %(number)s (%(old)s – %(new)s).docx") % {
        "number": contract_number(contract),
        "old": names[0],
        "new": names[1],
    }
    return sent_file(made.data, name, DOCX)


def _masks(place: Place) -> dict[int, str]:
    return people_seen(
        place.contract, place.viewer, place.firm, place.language, _("our colleague")
    ).masks


def _names(place: Place) -> Names:
    """How people are called in a file for this reader."""
    return Names(
        masks=_masks(place),
        ours=place.firm.shown_name,
        theirs=place.contract.case.client.display_name,
    )


def frame(place: Place) -> dict[str, Any]:
    """What every page of one contract needs: where one is, and the base that fits this side."""
    contract = place.contract
    return {
        "place": place,
        "contract": contract,
        "case": contract.case,
        "base": place.base,
        "in_room": place.in_room,
        "frame": "common/base_room.html" if place.in_room else "common/base_desk.html",
        "template_title": contract.edition.template.title(place.language),
        "may_read_paper": may_read_paper(place.viewer, contract),
    }


def version_rows(place: Place, masks: Mapping[int, str]) -> list[VersionRow]:
    """The versions as this viewer reads them, our people under their `masks`; one query."""
    versions = list_versions(place.contract)
    return [
        VersionRow(
            number=version.number,
            ours=version.side == "ours",
            who=_maker(version, masks),
            at=version.made_at,
            changes=version.change_count,  # type: ignore[attr-defined]
            from_word=version.origin == "word",
            before=str(version.number - 1),
            current=version.pk == place.contract.version_id,
        )
        for version in versions
    ]


def _maker(version: Version, masks: Mapping[int, str]) -> str:
    if version.made_by is None:
        return ""
    return masks.get(version.made_by.pk, version.made_by.shown_name)


def choices_of(place: Place, numbers: list[int]) -> list[tuple[str, str]]:
    """What can be compared: one's own draft, every version, the form."""
    found = [(str(number), _("Version %(number)d") % {"number": number}) for number in numbers]
    if owns_draft(place.contract, place.viewer):
        found.insert(0, (DRAFT, _("Your draft, not sent yet")))
    if not place.contract.foreign_paper:
        return [*found, (FORM, _("Our form"))]
    found.append((FORM, _("The text as it came")))
    return found if place.in_room else [*found, (NEAREST, _("Our nearest form"))]


def text_name(chosen: Chosen) -> str:
    """A text as it is named in a heading."""
    if chosen.is_draft:
        return _("Your draft, not sent yet")
    if chosen.is_form:
        return _("The text as it came") if chosen.foreign else _("Our form")
    if chosen.key == NEAREST:
        return _("Our nearest form")
    return _("Version %(number)d") % {"number": int(chosen.key)}


def contract_number(contract: Contract) -> str:
    """The number a contract goes by: the registration number once it has one."""
    return contract.registered_number or contract.case.number


def _title(contract: Contract) -> str:
    """A contract as it is named on paper and in a file."""
    return _("%(title)s No. %(number)s") % {
        "title": contract.case.title,
        "number": contract_number(contract),
    }


def _latest(numbers: list[int]) -> tuple[str, str]:
    """What is compared where nothing was picked: the last two versions, the only one with the
    form, before the first one the draft with the form."""
    if not numbers:
        return FORM, DRAFT
    return str(numbers[1]) if len(numbers) > 1 else FORM, str(numbers[0])


def _chosen(place: Place, key: str) -> Chosen:
    found = choose_text(place.contract, place.viewer, place.firm, key)
    if found is None:
        raise Http404
    return found


def _printed(place: Place, old: Chosen, new: Chosen) -> HttpResponse:
    contract = place.contract
    found, before, after = compare_texts(contract, old, new)
    names = text_name(old), text_name(new)
    title = _title(contract)
    labels = ComparisonLabels(
        heading=title,
        before=names[0],
        after=names[1],
        inserted=_("added"),
        deleted=_("deleted"),
        states={
            "changed": _("changed"),
            "added": _("new clause"),
            "deleted": _("clause deleted"),
            "moved": _("moved"),
        },
        nothing=_("The words are the same."),
    )
    meta = PaperMeta(
        title=title,
        footer=f"{title}. {names[0]} → {names[1]}",
        pages=_("p. {page} of {pages}"),
        language=place.language,
        at=clock.now(),
        firm=place.firm.shown_name,
    )
    data = comparison_pdf(printed_clauses(found, before, after), labels, meta)
    name = _("Comparison %(number)s (%(old)s – %(new)s).pdf") % {
        "number": contract_number(contract),
        "old": names[0],
        "new": names[1],
    }
    return sent_file(data, name, "application/pdf")
