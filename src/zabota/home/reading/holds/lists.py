"""The desk's list of what is kept for clients."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Exists, F, OuterRef

from zabota.common.ids import row_number
from zabota.common.keyset import leaf_of
from zabota.common.names import WHOLE_NAMES, row_person, row_whole
from zabota.orders.models import Hold, HoldState, Invoice
from zabota.orders.reading.hold_rule import firm_day, hold_rule
from zabota.people.access import StaffRequest
from zabota.people.models import Place

MOST_FREE = 10
COLUMNS = (
    "pk", "until", "pays_on", "pays_late_on", "ended_at", "kept__due_at", "own_times",
    "case__number", "case__title", "case__state", "case__client_id", "store__name",
    "invoice__number", "case__owner__user__name", "case__owner__user__name_en",
    *(f"case__client__{name}" for name in WHOLE_NAMES),
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One hold in the list, ready to be printed."""

    pk: int
    number: str
    title: str
    client: str
    client_pk: int
    invoice: str
    store: str
    until: date
    state_name: str
    tone: str
    short: int
    short_at_most: int
    who: str


@dataclass(frozen=True)
class Free:
    """A счёт whose goods nobody keeps: whose it is, for how much."""

    pk: int
    number: str
    title: str
    client: str
    total: Decimal
    currency: str


@dataclass(frozen=True)
class HoldList:
    """A page of the list; `free` are the newest unpaid счета whose goods could be kept."""

    rows: list[Row]
    free: list[Free]
    leaf: object
    ended: bool
    mine: bool
    query: str
    store: int | None
    stores: list[Place]


def read_holds(request: StaffRequest, *, at: datetime) -> HoldList:
    """What lapses first on top; of what is kept no longer the latest."""
    params = request.GET.dict()
    ended, mine = params.get("state") == "ended", params.get("mine") == "1"
    holds = Hold.objects.visible_to(request.viewer)
    if mine:
        holds = holds.filter(case__owner=request.viewer.employee)
    store, query = row_number(params.get("store", "")), params.get("q", "").strip()[:200]
    if store is not None:
        holds = holds.filter(store=store)
    # Of one thing this is its queue: what lapses first is free first.
    for word in query.replace("\0", "").casefold().replace("ё", "е").split():
        holds = holds.filter(case__search__contains=word)
    if ended:
        rows = holds.filter(ended_at__isnull=False)
        leaf = leaf_of(lambda: rows.values(*COLUMNS), params, "ended_at", descending=True)
    else:
        rows = holds.standing()
        leaf = leaf_of(lambda: rows.values(*COLUMNS), params, "kept__due_at")
    near = firm_day(at) + timedelta(days=hold_rule().warn_days)
    narrowed = ended or store is not None or query or params.get("from")
    free = [] if narrowed else _free(request)
    stores = list(Place.objects.filter(holds__isnull=False).distinct().order_by("name"))
    found = [_row(row, near) for row in leaf.rows]
    return HoldList(found, free, leaf, ended, mine, query, store, stores)


def _free(request: StaffRequest) -> list[Free]:
    standing = Hold.objects.standing().filter(invoice=OuterRef("pk"))
    rows = (
        Invoice.objects.visible_to(request.viewer)
        .standing()
        .filter(~Exists(standing), paid__lt=F("total"), order__case__closed_at=None)
        .order_by("-pk")
        .values(
            "pk", "number", "total", "currency", "order__case__title",
            *(f"order__case__client__{name}" for name in WHOLE_NAMES),
        )[:MOST_FREE]
    )  # fmt: skip
    return [
        Free(
            pk=row["pk"],
            number=row["number"],
            title=row["order__case__title"],
            client=row_whole(row, "order__case__client__"),
            total=row["total"],
            currency=row["currency"],
        )
        for row in rows
    ]


def _row(row: dict[str, object], near: date) -> Row:
    until: date = row["until"]  # type: ignore[assignment]
    standing = row["ended_at"] is None
    short, at_most = _over(row["pays_on"], until), _over(row["pays_late_on"], until)
    tone = "late" if short else "turn" if at_most or until <= near else "accent"
    return Row(
        pk=row["pk"],  # type: ignore[arg-type]
        number=str(row["case__number"]),
        title=str(row["case__title"]),
        client=row_whole(row, "case__client__"),
        client_pk=row["case__client__root_id"] or row["case__client_id"],  # type: ignore[arg-type]
        invoice=str(row["invoice__number"]),
        store=str(row["store__name"]),
        until=until,
        state_name=str(HoldState(str(row["case__state"])).label),
        tone=tone if standing else "",
        short=short if standing else 0,
        short_at_most=at_most if standing else 0,
        who=row_person(row, "case__owner__user__"),
    )


def _over(day: object, until: date) -> int:
    return max(0, (day - until).days) if isinstance(day, date) else 0
