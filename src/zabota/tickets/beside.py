"""Beside a client's card: what is asked of us now, and what they thought of the last end."""

from dataclasses import dataclass

from zabota.cases.models import Case, Verdict
from zabota.clients.beside import Beside
from zabota.clients.models import Client
from zabota.common import clock
from zabota.people.access import StaffViewer
from zabota.people.firm import firm_of
from zabota.tickets.reading.lists import Row, read_tickets

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
    asked = {"client": str(client.pk), "state": "unfinished"}
    found = read_tickets(viewer, asked, firm_of(viewer.user), at=clock.now())
    rows: list[Row] = found.rows[:MOST]
    return Beside(
        "tickets/desk/beside_client.html",
        {
            "client": client.pk,
            "rows": rows,
            "thought": _thought(client, viewer),
        },
    )


def _thought(client: Client, viewer: StaffViewer) -> Thought | None:
    whole = Client.objects.whole_of(client.pk).values("pk")
    cases = Case.objects.visible_to(viewer).filter(kind="ticket", client__in=whole)
    given = Verdict.objects.filter(case__in=cases.values("pk"), given_at__isnull=False)
    last = given.select_related("case").order_by("-given_at", "-pk").first()
    if last is None:
        return None
    return Thought(
        last.case_id, last.case.title, last.get_helped_display(), last.is_low, last.words
    )
