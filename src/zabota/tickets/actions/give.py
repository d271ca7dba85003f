"""A request is for another team, or a colleague, from now on."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import touch_case
from zabota.journal.actions import record
from zabota.journal.reading import user_ref
from zabota.people.access import StaffViewer
from zabota.people.models import Absence, Employee, Team
from zabota.people.refusal import Refused
from zabota.tickets.actions.held import lay_hands, lock_ticket, put_in_hands
from zabota.tickets.entries import GIVEN, GIVEN_TO_TEAM
from zabota.tickets.models import Ticket
from zabota.tickets.rules import may_give_ticket, may_give_to_team


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
    # Why it went where it went first is no longer why it is where it is.
    ticket.why, ticket.received_by = "", None
    fields = ["team", "taken_by", "taken_at", "snoozed_until", "why", "received_by"]
    ticket.save(update_fields=fields)
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


@transaction.atomic
def give_ticket(ticket: Ticket, to: Employee, *, by: StaffViewer, at: datetime) -> Ticket:
    """A colleague has it now, with the same promises; they are told, whoever had it is told, and
    the client reads the new name.
    """
    ticket, stream = lock_ticket(ticket.pk)
    if not may_give_ticket(by, ticket):
        raise PermissionDenied
    if ticket.taken_by_id == to.pk:
        return ticket
    if to.dismissed_at is not None or Absence.objects.standing(at).filter(employee=to).exists():
        raise Refused("away", _("This colleague is not here now."), field="to")
    before = ticket.taken_by or ticket.case.owner
    put_in_hands(ticket, to, by=by, at=at)
    record(
        stream,
        GIVEN,
        by=by.user.pk,
        at=at,
        ticket=ticket.pk,
        to=user_ref(to.user_id),
        before=user_ref(before.user_id) if before.pk != to.pk else None,
        contact=ticket.contact_id,
        called=sorted({to.user_id, before.user_id}),
    )
    return ticket
