"""A request with those that were merged into it."""

from collections.abc import Iterable

from zabota.cases.models import Promise, PromiseState
from zabota.common.questions import One, Question
from zabota.tickets.models import Ticket

OPEN = (PromiseState.RUNNING, PromiseState.PAUSED)


def merged_into(ticket: Ticket) -> list[Ticket]:
    """Requests merged into this one, in the order they came."""
    return _merged_into(root=ticket.pk)


_merged_into = Question(
    lambda root: (
        Ticket.objects.filter(case__root=root)
        .select_related("case__client", "case__stream", "reply", "solution", "news")
        .order_by("pk")
    ),
    root=One(),
)


def counting(promises: Iterable[Promise]) -> Promise:
    """Of what was promised in several requests that are one, what counts: the earliest of those
    that are open, else what was promised in the first.
    """
    some = list(promises)
    still = [one for one in some if one.state in OPEN and one.due_at is not None]
    return min(still, key=lambda one: (one.due_at, one.pk), default=some[0])
