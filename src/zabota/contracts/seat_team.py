"""The one name under which the client reads a stage that is shown as a team's: on the rail, on the
sheet, in lists, in answers, in the history and in letters; the same before and after it is settled.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from zabota.cases.models import Holder
from zabota.contracts.models import Stage
from zabota.people.models import Firm, Team


def client_sees(spec: Mapping[str, Any], firm: Firm) -> str:
    """How the client sees who has a stage: "person", "team", or "hidden"."""
    shows = str(spec.get("shows", "person"))
    return "team" if shows == "person" and not firm.shows_people else shows


def seat_team(stage: Stage, rows: Iterable[Holder], language: str) -> str:
    """The team whose seats these are; where they are of several teams, or of none, the stage
    speaks for them. Whoever stands in, or took it over, does not rename the stage.

    `rows` are all who have or had the stage, with `team`, `employee__team` and
    `for_employee__team` read.
    """
    teams = {team.pk if team else None: team for team in map(_team_of, rows)}
    only = next(iter(teams.values())) if len(teams) == 1 else None
    return only.name(language) if only else stage.title(language)


def row_seat_team(title: str, rows: Iterable[Mapping[str, Any]], language: str) -> str:
    """The same of rows of plain values, as lists read them; `title` is the stage's."""
    teams = {
        row[f"{to}_id"]: row[f"{to}__name_{language}"] or row[f"{to}__name_ru"]
        for row in rows
        for to in [_to_team(row)]
    }
    only = next(iter(teams.values())) if len(teams) == 1 else None
    return str(only or title)


def _to_team(row: Mapping[str, Any]) -> str:
    if row["team_id"]:
        return "team"
    return "for_employee__team" if row["for_employee_id"] else "employee__team"


def _team_of(row: Holder) -> Team | None:
    """A team's seat is the team's; a person's is of the team of whoever it belongs to."""
    if row.team is not None:
        return row.team
    return (row.for_employee or row.employee).team
