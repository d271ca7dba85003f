"""A suggestion is taken up: the client reads that we do it, and by when."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import renegotiate_promise
from zabota.cases.models import PromiseState
from zabota.journal.actions import record
from zabota.journal.reading import moment_ref
from zabota.people.access import StaffViewer
from zabota.people.refusal import Refused
from zabota.tickets.actions.held import lay_hands, lock_ticket
from zabota.tickets.actions.lines import keep_line
from zabota.tickets.actions.talk import answer_given
from zabota.tickets.actions.words import clean_words
from zabota.tickets.entries import TAKEN_UP
from zabota.tickets.models import RemarkKind, Ticket
from zabota.tickets.rules import may_take_up_suggestion


@transaction.atomic
def take_up_suggestion(
    ticket: Ticket, text: str, until: datetime, *, by: StaffViewer, at: datetime
) -> Ticket:
    """We do what was suggested: in words, with a new promise of when it will be done."""
    ticket, stream = lock_ticket(ticket.pk)
    if not may_take_up_suggestion(by, ticket):
        raise PermissionDenied
    if until <= at:
        raise Refused("past", _("This moment has passed."), field="until")
    remark = keep_line(
        ticket, by=by, at=at, kind=RemarkKind.WORDS, side="ours", audience="both",
        channel=ticket.channel, text=clean_words(text), author=by.user,
    )  # fmt: skip
    answer_given(ticket, by=by, at=at)
    ticket.taken_up_at = at
    if ticket.solution.state == PromiseState.RUNNING:
        ticket.solution = renegotiate_promise(ticket.solution, by=by, at=at, due_at=until)
    ticket.save(update_fields=["taken_up_at", "solution"])
    lay_hands(ticket, by=by, at=at)
    record(
        stream, TAKEN_UP, by=by.user.pk, at=at,
        ticket=ticket.pk, remark=remark.pk, until=moment_ref(until), contact=ticket.contact_id,
    )  # fmt: skip
    return ticket
