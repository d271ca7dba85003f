"""The one name under which the client reads a stage that is shown as a team's: on the rail, on the
sheet, in the history and in letters; the same before and after it is settled.
"""

from collections.abc import Iterable

from zabota.cases.models import Holder
from zabota.contracts.models import Stage
from zabota.people.models import Team


def seat_team(stage: Stage, rows: Iterable[Holder], language: str) -> str:
    """The team whose seats these are; where they are of several teams, or of none, the stage
    speaks for them. Whoever stands in, or took it over, does not rename the stage.

    `rows` are all who have or had the stage, with `team`, `employee__team` and
    `for_employee__team` read.
    """
    teams = {team.pk if team else None: team for team in map(_team_of, rows)}
    only = next(iter(teams.values())) if len(teams) == 1 else None
    return only.name(language) if only else stage.title(language)


def _team_of(row: Holder) -> Team | None:
    """A team's seat is the team's; a person's is of the team of whoever it belongs to."""
    if row.team is not None:
        return row.team
    return (row.for_employee or row.employee).team
