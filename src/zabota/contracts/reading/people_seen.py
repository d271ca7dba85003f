"""Under which names a client reads our people beside a contract: the rule of the rail, everywhere.

Whoever works on stages that are shown as a team's is read as that team; of a stage that is not
shown the firm speaks; whoever has a stage that shows its people is read by name.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from zabota.clients.access import RoomViewer
from zabota.contracts.holders import holders_of
from zabota.contracts.models import Change, Contract, Stage
from zabota.contracts.reading.sheet.views import ChangeView
from zabota.contracts.reading.texts import staff_masks
from zabota.contracts.rules import Viewer
from zabota.contracts.seat_team import client_sees, seat_team
from zabota.people.models import Firm


@dataclass(frozen=True)
class PeopleSeen:
    """Names to read instead of those of our people, by account; and of whoever answers a change,
    by its direction and the employee. Of ours nobody is veiled.
    """

    masks: dict[int, str] = field(default_factory=dict)
    directions: dict[tuple[str, int], str] = field(default_factory=dict)

    def who_answered(self, change: Change) -> str:
        """ "" where the client reads the name itself."""
        by = change.answered_by
        if by is None:
            return ""
        return self.directions.get((change.concern, by.pk)) or self.masks.get(by.user_id, "")

    def name_answers(self, views: list[ChangeView]) -> list[ChangeView]:
        """Each answer with the name this reader may know its giver by."""
        return [replace(view, who=self.who_answered(view.row)) for view in views]


def people_seen(
    contract: Contract, viewer: Viewer, firm: Firm, language: str, nobody: str
) -> PeopleSeen:
    """Two queries for a client, one more where the firm shows teams; none for ours."""
    if not isinstance(viewer, RoomViewer):
        return PeopleSeen()
    masks = staff_masks(viewer, firm, language, nobody)
    stages = list(Stage.objects.filter(contract=contract).order_by("round", "position"))
    shown = {stage.pk: client_sees(stage.spec, firm) for stage in stages}
    if set(shown.values()) <= {"person"}:
        return PeopleSeen(masks)
    return _veiled(contract, stages, shown, masks, firm, language)


def _veiled(
    contract: Contract,
    stages: Iterable[Stage],
    shown: dict[int, str],
    masks: dict[int, str],
    firm: Firm,
    language: str,
) -> PeopleSeen:
    stages = list(stages)
    held = holders_of(stages)
    named = {contract.case.owner.user_id}
    teams, directions = dict[int, str](), dict[tuple[str, int], str]()
    for stage in stages:
        rows = held[stage.promise_id]
        if shown[stage.pk] == "person":
            named |= {row.employee.user_id for row in rows}
            continue
        hidden = shown[stage.pk] == "hidden"
        name = firm.shown_name if hidden else seat_team(stage, rows, language)
        for row in rows:
            teams[row.employee.user_id] = name
            directions[stage.concern, row.employee_id] = name
    if firm.shows_people:
        teams = {user: name for user, name in teams.items() if user not in named}
    return PeopleSeen({**masks, **teams}, directions)
