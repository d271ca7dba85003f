"""What a person chooses about their own account."""

import zoneinfo
from datetime import datetime, time

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.journal.actions import lock_stream, record
from zabota.journal.models import Stream
from zabota.people import entries
from zabota.people.actions.held import actor_id, held_employee
from zabota.people.models import Employee, User
from zabota.people.refusal import Refused
from zabota.people.rules import demand

LANGUAGES = ("ru", "en")


def choose_language(
    user: User,
    language: str,
    *,
    stream: Stream,
    by: User | None,
    at: datetime,
    zone: str | None = None,
    audience: str = "ours",
) -> User:
    """The language, and the zone, in which everything is shown to them.

    `stream` is where it is remembered: the employee's, or the client's with audience "theirs".
    """
    demand(by is None or by.pk == user.pk)
    if language not in LANGUAGES:
        raise Refused("unknown_language", _("Zabota speaks Russian and English."))
    if zone is not None and zone not in zoneinfo.available_timezones():
        raise Refused("unknown_zone", _("There is no such time zone."))
    with transaction.atomic():
        stream = lock_stream(stream.pk)
        user = User.objects.get(pk=user.pk)
        if user.language == language and zone in (None, user.zone):
            return user
        user.language, user.zone = language, zone or user.zone
        user.save(update_fields=["language", "zone"])
        record(
            stream,
            entries.PROFILE_CHANGED,
            by=actor_id(by),
            at=at,
            audience=audience,
            user=user.pk,
            language=language,
            zone=user.zone,
        )
        return user


def change_password(employee: Employee, password: str, *, by: User | None, at: datetime) -> User:
    """A new password of one's own; every other place where they are signed in is signed out."""
    demand(by is None or by.pk == employee.user_id)
    with transaction.atomic():
        employee = held_employee(employee.pk)
        if employee.dismissed_at is not None:
            raise Refused("dismissed", _("This employee no longer works here."))
        validate_password(password, employee.user)
        employee.user.set_password(password)
        employee.user.save(update_fields=["password"])
        record(
            employee.stream,
            entries.PASSWORD_CHANGED,
            by=actor_id(by),
            at=at,
            employee=employee.pk,
            user=employee.user_id,
        )
        return employee.user


def choose_quiet_hours(
    employee: Employee, hours: tuple[time | None, time | None], *, by: User | None, at: datetime
) -> Employee:
    """Between these hours of one's own clock letters that may wait do; without them they come as
    the firm has it.
    """
    demand(by is None or by.pk == employee.user_id)
    begins, ends = hours
    if (begins is None) != (ends is None) or (begins is not None and begins == ends):
        raise Refused("half", _("Quiet hours have a beginning and an end."), field="quiet_to")
    with transaction.atomic():
        stream = lock_stream(employee.stream_id)
        employee = Employee.objects.select_related("user").get(pk=employee.pk)
        if (employee.quiet_from, employee.quiet_to) == hours:
            return employee
        employee.quiet_from, employee.quiet_to = hours
        employee.save(update_fields=["quiet_from", "quiet_to"])
        record(
            stream, entries.QUIET_CHOSEN, by=actor_id(by), at=at,
            begins=f"{begins:%H:%M}" if begins else None, ends=f"{ends:%H:%M}" if ends else None,
        )  # fmt: skip
    return employee
