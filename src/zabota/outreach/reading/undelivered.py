"""Letters that were given up, as whoever looks after the mail reads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from zabota.outreach.models import Message
from zabota.outreach.purposes import PURPOSES
from zabota.outreach.render import subjects_of
from zabota.people.firm import current_firm

SIZE = 50
MANY = 100


@dataclass(frozen=True)
class Letter:
    """One letter that did not leave: to whom, about what, why not, since when."""

    pk: int
    name: str
    address: str
    subject: str
    fault: str
    since: datetime
    again: bool


def read_undelivered(before: int | None, *, at: datetime) -> tuple[list[Letter], int | None]:
    """The newest fifty, or those before a number; and the number where the next ones begin."""
    rows: Iterable[Message] = (
        Message.objects.undelivered()
        .select_related("to", "case__client", "entry__actor", "case__stream")
        .order_by("-pk")
    )
    if before is not None:
        rows = rows.filter(pk__lt=before)  # type: ignore[attr-defined]
    found = list(rows[: SIZE + 1])  # type: ignore[index]
    shown = found[:SIZE]
    subjects = subjects_of(shown, current_firm(), at)
    letters = [
        Letter(
            row.pk,
            row.to.shown_name if row.to else "",
            row.address,
            subjects[row.pk],
            row.fault,
            row.made_at,
            not PURPOSES[row.purpose].bears_code,
        )
        for row in shown
    ]
    return letters, shown[-1].pk if len(found) > SIZE else None


def count_undelivered() -> int:
    """How many there are, up to a hundred: beyond that the number says nothing more."""
    return len(Message.objects.undelivered().values_list("pk", flat=True)[:MANY])
