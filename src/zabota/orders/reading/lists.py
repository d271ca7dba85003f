"""Lists of orders for either side: narrowed, searched, paged by key."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import get_language, gettext

from zabota.cases.models import Case, Viewer, seen_by_us
from zabota.clients.access import RoomViewer
from zabota.clients.models import Client
from zabota.common import formats
from zabota.common.ids import row_number
from zabota.common.keyset import Leaf, Rows, first_of, leaf_of
from zabota.common.names import WHOLE_NAMES, row_person, row_whole
from zabota.common.questions import One, Question
from zabota.orders.models import ORDER, Delay, DelayState, OrderLine, OrderState
from zabota.orders.rules.orders import may_see_debt
from zabota.people.access import StaffViewer

COLUMNS = (
    "pk", "number", "title", "state", "touched_at", "client_id", "client_number",
    *(f"client__{name}" for name in WHOLE_NAMES),
    "owner__user__name", "owner__user__name_en", "order__total", "order__paid", "order__currency",
    "order__day", "order__shipped_on", "order__outer_number", "due", "delays_open",
)  # fmt: skip
# What may be asked for: what it means among the states.
WANTED = ("open", "late", "unpaid", "done", "cancelled")


@dataclass(frozen=True)
class Wanted:
    """What the reader asks for; values nobody offers mean everything."""

    query: str = ""
    state: str = ""
    client: int | None = None

    @property
    def narrowed(self) -> bool:
        return bool(self.query or self.state or self.client)


@dataclass(frozen=True)
class Row:
    """One order in a list, ready to be printed."""

    pk: int
    number: str
    other_number: str
    title: str
    client: str
    client_pk: int
    day: date
    total: Decimal
    currency: str
    to_pay: Decimal
    state: str
    state_name: str
    tone: str
    promised: str
    owner: str


@dataclass(frozen=True)
class OrderList:
    """A page of a list with what it was narrowed by."""

    wanted: Wanted
    rows: list[Row]
    leaf: Leaf


def wanted_from(params: Mapping[str, str]) -> Wanted:
    """The filters as an address has them."""
    state = params.get("state", "")
    return Wanted(
        query=params.get("q", "").replace("\0", "").strip()[:200],
        state=state if state in WANTED else "",
        client=row_number(params.get("client", "")),
    )


def read_orders(viewer: Viewer, params: Mapping[str, str], *, at: datetime) -> OrderList:
    """A page of the orders this viewer may know of, what moved last first."""
    wanted = wanted_from(params)
    cases = narrowed(visible_orders(viewer), wanted, at)
    leaf = leaf_of(
        lambda: cast(Rows, with_due(cases).values(*COLUMNS)), params, "touched_at", descending=True
    )
    return OrderList(wanted, read_rows(leaf.rows, viewer, at=at), leaf)


def last_of(client: int, viewer: StaffViewer, *, at: datetime) -> list[Row]:
    """The last orders of a client and of all that are one with it; one query."""
    me = viewer.employee
    found = _last(client=client) if me.sees_all else _last_seen(client=client, me=me.pk)
    return read_rows(found, viewer, at=at)


def _of_client(client: int, me: int | None = None) -> Rows:
    whole = Client.objects.whole_of(client).values("pk")
    cases = Case.objects.filter(seen_by_us(me), kind=ORDER, client__in=whole)
    rows = cast(Rows, with_due(cases).values(*COLUMNS))
    return first_of(rows, "touched_at", descending=True)


_last = Question(_of_client, client=One())
_last_seen = Question(_of_client, client=One(), me=One())


def visible_orders(viewer: Viewer) -> QuerySet[Case]:
    """Orders before this viewer; in the room, of the company one stands for."""
    cases = Case.objects.visible_to(viewer).filter(kind=ORDER)
    return cases.filter(client__in=viewer.whole_ids) if isinstance(viewer, RoomViewer) else cases


def with_due(cases: QuerySet[Case]) -> QuerySet[Case]:
    """By when the next of it is to be shipped, and how many delays are not settled."""
    waiting = OrderLine.objects.filter(order=OuterRef("pk"), promise__state="running")
    due = waiting.order_by().values("order").annotate(due=Min("promise__due_at")).values("due")
    late = Delay.objects.filter(order=OuterRef("pk")).exclude(case__state=DelayState.DONE)
    count = late.order_by().values("order").annotate(count=Count("pk")).values("count")
    return cases.annotate(due=Subquery(due), delays_open=Subquery(count))


def narrowed(cases: QuerySet[Case], wanted: Wanted, at: datetime) -> QuerySet[Case]:
    """Only what is asked for."""
    match wanted.state:
        case "late":
            late = OrderLine.objects.filter(promise__state="running", promise__due_at__lt=at)
            cases = cases.filter(Q(pk__in=late.values("order")) | Q(pk__in=_delayed()))
        case "unpaid":
            cases = cases.filter(order__paid__lt=F("order__total"))
            cases = cases.exclude(state=OrderState.CANCELLED)
        case "":
            pass
        case state:
            cases = cases.filter(state=state)
    if wanted.client is not None:
        cases = cases.filter(client__in=Client.objects.whole_of(wanted.client).values("pk"))
    for word in wanted.query.casefold().replace("ё", "е").split():
        merged = Client.objects.merged_into_named(word).values("pk")
        cases = cases.filter(Q(search__contains=word) | Q(client__in=merged))
    return cases


def _delayed() -> QuerySet[Any, Any]:
    return Delay.objects.exclude(case__state=DelayState.DONE).values("order")


def read_rows(cases: list[dict[str, Any]], viewer: Viewer, *, at: datetime) -> list[Row]:
    """Cases (of `COLUMNS`) as they are printed; no query."""
    in_room, language = isinstance(viewer, RoomViewer), get_language() or "ru"
    sees = may_see_debt(viewer, viewer.client) if isinstance(viewer, RoomViewer) else True
    return [_row(case, language, at, in_room=in_room, sees=sees) for case in cases]


def _row(case: Mapping[str, Any], language: str, at: datetime, *, in_room: bool, sees: bool) -> Row:
    """`sees`: what is owed is shown."""
    due, state = case["due"], case["state"]
    late = due is not None and due < at
    words, tone = str(OrderState(state).label), "accent"
    if state != OrderState.OPEN:
        tone = ""
    elif case["delays_open"]:
        words, tone = gettext("Will be late"), "turn"
    elif late:
        words, tone = gettext("Late"), "late"
    elif case["order__shipped_on"]:
        words = gettext("Shipped, not paid") if sees else gettext("Shipped")
    zone = timezone.get_current_timezone()
    return Row(
        pk=case["pk"],
        number=case["number"],
        other_number=case["client_number"] if in_room else case["order__outer_number"],
        title=case["title"],
        client=row_whole(case, "client__"),
        client_pk=case["client__root_id"] or case["client_id"],
        day=case["order__day"],
        total=case["order__total"],
        currency=case["order__currency"],
        to_pay=max(case["order__total"] - case["order__paid"], Decimal(0)) if sees else Decimal(0),
        state=state,
        state_name=words,
        tone=tone,
        promised=formats.when(due, at, language, zone) if due and state == OrderState.OPEN else "",
        owner=row_person(case, "owner__user__"),
    )
