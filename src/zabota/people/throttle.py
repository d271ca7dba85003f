"""How often something was tried lately, in a table that all processes share."""

import hashlib
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import get_language

from zabota.common import formats
from zabota.people.models import Throttle


def is_throttled(key: str, limit: int, *, at: datetime) -> bool:
    """Whether this was tried as often as is allowed in its window."""
    return throttled_until(key, limit, at=at) is not None


def throttled_until(key: str, limit: int, *, at: datetime) -> datetime | None:
    """When it may be tried again, if it was tried as often as is allowed; else None."""
    full = Throttle.objects.filter(
        key=throttle_key(key), count__gte=limit, window_ends_at__gt=at
    ).first()
    return full.window_ends_at if full is not None else None


def come_back(until: datetime, *, at: datetime) -> str:
    """That moment, rounded up to a minute, as the present reader says it."""
    whole = until.replace(second=0, microsecond=0)
    shown = whole if whole == until else whole + timedelta(minutes=1)
    return formats.when(shown, at, get_language() or "ru", timezone.get_current_timezone())


def throttle_key(key: str) -> str:
    """The key as it is kept: a long one by its digest."""
    return key if len(key) <= 120 else hashlib.sha256(key.encode()).hexdigest()
