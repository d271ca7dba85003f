"""The date of an obligation is moved in the open: a new term that replaces the one before."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import rank_holders, renegotiate_promise
from zabota.contracts.actions.locked import lock_contract
from zabota.contracts.actions.obligations import (
    AlreadySettled,
    anchor_of,
    end_of_day,
    open_term,
    tell_of_obligation,
)
from zabota.contracts.duties import next_due
from zabota.contracts.entries import OBLIGATION_MOVED
from zabota.contracts.models import Obligation, ObligationState, ObligationTerm
from zabota.contracts.rules import Viewer, may_settle_obligations
from zabota.journal.reading import day_ref
from zabota.people.firm import current_firm, zone_of
from zabota.people.refusal import Refused


@transaction.atomic
def move_obligation(
    row: Obligation, day: date, *, by: Viewer, at: datetime, reason: str
) -> Obligation:
    """The term that is open now falls due on another day; both sides read which and why. Of a
    series only this one time moves. What the client owes we agree to move by moving it; of ours the
    first date stays the one that was promised.
    """
    contract, stream = lock_contract(row.contract_id)
    row = Obligation.objects.get(pk=row.pk, contract=contract)
    if not may_settle_obligations(by, contract):
        raise PermissionDenied
    term = open_term(row)
    if row.state != ObligationState.CONFIRMED or term is None:
        raise AlreadySettled
    _demand(row, term, day, reason, at)
    was = term.due_on
    agreed = at if row.side == "theirs" else None
    renewed = renegotiate_promise(
        term.promise, by=by, at=at, due_at=end_of_day(day), agreed_at=agreed
    )
    rank_holders([renewed], by=by, at=at)
    term.promise, term.due_on = renewed, day
    term.save(update_fields=["promise", "due_on"])
    if not row.every:
        row.due_on = day
        row.save(update_fields=["due_on"])
    facts = {"was": day_ref(was), "day": day_ref(day), "reason": reason.strip()}
    tell_of_obligation(stream, OBLIGATION_MOVED, row, by=by, at=at, **facts)
    return row


def _demand(row: Obligation, term: ObligationTerm, day: date, reason: str, at: datetime) -> None:
    """Why, and to which day: one that is not over, not that of another time."""
    if not reason.strip():
        raise Refused("no_reason", _("Please say why, in a few words."), field="reason")
    if day < at.astimezone(zone_of(current_firm())).date() or day == term.due_on:
        raise Refused("bad_day", _("Choose another day that is not over."), field="due_on")
    following = next_due(anchor_of(term), row.every, row.day) if row.every else None
    taken = row.terms.exclude(pk=term.pk).filter(due_on=day).exists()
    if taken or (following is not None and day >= following):
        raise Refused(
            "next_time", _("On that day it falls due another time: choose an earlier one."),
            field="due_on",
        )  # fmt: skip
