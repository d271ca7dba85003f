"""Beside a client's card: what is asked of us now, and what they thought of the last end."""

from dataclasses import dataclass

from django.db.models import QuerySet

from zabota.cases.models import Case, Verdict, seen_by_us
from zabota.clients.beside import Beside
from zabota.clients.models import Client
from zabota.common import clock
from zabota.common.questions import One, Question
from zabota.people.access import StaffViewer
from zabota.people.firm import firm_of
from zabota.tickets.reading.lists import unfinished_of

MOST = 5


@dataclass(frozen=True)
class Thought:
    """What somebody of them said when a request was over."""

    case: int
    title: str
    helped: str
    low: bool
    words: str


def beside_client(client: Client, viewer: StaffViewer) -> Beside:
    """Requests not finished, what moved last first, and the last verdict; two queries."""
    firm, at = firm_of(viewer.user), clock.now()
    rows = unfinished_of(client.pk, viewer, firm, at=at, most=MOST)
    return Beside(
        "tickets/desk/beside_client.html",
        {
            "client": client.pk,
            "rows": rows,
            "thought": _thought(client, viewer),
        },
    )


def _thought(client: Client, viewer: StaffViewer) -> Thought | None:
    me = viewer.employee
    found = _last(client=client.pk) if me.sees_all else _last_seen(client=client.pk, me=me.pk)
    if not found:
        return None
    (last,) = found
    return Thought(
        last.case_id, last.case.title, last.get_helped_display(), last.is_low, last.words
    )


def _thoughts(client: int, me: int | None = None) -> QuerySet[Verdict]:
    whole = Client.objects.whole_of(client).values("pk")
    cases = Case.objects.filter(seen_by_us(me), kind="ticket", client__in=whole)
    given = Verdict.objects.filter(case__in=cases.values("pk"), given_at__isnull=False)
    return given.select_related("case").order_by("-given_at", "-pk")[:1]


_last = Question(_thoughts, client=One())
_last_seen = Question(_thoughts, client=One(), me=One())
