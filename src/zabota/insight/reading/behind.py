"""The requests behind a figure: the same questions that counted them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from django.db.models import Q, QuerySet
from django.db.models.lookups import Exact, IsNull
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from zabota.cases.models import Case
from zabota.common.keyset import Leaf, Rows, leaf_of
from zabota.insight.reading.asked import Asked
from zabota.insight.reading.backlog import AGES, of_age, unfinished
from zabota.insight.reading.endings import requests_of
from zabota.insight.reading.promised import (
    KINDS,
    NEWS,
    ON_TIME,
    REPLY,
    SOLUTION,
    is_open,
    is_over,
    waiting_late,
)
from zabota.insight.reading.speed import promises_of
from zabota.people.access import StaffViewer
from zabota.people.models import Firm
from zabota.tickets.models import Outcome, TicketState
from zabota.tickets.reading.rows import COLUMNS, Row, read_rows, with_merged

# A file is for reading, too: the newest of them.
MOST_IN_FILE: Final = 10_000

OF_REPLIES: Final = {
    "over": _("Answered, or late with the first reply"),
    "late": _("First reply late"),
    "waiting": _("Late, and no person has answered yet"),
    "open": _("First reply still within its time"),
}
OF_SOLUTIONS: Final = {
    "over": _("Solved, or late"),
    "late": _("Solution late"),
    "waiting": _("Late, and not solved yet"),
    "open": _("Solution still within its time"),
}
OF_NEWS: Final = {
    "over": _("Told how it goes, or late with it"),
    "late": _("News late"),
    "waiting": _("Late, and nothing told yet"),
    "open": _("News still within their time"),
}
OF_PROMISED: Final = {REPLY: OF_REPLIES, SOLUTION: OF_SOLUTIONS, NEWS: OF_NEWS}
OF_ENDINGS: Final = {
    "came": _("All requests received"),
    **{one.value: one.label for one in Outcome},
    "under_way": _("In work"),
    "reopened": _("Reopened"),
}
OF_AGES: Final = {"unfinished": _("Unfinished"), "theirs": _("Unfinished, the client’s turn")}


@dataclass(frozen=True)
class Behind:
    """A page of them, and what they are."""

    title: str
    group: str
    rows: list[Row]
    leaf: Leaf


def title_of(what: str) -> LazyText | str | None:
    """What a list is called; nothing for what nobody offers."""
    kind, _dot, name = what.partition(".")
    if kind in KINDS:
        return OF_PROMISED[KINDS[kind]].get(name)
    match kind:
        case "ended":
            return OF_ENDINGS.get(name)
        case "open":
            return OF_AGES.get(name) or next((t for slug, *_, t in AGES if slug == name), None)
    return None


def cases_behind(
    viewer: StaffViewer, asked: Asked, params: Mapping[str, str]
) -> QuerySet[Case, Case]:
    """Requests this viewer may know of, that a figure counted."""
    found = _counted(asked, params.get("what", ""))
    if "is" in params:
        key, group = asked.cut.key_from(params["is"]), asked.cut.on("", asked.period.zone)
        found = found.filter(IsNull(group, True) if key is None else Exact(group, key))
    return Case.objects.visible_to(viewer) & found


def _counted(asked: Asked, what: str) -> QuerySet[Case, Case]:
    kind, _dot, name = what.partition(".")
    if kind in KINDS:
        promises = promises_of(asked.period, asked.whose).filter(moment=KINDS[kind])
        return Case.objects.filter(pk__in=_promised(promises, name, asked).values("case"))
    if kind == "ended":
        return requests_of(asked.period, asked.whose).filter(_ended(name))
    if name in OF_AGES:
        waiting = Q(state=TicketState.WAITING) if name == "theirs" else Q()
        return unfinished(asked.whose).filter(waiting)
    return unfinished(asked.whose).filter(of_age(name, asked.at))


def read_behind(viewer: StaffViewer, asked: Asked, params: Mapping[str, str], firm: Firm) -> Behind:
    """A page of them, what came last first."""
    cases = cases_behind(viewer, asked, params)
    leaf = leaf_of(lambda: _columns(cases), params, "opened_at", descending=True)
    return Behind(
        str(title_of(params.get("what", "")) or ""),
        _group(asked, params),
        read_rows(leaf.rows, viewer, firm, at=asked.at),
        leaf,
    )


def all_behind(
    viewer: StaffViewer, asked: Asked, params: Mapping[str, str]
) -> list[dict[str, Any]]:
    """For a file: the newest of them."""
    cases = cases_behind(viewer, asked, params)
    return list(_columns(cases).order_by("-opened_at", "-pk")[:MOST_IN_FILE])


def _columns(cases: QuerySet[Case]) -> Rows:
    return cast(Rows, with_merged(cases).values(*COLUMNS, "opened_at", "closed_at"))


def _promised(promises: QuerySet[Any], name: str, asked: Asked) -> QuerySet[Any]:
    match name:
        case "late":
            return promises.filter(is_over(asked.at)).exclude(
                pk__in=promises.filter(ON_TIME).values("pk")
            )
        case "waiting":
            return promises.filter(waiting_late(asked.at))
        case "open":
            return promises.filter(is_open(asked.at))
    return promises.filter(is_over(asked.at))


def _ended(name: str) -> Q:
    match name:
        case "came":
            return Q()
        case "reopened":
            return Q(ticket__reopened__gt=0)
        case "under_way":
            return Q(ticket__outcome="")
    return Q(ticket__outcome=name)


def _group(asked: Asked, params: Mapping[str, str]) -> str:
    if "is" not in params:
        return ""
    key = asked.cut.key_from(params["is"])
    return asked.cut.names([key]).get(key) or str(asked.cut.none)
