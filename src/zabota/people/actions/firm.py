"""The firm: its first start, its settings, its special days."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypedDict

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from zabota.common.requisites import wrong_requisites
from zabota.common.working_time import BadCalendar
from zabota.journal.actions import open_stream, record
from zabota.people import entries
from zabota.people.actions.held import actor_id, held_firm
from zabota.people.firm import (
    DETAIL_GENITIVES,
    DETAIL_WORDS,
    DETAILS,
    build_calendar,
    forgotten_genitives,
)
from zabota.people.models import LEARNED, Employee, Firm, Power, PowerKind, SpecialDay, User
from zabota.people.refusal import Refused
from zabota.people.rules import demand, may_change_firm

ACCENTS = ("teal", "green", "blue", "indigo", "violet", "plum", "rose", "graphite")
# «Д» for «договор», C for "contract": a number is read by those who write it.
NUMBER_PATTERNS = {"ru": "Д-{year}-{number:04d}", "en": "C-{year}-{number:04d}"}
USUAL_DAY = [["09:00", "13:00"], ["14:00", "18:00"]]
USUAL_WEEK = {str(weekday): USUAL_DAY for weekday in range(5)}


class FirmChanges(TypedDict, total=False):
    """What may be changed about the firm; only what is named is touched."""

    name: str
    name_en: str
    legal_name: str
    details: dict[str, str]
    accent: str
    language: str
    zone: str
    country: str
    currency: str
    week: dict[str, list[list[str]]]
    shows_people: bool
    number_pattern: str
    answer_hours: int
    drill_days: int
    answers_strangers: bool
    keeps_quiet: bool
    thanks_companies: bool
    takes_referrals: bool
    blocking_errors: list[str]


def found_firm(
    name: str,
    owner_email: str,
    owner_name: str,
    password: str,
    *,
    by: None,
    at: dt.datetime,
    language: str = "ru",
    country: str = "RU",
    zone: str = "Europe/Moscow",
    position_ru: str = "Директор",
    position_en: str = "Director",
) -> Firm:
    """The first start: the firm with its week, and its owner, who may do everything."""
    with transaction.atomic():
        if Firm.objects.filter(pk=1).exists():
            raise Refused("already_founded", _("The firm is already set up."))
        firm = Firm(
            pk=1,
            name=name.strip(),
            language=language,
            country=country,
            zone=zone,
            week=USUAL_WEEK,
            number_pattern=NUMBER_PATTERNS.get(language, NUMBER_PATTERNS["en"]),
            stream=open_stream(),
        )
        _check_calendar(firm)
        firm.save(force_insert=True)
        owner = User(
            email=owner_email.strip().lower(),
            name=owner_name.strip(),
            language=language,
            zone=zone,
            made_at=at,
        )
        employee = _owner(owner, password, position_ru, position_en, at)
        record(
            firm.stream, entries.FIRM_FOUNDED, by=actor_id(by), at=at, owner=employee.pk, name=name
        )
        return firm


def _owner(
    user: User, password: str, position_ru: str, position_en: str, at: dt.datetime
) -> Employee:
    """Whoever set the firm up may do everything in it."""
    validate_password(password, user)
    user.set_password(password)
    user.save()
    employee = Employee.objects.create(
        user=user,
        position_ru=position_ru,
        position_en=position_en,
        is_administrator=True,
        sees_all=True,
        stream=open_stream(),
        hired_at=at,
    )
    Power.objects.bulk_create(
        Power(employee=employee, kind=kind, valid_from=at, begun_at=at)
        for kind in PowerKind.values
        if kind not in LEARNED
    )
    return employee


def change_firm(changes: FirmChanges, *, by: User | None, at: dt.datetime) -> Firm:
    """Settings of the firm; running clocks keep the moments already promised."""
    demand(by is None or may_change_firm(by, at))
    with transaction.atomic():
        firm = held_firm()
        before = {name: getattr(firm, name) for name in changes}
        for name, value in changes.items():
            setattr(firm, name, value)
        changed = sorted(name for name in before if before[name] != getattr(firm, name))
        if not changed:
            return firm
        if "details" in changed:
            old = forgotten_genitives(before["details"], firm.details)
            firm.details = firm.details | dict.fromkeys(old, "")
        _check_settings(firm, changed)
        firm.version += 1
        firm.save(update_fields=[*changed, "version"])
        record(
            firm.stream,
            entries.FIRM_CHANGED,
            by=actor_id(by),
            at=at,
            before={name: before[name] for name in changed},
            after={name: getattr(firm, name) for name in changed},
        )
        return firm


def set_special_day(
    day: dt.date, kind: str, *, by: User | None, at: dt.datetime, note: str = ""
) -> SpecialDay:
    """A day off, a short day or a working Saturday of our own; the last word over the country's."""
    demand(by is None or may_change_firm(by, at))
    with transaction.atomic():
        firm = held_firm()
        special, _made = SpecialDay.objects.update_or_create(
            day=day, defaults={"kind": kind, "note": note}
        )
        _check_calendar(firm)
        _bump(firm)
        record(
            firm.stream,
            entries.SPECIAL_DAY_SET,
            by=actor_id(by),
            at=at,
            day=day.isoformat(),
            day_kind=kind,
            note=note,
        )
        return special


