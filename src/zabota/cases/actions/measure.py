"""How long what is over took: reckoned once, by the calendar of that time, for every report."""

from collections import defaultdict
from datetime import datetime

from zabota.cases.clockwork import minutes_used
from zabota.cases.models import Pause, Promise
from zabota.people.firm import calendar_of, current_firm

BATCH = 500


def measure_promises(*, by: None, at: datetime) -> int:
    """A batch of promises that are over since the last round, in working time without their pauses,
    of a moved one also without those before it was moved. A calendar changed later does not change
    what they took. Says how many.
    """
    over = Promise.objects.filter(settled_at__isnull=False, used_minutes=None)
    promises = list(over.order_by("pk")[:BATCH])
    if not promises:
        return 0
    pauses = _pauses_of(promises)
    calendar = calendar_of(current_firm())
    for promise in promises:
        promise.used_minutes = minutes_used(calendar, promise, pauses[promise.pk], at)
    Promise.objects.bulk_update(promises, ["used_minutes"])
    return len(promises)


def _pauses_of(promises: list[Promise]) -> dict[int, list[Pause]]:
    """By promise: its own, and those of the promises it replaces, whose clock it carries on."""
    earlier = {one.pk: [one.pk] for one in promises}
    wave = {one.pk: one.replaces_id for one in promises if one.replaces_id is not None}
    while wave:
        for promise, older in wave.items():
            earlier[promise].append(older)
        replaced = Promise.objects.filter(pk__in=wave.values(), replaces__isnull=False)
        pairs = replaced.values_list("pk", "replaces")
        before = {promise: older for promise, older in pairs if older is not None}
        wave = {promise: before[older] for promise, older in wave.items() if older in before}
    spans: dict[int, list[Pause]] = defaultdict(list)
    every = {pk for chain in earlier.values() for pk in chain}
    for pause in Pause.objects.filter(promise__in=every):
        spans[pause.promise_id].append(pause)
    return {
        promise: [one for pk in chain for one in spans[pk]] for promise, chain in earlier.items()
    }
