"""Sections of the firm that begin to be used."""

from datetime import datetime

from django.db.models import F

from zabota.people.models import Firm


def begin_orders(*, by: object, at: datetime) -> bool:
    """The first order is there: everybody sees the section from now on. Says whether it was new."""
    unused = Firm.objects.filter(pk=1, keeps_orders=False)
    return unused.update(keeps_orders=True, version=F("version") + 1) == 1
