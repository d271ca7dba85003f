"""What a reader asks of the list of requests, and the requests it comes to."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from zabota.cases.models import Case, had_by
from zabota.clients.access import RoomViewer
from zabota.clients.models import Client
from zabota.common.ids import row_number
from zabota.common.lookups import having, like
from zabota.tickets.models import Channel, FieldValue, TicketState
from zabota.tickets.rules import Viewer

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

    @property
    def plain(self) -> bool:
        """Whether nothing but words is asked for."""
        return Wanted(query=self.query) == self

    @property
    def usual(self) -> bool:
        """Whether no more is asked for than in which state, and whether one's own."""
        return Wanted(state=self.state, mine=self.mine) == self


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


def visible_tickets(viewer: Viewer) -> QuerySet[Case]:
    """Requests before this viewer; in the room, of the company one stands for."""
    cases = Case.objects.visible_to(viewer).filter(kind="ticket", root=None)
    return cases.filter(client__in=viewer.whole_ids) if isinstance(viewer, RoomViewer) else cases


def narrowed(viewer: Viewer, wanted: Wanted) -> QuerySet[Case]:
    """Those before this viewer by everything but words."""
    cases = visible_tickets(viewer)
    cases = in_state(cases, wanted.state)
    if wanted.client is not None:
        cases = cases.filter(client__in=Client.objects.whole_of(wanted.client).values("pk"))
    if wanted.mine and not isinstance(viewer, RoomViewer):
        cases = cases.filter(had_by([viewer.employee.pk]))
    if wanted.kind is not None:
        cases = cases.filter(ticket__type=wanted.kind)
    if not isinstance(viewer, RoomViewer):
        cases = _by_us(cases, wanted)
    for field, text in () if isinstance(viewer, RoomViewer) else wanted.answers:
        found = FieldValue.objects.filter(field=field, text=text).values("ticket")
        cases = cases.filter(pk__in=found)
    return cases


def in_state(cases: QuerySet[Case], state: str) -> QuerySet[Case]:
    """Those in this state; all of them, where none is asked for."""
    if state == "unfinished":
        return cases.filter(state__in=UNFINISHED)
    return cases.filter(state=state) if state else cases


def _by_us(cases: QuerySet[Case], wanted: Wanted) -> QuerySet[Case]:
    """By what only colleagues narrow: the place, the team that has it, the way it came."""
    if wanted.place is not None:
        cases = cases.filter(ticket__place=wanted.place)
    if wanted.team is not None:
        cases = cases.filter(ticket__team=wanted.team)
    if wanted.channel:
        cases = cases.filter(ticket__channel=wanted.channel)
    return cases


def saying(cases: QuerySet[Case], query: str) -> QuerySet[Case]:
    """Those in whose numbers, titles and clients each word is, or in those of who is one with
    them.
    """
    for pattern in [having(word) for word in query.casefold().replace("ё", "е").split()]:
        merged = Client.objects.merged_into_named(pattern).values("pk")
        # Those that were merged are few, and found by their index where a root is asked to be more
        # than nothing; asked whether there is one, SQLite reads the whole table.
        one_with = Case.objects.filter(like("search", pattern), root__gt=0).values("root")
        cases = cases.filter(like("search", pattern) | Q(client__in=merged) | Q(pk__in=one_with))
    return cases
