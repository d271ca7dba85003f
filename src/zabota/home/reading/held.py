"""What somebody of ours has before them: open promises by rank, a page at a time."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, cast

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from zabota.cases.models import Holder, Pause, PromiseState
from zabota.cases.moments import CONTRACT_AGREED
from zabota.common.keyset import Leaf, Rows, beyond, first_of, leaf_of, place_of
from zabota.common.names import WHOLE_NAMES
from zabota.common.questions import Numbers, One, Question
from zabota.contracts.models import Change, ChangeState, Stage
from zabota.contracts.reading.who import holders_of_promises
from zabota.people.models import Employee

# One works from the top: what lies further down is another page.
SIZE = 25
LATEST = datetime(9999, 1, 1, tzinfo=UTC)

COLUMNS = (
    "pk", "rank_at", "through", "outcome", "employee_id", "employee__user__name",
    "employee__user__name_en", "for_employee__user__name", "for_employee__user__name_en",
    "promise_id", "promise__state", "promise__due_at", "promise__turn",
    "promise__allowed_minutes", "promise__words_ru", "promise__words_en", "promise__moment_id",
    "promise__moment__name_ru", "promise__moment__name_en", "promise__stage__pk",
    "promise__stage__title_ru", "promise__stage__title_en", "promise__stage__concern",
    "case_id", "case__kind", "case__number", "case__title", "case__needed_by", "case__state",
    *(f"case__client__{name}" for name in WHOLE_NAMES), "case__client__worth",
    "case__client__since", "case__contract__registered_number",
    "case__contract__foreign_paper", "case__ticket__said", "case__ticket__taken_by",
    "promise__deviation__pk", "promise__deviation__rule", "promise__deviation__cost",
    "promise__deviation__currency", "promise__explains__pk", "promise__explains__raised_at",
    "promise__explains__promise__moment_id", "promise__explains__promise__words_ru",
    "promise__explains__promise__words_en",
    "case__hold__until", "case__hold__pays_on", "promise__alarm__pk", "promise__alarm__meaning",
    "promise__explains__to__user__name", "promise__explains__to__user__name_en",
)  # fmt: skip


@dataclass(frozen=True)
class Held:
    """A page of holder rows with what is known of their contracts."""

    leaf: Leaf
    changes: Mapping[int, list[Mapping[str, Any]]]
    stages: Mapping[int, list[Mapping[str, Any]]]
    holders: Mapping[int, list[Mapping[str, Any]]]
    asked: Mapping[int, str]


def read_held(me: Employee, params: Mapping[str, str], *, team: bool = False) -> Held:
    """One page of what this person has, or their team; five queries whatever its length."""
    first, rows = partial(_first_mine, me=me.pk), partial(_mine, me.pk)
    if team:
        first = partial(_first_of_team, team=me.team_id, until=_far_enough(me.team_id))
        rows = partial(_of_team_around, me.team_id, params)
    leaf = leaf_of(rows, params, "rank_at", size=SIZE, first=first)
    cases = {row["case_id"] for row in leaf.rows}
    wholes = {row["case_id"] for row in leaf.rows if row["promise__moment_id"] == CONTRACT_AGREED}
    stages = _stages(cases)
    running = (
        stage["promise_id"]
        for case in wholes
        for stage in stages.get(case, ())
        if stage["promise__state"] == PromiseState.RUNNING
    )
    paused = [
        row["promise_id"] for row in leaf.rows if row["promise__state"] == PromiseState.PAUSED
    ]
    return Held(leaf, _changes(cases), stages, holders_of_promises(running), _asked(paused))


def _changes(cases: Iterable[int]) -> dict[int, list[Mapping[str, Any]]]:
    """What the client changed and has not been settled by a newer version, by contract."""
    found: dict[int, list[Mapping[str, Any]]] = {}
    for row in _changes_of(cases=cases):
        found.setdefault(row["contract_id"], []).append(row)
    return found


def _stages(cases: Iterable[int]) -> dict[int, list[Mapping[str, Any]]]:
    """The stages of the present round, by contract."""
    found: dict[int, list[Mapping[str, Any]]] = {}
    for row in _stages_of(cases=cases):
        found.setdefault(row["contract_id"], []).append(row)
    return found


def _asked(promises: list[int]) -> dict[int, str]:
    """What the client was asked for, where the clock stands."""
    return dict(_pauses_of(promises=promises))


def _mine(me: int) -> Rows:
    return _open(Holder.objects.filter(employee=me))


def _of_team(team: int | None, until: datetime) -> Rows:
    return _open(_of_colleagues(team).filter(rank_at__lte=until))


def _of_colleagues(team: int | None) -> QuerySet[Holder]:
    return Holder.objects.filter(employee__team=team, employee__dismissed_at=None)


def _far_enough(team: int | None) -> datetime:
    """By when, in order of rank, some one of the team has a whole page: nothing later stands on
    the team's page, so that nobody's long list is put in order with the others'.
    """
    edges = (edge for edge in _edges_of_team(team=team) if edge is not None)
    return min(edges, default=LATEST)


def _of_team_around(team: int | None, params: Mapping[str, str]) -> Rows:
    """The same beyond a place, forwards or back."""
    place, back = place_of(params)
    rows = _of_colleagues(team)
    if place is None:
        return _open(rows)
    edges = _edges(team, lambda held: beyond(held, place, "rank_at", falling=back), falling=back)
    found = [edge for edge in edges if edge is not None]
    if not found:
        return _open(rows)
    return _open(
        rows.filter(rank_at__gte=max(found)) if back else rows.filter(rank_at__lte=min(found))
    )


def _edges(
    team: int | None,
    narrowed: Callable[[QuerySet[Holder]], QuerySet[Holder]],
    *,
    falling: bool = False,
) -> QuerySet[Employee, datetime | None]:
    """The last moment of a page of each colleague's own; nothing where they have less than that."""
    held = narrowed(Holder.objects.filter(employee=OuterRef("pk"), rank_at__isnull=False))
    order = ("-rank_at", "-pk") if falling else ("rank_at", "pk")
    edge = Subquery(held.order_by(*order).values("rank_at")[SIZE : SIZE + 1])
    people = Employee.objects.filter(team=team, dismissed_at=None).annotate(edge=edge)
    return people.values_list("edge", flat=True)


