"""Approval routes on the desk: the list, a route, its editions, the contracts that follow each."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from zabota.cases.models import Case
from zabota.common import clock
from zabota.common.names import initials
from zabota.contracts.actions.routes import may_edit_routes
from zabota.contracts.concerns import concern_name
from zabota.contracts.models import (
    Contract,
    ContractState,
    EditionState,
    Route,
    RouteEdition,
    TemplateEdition,
)
from zabota.contracts.reading.rail.read import preview_stage
from zabota.contracts.reading.rail.views import Face, StageView
from zabota.contracts.route_words import (
    OVERDUE,
    SHOWS,
    Names,
    condition_words,
    problems_now,
    rule_words,
    seat_words,
)
from zabota.contracts.routing import from_json
from zabota.contracts.rules import may_lay_shipped_forms
from zabota.contracts.seat_team import client_sees
from zabota.journal.models import Entry
from zabota.journal.reading import read_lines
from zabota.people.access import StaffRequest, staff_page
from zabota.people.models import Firm
from zabota.people.pages import page_by_key

UNDER_WAY = (ContractState.REVIEW, ContractState.RETURNED)
HISTORY = 30


@dataclass(frozen=True)
class StageRow:
    """One stage in words, and as the client would see it."""

    title: str
    together: bool
    concern: str
    seats: list[str]
    rule: str
    minutes: int
    overdue: str
    shows: str
    conditions: list[str]
    asks: str
    authors: bool
    view: StageView


def read_stages(spec: Mapping[str, Any], names: Names, firm: Firm) -> list[StageRow]:
    """The stages of a saved route, in words."""
    english = get_language() == "en"
    rows: list[StageRow] = []
    before: object = None
    for told in spec["stages"]:
        rows.append(
            StageRow(
                title=(told["title_en"] if english else "") or told["title_ru"],
                together=before is not None and told["group"] == before,
                concern=concern_name(told["concern"]),
                seats=_seats(told["seats"], names),
                rule=rule_words(told),
                minutes=round(float(told["hours"]) * 60),
                overdue=str(OVERDUE[told["overdue"]]),
                shows=str(SHOWS[told["shows"]]),
                conditions=[condition_words(row) for row in told["conditions"]],
                asks=told["asks"],
                authors=told["authors_may_approve"],
                view=seen_by_client(told, names, firm),
            )
        )
        before = told["group"]
    return rows


def _seats(told: Iterable[Mapping[str, str]], names: Names) -> list[str]:
    """Who sits there; the same seat several times is said once, with how often."""
    found = Counter(seat_words(seat["kind"], seat["ref"], names) for seat in told)
    return [words if count == 1 else f"{words} × {count}" for words, count in found.items()]


def seen_by_client(told: Mapping[str, Any], names: Names, firm: Firm) -> StageView:
    """A stage as the client would see it, with the people who sit there where they are known."""
    try:
        view = preview_stage(dict(told), firm)
    except (ValueError, OverflowError):  # the hours are not a number yet
        view = preview_stage({**told, "hours": 8}, firm)
    if view.state == "hidden":
        return replace(view, faces=[])
    wanted, known = "person", names.people
    if client_sees(told, firm) == "team":
        wanted, known = "team", names.teams
    found = [
        known[seat["ref"]]
        for seat in told.get("seats", ())
        if seat["kind"] == wanted and seat["ref"] in known
    ]
    # As the rail draws them: a person by two letters, a team by one; where seats are of several
    # teams the stage speaks for them.
    letters = initials if wanted == "person" else lambda name: name[:1].upper()
    each = list(dict.fromkeys(found))
    if wanted == "team" and len(each) > 1:
        each = [view.title]
    faces = [Face(name, letters(name)) for name in each]
    return replace(view, faces=faces or view.faces)


@require_GET
@staff_page
def route_list(request: StaffRequest) -> HttpResponse:
    """All routes: their stages, the present edition, which forms go by them."""
    language = get_language() or "ru"
    used = (
        TemplateEdition.objects.filter(route=OuterRef("pk"), state=EditionState.IN_FORCE)
        .order_by()
        .values("route")
        .annotate(count=Count("pk"))
        .values("count")
    )
    routes = Route.objects.select_related("current__made_by").annotate(used=Subquery(used))
    page = page_by_key(request, routes, "name_ru")
    rows = [
        {
            "route": route,
            "name": route.name(language),
            "edition": route.current,
            "steps": _steps(route.current, language),
            "used": getattr(route, "used", 0) or 0,
        }
        for route in page.rows
    ]
    at = clock.now()
    context = {
        "rows": rows,
        "page": page,
        "may_edit": may_edit_routes(request.viewer, at),
        "may_lay": not rows and may_lay_shipped_forms(request.viewer, at),
    }
    return render(request, "contracts/desk/routes/list.html", context)


@dataclass(frozen=True)
class BriefStage:
    """A stage as the list tells of it: its name, and how many of how many where not all decide."""

    title: str
    need: int = 0
    all: int = 0


def _steps(edition: RouteEdition | None, language: str) -> list[list[BriefStage]]:
    """The way of a contract: one step after another, stages of a step side by side."""
    stages = edition.spec["stages"] if edition else []
    name = "title_en" if language == "en" else "title_ru"
    return [
        [_brief(stage, stage[name] or stage["title_ru"]) for stage in step]
        for _, step in groupby(stages, key=itemgetter("group"))
    ]


def _brief(stage: Mapping[str, Any], title: str) -> BriefStage:
    seats = len(stage["seats"])
    if stage["rule"] == "quorum":
        return BriefStage(title, int(stage["quorum"]), seats)
    return (
        BriefStage(title, 1, seats) if stage["rule"] == "any" and seats > 1 else BriefStage(title)
    )


@require_GET
@staff_page
def route(request: StaffRequest, pk: int) -> HttpResponse:
    """One route: its stages now, what is wrong with them today, its editions, who follows which."""
    found, names, at = found_route(pk), Names.load(), clock.now()
    language = get_language() or "ru"
    editions = found.editions.select_related("made_by").defer("spec").order_by("-number")
    following = dict(
        Contract.objects.filter(route__route=found, case__state__in=UNDER_WAY)
        .values_list("route")
        .annotate(Count("pk"))
    )
    forms = (
        TemplateEdition.objects.filter(route=found)
        .exclude(state=EditionState.WITHDRAWN)
        .select_related("template")
        .defer("tree", "fields", "kept")
        .order_by("template__title_ru", "number")
    )
    entries = Entry.objects.filter(stream=found.stream_id).order_by("-seq")[:HISTORY]
    context = {
        "route": found,
        "name": found.name(language),
        "stages": read_stages(found.current.spec, names, request.firm) if found.current else [],
        "problems": problems_now(found.current.spec, names, at) if found.current else [],
        "lane": from_json(found.current.spec).fast_lane if found.current else None,
        "editions": [(row, following.get(row.pk, 0)) for row in editions],
        "forms": [(row, row.template.title(language)) for row in forms],
        "lines": read_lines(entries, now=at),
        "may_edit": may_edit_routes(request.viewer, at),
    }
    return render(request, "contracts/desk/routes/detail.html", context)


@require_GET
@staff_page
def route_edition(request: StaffRequest, pk: int) -> HttpResponse:
    """One edition as it was saved, and the contracts that follow it, those this person may see."""
    rows = RouteEdition.objects.select_related("route", "made_by")
    found = get_object_or_404(rows, pk=pk)
    visible = Case.objects.visible_to(request.viewer)
    following = Contract.objects.filter(
        route=found, case__state__in=UNDER_WAY, case__in=visible
    ).select_related("case__client")
    page = page_by_key(request, following, "case.number")
    context = {
        "edition": found,
        "route": found.route,
        "name": found.route.name(get_language() or "ru"),
        "stages": read_stages(found.spec, Names.load(), request.firm),
        "page": page,
        "is_current": found.route.current_id == found.pk,
        "may_edit": may_edit_routes(request.viewer, clock.now()),
    }
    return render(request, "contracts/desk/routes/edition.html", context)


def found_route(pk: int) -> Route:
    return get_object_or_404(Route.objects.select_related("current__made_by"), pk=pk)
