"""What is kept for a company, on its room's first page and on a page of its own."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from zabota.clients.access import RoomViewer
from zabota.orders.models import Hold, HoldState
from zabota.orders.reading.hold_rule import firm_day, hold_rule

MOST = 20


@dataclass(frozen=True)
class RoomHold:
    """One hold in the room's list."""

    pk: int
    number: str
    title: str
    until: date
    near: bool
    store: str
    ended: bool
    state_name: str


def read_room_holds(viewer: RoomViewer, *, at: datetime, standing: bool = False) -> list[RoomHold]:
    """What lapses first on top, then what is kept no longer; one query and the firm's rule."""
    holds = Hold.objects.visible_to(viewer).filter(case__client__in=viewer.whole_ids)
    if standing:
        holds = holds.standing()
    rows = list(
        holds.order_by("ended_at", "until", "pk").values(
            "pk", "case__number", "case__title", "case__state", "until", "store__name", "ended_at"
        )[:MOST]
    )
    if not rows:
        return []
    near = firm_day(at) + timedelta(days=hold_rule().warn_days)
    found = [
        RoomHold(
            pk=row["pk"],
            number=row["case__number"],
            title=row["case__title"],
            until=row["until"],
            near=row["ended_at"] is None and row["until"] <= near,
            store=row["store__name"],
            ended=row["ended_at"] is not None,
            state_name=str(HoldState(row["case__state"]).label),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.ended, one.until))
