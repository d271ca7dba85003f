"""Scripts beside a request: what to ask, what to say to this very client, what was done already."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import translation

from zabota.cases.models import Following, Script, ScriptEdition, StepDone
from zabota.cases.saying import Occasion, fill, missing_names
from zabota.cases.steps import Step, steps_of
from zabota.common.language.tokens import Filled
from zabota.common.questions import Numbers, One, Question
from zabota.people.access import StaffViewer
from zabota.people.models import Employee, Firm, Power, PowerKind
from zabota.tickets.models import Ticket

NOBODY = Filled("")


@dataclass(frozen=True)
class StepView:
    """A step as it is read: what to ask and say in the client's language, whether it was done."""

    number: int
    title: str
    ask: Filled
    say: Filled
    look_at: "Words"
    done: StepDone | None


@dataclass(frozen=True)
class ScriptView:
    """A script beside a request. Who may not talk it through reads who may, and no words."""

    script: Script
    name: str
    may_talk: bool
    trained: list[Employee]
    steps: list[StepView]
    opened: bool


@dataclass(frozen=True)
class Words:
    """What stands in the answer's box: words to a client, and what a person looks at first."""

    text: str = ""
    unsure: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def occasion_of(ticket: Ticket, viewer: StaffViewer, firm: Firm, at: datetime) -> Occasion:
    """Who speaks to whom about a request; what is promised next."""
    running = (one for one in (ticket.reply, ticket.solution) if one.state == "running")
    due = next((one.due_at for one in running if one.due_at is not None), None)
    return Occasion(ticket.case, ticket.contact, viewer, firm, due, at)


def read_scripts(
    ticket: Ticket,
    viewer: StaffViewer,
    firm: Firm,
    *,
    at: datetime,
    opened: str = "",
    followed: bool = True,
) -> list[ScriptView]:
    """Scripts for this kind of request, and those followed in it already, if any is, by their
    edition; `opened` is the one that was asked for, by its number.
    """
    begun = {one.script_id: one for one in _followed(case=ticket.case_id)} if followed else {}
    fitting = [one for one in _offered() if one.pk not in begun and one.fits(ticket.type.slug)]
    if not begun and not fitting:
        return []
    done = _done(begun.values())
    trained = trained_for([*(one.script for one in begun.values()), *fitting], at)
    on = occasion_of(ticket, viewer, firm, at)
    alone = len(begun) + len(fitting) == 1
    views = [
        _view(one.script, one.edition, done.get(one.pk, {}), on, trained, opened=True)
        for one in begun.values()
    ]
    # Open is what is followed, what was asked for, and what alone is offered; of others the reader
    # sees the names.
    views += [
        _view(one, one.edition, {}, on, trained, opened=alone or opened == str(one.pk))
        for one in fitting
        if one.edition is not None
    ]
    return views


_followed = Question(
    lambda case: (
        Following.objects.filter(case=case).select_related("script", "edition").order_by("pk")
    ),
    case=One(),
)
_offered = Question(lambda: Script.objects.offered().select_related("edition"))


def words_of_step(views: Iterable[ScriptView], asked: str) -> Words | None:
    """What a step says, by how the address names it («12-3»); None, where there is no such."""
    for view in views:
        for step in view.steps:
            if view.may_talk and asked == f"{view.script.pk}-{step.number}" and step.say.text:
                return words_of(step.say)
    return None


def words_of(filled: Filled) -> Words:
    """Filled words with what is to be looked at, as the reader reads it."""
    language = translation.get_language() or "ru"
    return Words(filled.text, filled.unsure, tuple(missing_names(filled.missing, language)))


def preview_steps(steps: Iterable[Step], on: Occasion) -> list[StepView]:
    """The steps as they would be read beside a real request."""
    return [_step(number, step, on, None) for number, step in enumerate(steps, start=1)]


def trained_for(scripts: Iterable[Script], at: datetime) -> dict[int, list[Employee]]:
    """Who may talk each script through that is for the trained only; in one query."""
    only = {one.pk: one.concern for one in scripts if one.trained_only}
    if not only:
        return {}
    powers = (
        Power.objects.in_force(at)
        .filter(Q(concern="") | Q(concern__in=only.values()), kind=PowerKind.TALK)
        .filter(employee__dismissed_at=None)
        .select_related("employee__user", "employee__photo")
        .order_by("employee__user__name", "pk")
    )
    found: dict[int, dict[int, Employee]] = {pk: {} for pk in only}
    for power in powers:
        for pk, concern in only.items():
            if power.concern in ("", concern):
                found[pk][power.employee_id] = power.employee
    return {pk: list(people.values()) for pk, people in found.items()}


def _view(
    script: Script,
    edition: ScriptEdition,
    ticks: dict[int, StepDone],
    on: Occasion,
    trained: dict[int, list[Employee]],
    *,
    opened: bool,
) -> ScriptView:
    """A script; what is closed and may be talked through is but a name, and nothing is filled."""
    people = trained.get(script.pk, [])
    may_talk = not script.trained_only or on.viewer.employee in people
    read = steps_of(edition.content) if (opened and may_talk) or ticks else []
    steps = [
        _step(number, step, on, ticks.get(number))
        for number, step in enumerate(read, start=1)
        if may_talk or number in ticks
    ]
    name = script.name(translation.get_language() or "ru")
    return ScriptView(script, name, may_talk, people, steps, opened)


def _step(number: int, step: Step, on: Occasion, done: StepDone | None) -> StepView:
    ask, say = _filled(step, "ask", on), _filled(step, "say", on)
    both = Filled("", ask.unsure + say.unsure, ask.missing + say.missing)
    title = step.part("title", translation.get_language() or "ru")
    return StepView(number, title, ask, say, words_of(both), done)


def _filled(step: Step, part: str, on: Occasion) -> Filled:
    tongue = step.spoken(part, on.language)
    return fill(step.part(part, on.language), on, tongue) if tongue else NOBODY


def _done(followed: Iterable[Following]) -> dict[int, dict[int, StepDone]]:
    found: dict[int, dict[int, StepDone]] = {}
    for one in _steps_done(followings=[one.pk for one in followed]):
        found.setdefault(one.following_id, {})[one.number] = one
    return found


_steps_done = Question(
    lambda followings: (
        StepDone.objects.filter(following__in=followings)
        .select_related("done_by__user")
        .order_by("pk")
    ),
    followings=Numbers(4),
)
