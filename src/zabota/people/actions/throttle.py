"""Counting tries; like codes they write no entry."""

from datetime import datetime, timedelta

from django.db.models import F

from zabota.people.models import Throttle
from zabota.people.throttle import throttle_key


def count_try(key: str, *, minutes: int, at: datetime) -> None:
    """Count one more try; a window that is over begins anew. Safe with many processes."""
    ends = at + timedelta(minutes=minutes)
    row, made = Throttle.objects.get_or_create(
        key=throttle_key(key), defaults={"count": 1, "window_ends_at": ends}
    )
    if made:
        return
    begun_anew = Throttle.objects.filter(pk=row.pk, window_ends_at__lte=at).update(
        count=1, window_ends_at=ends
    )
    if not begun_anew:
        Throttle.objects.filter(pk=row.pk).update(count=F("count") + 1)


def forget_tries(key: str, *, at: datetime) -> None:
    """Counting begins anew: what was tried is over, or a new thing to try was given."""
    Throttle.objects.filter(key=throttle_key(key), window_ends_at__gt=at).update(count=0)
