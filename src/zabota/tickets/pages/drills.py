"""Drills on the desk: how ready teams are, one drill to play, to read or to score."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zabota.common import clock
from zabota.journal.reading import read_lines
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import pressed, tried
from zabota.people.rules import may_manage_people
from zabota.tickets.actions.drills import cancel_drill, end_drill, reply_in_drill, score_drill
from zabota.tickets.actions.words import Empty, TooLong
from zabota.tickets.forms.drills import PlayedForm, ScoreForm
from zabota.tickets.models import BEST, Drill
from zabota.tickets.models.drills import GOOD_STEPS, GOOD_WORDS
from zabota.tickets.pages.common import empty_words, too_long_words, typed_words
from zabota.tickets.reading.drills import read_board, read_scored, state_of
from zabota.tickets.rules import (
    may_cancel_drill,
    may_lead_drills,
    may_play_drill,
    may_score_drill,
)


@require_GET
@staff_page
def drill_board(request: StaffRequest) -> HttpResponse:
    """Readiness by team and kind; drills to score, going on and over; exercises."""
    at = clock.now()
    board = read_board(request.viewer, at)
    context = {
        "board": board,
        "leads": may_lead_drills(request.viewer, at),
        "going_on": [(one, *state_of(one, at)) for one in board.going_on],
        "over": [(one, *state_of(one, at)) for one in board.over],
        "days": request.firm.drill_days,
        "language": get_language() or "ru",
    }
    return render(request, "tickets/desk/drills.html", context)


@require_GET
@staff_page
def drill_page(request: StaffRequest, pk: int) -> HttpResponse:
    """One drill: to play, to score, or to read how it went."""
    return render(request, "tickets/desk/drill.html", _context(request, _found(request, pk)))


@require_POST
@staff_page
def drill_reply(request: StaffRequest, pk: int) -> HttpResponse:
    """The first words."""
    drill, text = _found(request, pk), typed_words(request)
    try:
        return pressed(
            request,
            lambda: reply_in_drill(drill, text, by=request.viewer, at=clock.now()),
            _("Sent. The clock of the first reply has stopped."),
            drill_url(drill),
        )
    except Empty:
        problem = empty_words()
    except TooLong:
        problem = too_long_words()
    context = _context(request, drill) | {"text": text, "problem": problem}
    return render(request, "tickets/desk/drill.html", context, status=422)


@require_POST
@staff_page
def drill_end(request: StaffRequest, pk: int) -> HttpResponse:
    """Steps, end and its words."""
    drill = _found(request, pk)
    form = PlayedForm(request.POST, exercise=drill.exercise)

    def verb() -> None:
        given = form.cleaned_data
        end_drill(
            drill, given["outcome"], given["text"], given.get("steps", ()),
            by=request.viewer, at=clock.now(),
        )  # fmt: skip

    return _done(request, drill, form, "played_form", verb)


@require_POST
@staff_page
def drill_score(request: StaffRequest, pk: int) -> HttpResponse:
    """What a person thinks of it."""
    drill, form = _found(request, pk), ScoreForm(request.POST)

    def verb() -> None:
        given = form.cleaned_data
        sensible = given["sensible"] == "yes"
        score_drill(
            drill, given["words"], sensible, given["remark"], by=request.viewer, at=clock.now()
        )

    return _done(request, drill, form, "score_form", verb)


@require_POST
@staff_page
def drill_cancel(request: StaffRequest, pk: int) -> HttpResponse:
    """Not played after all."""
    drill = _found(request, pk)
    return pressed(
        request,
        lambda: cancel_drill(drill, by=request.viewer, at=clock.now()),
        _("The drill is called off."),
        f"/desk/exercises/{drill.exercise_id}/",
    )


def drill_url(drill: Drill) -> str:
    """Where a drill is played and read."""
    return f"/desk/drills/{drill.pk}/"


def _done(
    request: StaffRequest, drill: Drill, form: forms.Form, name: str, verb: Any
) -> HttpResponse:
    if form.is_valid() and tried(form, verb):
        return redirect(drill_url(drill))
    context = _context(request, drill) | {name: form}
    return render(request, "tickets/desk/drill.html", context, status=422)


def _found(request: StaffRequest, pk: int) -> Drill:
    manages = may_manage_people(request.user, clock.now())
    seen = Drill.objects.visible_to(request.viewer, manages=manages)
    found = seen.select_related(
        "exercise__kind", "employee__user", "employee__photo", "employee__lead", "scored_by__user",
        "stream",
    )  # fmt: skip
    return get_object_or_404(found, pk=pk)


def _context(request: StaffRequest, drill: Drill) -> dict[str, Any]:
    at, viewer = clock.now(), request.viewer
    mine = drill.employee_id == viewer.employee.pk
    words, tone = state_of(drill, at)
    fits = drill.outcome == drill.exercise.outcome
    return {
        "drill": drill,
        "exercise": drill.exercise,
        "mine": mine,
        "base": drill_url(drill),
        "state": words,
        "tone": tone,
        "scored": read_scored(drill),
        "late": drill.is_late(at),
        "may_play": may_play_drill(viewer, drill),
        "may_score": may_score_drill(viewer, drill, at),
        "may_cancel": may_cancel_drill(viewer, drill, at),
        # Before it is over, whoever plays reads neither the right answer nor the words.
        "hides": mine and drill.ended_at is None and drill.missed_at is None,
        "not_come": mine and drill.arrived_at is None,
        "played_form": PlayedForm(exercise=drill.exercise),
        "score_form": ScoreForm(initial={"sensible": "yes" if fits else "no"}),
        "passes": _(
            "To pass: an answer in time, %(steps)d%% of the steps or more, a sensible outcome,"
            " the wording %(words)d of %(best)d or better."
        )
        % {"steps": GOOD_STEPS, "words": GOOD_WORDS, "best": BEST},
        "lines": read_lines(drill.stream.entries.order_by("-seq"), now=at),
    }
