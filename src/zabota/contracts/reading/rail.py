"""«Ход согласования»: the heart of the product. Who has it, since when, how long of how long,
until when.

Built for one viewer: the client sees a team where the firm or the route prefers it, and nothing
of stages that are hidden.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.utils.translation import get_language, gettext

from zabota.cases.clockwork import minutes_used
from zabota.cases.models import Holder, Pause, PromiseState
from zabota.clients.access import RoomViewer
from zabota.common.working_time import Calendar, working_days_between
from zabota.contracts.actions.locked import holders_of
from zabota.contracts.models import Contract, ContractState, Stage
from zabota.contracts.models.approvals import Outcome
from zabota.contracts.rules import Viewer
from zabota.people.firm import calendar_of
from zabota.people.models import Employee, Firm


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


def read_rail(contract: Contract, viewer: Viewer, firm: Firm, *, at: datetime) -> Rail:
    """The rail of a contract for one viewer; the number of queries does not depend on its
    stages.
    """
    stages = list(
        Stage.objects.filter(contract=contract, round=contract.round)
        .select_related("promise", "stands_since__promise")
        .order_by("position")
    )
    standing = [stage.stands_since for stage in stages if stage.stands_since]
    holders = holders_of([*stages, *standing])
    pauses = (
        list(Pause.objects.filter(promise=contract.agreeing_id).order_by("started_at"))
        if contract.agreeing_id
        else []
    )
    calendar = calendar_of(firm)
    eye = _Eye(viewer, firm, calendar, at)
    steps = _steps(contract, stages, holders, eye)
    asked = pauses[-1] if pauses and pauses[-1].ended_at is None else None
    days, theirs = _days(contract, pauses, calendar, at)
    agreeing, turn = contract.agreeing, contract.client_turn
    return Rail(
        steps=steps,
        days=days,
        days_ours=days - theirs,
        days_theirs=theirs,
        needed_by=contract.case.needed_by,
        asked=asked.asked if asked else "",
        paused_since=asked.started_at if asked else None,
        due=agreeing.due_at if agreeing and agreeing.state == PromiseState.RUNNING else None,
        theirs_due=turn.due_at if turn and turn.settled_at is None else None,
        late=bool(agreeing and agreeing.state == PromiseState.RUNNING and agreeing.is_late(at)),
        begun=contract.submitted_at is not None,
        over=contract.case.state in (ContractState.AGREED, ContractState.WITHDRAWN),
    )


def preview_stage(spec: dict[str, Any], firm: Firm) -> StageView:
    """How the client would see a stage that has just begun: for whoever edits the route."""
    shows = "team" if not firm.shows_people else str(spec.get("shows", "person"))
    language = get_language() or "ru"
    title = str(
        spec.get("title_en" if language == "en" else "title_ru") or spec.get("title_ru", "")
    )
    name = gettext("Our team") if shows == "team" else gettext("Olga Petrova")
    face = Face(name, "".join(word[0] for word in name.split()[:2]).upper())
    return StageView(
        0, title, "hidden" if shows == "hidden" else "on", [face], [], 60,
        int(float(spec.get("hours", 8)) * 60), None, None, None, False, "",
    )  # fmt: skip


@dataclass(frozen=True)
class _Eye:
    viewer: Viewer
    firm: Firm
    calendar: Calendar
    at: datetime

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
            return [_team_face(rows, stage)]
        seen: dict[int, Face] = {}
        for row in rows:
            seen.setdefault(row.employee_id, _face(row, self.is_client))
        return list(seen.values())


def _face(row: Holder, for_client: bool) -> Face:
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
    """The team's name; where its people are of several teams, the stage speaks for them."""
    language = get_language() or "ru"
    teams = {row.employee.team_id: row.employee.team for row in rows}
    only = next(iter(teams.values())) if len(teams) == 1 else None
    if only is None:
        name = stage.title(language)
    else:
        name = only.name_en if language == "en" and only.name_en else only.name_ru
    return Face(name, name[:1].upper())


def _steps(
    contract: Contract, stages: list[Stage], holders: dict[int, list[Holder]], eye: _Eye
) -> list[Step]:
    steps = []
    version = contract.version
    if contract.submitted_at is not None and version is not None:
        steps.append(_sent(contract, eye))
    shown = [stage for stage in stages if eye.shows(stage) != "hidden"]
    for _, some in groupby(shown, key=lambda stage: stage.group):
        views = [_stage(stage, holders, eye) for stage in some]
        steps.append(Step("stage" if len(views) == 1 else "parallel", views))
    if contract.agreed_at is not None:
        steps.append(Step("agreed", at=contract.agreed_at))
    return steps


def _sent(contract: Contract, eye: _Eye) -> Step:
    last = (
        contract.versions.filter(side="theirs").select_related("made_by").last() or contract.version
    )
    assert last is not None
    name = last.made_by.name if last.made_by else ""
    face = Face(name, last.made_by.initials) if last.made_by else None
    return Step("sent", words=str(last.number), at=last.made_at, face=face)


def _stage(stage: Stage, holders: dict[int, list[Holder]], eye: _Eye) -> StageView:
    standing = stage.stands_since if stage.promise.outcome == Outcome.STANDS else None
    source = standing or stage
    promise = source.promise
    rows = holders[promise.pk]
    done = [row for row in rows if row.outcome]
    named = eye.shows(stage) != "team"
    waiting = rows if not done else [row for row in rows if row.rank_at is not None]
    return StageView(
        pk=stage.pk,
        title=stage.title(get_language() or "ru"),
        state=_state(stage, eye.at),
        faces=eye.faces(stage, done if promise.settled_at and done else waiting or rows),
        decided=[(_face(row, eye.is_client), row.outcome) for row in done] if named else [],
        used=minutes_used(eye.calendar, promise, (), eye.at),
        allowed=promise.allowed_minutes or 0,
        since=promise.started_at,
        due=promise.due_at,
        settled=promise.settled_at,
        late=promise.is_late(eye.at),
        needs=_needs(stage),
        stands=standing is not None,
    )


def _state(stage: Stage, at: datetime) -> str:
    match stage.promise.outcome:
        case Outcome.APPROVED | Outcome.STANDS:
            return "done"
        case Outcome.RETURNED:
            return "returned"
        case Outcome.DROPPED:
            return "skipped"
    match stage.promise.state:
        case PromiseState.RUNNING:
            return "late" if stage.promise.is_late(at) else "on"
        case PromiseState.PAUSED:
            return "paused"
        case PromiseState.PLANNED:
            return "next"
    return "skipped"


def _needs(stage: Stage) -> str:
    """How many must agree, said where it is not simply everyone."""
    seats = len(stage.spec.get("seats", ()))
    if stage.rule == "quorum":
        return gettext("%(need)d of %(all)d are needed") % {"need": stage.quorum, "all": seats}
    if stage.rule == "any" and seats > 1:
        return gettext("any one of them is enough")
    return ""


def _days(
    contract: Contract, pauses: list[Pause], calendar: Calendar, at: datetime
) -> tuple[int, int]:
    """Working days since it was sent, and how many of them it was with the client."""
    if contract.submitted_at is None:
        return 0, 0
    end = contract.agreed_at or contract.case.closed_at or at
    whole = working_days_between(calendar, contract.submitted_at, end)
    theirs = 0
    for pause in pauses:
        theirs += working_days_between(calendar, pause.started_at, pause.ended_at or end)
    return whole, min(theirs, whole)
