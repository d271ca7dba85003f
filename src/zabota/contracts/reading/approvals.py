"""«Лист согласования»: every decision of every round, as one viewer may read it."""

from django.utils.translation import gettext, ngettext

from zabota.cases.models import Holder, PromiseState
from zabota.clients.access import RoomViewer
from zabota.contracts.holders import holders_of
from zabota.contracts.models import Contract, ContractState, Decision, Stage
from zabota.contracts.models.approvals import Outcome, Verdict
from zabota.contracts.reading.sheet_rows import SheetRow, read_beforehand_rows
from zabota.contracts.reading.standing import why_it_stands
from zabota.contracts.reading.who import names_line
from zabota.contracts.rules import Viewer
from zabota.contracts.seat_team import client_sees, seat_team
from zabota.people.models import Firm

UNDECIDED = (PromiseState.PLANNED, PromiseState.RUNNING, PromiseState.PAUSED)


def read_approvals(contract: Contract, viewer: Viewer, firm: Firm, language: str) -> list[SheetRow]:
    """All rounds in order, five queries at most; what was agreed beforehand comes first. A client
    reads names as on the rail and no remarks; stages the route hides are left out.
    """
    stages = list(
        Stage.objects.filter(contract=contract)
        .select_related("promise", "contract")
        .order_by("round", "position")
    )
    decisions: dict[int, list[Decision]] = {}
    for row in (
        Decision.objects.filter(stage__contract=contract)
        .select_related("by__user", "for_employee__user", "version")
        .order_by("at", "pk")
    ):
        decisions.setdefault(row.stage_id, []).append(row)
    client = isinstance(viewer, RoomViewer)
    over = contract.case.state == ContractState.WITHDRAWN
    held = _held(stages, firm, client=client, over=over)
    teams = _teams(stages, held, firm, language) if client else {}
    found = []
    for stage in stages:
        shows = client_sees(stage.spec, firm) if client else "person"
        if shows == "hidden":
            continue
        given = decisions.get(stage.pk, [])
        if stage.promise.outcome == Outcome.STANDS:
            # Whoever agreed then stands behind it now, on the version they read.
            given = decisions.get(stage.stands_since_id or 0, [])
        if shows == "team":
            given = _last_word(stage, given)
        found += [_decided(stage, row, teams.get(stage.pk, ""), client, language) for row in given]
        waits = not over and stage.promise.state in UNDECIDED
        if waits or (not given and stage.promise.outcome != Outcome.DROPPED):
            who = teams.get(stage.pk) or _names(held.get(stage.promise_id, [])) if waits else ""
            found.append(_waiting(stage, language, over, who))
    return [*read_beforehand_rows(contract, firm, language, client=client), *found]


def _last_word(stage: Stage, given: list[Decision]) -> list[Decision]:
    """A team answers once: how many of it were asked, and who was of another mind, stays inside.
    While the stage is open the team has not answered.
    """
    settled = {Outcome.RETURNED: True, Outcome.APPROVED: False, Outcome.STANDS: False}
    ended = Outcome(stage.promise.outcome) if stage.promise.outcome else None
    if ended not in settled:
        return []
    back = settled[ended]
    return [row for row in given if (row.verdict == Verdict.RETURNED) == back][-1:]


def _decided(stage: Stage, row: Decision, team: str, client: bool, language: str) -> SheetRow:
    named = not team
    stands = row.stage_id != stage.pk
    stood_in = named and not client and row.for_employee is not None
    return SheetRow(
        round=stage.round,
        stage=_stage_name(stage, language),
        name=team or row.by.name,
        position=row.by.position(language) if named else "",
        on_behalf_of=row.for_employee.name if stood_in and row.for_employee else "",
        decision=gettext("agreed earlier, stands") if stands else _verdict(row, client),
        remark="" if client or stands else _remark(row),
        at=row.at,
        version=row.version.number,
        passed=row.verdict != Verdict.RETURNED,
        why=why_it_stands(stage, row.at, language, client=client) if stands else None,
    )


def _waiting(stage: Stage, language: str, over: bool, who: str) -> SheetRow:
    """A stage, or what is left of it, that nobody has decided yet: whoever has it is named."""
    stands = stage.promise.outcome == Outcome.STANDS
    passed = stage.promise.outcome == Outcome.RETURNED
    words = gettext("agreed earlier, stands") if stands else gettext("not decided yet")
    if passed:
        words = gettext("returned")
    elif over:
        words = gettext("not needed: the contract was withdrawn")
    return SheetRow(
        stage.round, _stage_name(stage, language), who, "", "", words, "",
        stage.promise.settled_at, None, True if stands else False if passed else None,
    )  # fmt: skip


def _stage_name(stage: Stage, language: str) -> str:
    if stage.round == 1:
        return stage.title(language)
    told = {"stage": stage.title(language), "round": stage.round}
    return gettext("%(stage)s, round %(round)d") % told


def _held(stages: list[Stage], firm: Firm, *, client: bool, over: bool) -> dict[int, list[Holder]]:
    """Who has or had the stages whose names are to be said: one query, or none."""
    said = [
        stage
        for stage in stages
        if (client and client_sees(stage.spec, firm) == "team")
        or (not over and stage.promise.state in UNDECIDED)
    ]
    return holders_of(said) if said else {}


def _teams(
    stages: list[Stage], held: dict[int, list[Holder]], firm: Firm, language: str
) -> dict[int, str]:
    """Under which name a client reads each stage that shows a team."""
    shown = [stage for stage in stages if client_sees(stage.spec, firm) == "team"]
    return {stage.pk: seat_team(stage, held[stage.promise_id], language) for stage in shown}


def _names(rows: list[Holder]) -> str:
    """Of those who have it, whoever has not decided: before its turn comes, all of them."""
    left = [row for row in rows if not row.outcome]
    now = [row for row in left if row.rank_at is not None] or left
    return names_line(
        {
            "employee__user__name": row.employee.user.name,
            "employee__user__name_en": row.employee.user.name_en,
        }
        for row in now
    )


def _verdict(row: Decision, client: bool) -> str:
    """That a remark was made is ours to know; for the client it is agreed."""
    if client and row.verdict == Verdict.REMARKED:
        return str(Verdict.APPROVED.label)
    return str(Verdict(row.verdict).label)


def _remark(row: Decision) -> str:
    reasons = [str(reason.get("text", "")) for reason in row.reasons if reason.get("text")]
    return "; ".join([row.remark, *reasons] if row.remark else reasons)


def rounds_words(rows: list[SheetRow]) -> str:
    """How many rounds the sheet tells of."""
    count = max((row.round for row in rows), default=0)
    return ngettext("%(count)d round", "%(count)d rounds", count) % {"count": count}
