"""The editor of a route, without code or JavaScript; a contract moved to a newer edition."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zabota.common import clock
from zabota.contracts.actions import mark_for_papers, move_to_newer_route, save_route
from zabota.contracts.actions.routes import RouteMoved, RouteRejected, may_edit_routes
from zabota.contracts.desk.routes import found_route, read_stages, seen_by_client
from zabota.contracts.forms.route_parts import EMPLOYEE, OURS, Offered, RouteInput
from zabota.contracts.forms.routes import (
    State,
    new_state,
    press,
    spec_of,
    state_of_post,
    state_of_spec,
)
from zabota.contracts.models import (
    ContractState,
    EditionState,
    Route,
    RouteEdition,
    TemplateEdition,
)
from zabota.contracts.pages.common import find_place
from zabota.contracts.parties import is_party_field
from zabota.contracts.route_words import CLIENT_KINDS, Names, away_words, problem_words
from zabota.contracts.routing import RouteProblem, RouteRefused, away_seats, from_json, problems
from zabota.contracts.staff import staff_at
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import form_page, pressed, tried
from zabota.people.rules import demand


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def route_new(request: StaffRequest) -> HttpResponse:
    """A route that was not there before."""
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def route_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Another edition of a route."""
    return _edit(request, found_route(pk))


@require_POST
@staff_page
def mark_for_papers_page(request: StaffRequest, pk: int) -> HttpResponse:
    """Texts on a client's paper take this route from now on."""
    route, at = found_route(pk), clock.now()
    return pressed(
        request,
        lambda: mark_for_papers(route, by=request.viewer, at=at),
        _("Texts on the client’s paper take this route from now on."),
        f"/desk/routes/{pk}/",
    )


def _edit(request: StaffRequest, route: Route | None) -> HttpResponse:
    at = clock.now()
    demand(may_edit_routes(request.viewer, at))
    editor = _Editor(request, route, at)
    if request.method != "POST":
        spec = route.current.spec if route and route.current else None
        names = (route.name_ru, route.name_en) if route else ("", "")
        return editor.page(state_of_spec(spec, names) if spec else new_state())
    state, button = state_of_post(request.POST), request.POST.get("do", "")
    if button == "save":
        return editor.save(state)
    if button == "check":
        told = editor.checked(state)
        return editor.page(state, told, wrong=bool(_errors(told)))
    press(state, button)
    return editor.page(state)


class _Editor:
    """One request of the editor: what is offered, who asks, when."""

    def __init__(self, request: StaffRequest, route: Route | None, at: datetime) -> None:
        self.request, self.route, self.at = request, route, at
        self.names = Names.load()
        self.offered = Offered.of(self.names, fields_of_forms())
        self.notes: list[str] = []

    def checked(self, state: State) -> RouteInput:
        """The editor with everything that is wrong beside what it concerns."""
        told = RouteInput(state, self.offered, check=True)
        told.is_valid()
        self._show(told, self._found(state))
        return told

    def _found(self, state: State) -> Iterable[RouteProblem]:
        spec = spec_of(state)
        try:
            return problems(from_json(spec), staff_at(self.at))
        except RouteRefused as refused:
            return [*refused.problems, *self._found_besides(spec, refused)]

    def _found_besides(self, spec: dict[str, Any], refused: RouteRefused) -> Iterable[RouteProblem]:
        """What else is wrong, where only hours cannot be read: one look shows it all."""
        for problem in refused.problems:
            parts = problem.where.split("/")
            if parts[-1] == "hours":
                spec["stages"][int(parts[1])]["hours"] = "8"
        try:
            return problems(from_json(spec), staff_at(self.at))
        except RouteRefused:
            return ()

    def _show(self, told: RouteInput, found: Iterable[RouteProblem]) -> None:
        for problem in found:
            told.show(problem, problem_words(problem))

    def save(self, state: State) -> HttpResponse:
        """Save as a new edition; warnings are told and do not hinder."""
        told = self.checked(state)
        if _errors(told):
            return self.page(state, told, wrong=True)
        try:
            edition = self._saved(state)
        except RouteRejected as rejected:
            self._show(told, rejected.found)
            return self.page(state, told, wrong=True)
        except RouteMoved as moved:
            self.notes.append(_moved_words(moved.newer))
            return self.page(state, told, status=409)
        self._tell(edition, told)
        return redirect("route", edition.route_id)

    def _saved(self, state: State) -> RouteEdition:
        since = self.request.POST.get("since", "")
        return save_route(
            self.route.slug if self.route else _free_slug(),
            spec_of(state),
            by=self.request.viewer,
            at=self.at,
            names=(state["name_ru"].strip(), state["name_en"].strip()),
            since=int(since) if since.isascii() and since.isdecimal() and len(since) < 9 else None,
        )

    def _tell(self, edition: RouteEdition, told: RouteInput) -> None:
        words = _("Edition %(number)d is saved. Contracts under way keep theirs.")
        messages.success(self.request, words % {"number": edition.number})
        for part in told.stages:
            for warning in part.warnings:
                messages.warning(self.request, f"{part.state['title_ru']}: {warning}")
        for warning in told.warnings:
            messages.warning(self.request, warning)

    def _tell_away(self, told: RouteInput, spec: dict[str, Any]) -> None:
        """Beside a stage: who of it is away now; of what cannot be read yet nothing is told."""
        try:
            read = from_json(spec)
        except RouteRefused:
            return
        for away in away_seats(read, staff_at(self.at), self.at):
            told.stages[away.stage].away.append(away_words(away, self.names, self.at))

    def page(
        self,
        state: State,
        told: RouteInput | None = None,
        *,
        wrong: bool = False,
        status: int = 200,
    ) -> HttpResponse:
        """The page with everything typed."""
        told = told or RouteInput(state, self.offered)
        spec = spec_of(state)
        views = [seen_by_client(stage, self.names, self.request.firm) for stage in spec["stages"]]
        self._tell_away(told, spec)
        current = self.route.current if self.route else None
        context = {
            "told": told,
            "parts": list(zip(told.stages, views, strict=True)),
            "route": self.route,
            "name": self.route.name(get_language() or "ru") if self.route else "",
            "since": current.number if current else "",
            "checked": told.name.is_bound and not _errors(told),
            "wrong": _errors(told) if told.name.is_bound else [],
            "notes": self.notes,
            "kinds": ", ".join(str(label).lower() for label in CLIENT_KINDS.values()),
        }
        status = 422 if wrong else status
        return render(self.request, "contracts/desk/routes/edit.html", context, status=status)


