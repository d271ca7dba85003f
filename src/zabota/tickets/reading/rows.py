"""Requests as a list prints them: their columns, what is promised next, who has them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import get_language

from zabota.cases.models import Case, Promise, PromiseState
from zabota.cases.moments import TICKET_REPLY, TICKET_SOLUTION
from zabota.clients.access import RoomViewer
from zabota.clients.reading import worth_line
from zabota.common import formats
from zabota.common.names import WHOLE_NAMES, row_person, row_whole
from zabota.people.models import Firm
from zabota.tickets.models import Outcome, Priority, TicketState
from zabota.tickets.reading.found import Hit
from zabota.tickets.rules import Viewer

COLUMNS = (
    "pk", "number", "title", "state", "touched_at", "client_id", "client__worth", "client__since",
    *(f"client__{name}" for name in WHOLE_NAMES),
    "ticket__type__name_ru", "ticket__type__name_en", "ticket__priority", "ticket__outcome",
    "ticket__said", "ticket__team__name_ru", "ticket__team__name_en",
    "ticket__taken_by__user__name", "ticket__taken_by__user__name_en",
    "ticket__taken_by__team__name_ru", "ticket__taken_by__team__name_en",
    "owner__user__name", "owner__user__name_en",
    "ticket__reply__state", "ticket__reply__due_at", "ticket__solution__state",
    "ticket__solution__due_at", "merged_due",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One request in a list, ready to be printed."""

    pk: int
    number: str
    title: str
    said: str
    client: str
    client_pk: int
    worth: str
    kind: str
    state: str
    state_name: str
    priority: str
    priority_name: str
    who: str
    promised: str
    late: bool
    # Where what was looked for stands in its thread.
    hit: Hit | None = None


def with_merged(cases: QuerySet[Case]) -> QuerySet[Case]:
    """What is promised next in requests merged into each, told with it."""
    running = Promise.objects.filter(
        case=OuterRef("pk"),
        state=PromiseState.RUNNING,
        moment__in=(TICKET_REPLY, TICKET_SOLUTION),
    )
    # From the merged to their promises: the other way round all promises are looked through.
    next_due = Subquery(running.order_by("due_at").values("due_at")[:1])
    merged = Case.objects.filter(root=OuterRef("pk")).annotate(due=next_due)
    first = merged.order_by(F("due").asc(nulls_last=True)).values("due")[:1]
    return cases.annotate(merged_due=Subquery(first))


def read_rows(
    cases: list[dict[str, Any]],
    viewer: Viewer,
    firm: Firm,
    *,
    at: datetime,
    hits: Mapping[int, Hit] | None = None,
) -> list[Row]:
    """Cases (of `COLUMNS`) as they are printed; no query."""
    language, in_room = get_language() or "ru", isinstance(viewer, RoomViewer)
    there = hits or {}
    return [
        _row(case, language, firm, at, in_room=in_room, hit=there.get(case["pk"])) for case in cases
    ]


def _row(
    case: Mapping[str, Any],
    language: str,
    firm: Firm,
    at: datetime,
    *,
    in_room: bool,
    hit: Hit | None,
) -> Row:
    priority, outcome = case["ticket__priority"], case["ticket__outcome"]
    due, state = _due(case), case["state"]
    if state == TicketState.WAITING and due is not None:
        state = TicketState.OPEN
    zone = timezone.get_current_timezone()
    return Row(
        pk=case["pk"],
        number=case["number"],
        title=case["title"],
        said=_said(case),
        client=row_whole(case, "client__"),
        client_pk=case["client__root_id"] or case["client_id"],
        worth="" if in_room else _worth(case, at.astimezone(zone).date()),
        kind=_name(case, "ticket__type__", language),
        state=state,
        state_name=str(Outcome(outcome).label if outcome else TicketState(state).label),
        priority="" if in_room else priority,
        priority_name="" if in_room else str(Priority(priority).label),
        who=who_has(case, firm, language, in_room=in_room),
        promised=formats.when(due, at, language, zone) if due else "",
        late=due is not None and due < at,
        hit=hit,
    )


def _said(case: Mapping[str, Any]) -> str:
    """What the client said last, where the title does not tell it: a form's is its kind's name."""
    kinds = (f"{case['ticket__type__name_ru']}: ", f"{case['ticket__type__name_en']}: ")
    return str(case["ticket__said"]) if case["title"].startswith(kinds) else ""


def _worth(case: Mapping[str, Any], today: date) -> str:
    return worth_line(case["client__worth"], case["client__since"], today)


def _due(case: Mapping[str, Any]) -> datetime | None:
    """What is promised next: the first reply, then the end; nothing while the clock stands."""
    also: datetime | None = case["merged_due"]
    for promise in ("reply", "solution"):
        if case[f"ticket__{promise}__state"] == PromiseState.RUNNING:
            due: datetime = case[f"ticket__{promise}__due_at"]
            return min(due, also) if also else due
    return also


def who_has(case: Mapping[str, Any], firm: Firm, language: str, *, in_room: bool) -> str:
    """Until somebody takes it, the team; then the person, or their team where the firm prefers."""
    if case["state"] == TicketState.DONE:
        return ""
    taken = row_person(case, "ticket__taken_by__user__")
    if taken and (firm.shows_people or not in_room):
        return taken
    if taken:
        return _name(case, "ticket__taken_by__team__", language) or firm.shown_name
    team = _name(case, "ticket__team__", language)
    if team:
        return team
    hidden = in_room and not firm.shows_people
    return firm.shown_name if hidden else row_person(case, "owner__user__")


def _name(case: Mapping[str, Any], to: str, language: str) -> str:
    own: str = case[f"{to}name_ru"] or ""
    return (case[f"{to}name_en"] or own) if language == "en" else own
