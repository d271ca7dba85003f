"""Who answers a request, as its client is told: the team until somebody takes it, then the person,
or their team where the firm does not show people.
"""

from zabota.people.models import Firm
from zabota.tickets.models import Ticket


def who_is_told(ticket: Ticket, firm: Firm, language: str, *, in_room: bool = True) -> str:
    """Nothing where no team received it and nobody has taken it yet; takes `team`, `taken_by` with
    its user and team.
    """
    taken = ticket.taken_by
    if taken is not None and (firm.shows_people or not in_room):
        return taken.name
    if taken is not None:
        return taken.team.name(language) if taken.team else firm.shown_name
    return ticket.team.name(language) if ticket.team is not None else ""
