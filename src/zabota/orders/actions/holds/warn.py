"""Before goods are kept no longer, the client is warned."""

from datetime import datetime, timedelta

from django.db import transaction

from zabota.journal.actions import record
from zabota.journal.reading import day_ref
from zabota.orders.actions.holds.kept import held_hold
from zabota.orders.entries import HOLD_LAPSES_SOON
from zabota.orders.models import Hold
from zabota.orders.reading.hold_rule import firm_day, hold_rule


@transaction.atomic
def warn_of_hold(hold: Hold, *, by: None, at: datetime) -> bool:
    """The client reads that it lapses soon, once for each day it was promised until."""
    hold = held_hold(hold.pk)
    last = firm_day(at) + timedelta(days=hold_rule().warn_days)
    if hold.ended_at is not None or hold.warned_at is not None or hold.until > last:
        return False
    hold.warned_at = at
    hold.save(update_fields=["warned_at"])
    record(
        hold.case.stream,
        HOLD_LAPSES_SOON,
        by=None,
        at=at,
        case=hold.pk,
        hold=hold.pk,
        until=day_ref(hold.until),
        contact=hold.invoice.order.contact_id,
    )
    return True
