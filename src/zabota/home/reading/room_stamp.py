"""Whether anything has moved that the room's first page shows."""

from django.db.models import Max, Q, Sum

from zabota.cases.models import Case
from zabota.clients.access import RoomViewer
from zabota.home.reading.room import MOST_CONTRACTS, UNDER_WAY
from zabota.home.reading.room_holds import MOST as MOST_HOLDS
from zabota.home.reading.room_orders import MOST as MOST_ORDERS
from zabota.home.reading.room_tickets import MOST as MOST_TICKETS
from zabota.orders.models import DELAY, HOLD, ORDER, HoldState
from zabota.tickets.reading.narrowed import UNFINISHED


def room_stamp(viewer: RoomViewer) -> str:
    """Changes whenever something happens to a contract or a request of this company that the page
    shows: the latest of those that are open. What begins or moves stands among them by then.
    """
    seen = Case.objects.visible_to(viewer).filter(client__in=viewer.whole_ids)
    latest = seen.order_by("-touched_at", "-pk").values("pk")
    contracts = latest.filter(kind="contract", state__in=UNDER_WAY)[: MOST_CONTRACTS + 1]
    tickets = latest.filter(kind="ticket", state__in=UNFINISHED)[: MOST_TICKETS + 1]
    holds = latest.filter(kind=HOLD, state=HoldState.HELD)[:MOST_HOLDS]
    orders = latest.filter(kind__in=(ORDER, DELAY), closed_at=None)[: 2 * MOST_ORDERS + 1]
    shown = Case.objects.filter(
        Q(pk__in=contracts) | Q(pk__in=tickets) | Q(pk__in=holds) | Q(pk__in=orders)
    )
    told = shown.aggregate(moved=Sum("stream__seq"), touched=Max("touched_at"))
    touched = told["touched"]
    return f"{told['moved'] or 0}.{int(touched.timestamp()) if touched else 0}"
