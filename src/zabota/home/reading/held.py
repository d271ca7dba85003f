"""What somebody of ours has before them: open promises by rank, a page at a time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import F, Q, QuerySet

from zabota.cases.models import Holder, Pause, PromiseState
from zabota.cases.moments import CONTRACT_AGREED
from zabota.contracts.models import Change, ChangeState, Stage
from zabota.contracts.reading.keyset import Leaf, leaf_of
from zabota.contracts.reading.who import holders_of_promises

COLUMNS = (
    "pk", "rank_at", "through", "outcome", "employee_id", "employee__user__name",
    "for_employee__user__name", "promise_id", "promise__state", "promise__due_at",
    "promise__allowed_minutes", "promise__words_ru", "promise__words_en", "promise__moment_id",
    "promise__moment__name_ru", "promise__moment__name_en", "promise__stage__pk",
    "promise__stage__title_ru", "promise__stage__title_en", "promise__stage__concern",
    "case_id", "case__kind", "case__number", "case__title", "case__needed_by", "case__state",
    "case__client__short_name", "case__client__name", "case__contract__registered_number",
    "case__contract__foreign_paper",
)  # fmt: skip


@dataclass(frozen=True)
class Held:
    """A page of holder rows with what is known of their contracts."""

    leaf: Leaf
    changes: Mapping[int, list[Mapping[str, Any]]]
    stages: Mapping[int, list[Mapping[str, Any]]]
    holders: Mapping[int, list[Mapping[str, Any]]]
    asked: Mapping[int, str]


def read_held(holds: QuerySet[Holder], params: Mapping[str, str]) -> Held:
    """One page; five queries whatever its length."""
    rows = cast(QuerySet[Any, dict[str, Any]], holds.filter(rank_at__isnull=False).values(*COLUMNS))
    leaf = leaf_of(rows, params, "rank_at")
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
    rows = Change.objects.filter(contract__in=list(cases)).exclude(
        state__in=[ChangeState.SUPERSEDED, ChangeState.AGREED]
    )
    # Refusals already sent back were answered by the client with the version that followed.
    rows = rows.filter(Q(sent_at=None) | Q(state=ChangeState.OPEN))
    for row in rows.order_by("pk").values("contract_id", "concern", "number", "state"):
        found.setdefault(row["contract_id"], []).append(dict(row))
    return found


def _stages(cases: Iterable[int]) -> dict[int, list[Mapping[str, Any]]]:
    """The stages of the present round, by contract."""
    found: dict[int, list[Mapping[str, Any]]] = {}
    rows = Stage.objects.filter(contract__in=list(cases), round=F("contract__round"))
    for row in rows.order_by("position").values(
        "contract_id", "promise_id", "promise__state", "concern", "title_ru", "title_en"
    ):
        found.setdefault(row["contract_id"], []).append(dict(row))
    return found


def _asked(promises: list[int]) -> dict[int, str]:
    """What the client was asked for, where the clock stands."""
    pauses = Pause.objects.filter(promise__in=promises, ended_at=None)
    return dict(pauses.values_list("promise_id", "asked"))
