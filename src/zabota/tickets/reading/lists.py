"""Lists of requests for either side: narrowed, searched, paged by key."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, cast

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import get_language

from zabota.cases.models import Case, Promise, PromiseState, had_by, seen_by_us
from zabota.cases.moments import TICKET_REPLY, TICKET_SOLUTION
from zabota.clients.access import RoomViewer
from zabota.clients.models import Client
from zabota.clients.reading import worth_line
from zabota.common import formats
from zabota.common.ids import row_number
from zabota.common.keyset import Leaf, Rows, first_of, leaf_of
from zabota.common.lookups import having, like
from zabota.common.names import WHOLE_NAMES, row_person, row_whole
from zabota.common.questions import One, Question
from zabota.people.access import StaffViewer
from zabota.people.models import Firm
from zabota.tickets.models import Channel, FieldValue, Outcome, Priority, TicketState
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
MOST_ANSWERS = 5
UNFINISHED = (TicketState.NEW, TicketState.OPEN, TicketState.WAITING)


@dataclass(frozen=True)
class Wanted:
    """What the reader asks for; values nobody offers mean everything."""

    query: str = ""
    state: str = ""
    client: int | None = None
    mine: bool = False
    kind: int | None = None
    place: int | None = None
    team: int | None = None
    channel: str = ""
    # What was answered to questions that are chosen from.
    answers: tuple[tuple[int, str], ...] = ()

    @property
    def narrowed(self) -> bool:
        narrow = self.query or self.state or self.client or self.mine
        of_it = self.kind or self.place or self.team or self.channel
        return bool(narrow or of_it or self.answers)


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


@dataclass(frozen=True)
class TicketList:
    """A page of the list with what it was narrowed by."""

    wanted: Wanted
    rows: list[Row]
    leaf: Leaf


def wanted_from(params: Mapping[str, str]) -> Wanted:
    """The filters as an address has them."""
    state, channel = params.get("state", ""), params.get("channel", "")
    return Wanted(
        query=params.get("q", "").replace("\0", "").strip()[:200],
        state=state if state in (*TicketState.values, "unfinished") else "",
        client=row_number(params.get("client", "")),
        mine=params.get("mine") == "1",
        kind=row_number(params.get("kind", "")),
        place=row_number(params.get("place", "")),
        team=row_number(params.get("team", "")),
        channel=channel if channel in Channel.values else "",
        answers=tuple(
            (number, text[:1000])
            for name, text in sorted(params.items())
            if text and (number := row_number(name.removeprefix("q"))) and name.startswith("q")
        )[:MOST_ANSWERS],
    )


def read_tickets(
    viewer: Viewer, params: Mapping[str, str], firm: Firm, *, at: datetime
) -> TicketList:
    """A page of the requests this viewer may know of, what moved last first."""
    wanted = wanted_from(params)

    def rows() -> Rows:
        cases = _narrowed(visible_tickets(viewer), wanted, viewer)
        return cast(Rows, with_merged(cases).values(*COLUMNS))

    leaf = leaf_of(
        rows,
        params,
        "touched_at",
        descending=True,
        first=_opened_often(viewer, wanted),
    )
    return TicketList(wanted, read_rows(leaf.rows, viewer, firm, at=at), leaf)


def _opened_often(viewer: Viewer, wanted: Wanted) -> Callable[[], list[dict[str, Any]]] | None:
    """The first page as most of ours open it, of everything or by a few words, by a kept
    statement.
    """
    patterns = _patterns(wanted)
    plain = Wanted(query=wanted.query) == wanted and len(patterns) <= MOST_WORDS
    if not isinstance(viewer, StaffViewer) or not plain:
        return None
    me, said = viewer.employee, {f"word{place}": one for place, one in enumerate(patterns)}
    if me.sees_all:
        return partial(_first_of_all[len(said)], **said)
    return partial(_first_of_mine[len(said)], me=me.pk, **said)


def _first(me: int | None = None, **said: str) -> Rows:
    cases = Case.objects.filter(seen_by_us(me), kind="ticket", root=None)
    rows = cast(Rows, with_merged(_saying(cases, said.values())).values(*COLUMNS))
    return first_of(rows, "touched_at", descending=True)


MOST_WORDS = 4
# By how many words.
_SAID = [{f"word{place}": One() for place in range(count)} for count in range(MOST_WORDS + 1)]
_first_of_all = [Question(_first, **said) for said in _SAID]
_first_of_mine = [Question(_first, me=One(), **said) for said in _SAID]


def visible_tickets(viewer: Viewer) -> QuerySet[Case]:
    """Requests before this viewer; in the room, of the company one stands for."""
    cases = Case.objects.visible_to(viewer).filter(kind="ticket", root=None)
    return cases.filter(client__in=viewer.whole_ids) if isinstance(viewer, RoomViewer) else cases


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


def _narrowed(cases: QuerySet[Case], wanted: Wanted, viewer: Viewer) -> QuerySet[Case]:
    if wanted.state == "unfinished":
        cases = cases.filter(state__in=UNFINISHED)
    elif wanted.state:
        cases = cases.filter(state=wanted.state)
    if wanted.client is not None:
        cases = cases.filter(client__in=Client.objects.whole_of(wanted.client).values("pk"))
    if wanted.mine and not isinstance(viewer, RoomViewer):
        cases = cases.filter(had_by([viewer.employee.pk]))
    if wanted.kind is not None:
        cases = cases.filter(ticket__type=wanted.kind)
    if not isinstance(viewer, RoomViewer):
        cases = _narrowed_by_us(cases, wanted)
    for field, text in () if isinstance(viewer, RoomViewer) else wanted.answers:
        found = FieldValue.objects.filter(field=field, text=text).values("ticket")
        cases = cases.filter(pk__in=found)
    return _saying(cases, _patterns(wanted))


def _narrowed_by_us(cases: QuerySet[Case], wanted: Wanted) -> QuerySet[Case]:
    """By what only colleagues narrow: the place, the team that has it, the way it came."""
    if wanted.place is not None:
        cases = cases.filter(ticket__place=wanted.place)
    if wanted.team is not None:
        cases = cases.filter(ticket__team=wanted.team)
    if wanted.channel:
        cases = cases.filter(ticket__channel=wanted.channel)
    return cases


def _patterns(wanted: Wanted) -> list[str]:
    return [having(word) for word in wanted.query.casefold().replace("ё", "е").split()]


def _saying(cases: QuerySet[Case], patterns: Iterable[str]) -> QuerySet[Case]:
    """Those in whose numbers, titles and clients each is, or in those of who is one with them."""
    for pattern in patterns:
        merged = Client.objects.merged_into_named(pattern).values("pk")
        # Those that were merged are few, and found by their index where a root is asked to be more
        # than nothing; asked whether there is one, SQLite reads the whole table.
        one_with = Case.objects.filter(like("search", pattern), root__gt=0).values("root")
        cases = cases.filter(like("search", pattern) | Q(client__in=merged) | Q(pk__in=one_with))
    return cases


def read_rows(
    cases: list[dict[str, Any]], viewer: Viewer, firm: Firm, *, at: datetime
) -> list[Row]:
    """Cases (of `COLUMNS`) as they are printed; no query."""
    language, in_room = get_language() or "ru", isinstance(viewer, RoomViewer)
    return [_row(case, language, firm, at, in_room=in_room) for case in cases]


def _row(case: Mapping[str, Any], language: str, firm: Firm, at: datetime, *, in_room: bool) -> Row:
    priority, outcome = case["ticket__priority"], case["ticket__outcome"]
    due, state = _due(case), case["state"]
    if state == TicketState.WAITING and due is not None:
        state = TicketState.OPEN
    zone = timezone.get_current_timezone()
    return Row(
        pk=case["pk"],
        number=case["number"],
        title=case["title"],
        said=case["ticket__said"],
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
    )


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
