"""Why promises break: what waits to be explained, and causes, counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final, cast

from django.db.models import Count
from django.utils.translation import get_language

from zabota.cases.models import Cause, Explanation, Holder, Moment
from zabota.cases.moments import (
    BEYOND_ANSWER,
    CONTRACT_AGAIN,
    CONTRACT_CLIENT,
    EXPLANATION,
    TICKET_ALARM,
    what_was_promised,
)
from zabota.common.formats import dialled
from zabota.common.keyset import Leaf, Rows, leaf_of
from zabota.common.names import WHOLE_NAMES, row_person, row_whole
from zabota.people.access import StaffViewer
from zabota.people.models import Employee

WITHIN: Final = timedelta(days=90)
# Not promised to a client by us: nobody explains them.
NOT_EXPLAINED: Final = (BEYOND_ANSWER, CONTRACT_AGAIN, CONTRACT_CLIENT, EXPLANATION, TICKET_ALARM)
COLUMNS = (
    "pk", "promise__due_at", "promise__moment_id", "promise__words_ru", "promise__words_en",
    "cause", "explained_at",
    "raised_at", "explained_by__user__name", "explained_by__user__name_en", "to__user__name",
    "to__user__name_en", "case__title", "case__number", "case__contract__registered_number",
    "case__client__worth", "case__client__since",
    *(f"case__client__{name}" for name in WHOLE_NAMES),
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One broken promise in the list."""

    pk: int
    words: str
    due: datetime
    client: str
    worth: Decimal | None
    since: date | None
    title: str
    number: str
    cause: str
    who: str
    to: str
    raised: bool


@dataclass(frozen=True)
class Called:
    """Somebody of ours to talk to about it: who listens, or who had it."""

    person: Employee
    listens: bool
    dialled: str


@dataclass(frozen=True)
class Counted:
    """How often a cause was named, and how much of all that is, in per cent."""

    name: str
    count: int
    share: int


@dataclass(frozen=True)
class Causes:
    """Ninety days of broken promises."""

    rows: list[Counted]
    explained: int
    unexplained: int


def read_explanations(viewer: StaffViewer, params: Mapping[str, str]) -> tuple[list[Row], Leaf]:
    """A page of broken promises this viewer may know of, the latest first."""
    visible = Explanation.objects.visible_to(viewer)
    leaf = leaf_of(
        lambda: cast(Rows, visible.values(*COLUMNS)), params, "promise__due_at", descending=True
    )
    language = "en" if get_language() == "en" else "ru"
    rows = [
        Row(
            pk=row["pk"],
            words=what_was_promised(
                row["promise__moment_id"], row["promise__words_ru"], row["promise__words_en"]
            )[language],
            due=row["promise__due_at"],
            client=row_whole(row, "case__client__"),
            worth=row["case__client__worth"],
            since=row["case__client__since"],
            title=row["case__title"],
            number=row["case__contract__registered_number"] or row["case__number"],
            cause=str(Cause(row["cause"]).label) if row["cause"] else "",
            who=row_person(row, "explained_by__user__"),
            to=row_person(row, "to__user__"),
            raised=row["raised_at"] is not None,
        )
        for row in leaf.rows
    ]
    return rows, leaf


def count_causes(at: datetime) -> Causes:
    """How often each cause was named in ninety days; one query."""
    lately = Explanation.objects.filter(promise__due_at__gt=at - WITHIN)
    counts = dict(
        lately.order_by().values("cause").annotate(times=Count("pk")).values_list("cause", "times")
    )
    unexplained = counts.pop("", 0)
    total = sum(counts.values())
    rows = [
        Counted(str(cause.label), counts[cause], round(counts[cause] * 100 / total))
        for cause in sorted(Cause, key=lambda one: -counts.get(one, 0))
        if cause in counts
    ]
    return Causes(rows, total, unexplained)


def whom_to_call(explanation: Explanation, me: Employee) -> list[Called]:
    """The person it is explained to and whoever had it, but the reader; each with their number."""
    rows = Holder.objects.filter(promise=explanation.asked_id, through="direct")
    had = rows.select_related("employee__user", "employee__photo").order_by("pk")
    people = [(explanation.to, True), *((row.employee, False) for row in had)]
    return [Called(one, listens, dialled(one.phone)) for one, listens in people if one.pk != me.pk]


def moments_explained() -> list[Moment]:
    """Kinds of promises whose breaking is explained, the weightiest first."""
    found = Moment.objects.exclude(slug__in=NOT_EXPLAINED)
    return list(found.order_by("-weight", "slug"))
