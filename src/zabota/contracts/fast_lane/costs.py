"""What asking a direction costs in time: how long its past stages took, or how long they may."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from statistics import median
from typing import Any

from zabota.common.working_time import Calendar, between, working_days_between
from zabota.contracts.models import Stage
from zabota.contracts.models.approvals import Outcome

# Half a quarter of a busy firm; older ones say little of how it goes now.
LOOK_BACK = 400
# From fewer past ones a ninth decile would be an anecdote.
ENOUGH = 10


@dataclass(frozen=True)
class Cost:
    """How long a direction takes, in working minutes: half of the past ones were done within
    `usual`, nine of ten within `most`. With `count` 0 it is the deadline of its stages.
    """

    concern: str
    usual: int
    most: int
    count: int = 0


def read_costs(spec: Mapping[str, Any], calendar: Calendar) -> dict[str, Cost]:
    """Each direction's cost by the firm's last decided stages, else by the route's deadlines; one
    query.
    """
    took: dict[str, list[int]] = {}
    rows = (
        Stage.objects.filter(promise__outcome__in=[Outcome.APPROVED, Outcome.RETURNED])
        .order_by("-pk")
        .values_list("concern", "promise__started_at", "promise__settled_at")[:LOOK_BACK]
    )
    for concern, started, settled in rows:
        if started is not None and settled is not None:
            took.setdefault(concern, []).append(_minutes(between(calendar, started, settled)))
    found = _by_deadline(spec.get("stages", ()))
    for concern, minutes in took.items():
        if len(minutes) >= ENOUGH:
            found[concern] = measured(concern, minutes)
    return found


def measured(concern: str, minutes: Iterable[int]) -> Cost:
    """Median and ninth decile (the least value that nine of ten do not exceed)."""
    rows = sorted(minutes)
    return Cost(concern, round(median(rows)), rows[ceil(len(rows) * 9 / 10) - 1], len(rows))


def day_minutes(calendar: Calendar, at: datetime) -> int:
    """Minutes of an ordinary working day, so that hours can be said in days."""
    days = working_days_between(calendar, at - timedelta(days=28), at)
    whole = _minutes(between(calendar, at - timedelta(days=28), at))
    return max(60, round(whole / days)) if days else 480


def _by_deadline(stages: Iterable[Mapping[str, Any]]) -> dict[str, Cost]:
    found: dict[str, Cost] = {}
    for stage in stages:
        minutes = round(float(stage.get("hours", 8)) * 60)
        concern = stage["concern"]
        before = found.get(concern)
        if before is None or before.usual < minutes:
            found[concern] = Cost(concern, minutes, minutes)
    return found


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)
