"""Skills and places of the firm: named, given to people, no longer used; who is at the desk."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.journal.actions import record
from zabota.journal.kinds import EntryKind
from zabota.people import entries
from zabota.people.actions.held import actor_id, held_employee, held_firm
from zabota.people.models import Employee, Place, Presence, Skill, User
from zabota.people.refusal import Refused
from zabota.people.rules import demand, may_manage_people

# Whoever looks is written down as here no more often than this.
AGAIN: Final = timedelta(minutes=5)


def set_skill(
    skill: Skill | None, name_ru: str, *, by: User | None, at: datetime, name_en: str = "",
    language: str = "",
) -> Skill:  # fmt: skip
    """A new skill, or another name for one there is; people keep it."""
    demand(by is None or may_manage_people(by, at))
    with transaction.atomic():
        firm = held_firm()
        skill = Skill.objects.get(pk=skill.pk) if skill else Skill()
        _check_name(name_ru, Skill.objects.exclude(pk=skill.pk).filter(name_ru=name_ru.strip()))
        skill.name_ru, skill.name_en, skill.language = name_ru.strip(), name_en.strip(), language
        skill.save()
        called = {"ru": skill.name_ru, "en": skill.name_en}
        record(
            firm.stream, entries.SKILL_SET, by=actor_id(by), at=at, skill=skill.pk, called=called
        )
        return skill


def close_skill(skill: Skill, *, by: User | None, at: datetime) -> None:
    """Nothing asks for it any more; nobody is said to have it."""
    demand(by is None or may_manage_people(by, at))
    _close(Skill, skill, entries.SKILL_CLOSED, by, at)


def set_skills(
    employee: Employee, skills: Collection[Skill], *, by: User | None, at: datetime
) -> None:
    """What this colleague knows how to do; requests that ask for it go to them first."""
    demand(by is None or may_manage_people(by, at))
    with transaction.atomic():
        employee = held_employee(employee.pk)
        if employee.dismissed_at is not None:
            raise Refused("dismissed", _("This employee no longer works here."))
        before = set(employee.skills.values_list("pk", flat=True))
        after = {skill.pk for skill in skills if skill.closed_at is None}
        if before == after:
            return
        employee.skills.set(after)
        names = [{"ru": one.name_ru, "en": one.name_en} for one in skills if one.pk in after]
        record(
            employee.stream, entries.SKILLS_SET, by=actor_id(by), at=at,
            employee=employee.pk, skills=names, user=employee.user_id,
        )  # fmt: skip


def set_place(place: Place | None, name: str, *, by: User | None, at: datetime) -> Place:
    """A new shop, office or outlet, or another name for one there is."""
    demand(by is None or may_manage_people(by, at))
    with transaction.atomic():
        firm = held_firm()
        place = Place.objects.get(pk=place.pk) if place else Place()
        _check_name(name, Place.objects.exclude(pk=place.pk).filter(name=name.strip()))
        place.name = name.strip()
        place.save()
        record(
            firm.stream, entries.PLACE_SET, by=actor_id(by), at=at,
            place=place.pk, called=place.name,
        )  # fmt: skip
        return place


def close_place(place: Place, *, by: User | None, at: datetime) -> None:
    """Nobody works there any more; refused while somebody does."""
    demand(by is None or may_manage_people(by, at))
    if Employee.objects.working().filter(place=place).exists():
        raise Refused("place_has_people", _("Somebody still works there. Move them first."))
    _close(Place, place, entries.PLACE_CLOSED, by, at)


def be_present(employee: Employee, *, by: object, at: datetime) -> None:
    """This colleague is at the desk now; work is shared out among those who are."""
    rows = Presence.objects.filter(employee=employee)
    if rows.filter(at__gt=at - AGAIN).exists() or rows.update(at=at):
        return
    Presence.objects.bulk_create([Presence(employee=employee, at=at)], ignore_conflicts=True)


def _check_name(name: str, same: object) -> None:
    if not name.strip():
        raise Refused("no_name", _("It needs a name."), field="name_ru")
    if same.exists():  # type: ignore[attr-defined]
        raise Refused("name_taken", _("There is one of this name already."), field="name_ru")


def _close(
    model: type[Skill] | type[Place], row: Skill | Place, kind: EntryKind,
    by: User | None, at: datetime,
) -> None:  # fmt: skip
    with transaction.atomic():
        firm = held_firm()
        if not model.objects.filter(pk=row.pk, closed_at=None).update(closed_at=at):
            raise Refused("closed", _("This is closed already."))
        called = row.name if isinstance(row, Place) else {"ru": row.name_ru, "en": row.name_en}
        record(firm.stream, kind, by=actor_id(by), at=at, row=row.pk, called=called)
