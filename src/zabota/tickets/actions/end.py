"""How a request ends: said to the client in words, and counted by how."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import keep_promise, rank_holders, store_promises, touch_case
from zabota.cases.clockwork import due_after
from zabota.cases.models import Promise
from zabota.journal.actions import record
from zabota.people.access import StaffViewer
from zabota.people.firm import calendar_of, current_firm
from zabota.people.refusal import Refused
from zabota.tickets.actions.held import UNDER_WAY, all_of, lock_ticket
from zabota.tickets.actions.lines import keep_line
from zabota.tickets.actions.news import no_more_news, run_to_the_end
from zabota.tickets.actions.verdict import ASK_AFTER
from zabota.tickets.actions.words import clean_words
from zabota.tickets.entries import ENDED
from zabota.tickets.models import (
    ENDS_OF_SUGGESTION,
    USUAL_ENDS,
    Outcome,
    RemarkKind,
    Ticket,
    TicketState,
)
from zabota.tickets.reach import last_channel
from zabota.tickets.rules import may_end_ticket

OUTCOMES = {
    Outcome.SOLVED: ("решено", "solved"),
    Outcome.OTHERWISE: ("помогли иначе", "helped another way"),
    Outcome.BEYOND: ("не в наших силах", "not in our power"),
    Outcome.DONE: ("сделано", "done"),
    Outcome.DECLINED: ("не взяли", "not taken up"),
}


@transaction.atomic
def end_ticket(ticket: Ticket, outcome: str, text: str, *, by: StaffViewer, at: datetime) -> Ticket:
    """It is over, and the client reads how: what was done, or what is offered instead."""
    ticket, stream = lock_ticket(ticket.pk)
    if not may_end_ticket(by, ticket):
        raise PermissionDenied
    words, how = clean_words(text), Outcome(outcome)
    if how not in (ENDS_OF_SUGGESTION if ticket.type.is_suggestion else USUAL_ENDS):
        raise Refused("other_end", _("A request of this kind ends otherwise."), field="outcome")
    remark = keep_line(
        ticket, by=by, at=at, kind=RemarkKind.ENDING, side="ours", audience="both",
        channel=last_channel(ticket), text=words, author=by.user,
    )  # fmt: skip
    whole = all_of(ticket)
    changed = [promise for one in whole for promise in _keep_promised(one, how, by=by, at=at)]
    store_promises(changed)
    rank_holders(changed, by=by, at=at)
    for merged in whole[1:]:
        _end_merged(merged, how, by=by, at=at)
    if ticket.taken_by_id is None:
        ticket.taken_by, ticket.taken_at, ticket.case.owner = by.employee, at, by.employee
    ticket.outcome = how
    ticket.case.state, ticket.case.closed_at = TicketState.DONE, at
    ticket.ask_at = due_after(calendar_of(current_firm()), at, ASK_AFTER)
    ticket.snoozed_until = None
    ticket.save(update_fields=["outcome", "taken_by", "taken_at", "ask_at", "snoozed_until"])
    touch_case(ticket.case, by=by, at=at, fields=("state", "closed_at", "owner"))
    ru, en = OUTCOMES[how]
    record(
        stream,
        ENDED,
        by=by.user.pk,
        at=at,
        ticket=ticket.pk,
        remark=remark.pk,
        outcome={"ru": ru, "en": en},
        contact=ticket.contact_id,
    )
    return ticket


def _keep_promised(ticket: Ticket, how: Outcome, *, by: object, at: datetime) -> list[Promise]:
    """What was still open is kept now, and no news are to come; a clock that stood moved its end by
    just that.
    """
    run_to_the_end([ticket.solution], at=at)
    changed = [one for one in (ticket.reply, ticket.solution) if one.state in UNDER_WAY]
    for promise in changed:
        keep_promise(promise, by=by, at=at, outcome=how if promise is ticket.solution else "")
    return changed + no_more_news(ticket, by=by, at=at)


def _end_merged(ticket: Ticket, how: Outcome, *, by: object, at: datetime) -> None:
    """What was merged into it is over with it; the client is asked once whether it helped."""
    if ticket.case.state == TicketState.DONE:
        return
    ticket.outcome, ticket.ask_at, ticket.snoozed_until = how, None, None
    ticket.case.state, ticket.case.closed_at = TicketState.DONE, at
    ticket.save(update_fields=["outcome", "ask_at", "snoozed_until"])
    touch_case(ticket.case, by=by, at=at, fields=("state", "closed_at"))