def _errors(told: RouteInput) -> list[tuple[str, str]]:
    """Everything that hinders saving, with the place on the page it stands at."""
    found = [("", words) for words in told.errors]
    found += [
        (name.id_for_label, f"{name.label}: {error}") for name in told.name for error in name.errors
    ]
    for index, part in enumerate(told.stages):
        inside = list(part.errors)
        for form in (part.form, *part.seats, *part.conditions):
            inside += [f"{bound.label}: {error}" for bound in form for error in bound.errors]
        for words in inside:
            sentence = _("Stage %(number)d. %(words)s") % {"number": index + 1, "words": words}
            found.append((f"stage-{index}", sentence))
    return found


def _moved_words(newer: RouteEdition) -> str:
    who = newer.made_by.shown_name if newer.made_by else ""
    return _(
        "While you were working, edition %(number)d was saved (%(who)s). What you typed is kept"
        " below: save again, and yours becomes the newest."
    ) % {"number": newer.number, "who": who}


def _free_slug() -> str:
    taken = set(Route.objects.values_list("slug", flat=True))
    number = len(taken) + 1
    while f"route-{number}" in taken:
        number += 1
    return f"route-{number}"


def fields_of_forms() -> list[tuple[str, str, str]]:
    """Fields that forms have, by name, with type and label: what conditions and seats may name."""
    rows = TemplateEdition.objects.exclude(state=EditionState.WITHDRAWN).order_by("pk")
    known: dict[str, tuple[str, str, str]] = {}
    for fields in rows.values_list("fields", flat=True):
        for told in fields:
            if not is_party_field(told["name"]):
                label = told.get("label") or told["name"]
                ours = told["type"] == "person" and OURS in told.get("args", ())
                kind = EMPLOYEE if ours else told["type"]
                known.setdefault(told["name"], (told["name"], kind, label))
    return sorted(known.values(), key=lambda told: told[2])


class MoveForm(forms.Form):
    """Why a contract takes the newer edition of its route."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Only our people see it."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def contract_route(request: StaffRequest, pk: int) -> HttpResponse:
    """Which edition a contract follows and which is the newest; moving it, with a reason."""
    place, at = find_place(request, pk), clock.now()
    contract = place.contract
    edition = contract.route
    newest = edition.route.current if edition else None
    may_move = may_edit_routes(request.viewer, at)
    form = MoveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        demand(may_move)
        if form.is_valid() and _moved(request, form, pk, at):
            return redirect(f"{place.base}/")
    names = Names.load()
    context = {
        "contract": contract,
        "case": contract.case,
        "edition": edition,
        "newest": newest,
        "name": edition.route.name(get_language() or "ru") if edition else "",
        "current_stages": read_stages(edition.spec, names, request.firm) if edition else [],
        "newest_stages": read_stages(newest.spec, names, request.firm) if newest else [],
        "is_newest": newest is None or edition is None or newest.pk == edition.pk,
        "in_review": contract.case.state == ContractState.REVIEW,
        "may_move": may_move,
    }
    return form_page(request, "contracts/desk/routes/contract.html", form, context)


def _moved(request: StaffRequest, form: MoveForm, pk: int, at: datetime) -> bool:
    place = find_place(request, pk)
    reason = form.cleaned_data["reason"]

    def verb() -> None:
        move_to_newer_route(place.contract, by=request.viewer, at=at, reason=reason)

    if not tried(form, verb, "reason"):
        return False
    messages.success(request, _("The contract follows the newest edition of its route."))
    return True
