"""Scripts: what the firm writes for its kinds of requests, and doing their steps."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zabota.cases.actions import close_script, do_step, offer_script, set_script, undo_step
from zabota.cases.models import Case, Script
from zabota.cases.rules import may_set_scripts
from zabota.cases.saying import case_names, place_names
from zabota.cases.steps import Step, steps_of
from zabota.common import clock
from zabota.journal.reading import read_lines
from zabota.people.access import StaffRequest, StaffViewer, staff_page
from zabota.people.actions import grant_power, revoke_power
from zabota.people.models import Power, PowerKind
from zabota.people.pages import pressed, tried, typed
from zabota.people.rules import demand, may_manage_people
from zabota.tickets.forms.scripts import PreviewForm, ScriptForm, StepForm, Steps, TrainedForm
from zabota.tickets.models import Ticket, TicketType
from zabota.tickets.pages.common import find_place
from zabota.tickets.reading.scripts import StepView, occasion_of, preview_steps, trained_for

VERBS = {"close": close_script, "offer": offer_script}
LATEST, HISTORY = 20, 20


@require_GET
@staff_page
def firm_scripts(request: StaffRequest) -> HttpResponse:
    """Scripts of the firm: for which requests, how many steps, who may talk by them."""
    at, language = clock.now(), get_language() or "ru"
    demand(may_set_scripts(request.viewer, at))
    scripts = list(
        Script.objects.visible_to(request.viewer)
        .select_related("edition")
        .order_by("name_ru", "pk")
    )
    kinds = {kind.slug: kind.name(language) for kind in TicketType.objects.order_by("position")}
    trained = trained_for(scripts, at)
    rows = [
        {
            "script": script,
            "name": script.name(language),
            "kinds": [kinds[slug] for slug in script.occasions if slug in kinds],
            "steps": len(steps_of(script.edition.content)) if script.edition else 0,
            "trained": trained.get(script.pk, []),
        }
        for script in scripts
    ]
    context = {
        "tab": "scripts",
        "scripts": [row for row in rows if row["script"].closed_at is None],  # type: ignore[attr-defined]
        "closed": [row for row in rows if row["script"].closed_at is not None],  # type: ignore[attr-defined]
    }
    return render(request, "tickets/desk/scripts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def script_edit(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """A script as it is written: one more step, a look at it on a real request, a new edition."""
    at = clock.now()
    demand(may_set_scripts(request.viewer, at))
    script = _found(request, pk) if pk is not None else None
    form = ScriptForm(typed(request), initial=_initial(script))
    steps = Steps(_longer(request), initial=_typed_steps(script), prefix="steps")
    looking = PreviewForm(latest_requests(request.viewer), typed(request))
    preview: list[StepView] = []
    more = "more" in request.POST
    if request.method == "POST" and not more and form.is_valid() and steps.is_valid():
        written = [step for one in steps.forms if (step := one.step()) is not None]
        if "look" in request.POST:
            preview = _preview(request, looking, written)
        elif tried(
            form,
            lambda: set_script(script, form.written(written), by=request.viewer, at=at),
        ):
            messages.success(request, _("Saved. What is followed already is followed as it was."))
            return redirect("firm-scripts")
    wrong = not more and (bool(form.errors) or any(map(bool, steps.errors)))
    context = {
        "form": form,
        "steps": steps,
        "looking": looking,
        "preview": preview,
        "script": script,
        "title": script.name(get_language() or "ru") if script else _("New script"),
        **_beside(request, script),
    }
    return render(request, "tickets/desk/script.html", context, status=422 if wrong else 200)


@require_POST
@staff_page
def script_do(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """No longer offered, or offered again."""
    at, script, done = clock.now(), _found(request, pk), VERBS[verb]
    demand(may_set_scripts(request.viewer, at))
    return pressed(
        request, lambda: done(script, by=request.viewer, at=at), _("Saved."), "firm-scripts"
    )


@require_POST
@staff_page
def script_train(request: StaffRequest, pk: int) -> HttpResponse:
    """A colleague was trained for it, or is no longer to talk it through."""
    at, script = clock.now(), _found(request, pk)
    back = f"/desk/firm/scripts/{script.pk}/#trained"
    if "revoke" in request.POST:
        powers = Power.objects.filter(kind=PowerKind.TALK, concern=script.concern)
        power = get_object_or_404(powers, pk=_number(request.POST["revoke"]))
        return pressed(
            request,
            lambda: revoke_power(power, by=request.user, at=at),
            _("Talks it through no longer."),
            back,
        )
    form = TrainedForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a colleague."))
        return redirect(back)
    employee = form.cleaned_data["employee"]
    return pressed(
        request,
        lambda: grant_power(
            employee, PowerKind.TALK, by=request.user, at=at, concern=script.concern
        ),
        _("May talk it through from now on."),
        back,
    )


@require_POST
@staff_page
def ticket_step(request: StaffRequest, pk: int, script_pk: int) -> HttpResponse:
    """A step was done; what was heard is noted."""
    place, script = find_place(request, pk), _found(request, script_pk)
    number = _number(request.POST.get("step", ""))
    note = request.POST.get("note", "").replace("\0", "").replace("\r\n", "\n")
    return pressed(
        request,
        lambda: do_step(place.ticket.case, script, number, note, by=request.viewer, at=clock.now()),
        _("Noted."),
        f"{place.base}#script-{script.pk}",
    )


@require_POST
@staff_page
def ticket_step_undo(request: StaffRequest, pk: int, script_pk: int) -> HttpResponse:
    """A step was ticked by mistake."""
    place, script = find_place(request, pk), _found(request, script_pk)
    number = _number(request.POST.get("step", ""))
    return pressed(
        request,
        lambda: undo_step(place.ticket.case, script, number, by=request.viewer, at=clock.now()),
        _("It is to be done still."),
        f"{place.base}#script-{script.pk}",
    )


def _found(request: StaffRequest, pk: int) -> Script:
    scripts = Script.objects.visible_to(request.viewer).select_related("edition", "stream")
    found: Script = get_object_or_404(scripts, pk=pk)
    return found


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _initial(script: Script | None) -> dict[str, Any]:
    names = ("name_ru", "name_en", "occasions", "trained_only")
    return {name: getattr(script, name) for name in names} if script else {}


def _typed_steps(script: Script | None) -> list[dict[str, str]]:
    if script is None or script.edition is None:
        return []
    return [StepForm.as_typed(step) for step in steps_of(script.edition.content)]


def _longer(request: StaffRequest) -> Any:
    """What was typed, with room for one more step where that is asked for."""
    given = typed(request)
    if given is None or "more" not in given:
        return given
    longer = given.copy()
    longer["steps-TOTAL_FORMS"] = str(_number(given.get("steps-TOTAL_FORMS", "")) + 1)
    return longer


def latest_requests(viewer: StaffViewer) -> Any:
    """The requests that moved last: real clients to look at a text on."""
    cases = Case.objects.visible_to(viewer).filter(kind="ticket")
    latest = cases.order_by("-touched_at", "-pk").values_list("pk", flat=True)[:LATEST]
    tickets = Ticket.objects.filter(pk__in=list(latest))
    return tickets.select_related("case__client", "contact__user", "reply", "solution")


def looked_at(looking: PreviewForm) -> Ticket | None:
    """The request that was chosen; else the form says that one is."""
    ticket: Ticket | None = looking.cleaned_data.get("request") if looking.is_valid() else None
    if ticket is None:
        looking.add_error("request", _("Choose a request to try it on."))
    return ticket


def _preview(request: StaffRequest, looking: PreviewForm, steps: list[Step]) -> list[StepView]:
    ticket = looked_at(looking)
    if ticket is None:
        return []
    return preview_steps(steps, occasion_of(ticket, request.viewer, request.firm, clock.now()))


def _beside(request: StaffRequest, script: Script | None) -> dict[str, Any]:
    """What stands beside the script: places that may be used, who is trained, its history."""
    language, at = get_language() or "ru", clock.now()
    context: dict[str, Any] = {"places": place_names(language), "cases": case_names(language)}
    if script is None:
        return context
    powers = (
        Power.objects.in_force(at)
        .filter(kind=PowerKind.TALK, concern__in=["", script.concern])
        .filter(employee__dismissed_at=None)
        .select_related("employee__user", "employee__photo")
        .order_by("employee__user__name", "pk")
    )
    entries = script.stream.entries.order_by("-seq")[:HISTORY]
    return context | {
        "trained": powers if script.trained_only else [],
        "trained_form": TrainedForm(),
        "may_train": script.trained_only and may_manage_people(request.user, at),
        "lines": read_lines(entries, now=at),
    }
