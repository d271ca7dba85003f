"""Who has a request before their eyes now: colleagues are warned, nobody is locked out. Not
journaled.
"""

from datetime import datetime, timedelta
from typing import Final

from zabota.people.access import StaffViewer
from zabota.tickets.models import Looking, Ticket

# An open page says every few seconds that it is open; it is written down a little less often.
AGAIN: Final = timedelta(seconds=10)


def look_at_ticket(ticket: Ticket, *, by: StaffViewer, at: datetime) -> None:
    """This colleague has it before their eyes."""
    rows = Looking.objects.filter(ticket=ticket, employee=by.employee)
    if rows.filter(at__gt=at - AGAIN).exists() or rows.update(at=at):
        return
    Looking.objects.bulk_create(
        [Looking(ticket=ticket, employee=by.employee, at=at)], ignore_conflicts=True
    )
