"""Whom this viewer sees: a person, or a team where the firm or the route prefers it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from zabota.cases.models import Holder
from zabota.clients.access import RoomViewer
from zabota.common.working_time import Calendar
from zabota.contracts.models import Stage
from zabota.contracts.reading.rail.views import Face
from zabota.contracts.rules import Viewer
from zabota.people.models import Employee, Firm


@dataclass(frozen=True)
class Eye:
    viewer: Viewer
    firm: Firm
    calendar: Calendar
    at: datetime
    returned: bool = False

    @property
    def is_client(self) -> bool:
        return isinstance(self.viewer, RoomViewer)

    def shows(self, stage: Stage) -> str:
        if not self.is_client:
            return "person"
        shows = str(stage.spec.get("shows", "person"))
        if shows == "person" and not self.firm.shows_people:
            return "team"
        return shows

    def faces(self, stage: Stage, rows: Iterable[Holder]) -> list[Face]:
        if self.shows(stage) == "team":
            return [_teamone_face(rows, stage)]
        seen: dict[int, Face] = {}
        for row in rows:
            seen.setdefault(row.employee_id, one_face(row, self.is_client))
        return list(seen.values())


def one_face(row: Holder, for_client: bool) -> Face:
    employee: Employee = row.employee
    language = get_language() or "ru"
    return Face(
        employee.name,
        employee.initials,
        employee.photo_url if employee.photo_id else "",
        employee.position(language),
        "" if for_client or row.for_employee is None else row.for_employee.name,
    )


def _teamone_face(rows: Iterable[Holder], stage: Stage) -> Face:
    """The team's name; where its people are of several teams, the stage speaks for them."""
    language = get_language() or "ru"
    teams = {row.employee.team_id: row.employee.team for row in rows}
    only = next(iter(teams.values())) if len(teams) == 1 else None
    if only is None:
        name = stage.title(language)
    else:
        name = only.name_en if language == "en" and only.name_en else only.name_ru
    return Face(name, name[:1].upper())