def clear_special_day(day: dt.date, *, by: User | None, at: dt.datetime) -> None:
    """The day is again as the week and the country's holidays say."""
    demand(by is None or may_change_firm(by, at))
    with transaction.atomic():
        firm = held_firm()
        deleted, _rows = SpecialDay.objects.filter(day=day).delete()
        if not deleted:
            raise Refused("no_special_day", _("This day is already a usual one."))
        _bump(firm)
        record(
            firm.stream,
            entries.SPECIAL_DAY_CLEARED,
            by=actor_id(by),
            at=at,
            day=day.isoformat(),
        )


def _bump(firm: Firm) -> None:
    Firm.objects.filter(pk=firm.pk).update(version=F("version") + 1)


def _check_settings(firm: Firm, changed: list[str]) -> None:
    if not firm.name.strip():
        raise Refused("no_name", _("The firm needs a name."))
    if firm.accent not in ACCENTS:
        raise Refused("unknown_accent", _("There is no such colour."))
    if "details" in changed:
        firm.details = check_details(firm.details, firm.country)
    if {"week", "zone", "country"} & set(changed):
        _check_calendar(firm)
    if "number_pattern" in changed:
        _check_pattern(firm.number_pattern)


def check_details(details: Mapping[str, Any], country: str) -> dict[str, str]:
    """Details for contracts, trimmed and checked; Refused names the first that cannot be right."""
    names = (
        *DETAILS,
        *(f"{name}_en" for name in DETAIL_WORDS),
        *(f"{name}_gen" for name in DETAIL_GENITIVES),
    )
    clean = {name: str(details.get(name, "")).strip() for name in names}
    wrong = wrong_requisites(clean) if country == "RU" else ()
    if wrong:
        raise Refused(
            f"wrong_{wrong[0]}",
            _("Please check the number: its digits do not fit."),
            field=wrong[0],
        )
    return clean


def _check_calendar(firm: Firm) -> None:
    if not any(firm.week.values()):
        raise Refused("no_working_hours", _("The week needs at least one working interval."))
    try:
        build_calendar(firm, list(SpecialDay.objects.all()))
    except (BadCalendar, ValueError) as error:
        raise Refused(
            "bad_calendar",
            _("The working hours, the zone or the country cannot be meant like this."),
        ) from error


def _check_pattern(pattern: str) -> None:
    try:
        numbers = {pattern.format(year=2026, number=n) for n in (1, 2)}
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        raise Refused("bad_pattern", _("The pattern knows {year} and {number}.")) from error
    if len(numbers) < 2:
        raise Refused("bad_pattern", _("The pattern needs {number}: every contract has its own."))
