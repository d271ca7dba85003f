"""Employees: hired, their card changed, their face."""

from datetime import datetime
from typing import Any, TypedDict

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.common.files import keep_file
from zabota.journal.actions import open_stream, record
from zabota.people import entries
from zabota.people.actions.held import actor_id, held_employee, held_firm
from zabota.people.faces import drawn_face
from zabota.people.models import Employee, Place, Team, User
from zabota.people.refusal import Refused
from zabota.people.rules import (
    demand,
    may_appoint_administrators,
    may_change_photo,
    may_manage_people,
)

# A person has one name, whatever they do here.
OF_ACCOUNT = ("name", "name_en")


class EmployeeChanges(TypedDict, total=False):
    """What may be changed on an employee's card; only what is named is touched."""

    name: str
    name_en: str
    position_ru: str
    position_en: str
    phone: str
    team: Team | None
    lead: Employee | None
    place: Place | None
    is_administrator: bool
    sees_all: bool


def hire_employee(
    email: str,
    name: str,
    *,
    by: User | None,
    at: datetime,
    position_ru: str,
    position_en: str = "",
    name_en: str = "",
    team: Team | None = None,
    lead: Employee | None = None,
    language: str = "ru",
    zone: str = "",
    password: str | None = None,
) -> Employee:
    """Somebody new, or one who comes back; without a password they set one by a mailed code."""
    demand(by is None or may_manage_people(by, at))
    with transaction.atomic():
        firm = held_firm()
        user = _account(email, name, language, zone or firm.zone, at)
        user.name_en = name_en.strip()
        if password is not None:
            validate_password(password, user)
        user.set_password(password)
        user.save()
        _check_team(team)
        employee = _card(user)
        employee.position_ru, employee.position_en = position_ru.strip(), position_en.strip()
        employee.team, employee.lead = team, lead
        employee.hired_at, employee.dismissed_at = at, None
        _check_lead(employee, lead)
        employee.save()
        record(
            employee.stream,
            entries.EMPLOYEE_HIRED,
            by=actor_id(by),
            at=at,
            employee=employee.pk,
            user=user.pk,
            position={"ru": employee.position_ru, "en": employee.position_en},
            team=team.pk if team else None,
            lead=lead.pk if lead else None,
        )
        return employee


def change_employee(
    employee: Employee, changes: EmployeeChanges, *, by: User | None, at: datetime
) -> Employee:
    """A new position, team, lead or name; whoever leads cannot be led by whom they lead."""
    demand(by is None or may_manage_people(by, at))
    with transaction.atomic():
        # Leads and administrators are decided for the whole firm, one change at a time.
        held_firm()
        employee = held_employee(employee.pk)
        _check_working(employee)
        before = _facts(employee, changes)
        for field, value in changes.items():
            setattr(employee.user if field in OF_ACCOUNT else employee, field, value)
        after = _facts(employee, changes)
        if before == after:
            return employee
        if before.get("is_administrator") != after.get("is_administrator") or before.get(
            "sees_all"
        ) != after.get("sees_all"):
            demand(by is None or may_appoint_administrators(by))
        _check_card(employee)
        employee.user.save(update_fields=[*OF_ACCOUNT])
        employee.save()
        record(
            employee.stream,
            entries.EMPLOYEE_CHANGED,
            by=actor_id(by),
            at=at,
            employee=employee.pk,
            before=before,
            after=after,
        )
        return employee


def change_photo(
    employee: Employee, data: bytes | None, *, by: User | None, at: datetime
) -> Employee:
    """A face for the client to see, or none again; small, without what a camera wrote in it."""
    demand(by is None or may_change_photo(by, employee, at))
    face = drawn_face(data) if data is not None else None
    with transaction.atomic():
        employee = held_employee(employee.pk)
        _check_working(employee)
        employee.photo = keep_file(face, "image/webp", at=at) if face is not None else None
        employee.save(update_fields=["photo"])
        record(
            employee.stream,
            entries.PHOTO_CHANGED,
            by=actor_id(by),
            at=at,
            employee=employee.pk,
            digest=employee.photo.digest if employee.photo else "",
        )
        return employee


def _account(email: str, name: str, language: str, zone: str, at: datetime) -> User:
    email = email.strip().lower()
    user = User.objects.select_related("employee").filter(email=email).first()
    if user is None:
        user = User(email=email, made_at=at)
    elif getattr(user, "employee", None) is None or user.employee.dismissed_at is None:
        raise Refused("email_taken", _("This address already has an account."))
    user.name, user.language, user.zone, user.is_active = name.strip(), language, zone, True
    if not user.name:
        raise Refused("no_name", _("An employee needs a name."))
    return user


def _card(user: User) -> Employee:
    if getattr(user, "employee", None) is not None:
        return held_employee(user.employee.pk)
    return Employee(user=user, stream=open_stream())


def _facts(employee: Employee, changes: EmployeeChanges) -> dict[str, Any]:
    """The named fields as the journal keeps them: people and teams by id."""
    facts: dict[str, Any] = {}
    for field in changes:
        value = getattr(employee.user if field in OF_ACCOUNT else employee, field)
        facts[field] = getattr(value, "pk", value)
    return facts


def _check_working(employee: Employee) -> None:
    if employee.dismissed_at is not None:
        raise Refused("dismissed", _("This employee no longer works here."))


def _check_card(employee: Employee) -> None:
    if not employee.user.name.strip() or not employee.position_ru.strip():
        raise Refused("no_name", _("An employee needs a name and a position."))
    _check_team(employee.team)
    _check_lead(employee, employee.lead)
    if employee.place is not None and employee.place.closed_at is not None:
        raise Refused("place_closed", _("This place is closed."), field="place")
    others = Employee.objects.working().filter(is_administrator=True).exclude(pk=employee.pk)
    if not employee.is_administrator and not others.exists():
        raise Refused(
            "last_administrator", _("The firm needs an administrator. Appoint another one first.")
        )


def _check_team(team: Team | None) -> None:
    if team is not None and team.closed_at is not None:
        raise Refused("team_closed", _("This team is closed."))


def _check_lead(employee: Employee, lead: Employee | None) -> None:
    if lead is None:
        return
    leads = dict(Employee.objects.working().values_list("pk", "lead"))
    if lead.pk not in leads:
        raise Refused("dismissed", _("This employee no longer works here."))
    above: int | None = lead.pk
    seen: set[int] = set()
    while above is not None and above not in seen:
        if above == employee.pk:
            raise Refused(
                "lead_cycle", _("They would lead each other in a circle. Choose another lead.")
            )
        seen.add(above)
        above = leads.get(above)
