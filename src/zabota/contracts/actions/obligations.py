"""Obligations of a contract in force: read out of it, confirmed by a person, promised, met."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction

from zabota.cases.actions import (
    drop_promise,
    keep_promise,
    lay_promise,
    rank_holders,
    store_promises,
)
from zabota.cases.models import Overdue, Turn
from zabota.cases.moments import CONTRACT_DUTY
from zabota.contracts.actions.in_hand import hold_for
from zabota.contracts.actions.locked import lock_contract
from zabota.contracts.duties import Duty, next_due
from zabota.contracts.duty_words import words_of
from zabota.contracts.entries import (
    OBLIGATION_CONFIRMED,
    OBLIGATION_DISMISSED,
    OBLIGATION_ENDED,
    OBLIGATION_MET,
    OBLIGATIONS_PROPOSED,
)
from zabota.contracts.force import in_force
from zabota.contracts.models import Contract, Obligation, ObligationState, ObligationTerm
from zabota.contracts.reading.duties import read_duties
from zabota.contracts.rules import Viewer, may_meet_obligation, may_settle_obligations
from zabota.contracts.rules.after import is_open
from zabota.journal.actions import record
from zabota.journal.models import Entry, Stream
from zabota.journal.reading import day_ref
from zabota.people.firm import calendar_of, current_firm, zone_of
from zabota.people.models import Employee

MOST = 200
# Where the version of an imported contract comes from.
REGISTER = "register"


@dataclass(frozen=True)
class Terms:
    """An obligation as a person says it: words, whose, until when, how often, who watches it."""

    words: str
    side: str
    due_on: date
    every: str = ""
    until: date | None = None
    holder: Employee | None = None


class AlreadySettled(Exception):
    """Somebody else has confirmed, dismissed or met it meanwhile."""


class TooManyObligations(Exception):
    """A contract has so many already."""

    limit = MOST


@transaction.atomic
def propose_obligations(entry: Entry, *, by: None, at: datetime) -> int:
    """A contract has come into force: what its fields and clauses oblige to is put before its
    owner. Once per contract; says how many were found. Of one that came with the register what is
    over already is left out.
    """
    contract, stream = lock_contract(entry.facts["contract"])
    if not in_force(contract) or contract.obligations.exists() or contract.version is None:
        return 0
    day = at.astimezone(zone_of(current_firm())).date()
    rows = Obligation.objects.bulk_create(
        [
            _proposed(contract, duty, at)
            for duty in read_duties(contract, _signed_on(contract) or day)
            if duty.due is None or duty.due >= day
        ]
    )
    if rows:
        count = len(rows)
        record(stream, OBLIGATIONS_PROPOSED, by=None, at=at, contract=contract.pk, count=count)
    return len(rows)


def _signed_on(contract: Contract) -> date | None:
    """Of a contract of the register the day it has; of ours, the day it comes into force."""
    if contract.version is None or contract.version.origin != REGISTER:
        return None
    return date.fromisoformat(contract.version.values["contract_date"])


def _proposed(contract: Contract, duty: Duty, at: datetime) -> Obligation:
    ru, en = words_of(duty)
    return Obligation(
        contract=contract,
        version=contract.version,
        clause=duty.clause,
        number=duty.number[:40],
        quote=duty.quote,
        what=duty.what,
        words_ru=ru,
        words_en=en,
        side="theirs" if duty.side == "client" else "ours",
        due_on=duty.due,
        days=duty.days,
        unit=duty.unit,
        after=duty.after[:300],
        every=duty.every,
        day=duty.day,
        sum=duty.sum if duty.sum is not None and duty.sum < Decimal(10) ** 16 else None,
        currency=contract.currency if duty.sum is not None else "",
        made_at=at,
    )


@transaction.atomic
def confirm_obligation(row: Obligation, terms: Terms, *, by: Viewer, at: datetime) -> Obligation:
    """A proposal becomes an obligation both sides see, with a promise and its clock."""
    contract, stream = lock_contract(row.contract_id)
    row = Obligation.objects.get(pk=row.pk, contract=contract)
    if not may_settle_obligations(by, contract):
        raise PermissionDenied
    if row.state != ObligationState.PROPOSED:
        raise AlreadySettled
    _take(row, terms, contract, by, at)
    row.save()
    _promise(row, contract, stream, by, at)
    return row


@transaction.atomic
def add_obligation(contract: Contract, terms: Terms, *, by: Viewer, at: datetime) -> Obligation:
    """One that was not read out of the text, typed by a person."""
    contract, stream = lock_contract(contract.pk)
    if not may_settle_obligations(by, contract):
        raise PermissionDenied
    if contract.obligations.count() >= MOST:
        raise TooManyObligations
    row = Obligation(contract=contract, version=contract.version, what="other")
    row.made_by, row.made_at = by.user, at
    _take(row, terms, contract, by, at)
    row.save(force_insert=True)
    _promise(row, contract, stream, by, at)
    return row


def _take(row: Obligation, terms: Terms, contract: Contract, by: Viewer, at: datetime) -> None:
    if terms.words not in (row.words_ru, row.words_en):
        row.words_ru = row.words_en = terms.words
    if terms.due_on != row.due_on or terms.every != row.every:
        row.day = None
    row.side, row.due_on, row.every = terms.side, terms.due_on, terms.every
    row.until, row.holder = terms.until, terms.holder or contract.case.owner
    row.state = ObligationState.CONFIRMED
    row.decided_by, row.decided_at = by.user, at


def _promise(row: Obligation, contract: Contract, stream: Stream, by: Viewer, at: datetime) -> None:
    assert row.due_on is not None
    _lay_term(row, contract, row.due_on, by=by, at=at)
    record(
        stream,
        OBLIGATION_CONFIRMED,
        by=by.user.pk,
        at=at,
        contract=contract.pk,
        obligation=row.pk,
        words={"ru": row.words_ru, "en": row.words_en},
        day=day_ref(row.due_on),
    )


def _lay_term(
    row: Obligation, contract: Contract, day: date, *, by: object, at: datetime
) -> ObligationTerm:
    """The promise of one term: the client's is the client's turn, watched by our holder."""
    ours = row.side == "ours"
    promise = lay_promise(
        contract.case,
        CONTRACT_DUTY,
        by=by,
        at=at,
        words=(row.words_ru, row.words_en),
        minutes=None,
        turn=Turn.OURS if ours else Turn.THEIRS,
        calendar=calendar_of(current_firm()),
        due_at=end_of_day(day),
        overdue=Overdue.ESCALATE if ours else Overdue.WAIT,
    )
    hold_for(row.holder_id or contract.case.owner_id, promise, by=by, at=at)
    return ObligationTerm.objects.create(obligation=row, promise=promise, due_on=day)


def end_of_day(day: date) -> datetime:
    """Until when a term of that day runs."""
    return datetime.combine(day, time(18), tzinfo=zone_of(current_firm()))


def anchor_of(term: ObligationTerm) -> date:
    """From which day the next time is counted: that of this one before it was moved."""
    first = term.promise.first_due_at
    return first.astimezone(zone_of(current_firm())).date() if first else term.due_on


@transaction.atomic
def dismiss_obligation(row: Obligation, *, by: Viewer, at: datetime) -> Obligation:
    """What was read out of the text is none, or needs no watching."""
    contract, stream = lock_contract(row.contract_id)
    row = Obligation.objects.get(pk=row.pk, contract=contract)
    if not may_settle_obligations(by, contract):
        raise PermissionDenied
    if row.state != ObligationState.PROPOSED:
        raise AlreadySettled
    row.state, row.decided_by, row.decided_at = ObligationState.DISMISSED, by.user, at
    row.save(update_fields=["state", "decided_by", "decided_at"])
    tell_of_obligation(stream, OBLIGATION_DISMISSED, row, by=by, at=at)
    return row


@transaction.atomic
def meet_obligation(row: Obligation, *, by: Viewer, at: datetime) -> Obligation:
    """It was met; of a series the next time is laid ahead."""
    contract, stream = lock_contract(row.contract_id)
    row = Obligation.objects.get(pk=row.pk, contract=contract)
    term = open_term(row)
    if not may_meet_obligation(by, contract, row, list(term.promise.holders.all()) if term else []):
        raise PermissionDenied
    if term is None:
        raise AlreadySettled
    keep_promise(term.promise, by=by, at=at)
    store_promises([term.promise])
    rank_holders([term.promise], by=by, at=at)
    following = next_due(anchor_of(term), row.every, row.day) if row.every else None
    if following is not None and (row.until is None or following <= row.until):
        _lay_term(row, contract, following, by=by, at=at)
    else:
        following, row.state = None, ObligationState.ENDED
        row.save(update_fields=["state"])
    day = day_ref(following) if following else None
    tell_of_obligation(stream, OBLIGATION_MET, row, by=by, at=at, day=day)
    return row


@transaction.atomic
def end_obligation(row: Obligation, *, by: Viewer, at: datetime, reason: str) -> Obligation:
    """No longer owed: the promise falls away, nothing more is laid."""
    contract, stream = lock_contract(row.contract_id)
    row = Obligation.objects.get(pk=row.pk, contract=contract)
    if not may_settle_obligations(by, contract):
        raise PermissionDenied
    if row.state != ObligationState.CONFIRMED:
        raise AlreadySettled
    if term := open_term(row):
        drop_promise(term.promise, by=by, at=at)
        store_promises([term.promise])
        rank_holders([term.promise], by=by, at=at)
    row.state = ObligationState.ENDED
    row.save(update_fields=["state"])
    tell_of_obligation(stream, OBLIGATION_ENDED, row, by=by, at=at, reason=reason)
    return row


def relay_obligations(*, by: None, at: datetime) -> int:
    """After a change among our people: who has each open term is laid anew."""
    terms = ObligationTerm.objects.filter(promise__state="running").select_related(
        "promise", "obligation__contract__case"
    )
    return sum(
        hold_for(
            term.obligation.holder_id or term.obligation.contract.case.owner_id,
            term.promise,
            by=by,
            at=at,
        )
        for term in terms.order_by("pk").iterator()
    )


def open_term(row: Obligation) -> ObligationTerm | None:
    """The time that waits to be met."""
    terms = row.terms.select_related("promise").order_by("-due_on")
    return next((term for term in terms if is_open(term.promise.state)), None)


def tell_of_obligation(
    stream: Stream, kind: object, row: Obligation, *, by: Viewer, at: datetime, **facts: object
) -> None:
    """One entry of an obligation, in its words."""
    words = {"ru": row.words_ru, "en": row.words_en}
    record(
        stream, kind, by=by.user.pk, at=at,  # type: ignore[arg-type]
        contract=row.contract_id, obligation=row.pk, words=words, **facts,  # type: ignore[arg-type]
    )  # fmt: skip
