"""Today follows what clients are worth: the worker re-ranks open promises after a reckoning."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from zabota.cases.actions.hold import OPEN
from zabota.cases.models import Holder, Promise
from zabota.clients.actions import end_ranking
from zabota.clients.models import Reckoning

BATCH = 500


def rank_by_worth(*, by: None, at: datetime) -> int:
    """A batch of open promises whose client is worth more or less than when they were ranked; where
    none is left, the reckoning is over. Says how many moved.
    """
    if not Reckoning.objects.filter(ranked_at=None).exists():
        return 0
    rows = Promise.objects.filter(state__in=OPEN).exclude(
        worth_start=F("case__client__worth_start")
    )
    moved = list(
        rows.order_by("pk").values_list("pk", "worth_start", "case__client__worth_start")[:BATCH]
    )
    for change in sorted({(old, new) for _pk, old, new in moved}):
        _move([pk for pk, old, new in moved if (old, new) == change], *change)
    if len(moved) < BATCH:
        end_ranking(by=by, at=at)
    return len(moved)


def _move(promises: list[int], old: int, new: int) -> None:
    """Rows of theirs in Today move by just the difference, whatever their weight."""
    with transaction.atomic():
        Promise.objects.filter(pk__in=promises, worth_start=old).update(worth_start=new)
        Holder.objects.filter(promise__in=promises, rank_at__isnull=False).update(
            rank_at=F("rank_at") - timedelta(minutes=new - old)
        )
