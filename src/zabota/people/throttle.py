"""How often something was tried lately, in a table that all processes share."""

import hashlib
from datetime import datetime

from zabota.people.models import Throttle


def is_throttled(key: str, limit: int, *, at: datetime) -> bool:
    """Whether this was tried as often as is allowed in its window."""
    return Throttle.objects.filter(
        key=throttle_key(key), count__gte=limit, window_ends_at__gt=at
    ).exists()


def throttle_key(key: str) -> str:
    """The key as it is kept: a long one by its digest."""
    return key if len(key) <= 120 else hashlib.sha256(key.encode()).hexdigest()
