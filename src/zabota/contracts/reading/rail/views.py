"""The rail as a page shows it: steps, stages, faces."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Face:
    """Somebody on the rail: a person, or a team where the firm shows teams."""

    name: str
    initials: str
    photo_url: str = ""
    position: str = ""
    standing_for: str = ""


@dataclass(frozen=True)
class StageView:
    """One stage as this viewer sees it."""

    pk: int
    title: str
    state: str
    faces: list[Face]
    decided: list[tuple[Face, str]]
    used: int
    allowed: int
    since: datetime | None
    due: datetime | None
    settled: datetime | None
    late: bool
    needs: str
    stands: bool = False
    version: int | None = None

    @property
    def position(self) -> str:
        """What the only person there is, unless the stage is called so: «Менеджер»."""
        if len(self.faces) != 1:
            return ""
        position = self.faces[0].position
        return "" if position.lower().startswith(self.title.lower()) else position

    @property
    def rest(self) -> int:
        """How many people there are beyond the three that are named."""
        return len(self.faces) - 3


@dataclass(frozen=True)
class Step:
    """One line of the rail: a stage, several side by side, or something that happened."""

    kind: str
    stages: list[StageView] = field(default_factory=list)
    words: str = ""
    at: datetime | None = None
    face: Face | None = None
    signature: Any = None

    @property
    def state(self) -> str:
        """Several stages side by side are done when each is, and under way when one is."""
        states = [stage.state for stage in self.stages]
        if all(state == "done" for state in states):
            return "done"
        for state in ("late", "on", "returned", "skipped"):
            if state in states:
                return state
        return "next"


@dataclass(frozen=True)
class Rail:
    """The whole rail with its sum on top, and the one line that answers the client's question."""

    steps: list[Step]
    days: int
    days_ours: int
    days_theirs: int
    needed_by: date | None
    asked: str
    paused_since: datetime | None
    due: datetime | None
    theirs_due: datetime | None
    late: bool
    begun: bool
    over: bool
    signing: Any = None

    @property
    def withdrawn(self) -> Step | None:
        """Who took it back, when and why; None where nobody did."""
        return next((step for step in self.steps if step.kind == "withdrawn"), None)

    @property
    def open_stages(self) -> list[StageView]:
        """Stages somebody has now, the most urgent first."""
        found = [
            s for step in self.steps for s in step.stages if s.state in ("on", "late", "paused")
        ]
        return sorted(found, key=lambda stage: (stage.due is None, stage.due))

    @property
    def current(self) -> StageView | None:
        """Who has it now."""
        return next(iter(self.open_stages), None)

    @property
    def others(self) -> str:
        """What goes on side by side with it."""
        return ", ".join(stage.title for stage in self.open_stages[1:])
