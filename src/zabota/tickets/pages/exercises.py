"""Exercises: made of a past request, read and corrected, planned for somebody."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zabota.cases.models import Case
from zabota.common import clock
from zabota.people.access import StaffRequest, staff_page
from zabota.people.models import Employee
from zabota.people.pages import form_page, pressed, tried, typed
from zabota.people.rules import demand
from zabota.tickets.actions.drills import plan_drills
from zabota.tickets.actions.exercises import (
    Played,
    change_exercise,
    close_exercise,
    make_exercise,
)
from zabota.tickets.forms.drills import ExerciseForm, PlanForm
from zabota.tickets.models import Drill, Exercise
from zabota.tickets.pages.common import find_place
from zabota.tickets.reading.drills import players_of, state_of
from zabota.tickets.reading.retold import offer_exercise, script_steps
from zabota.tickets.rules import may_lead_drills, may_make_exercise


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def exercise_make(request: StaffRequest, pk: int) -> HttpResponse:
    """The client's words with names changed, offered to be read and corrected."""
    place, at = find_place(request, pk), clock.now()
    demand(may_make_exercise(request.viewer, place.ticket, at))
    offered = offer_exercise(place.ticket)
    initial = {name: getattr(offered, name) for name in ExerciseForm.base_fields if name != "steps"}
    steps = script_steps(place.ticket, get_language() or "ru")
    initial |= {"steps": "\n".join(steps)}
    form = ExerciseForm(typed(request), kind=place.ticket.type, initial=initial)
    made: list[Exercise] = []

    def verb() -> None:
        played = Played(**form.cleaned_data)
        made.append(make_exercise(place.ticket, played, by=request.viewer, at=at))

    if request.method == "POST" and form.is_valid() and tried(form, verb, "text"):
        messages.success(request, _("Saved. Now choose who plays it."))
        return redirect("exercise", made[0].pk)
    context = {
        "title": _("An exercise from a past request"),
        "submit": _("Save the exercise"),
        "back": place.base,
        "changed": offered.changed,
        "about": str(place.ticket.case),
    }
    return form_page(request, "tickets/desk/exercise_form.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def exercise_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Other words, steps, another end."""
    exercise, at = _found(request, pk), clock.now()
    as_typed = ExerciseForm.as_typed(exercise)
    form = ExerciseForm(typed(request), kind=exercise.kind, initial=as_typed)

    def verb() -> None:
        played = Played(**form.cleaned_data)
        change_exercise(exercise, played, by=request.viewer, at=at)

    if request.method == "POST" and form.is_valid() and tried(form, verb, "text"):
        messages.success(request, _("Saved."))
        return redirect("exercise", pk)
    context = {
        "title": exercise.title,
        "submit": _("Save"),
        "back": reverse("exercise", args=[pk]),
    }
    return form_page(request, "tickets/desk/exercise_form.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def exercise_page(request: StaffRequest, pk: int) -> HttpResponse:
    """What is played, who played it, and who plays it next."""
    exercise, at = _found(request, pk), clock.now()
    form = PlanForm(typed(request), players=players_of(request.viewer, at))
    planned: list[Drill] = []

    def verb() -> None:
        people = _chosen(form.cleaned_data, players_of(request.viewer, at))
        when = form.cleaned_data["when"]
        planned.extend(plan_drills(exercise, people, when, by=request.viewer, at=at))

    if request.method == "POST" and form.is_valid() and tried(form, verb, "employee"):
        words = ngettext(
            "Planned for %(count)d person.",
            "Planned for %(count)d people.",
            len(planned),
        )
        messages.success(request, words % {"count": len(planned)})
        return redirect("exercise", pk)
    drills = exercise.drills.select_related("employee__user", "employee__photo")
    source = Case.objects.visible_to(request.viewer).filter(pk=exercise.source_id or 0).first()
    context: dict[str, Any] = {
        "exercise": exercise,
        "kind": exercise.kind.name(get_language() or "ru"),
        "source": source,
        "drills": [(one, *state_of(one, at)) for one in drills.order_by("-pk")[:50]],
    }
    return form_page(request, "tickets/desk/exercise.html", form, context)


@require_POST
@staff_page
def exercise_close(request: StaffRequest, pk: int) -> HttpResponse:
    """Played no more."""
    exercise, at = _found(request, pk), clock.now()
    return pressed(
        request,
        lambda: close_exercise(exercise, by=request.viewer, at=at),
        _("This exercise is retired."),
        reverse("drills"),
    )


def _found(request: StaffRequest, pk: int) -> Exercise:
    """An exercise, for whoever leads drills; to others it is not there: they may be played it."""
    if not may_lead_drills(request.viewer, clock.now()):
        raise Http404
    return get_object_or_404(Exercise.objects.select_related("kind", "made_by"), pk=pk)


def _chosen(values: dict[str, Any], players: list[int]) -> list[Employee]:
    people = Employee.objects.working().select_related("user", "team").filter(pk__in=players)
    if values["team"]:
        return list(people.filter(team=values["team"]).order_by("pk"))
    return list(people.filter(pk=values["employee"].pk))
