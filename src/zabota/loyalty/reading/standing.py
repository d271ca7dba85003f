"""What a client has: by unit, batch by batch with its date and its notices, and what happened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import cast

from django.db.models import Min, QuerySet, Sum
from django.utils.translation import get_language, gettext

from zabota.clients.models import Client
from zabota.common.keyset import Leaf, Rows, leaf_of
from zabota.loyalty.models import (
    Batch,
    Claim,
    ExpiryNotice,
    Occasion,
    Transfer,
    TransferKind,
    Unit,
)
from zabota.loyalty.told import earned_for
from zabota.outreach.models import Message, MessageState

MOST_MOVES = 30
MOST_BATCHES = 20


@dataclass(frozen=True)
class Stand:
    """How many of a unit a client may use, and what they would pay."""

    unit: Unit
    left: int
    counted: str


@dataclass
class Told:
    """One notice that a batch ends: made when, and arrived when."""

    made_at: datetime
    arrived_at: datetime | None


@dataclass
class Lot:
    """One batch, as it is printed."""

    pk: int
    counted: str
    left: str
    why: str
    at: datetime
    until: date | None
    used_up: bool
    owed: bool
    reason: str = ""
    notices: list[Told] = field(default_factory=list)


@dataclass(frozen=True)
class Move:
    """One movement, as it is printed."""

    at: datetime
    words: str
    counted: str
    plus: bool


def read_stands(client: Client) -> list[Stand]:
    """Of each unit in use, and of closed ones the client still has, how many there are. Two
    queries.
    """
    language = get_language() or "ru"
    rows = Batch.objects.of_whole(client.pk).with_something().order_by().values("unit")
    sums = dict(rows.annotate(sum=Sum("left")).values_list("unit", "sum"))
    found = []
    for unit in Unit.objects.order_by("position", "pk"):
        left = max(0, sums.get(unit.pk) or 0)
        if left or unit.closed_at is None:
            found.append(Stand(unit, left, unit.counted(left, language)))
    return found


def read_lots(client: Client) -> list[Lot]:
    """The client's batches that are not used up, those spent first first, as many as a page shows.
    Three queries.
    """
    rows = Batch.objects.of_whole(client.pk).select_related("unit", "expiry")
    return _lots(rows.with_something().first_to_expire()[:MOST_BATCHES])


def read_every_lot(client: Client, params: Mapping[str, str]) -> tuple[list[Lot], Leaf]:
    """A page of all batches there ever were, used up ones among them, the latest first. Four
    queries.
    """
    rows = Batch.objects.of_whole(client.pk)
    leaf = leaf_of(
        lambda: cast(Rows, rows.values("pk", "earned_at")), params, "earned_at", descending=True
    )
    numbers = [row["pk"] for row in leaf.rows]
    found = Batch.objects.filter(pk__in=numbers).select_related("unit", "expiry")
    return _lots(sorted(found, key=lambda batch: numbers.index(batch.pk))), leaf


def reasons_of(lots: Iterable[Lot]) -> list[str]:
    """Why batches end: what was said when it was switched on, each once."""
    return list(dict.fromkeys(lot.reason for lot in lots if lot.reason))


def _lots(batches: Iterable[Batch]) -> list[Lot]:
    language = get_language() or "ru"
    lots = {}
    for batch in batches:
        lots[batch.pk] = Lot(
            batch.pk,
            batch.unit.counted(batch.amount, language),
            batch.unit.counted(batch.left, language),
            earned_for(batch.occasion),
            batch.earned_at,
            batch.expires_on,
            batch.left == 0,
            batch.left < 0,
            batch.expiry.reason(language) if batch.expiry and batch.expires_on else "",
        )
    _add_notices(lots)
    return list(lots.values())


def _add_notices(lots: dict[int, Lot]) -> None:
    """What the client was told of each, of the day on which it ends now."""
    rows = [
        row
        for row in ExpiryNotice.objects.filter(batch__in=lots).order_by("pk")
        if row.day == lots[row.batch_id].until
    ]
    sent = Message.objects.filter(entry__in={row.entry_id for row in rows}, state=MessageState.SENT)
    arrived = dict(
        sent.values("entry").annotate(first=Min("sent_at")).values_list("entry", "first")
    )
    for row in rows:
        lots[row.batch_id].notices.append(Told(row.made_at, arrived.get(row.entry_id)))


def read_moves(client: Client) -> list[Move]:
    """What happened to a client's points lately. One query."""
    return _moves(_transfers(client).order_by("-at", "-id")[:MOST_MOVES])


def read_every_move(client: Client, params: Mapping[str, str]) -> tuple[list[Move], Leaf]:
    """A page of all that ever happened to them, the latest first. Two queries."""
    leaf = leaf_of(
        lambda: cast(Rows, _transfers(client).values("pk", "at")), params, "at", descending=True,
        by_uuid=True,
    )  # fmt: skip
    numbers = [row["pk"] for row in leaf.rows]
    found = _transfers(client).filter(pk__in=numbers)
    return _moves(sorted(found, key=lambda row: numbers.index(row.pk))), leaf


def _transfers(client: Client) -> QuerySet[Transfer]:
    of_it = Client.objects.whole_of(client.pk).values("pk")
    return Transfer.objects.filter(client__in=of_it).select_related("unit", "claim__reward")


def _moves(rows: Iterable[Transfer]) -> list[Move]:
    language = get_language() or "ru"
    return [
        Move(
            row.at,
            _words(row, language),
            row.unit.counted(row.amount, language),
            row.kind in (TransferKind.EARN, TransferKind.GIVE_BACK),
        )
        for row in rows
    ]


def _words(row: Transfer, language: str) -> str:
    claim: Claim | None = getattr(row, "claim", None)
    said = {
        TransferKind.EARN: gettext("Earned %(why)s")
        % {"why": earned_for(row.occasion or Occasion.PURCHASE)},
        TransferKind.SPEND: gettext("Spent"),
        TransferKind.GIVE_BACK: gettext("Given back"),
        TransferKind.TAKE_BACK: gettext("Taken back with returned goods"),
        TransferKind.EXPIRE: gettext("Expired"),
    }[TransferKind(row.kind)]
    what = claim.reward.name(language) if claim is not None else ""
    if not what and row.receipt:
        what = gettext("receipt %(number)s") % {"number": row.receipt}
    return f"{said}: {what}" if what else said
