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
from zabota.contracts.seat_team import client_sees, seat_team
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
        return client_sees(stage.spec, self.firm)

    def faces(
        self, stage: Stage, rows: Iterable[Holder], every: Iterable[Holder] = ()
    ) -> list[Face]:
        """Those of `rows`; a team is named by `every` row the stage has."""
        if self.shows(stage) == "team":
            return [_team_face(every or rows, stage)]
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


def _team_face(rows: Iterable[Holder], stage: Stage) -> Face:
    name = seat_team(stage, rows, get_language() or "ru")
    return Face(name, name[:1].upper())
