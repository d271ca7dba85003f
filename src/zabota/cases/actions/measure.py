"""How long what is over took: reckoned once, by the calendar of that time, for every report."""

from collections import defaultdict
from datetime import datetime

from zabota.cases.clockwork import minutes_used
from zabota.cases.models import Pause, Promise
from zabota.people.firm import calendar_of, current_firm

BATCH = 500


def measure_promises(*, by: None, at: datetime) -> int:
    """A batch of promises that are over since the last round, in working time without their pauses.
    A calendar changed later does not change what they took. Says how many.
    """
    over = Promise.objects.filter(settled_at__isnull=False, used_minutes=None)
    promises = list(over.order_by("pk")[:BATCH])
    if not promises:
        return 0
    pauses: dict[int, list[Pause]] = defaultdict(list)
    for pause in Pause.objects.filter(promise__in=promises):
        pauses[pause.promise_id].append(pause)
    calendar = calendar_of(current_firm())
    for promise in promises:
        promise.used_minutes = minutes_used(calendar, promise, pauses[promise.pk], at)
    Promise.objects.bulk_update(promises, ["used_minutes"])
    return len(promises)
