"""What a client is worth to us: a first measure, reckoned from purchases."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Min, Q, Sum
from django.db.models.functions import Coalesce

from zabota.clients.models import Client, Merging, Purchase, PurchaseReturn, Reckoning
from zabota.people.firm import current_firm, zone_of

YEAR = timedelta(days=365)
# Of clients that bring anything, so many of the best stand so many minutes earlier in Today.
STARTS = ((0.05, 240), (0.20, 120), (0.50, 60))
BATCH = 500
SOON = timedelta(minutes=5)

type Worth = tuple[Decimal | None, date | None, int]


def reckon_daily(*, by: None, at: datetime) -> int:
    """Once a day, in the firm's day; says of how many clients something changed."""
    today = at.astimezone(zone_of(current_firm())).date()
    if Reckoning.objects.filter(day=today).exists():
        return _after_mergings(at)
    _, first = Reckoning.objects.get_or_create(
        day=today, defaults={"at": at, "clients": 0, "ranked_at": at}
    )
    return reckon_worth(by=by, at=at) if first else 0


def _after_mergings(at: datetime) -> int:
    """Cards that became one client since the last reckoning, or two again, are worth what they
    brought; however many are merged in a row, it is reckoned once in a few minutes.
    """
    last = Reckoning.objects.order_by("-at").values_list("at", flat=True).first()
    if last is None or last > at - SOON:
        return 0
    if not Merging.objects.filter(Q(at__gt=last) | Q(undone_at__gt=last)).exists():
        return 0
    changed = reckon_worth(by=None, at=at)
    if not changed:
        Reckoning.objects.create(at=at, clients=0, ranked_at=at)
    return changed


def reckon_worth(*, by: object, at: datetime) -> int:
    """The margin of twelve months and since when they buy, of every client and of all that are one
    with it; from that, how much earlier their promises stand in Today. Writes only what changed.
    """
    today = at.astimezone(zone_of(current_firm())).date()
    found = _reckoned(today)
    stored = Client.objects.filter(
        Q(worth__isnull=False) | Q(since__isnull=False) | Q(pk__in=found) | ~Q(worth_start=0)
    )
    changed = 0
    batch: list[Client] = []
    for client in stored.only("worth", "since", "worth_start").order_by("pk").iterator():
        worth = found.get(client.pk, (None, None, 0))
        if worth != (client.worth, client.since, client.worth_start):
            client.worth, client.since, client.worth_start = worth
            batch.append(client)
        if len(batch) >= BATCH:
            changed += _write(batch)
    changed += _write(batch)
    if changed:
        Reckoning.objects.create(at=at, clients=changed)
    return changed


def end_ranking(*, by: None, at: datetime) -> int:
    """Today stands in the order of the last reckoning."""
    return Reckoning.objects.filter(ranked_at=None).update(ranked_at=at)


def _reckoned(today: date) -> dict[int, Worth]:
    """By client, for every client that bought, and for those that are one with it."""
    bought = Purchase.objects.filter(day__lte=today).values(
        whole=Coalesce("client__root", "client")
    )
    rows = bought.annotate(
        since=Min("day"), margin=Sum("margin", filter=Q(day__gt=today - YEAR))
    ).values_list("whole", "since", "margin")
    back = _brought_back(today)
    wholes = {
        whole: (margin if margin is None else margin - back.get(whole, 0), since)
        for whole, since, margin in rows
    }
    starts = worth_starts({pk: margin for pk, (margin, _since) in wholes.items() if margin})
    found = {pk: (*told, starts.get(pk, 0)) for pk, told in wholes.items()}
    merged = Client.objects.filter(root__isnull=False).values_list("pk", "root")
    return found | {pk: found[root] for pk, root in merged if root in found}


def _brought_back(today: date) -> dict[int, Decimal]:
    """What was earned by goods of these twelve months that came back; by client."""
    rows = PurchaseReturn.objects.filter(purchase__day__gt=today - YEAR, margin__isnull=False)
    told = rows.values(whole=Coalesce("purchase__client__root", "purchase__client"))
    return dict(told.annotate(margin_back=Sum("margin")).values_list("whole", "margin_back"))


def worth_starts(margins: dict[int, Decimal]) -> dict[int, int]:
    """Minutes of head start: by place among those that bring anything, not by roubles, which mean
    another thing to every firm. Whoever brings as much stands as early.
    """
    best = sorted((margin for margin in margins.values() if margin > 0), reverse=True)
    if not best:
        return {}
    least = [(best[max(0, _count(share, best) - 1)], minutes) for share, minutes in STARTS]
    return {
        pk: next((minutes for margin, minutes in least if brought >= margin), 0)
        for pk, brought in margins.items()
        if brought > 0
    }


def _count(share: float, rows: Iterable[object]) -> int:
    """How many a share of them is, one at least."""
    return max(1, round(share * len(list(rows))))


def _write(batch: list[Client]) -> int:
    with transaction.atomic():
        Client.objects.bulk_update(batch, ["worth", "since", "worth_start"])
    count = len(batch)
    batch.clear()
    return count