def _open(holds: QuerySet[Holder]) -> Rows:
    return cast(Rows, holds.filter(rank_at__isnull=False).values(*COLUMNS))


def _unsettled(cases: list[int]) -> Rows:
    rows = Change.objects.filter(contract__in=cases).exclude(
        state__in=[ChangeState.SUPERSEDED, ChangeState.AGREED]
    )
    # Refusals already sent back were answered by the client with the version that followed.
    rows = rows.filter(Q(sent_at=None) | Q(state=ChangeState.OPEN))
    told = rows.order_by("pk").values("contract_id", "concern", "number", "called", "state")
    return cast(Rows, told)


def _of_present_round(cases: list[int]) -> Rows:
    rows = Stage.objects.filter(contract__in=cases, round=F("contract__round"))
    return cast(
        Rows,
        rows.order_by("position").values(
            "contract_id", "promise_id", "promise__state", "concern", "title_ru", "title_en"
        ),
    )


_first_mine = Question(lambda me: first_of(_mine(me), "rank_at", size=SIZE), me=One())
_first_of_team = Question(
    lambda team, until: first_of(_of_team(team, until), "rank_at", size=SIZE),
    team=One(),
    until=One(),
)
_edges_of_team = Question(lambda team: _edges(team, lambda held: held), team=One())
_changes_of = Question(_unsettled, cases=Numbers(SIZE))
_stages_of = Question(_of_present_round, cases=Numbers(SIZE))
_pauses_of = Question(
    lambda promises: Pause.objects.filter(promise__in=promises, ended_at=None).values_list(
        "promise_id", "asked"
    ),
    promises=Numbers(SIZE),
)
