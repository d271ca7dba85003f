"""Teams: opened, renamed, closed."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.journal.actions import open_stream, record
from zabota.journal.kinds import EntryKind
from zabota.people import entries
from zabota.people.actions.held import actor_id, held_team
from zabota.people.models import Team, User
from zabota.people.refusal import Refused
from zabota.people.rules import demand, may_manage_people


def open_team(name_ru: str, *, by: User | None, at: datetime, name_en: str = "") -> Team:
    """A department that can hold a stage as a whole."""
    demand(by is None or may_manage_people(by, at))
    with transaction.atomic():
        _check_name(name_ru)
        team = Team.objects.create(
            name_ru=name_ru.strip(), name_en=name_en.strip(), stream=open_stream()
        )
        _record(team, entries.TEAM_OPENED, by, at)
        return team


def rename_team(
    team: Team, name_ru: str, *, by: User | None, at: datetime, name_en: str = ""
) -> Team:
    """The same department under another name; whatever it holds stays with it."""
    demand(by is None or may_manage_people(by, at))
    with transaction.atomic():
        team = held_team(team.pk)
        _check_open(team)
        _check_name(name_ru, team.pk)
        before = [team.name_ru, team.name_en]
        team.name_ru, team.name_en = name_ru.strip(), name_en.strip()
        if before == [team.name_ru, team.name_en]:
            return team
        team.save(update_fields=["name_ru", "name_en"])
        _record(team, entries.TEAM_RENAMED, by, at, before=before)
        return team


def close_team(team: Team, *, by: User | None, at: datetime) -> Team:
    """Nobody works in it any more; refused while somebody does."""
    demand(by is None or may_manage_people(by, at))
    with transaction.atomic():
        team = held_team(team.pk)
        _check_open(team)
        if team.members.filter(dismissed_at=None).exists():
            raise Refused(
                "team_has_members", _("Somebody still works in this team. Move them first.")
            )
        team.closed_at = at
        team.save(update_fields=["closed_at"])
        _record(team, entries.TEAM_CLOSED, by, at)
        return team


def _record(team: Team, kind: EntryKind, by: User | None, at: datetime, **facts: Any) -> None:
    facts |= {"team": team.pk, "team_name": {"ru": team.name_ru, "en": team.name_en}}
    record(team.stream, kind, by=actor_id(by), at=at, **facts)


def _check_open(team: Team) -> None:
    if team.closed_at is not None:
        raise Refused("team_closed", _("This team is closed."))


def _check_name(name: str, except_for: int = 0) -> None:
    if not name.strip():
        raise Refused("no_name", _("The team needs a name."))
    if Team.objects.filter(name_ru=name.strip()).exclude(pk=except_for).exists():
        raise Refused("team_exists", _("There is a team of this name already."))
