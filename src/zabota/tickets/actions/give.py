"""A request is for another team from now on."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import touch_case
from zabota.journal.actions import record
from zabota.people.access import StaffViewer
from zabota.people.models import Team
from zabota.people.refusal import Refused
from zabota.tickets.actions.held import lay_hands, lock_ticket
from zabota.tickets.entries import GIVEN_TO_TEAM
from zabota.tickets.models import Ticket
from zabota.tickets.rules import may_give_to_team


@transaction.atomic
def give_to_team(ticket: Ticket, team: Team, *, by: StaffViewer, at: datetime) -> Ticket:
    """The client reads the team, its people have the promises; whoever answers for the request
    keeps them, too, until one of the team takes it. Promised moments stay.
    """
    ticket, stream = lock_ticket(ticket.pk)
    if not may_give_to_team(by, ticket):
        raise PermissionDenied
    if team.closed_at is not None:
        raise Refused("team_closed", _("This team is closed."), field="team")
    if ticket.team_id == team.pk and ticket.taken_by_id is None:
        return ticket
    ticket.team, ticket.taken_by, ticket.taken_at, ticket.snoozed_until = team, None, None, None
    ticket.save(update_fields=["team", "taken_by", "taken_at", "snoozed_until"])
    touch_case(ticket.case, by=by, at=at)
    lay_hands(ticket, by=by, at=at)
    record(
        stream,
        GIVEN_TO_TEAM,
        by=by.user.pk,
        at=at,
        ticket=ticket.pk,
        team={"ru": team.name_ru, "en": team.name("en")},
        contact=ticket.contact_id,
    )
    return ticket
