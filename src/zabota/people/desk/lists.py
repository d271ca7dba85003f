"""Everybody who works here, and the teams."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zabota.common import clock
from zabota.common.names import row_person
from zabota.people import actions
from zabota.people.access import StaffRequest, staff_page
from zabota.people.desk.found import found_team
from zabota.people.drills import drill_kinds
from zabota.people.firm import calendar_of
from zabota.people.forms.accounts import TeamForm
from zabota.people.models import Absence, Employee, Firm, Power, PowerKind, Substitution, Team
from zabota.people.pages import form_page, page_by_key, pressed, tried, typed
from zabota.people.readiness import read_readiness
from zabota.people.rules import may_manage_people


@dataclass
class Row:
    """One employee in the list, with what is true of them today."""

    employee: Employee
    position: str
    team: str
    powers: list[str] = field(default_factory=list)
    away_until: datetime | None = None
    stood_in_by: list[str] = field(default_factory=list)


@require_GET
@staff_page
def employee_list(request: StaffRequest) -> HttpResponse:
    """Who works here, with faces, teams, powers and who is away today."""
    at = clock.now()
    search = request.GET.get("q", "").strip()
    gone = request.GET.get("gone") == "1"
    people = Employee.objects.select_related("user", "team", "photo")
    people = people.exclude(dismissed_at=None) if gone else people.working()
    if search:
        named = Q(user__name__icontains=search) | Q(user__name_en__icontains=search)
        people = people.filter(named)
    page = page_by_key(request, people, "user.name")
    return render(
        request,
        "people/desk/employee_list.html",
        {
            "page": page,
            "rows": _rows(page.rows, request.viewer.language, at),
            "search": search,
            "gone": gone,
            "may_manage": may_manage_people(request.user, at),
            "day_off": _is_day_off(request.firm, at),
        },
    )


def _is_day_off(firm: Firm, at: datetime) -> bool:
    """Whether nobody works today: a day off of the week, a holiday, a day the firm has set."""
    calendar = calendar_of(firm)
    return not calendar.wall_hours(calendar.local(at).date())


def _rows(people: list[Employee], language: str, at: datetime) -> list[Row]:
    rows = {
        person.pk: Row(
            person,
            person.position(language),
            person.team.name(language) if person.team else "",
        )
        for person in people
    }
    powers = Power.objects.in_force(at).filter(employee__in=rows).order_by("pk")
    for employee, kind in powers.values_list("employee", "kind"):
        label = str(PowerKind(kind).label)
        if label not in rows[employee].powers:
            rows[employee].powers.append(label)
    away = Absence.objects.filter(employee__in=rows, starts_at__lte=at, ends_at__gt=at)
    for employee, until in away.filter(cancelled_at=None).values_list("employee", "ends_at"):
        rows[employee].away_until = until
    standing = Substitution.objects.filter(
        employee__in=rows, starts_at__lte=at, ends_at__gt=at, cancelled_at=None
    )
    for row in standing.values("employee", "substitute__user__name", "substitute__user__name_en"):
        rows[row["employee"]].stood_in_by.append(row_person(row, "substitute__user__"))
    return list(rows.values())


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def team_list(request: StaffRequest) -> HttpResponse:
    """The teams with their people; opening one."""
    at = clock.now()
    form = TeamForm(typed(request))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if tried(form, lambda: actions.open_team(**values, by=request.user, at=at), "name_ru"):
            return redirect("team-list")
    members: dict[int, list[Employee]] = {}
    for person in (
        Employee.objects.working()
        .filter(team__isnull=False)
        .select_related("user", "photo")
        .order_by("user__name")
    ):
        members.setdefault(person.team_id or 0, []).append(person)
    kinds = drill_kinds()
    ready = read_readiness(kinds, at) if kinds else {}
    teams = [
        (
            team,
            team.name(request.viewer.language),
            members.get(team.pk, []),
            ready.get(team.pk, []),
        )
        for team in Team.objects.filter(closed_at=None).order_by("name_ru")
    ]
    may_manage = may_manage_people(request.user, at)
    context = {"teams": teams, "may_manage": may_manage}
    return form_page(request, "people/desk/team_list.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def team_rename(request: StaffRequest, pk: int) -> HttpResponse:
    """Another name for a team."""
    team = found_team(pk)
    form = TeamForm(typed(request), initial={"name_ru": team.name_ru, "name_en": team.name_en})
    at = clock.now()
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if tried(
            form, lambda: actions.rename_team(team, **values, by=request.user, at=at), "name_ru"
        ):
            return redirect("team-list")
    context = {
        "title": team.name(request.viewer.language),
        "submit": gettext("Rename"),
        "back": "/desk/teams/",
    }
    return form_page(request, "people/desk/form.html", form, context)


@require_POST
@staff_page
def team_close(request: StaffRequest, pk: int) -> HttpResponse:
    """A team nobody works in is closed."""
    team = found_team(pk)
    at = clock.now()
    return pressed(
        request,
        lambda: actions.close_team(team, by=request.user, at=at),
        gettext("The team is closed."),
        "team-list",
    )
