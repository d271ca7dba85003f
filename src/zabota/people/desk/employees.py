"""One employee: the card, hiring, changing, the face, leaving."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zabota.common import clock
from zabota.journal.reading import read_lines
from zabota.people import actions
from zabota.people.access import StaffRequest, staff_page
from zabota.people.actions.employees import EmployeeChanges
from zabota.people.concerns import all_concerns, concerns
from zabota.people.desk.found import found_employee
from zabota.people.drills import drill_kinds
from zabota.people.faces import PHOTO_LIMIT
from zabota.people.forms.employees import CardForm, HireForm, PhotoForm
from zabota.people.models import Employee, Power
from zabota.people.pages import form_page, pressed, tried, typed
from zabota.people.rules import (
    demand,
    lends,
    may_appoint_administrators,
    may_change_photo,
    may_manage_people,
    may_plan_absence,
)

HISTORY = 30


@require_GET
@staff_page
def employee(request: StaffRequest, pk: int) -> HttpResponse:
    """A colleague: who they are, what they may do, when they are away, who stands in."""
    person = found_employee(pk)
    at = clock.now()
    manages = may_manage_people(request.user, at)
    context = {
        "employee": person,
        "position": person.position(request.viewer.language),
        "team": person.team.name(request.viewer.language) if person.team else "",
        "may_manage": manages and person.dismissed_at is None,
        "may_plan": may_plan_absence(request.user, person, at) and person.dismissed_at is None,
        "may_photo": may_change_photo(request.user, person, at) and person.dismissed_at is None,
        "drills_known": manages and bool(drill_kinds()),
        "skills": [one.name(request.viewer.language) for one in person.skills.order_by("name_ru")],
        **circumstances(person, at),
    }
    if manages or person.pk == request.viewer.employee.pk:
        entries = person.stream.entries.order_by("-seq")[:HISTORY]
        context["lines"] = read_lines(entries, now=at)
    return render(request, "people/desk/employee.html", context)


def circumstances(person: Employee, at: datetime) -> dict[str, Any]:
    """Powers, absences and substitutions of a person that are not over."""
    granted = list(person.powers.granted(at).order_by("pk"))
    later = list(person.powers.to_come(at).order_by("valid_from", "pk"))
    names, drills = all_concerns(), _drills_of(person, [*granted, *later], at)
    return {
        "powers": [_told(power, names) | drills.get(power.requires_drill, {}) for power in granted],
        "later": [_told(power, names) | drills.get(power.requires_drill, {}) for power in later],
        "trainings": _passed(person, at),
        "lent": lent_to(person, at),
        "absences": person.absences.not_over(at).order_by("starts_at"),
        "substituted": person.substituted.not_over(at)
        .select_related("substitute__user", "substitute__photo")
        .order_by("starts_at"),
        "standing_in": person.standing_in.not_over(at)
        .select_related("employee__user", "employee__photo")
        .order_by("starts_at"),
    }


def _drills_of(person: Employee, powers: list[Power], at: datetime) -> dict[str, dict[str, Any]]:
    """What is said beside a power that needs a drill: which, and until when the passed one counts;
    nothing passed: the power stands still.
    """
    needed = {power.requires_drill for power in powers if power.requires_drill}
    if not needed:
        return {}
    names = drill_kinds()
    good = person.trainings.good(at).filter(kind__in=needed)
    until = dict(good.values_list("kind", "good_until"))
    return {
        kind: {"drill": names.get(kind, kind), "good_until": until.get(kind)} for kind in needed
    }


def _passed(person: Employee, at: datetime) -> list[dict[str, Any]]:
    """Drills that count now."""
    rows = list(person.trainings.good(at).order_by("kind"))
    names = drill_kinds() if rows else {}
    return [{"row": row, "name": names.get(row.kind, row.kind)} for row in rows]


def lent_to(person: Employee, at: datetime) -> list[dict[str, Any]]:
    """What colleagues have lent to this person for today: which power, by whom, till which day."""
    names, spans = concerns(), person.standing_in.standing(at).select_related("employee__user")
    by_lender = {span.employee_id: span for span in spans.order_by("-ends_at", "pk")}
    powers = Power.objects.in_force(at).filter(employee__in=by_lender).usable_by(person.pk, at)
    return [
        {
            **_told(power, names),
            "lender": span.employee.name,
            "last": min(span.last_moment, *_ends(power)),
        }
        for power in powers.order_by("employee", "pk")
        if lends((span := by_lender[power.employee_id]).kinds, power.kind)
    ]


def _ends(power: Power) -> list[datetime]:
    return [power.last_moment] if power.last_moment else [datetime.max.replace(tzinfo=UTC)]


def _told(power: Power, names: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "row": power,
        "name": power.get_kind_display(),
        "concern": str(names.get(power.concern, power.concern)),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def employee_hire(request: StaffRequest) -> HttpResponse:
    """Somebody new."""
    at = clock.now()
    demand(may_manage_people(request.user, at))
    form = HireForm(typed(request), initial={"language": request.firm.language})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        hired: list[Employee] = []
        if tried(
            form,
            lambda: hired.append(actions.hire_employee(**values, by=request.user, at=at)),
            "email",
        ):
            return redirect("employee", hired[0].pk)
    context = {
        "title": gettext("New employee"),
        "submit": gettext("Hire"),
        "back": reverse("employee-list"),
    }
    return form_page(request, "people/desk/form.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def employee_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """The card of a colleague."""
    person = found_employee(pk)
    at = clock.now()
    demand(may_manage_people(request.user, at))
    names = (
        "position_ru", "position_en", "phone", "team", "lead", "place", "is_administrator",
        "sees_all",
    )  # fmt: skip
    form = CardForm(
        typed(request),
        initial={
            "name": person.user.name,
            "name_en": person.user.name_en,
            **{name: getattr(person, name) for name in names},
        },
        flags=may_appoint_administrators(request.user),
        but=person.pk,
    )
    if request.method == "POST" and form.is_valid():
        changes = EmployeeChanges(**form.cleaned_data)  # type: ignore[typeddict-item]
        if tried(
            form, lambda: actions.change_employee(person, changes, by=request.user, at=at), "lead"
        ):
            return redirect("employee", pk)
    context = {"title": person.name, "submit": gettext("Save"), "back": f"/desk/people/{pk}/"}
    return form_page(request, "people/desk/form.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def employee_photo(request: StaffRequest, pk: int) -> HttpResponse:
    """A new face."""
    person = found_employee(pk)
    at = clock.now()
    demand(may_change_photo(request.user, person, at))
    form = PhotoForm(typed(request), request.FILES if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        # One byte over the limit is enough to refuse: a huge upload is not read whole.
        data = form.cleaned_data["photo"].read(PHOTO_LIMIT + 1)
        if tried(form, lambda: actions.change_photo(person, data, by=request.user, at=at), "photo"):
            return redirect("employee", pk)
    context = {
        "title": gettext("Photo: %(name)s") % {"name": person.name},
        "submit": gettext("Upload"),
        "back": f"/desk/people/{pk}/",
        "upload": True,
    }
    return form_page(request, "people/desk/form.html", form, context)


@require_POST
@staff_page
def employee_no_photo(request: StaffRequest, pk: int) -> HttpResponse:
    """Initials again instead of a face."""
    person = found_employee(pk)
    at = clock.now()
    return pressed(
        request,
        lambda: actions.change_photo(person, None, by=request.user, at=at),
        gettext("The photo was removed."),
        f"/desk/people/{pk}/",
    )
