"""«Ход согласования»: the heart of the product. Who has it, since when, how long of how long,
until when.

Built for one viewer: the client sees a team where the firm or the route prefers it, and nothing
of stages that are hidden.
"""

from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import get_language, gettext

from zabota.cases.clockwork import minutes_used
from zabota.cases.models import Holder, Pause, PromiseState
from zabota.common.names import initials
from zabota.common.working_time import Calendar, working_days_between
from zabota.contracts.entries import WITHDRAWN
from zabota.contracts.holders import holders_of
from zabota.contracts.models import Contract, ContractState, Decision, Stage
from zabota.contracts.models.approvals import Outcome
from zabota.contracts.reading.rail.faces import Eye, one_face
from zabota.contracts.reading.rail.needs import needs
from zabota.contracts.reading.rail.views import Face, Rail, StageView, Step
from zabota.contracts.reading.signing.rail import read_signing
from zabota.contracts.rules import Viewer
from zabota.contracts.seat_team import client_sees
from zabota.journal.models import Entry
from zabota.people.firm import calendar_of
from zabota.people.models import Firm

# The version on which a stage that stands was agreed: the number it was decided upon.
_agreed_on = Subquery(
    Decision.objects.filter(stage=OuterRef("stands_since"))
    .order_by("-pk")
    .values("version__number")[:1]
)

SETTLED = ("done", "returned", "skipped")


def read_rail(contract: Contract, viewer: Viewer, firm: Firm, *, at: datetime) -> Rail:
    """The rail of a contract for one viewer; the number of queries does not depend on its
    stages.
    """
    stages = list(
        Stage.objects.filter(contract=contract, round=contract.round)
        .select_related("promise", "stands_since__promise")
        .annotate(agreed_on=_agreed_on)
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
    returned = contract.case.state == ContractState.RETURNED
    eye = Eye(viewer, firm, calendar, at, returned)
    steps = _steps(contract, stages, holders, eye)
    asked = pauses[-1] if pauses and pauses[-1].ended_at is None else None
    days, theirs = _days(contract, pauses, calendar, at)
    agreeing, turn = contract.agreeing, contract.client_turn
    signing = read_signing(contract, viewer, at=at)
    if signing is not None:
        steps += signing.steps
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
        over=contract.case.state in (ContractState.SIGNED, ContractState.WITHDRAWN),
        signing=signing,
    )


def preview_stage(spec: dict[str, Any], firm: Firm) -> StageView:
    """How the client would see a stage that has just begun: for whoever edits the route."""
    shows = client_sees(spec, firm)
    language = get_language() or "ru"
    title = str(
        spec.get("title_en" if language == "en" else "title_ru") or spec.get("title_ru", "")
    )
    name = gettext("Our team") if shows == "team" else gettext("Name Surname")
    face = Face(name, name[:1].upper() if shows == "team" else initials(name))
    return StageView(
        0, title, "hidden" if shows == "hidden" else "on", [face], [], 60,
        int(float(spec.get("hours", 8)) * 60), None, None, None, False,
        needs(spec, [] if shows == "team" else None),
    )  # fmt: skip


def _steps(
    contract: Contract, stages: list[Stage], holders: dict[int, list[Holder]], eye: Eye
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
    if contract.case.state == ContractState.WITHDRAWN:
        steps += _withdrawn(contract)
    return steps


def _withdrawn(contract: Contract) -> list[Step]:
    """Who took it back, when and why: the last that happened."""
    entry = (
        Entry.objects.filter(stream=contract.case.stream_id, kind=WITHDRAWN.name)
        .select_related("actor")
        .last()
    )
    if entry is None:
        return []
    face = Face(entry.actor.shown_name, entry.actor.initials) if entry.actor else None
    return [Step("withdrawn", words=str(entry.facts["reason"]), at=entry.at, face=face)]


def _sent(contract: Contract, eye: Eye) -> Step:
    last = (
        contract.versions.filter(side="theirs").select_related("made_by").last() or contract.version
    )
    assert last is not None
    name = last.made_by.shown_name if last.made_by else ""
    face = Face(name, last.made_by.initials) if last.made_by else None
    return Step("sent", words=str(last.number), at=last.made_at, face=face)


def _stage(stage: Stage, holders: dict[int, list[Holder]], eye: Eye) -> StageView:
    standing = stage.stands_since if stage.promise.outcome == Outcome.STANDS else None
    source = standing or stage
    promise = source.promise
    rows = holders[promise.pk]
    done = [row for row in rows if row.outcome]
    named, state = eye.shows(stage) != "team", _state(stage, eye)
    waiting = rows if not done else [row for row in rows if row.rank_at is not None]
    return StageView(
        pk=stage.pk,
        title=stage.title(get_language() or "ru"),
        state=state,
        faces=eye.faces(stage, done if promise.settled_at and done else waiting or rows, rows),
        decided=[(one_face(row, eye.is_client), row.outcome) for row in done] if named else [],
        used=minutes_used(eye.calendar, promise, (), eye.at),
        allowed=promise.allowed_minutes or 0,
        since=promise.started_at,
        due=promise.due_at,
        settled=promise.settled_at,
        late=promise.is_late(eye.at),
        needs="" if state in SETTLED else needs(stage.spec, None if named else done),
        stands=standing is not None,
        version=getattr(stage, "agreed_on", None) if standing else None,
    )


def _state(stage: Stage, eye: Eye) -> str:
    at = eye.at
    match stage.promise.outcome:
        case Outcome.APPROVED | Outcome.STANDS:
            return "done"
        case Outcome.RETURNED:
            return "returned"
        case Outcome.DROPPED:
            # While the client has it, what others did not get to lies ahead of them again.
            return "next" if eye.returned else "skipped"
    match stage.promise.state:
        case PromiseState.RUNNING:
            return "late" if stage.promise.is_late(at) else "on"
        case PromiseState.PAUSED:
            return "paused"
        case PromiseState.PLANNED:
            return "next"
    return "skipped"


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
