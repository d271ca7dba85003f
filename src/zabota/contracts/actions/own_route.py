"""The client's own short route: their lawyer or director looks by link. Unseen by us."""

from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied
from django.core.validators import validate_email
from django.db import transaction

from zabota.clients.access import RoomViewer
from zabota.contracts.actions.locked import lock_contract
from zabota.contracts.entries import OWN_ANSWERED, OWN_ASKED, OWN_DUE, OWN_REMINDED, OWN_WITHDRAWN
from zabota.contracts.models import Contract, ContractState, OwnStep
from zabota.contracts.rules import EDITING_ROLES, Viewer
from zabota.journal.actions import record
from zabota.journal.reading import day_ref
from zabota.outreach.actions import send_message
from zabota.outreach.tokens import token_row
from zabota.people.firm import current_firm, zone_of

MOST_STEPS = 20
MOST_WORDS = 5000
REMIND_AFTER = timedelta(hours=1)
LINK = "own-step"


class TooManyAsked(Exception):
    """So many colleagues were asked already."""

    limit = MOST_STEPS


class TooSoon(Exception):
    """The last letter went less than an hour ago."""


@transaction.atomic
def ask_colleague(
    contract: Contract,
    name: str,
    email: str,
    *,
    by: Viewer,
    at: datetime,
    role: str = "",
    asked: str = "",
    due_on: date | None = None,
) -> OwnStep:
    """Send the text to one's own lawyer or director by link; what they say we never see."""
    contract, stream = lock_contract(contract.pk)
    _check(contract, by)
    if contract.case.state == ContractState.WITHDRAWN:
        raise PermissionDenied
    validate_email(email)
    if contract.own_steps.filter(withdrawn_at=None).count() >= MOST_STEPS:
        raise TooManyAsked
    step = OwnStep.objects.create(
        contract=contract,
        name=name,
        email=email.lower(),
        role=role,
        asked=asked,
        asked_by=by.user,
        asked_at=at,
        due_on=due_on,
    )
    _send(step, contract, by, at)
    # No name: what is told of them can be erased, an entry cannot.
    record(stream, OWN_ASKED, by=by.user.pk, at=at, contract=contract.pk, step=step.pk)
    return step


@transaction.atomic
def remind_colleague(step: OwnStep, *, by: Viewer, at: datetime) -> OwnStep:
    """One more mail, at most one an hour; TooSoon says that it is too early."""
    contract, stream = lock_contract(step.contract_id)
    _check(contract, by)
    step = OwnStep.objects.get(pk=step.pk, contract=contract)
    over = contract.case.state == ContractState.WITHDRAWN
    if over or step.answered_at or step.withdrawn_at:
        raise PermissionDenied
    last = step.reminded_at or step.asked_at
    if at - last < REMIND_AFTER:
        raise TooSoon
    step.reminded_at = at
    step.save(update_fields=["reminded_at"])
    _send(step, contract, by, at)
    record(stream, OWN_REMINDED, by=by.user.pk, at=at, contract=contract.pk, step=step.pk)
    return step


@transaction.atomic
def withdraw_colleague(step: OwnStep, *, by: Viewer, at: datetime) -> OwnStep:
    """The link opens nothing any more; what was said stays."""
    contract, stream = lock_contract(step.contract_id)
    _check(contract, by)
    closed = OwnStep.objects.filter(pk=step.pk, withdrawn_at=None).update(withdrawn_at=at)
    step.refresh_from_db()
    if closed:
        record(stream, OWN_WITHDRAWN, by=by.user.pk, at=at, contract=contract.pk, step=step.pk)
    return step


@transaction.atomic
def promise_own_answer(contract: Contract, day: date, *, by: Viewer, at: datetime) -> Contract:
    """The client tells us by when they will answer; this much of their side we see."""
    contract, stream = lock_contract(contract.pk)
    _check(contract, by)
    turn = contract.client_turn
    if turn is None or turn.settled_at is not None:
        raise PermissionDenied
    turn.due_at = _end_of_day(day)
    turn.save(update_fields=["due_at"])
    record(stream, OWN_DUE, by=by.user.pk, at=at, contract=contract.pk, day=day_ref(day))
    return contract


def open_step(token: str, *, by: None, at: datetime) -> OwnStep | None:
    """Whose link it is; the first look is noted. None for a wrong or withdrawn one."""
    step = find_step(token)
    if step is not None and step.opened_at is None:
        OwnStep.objects.filter(pk=step.pk, opened_at=None).update(opened_at=at)
    return step


def find_step(token: str) -> OwnStep | None:
    """The step a link belongs to."""
    pk = token_row(LINK, token)
    if pk is None:
        return None
    return (
        OwnStep.objects.select_related(
            "contract__case__client", "contract__version", "contract__edition__template", "asked_by"
        )
        .filter(pk=pk, withdrawn_at=None)
        .exclude(contract__case__state=ContractState.WITHDRAWN)
        .first()
    )


@transaction.atomic
def answer_colleague(
    step: OwnStep, *, by: None, at: datetime, agrees: bool | None, words: str
) -> OwnStep:
    """What the colleague thinks; theirs alone to read, changed at will until the link is closed."""
    contract, stream = lock_contract(step.contract_id)
    step = OwnStep.objects.get(pk=step.pk)
    if step.withdrawn_at is not None:
        raise PermissionDenied
    step.agrees, step.words, step.answered_at = agrees, words[:MOST_WORDS], at
    step.save(update_fields=["agrees", "words", "answered_at"])
    record(stream, OWN_ANSWERED, by=None, at=at, contract=contract.pk, step=step.pk)
    return step


def _check(contract: Contract, by: Viewer) -> None:
    """Only who edits for this very client has its own route."""
    if not isinstance(by, RoomViewer) or by.read_only or by.contact.role not in EDITING_ROLES:
        raise PermissionDenied
    if not by.stands_for(contract.case.client_id):
        raise PermissionDenied


def _send(step: OwnStep, contract: Contract, by: Viewer, at: datetime) -> None:
    send_message(
        contract.case,
        "own_route",
        step.email,
        by=by,
        at=at,
        path="/room/look/",
        link=[LINK, step.pk],
        name=by.user.name,
        title=contract.case.title,
        asked=step.asked,
    )


def _end_of_day(day: date) -> datetime:
    return datetime.combine(day, time(18), tzinfo=zone_of(current_firm()))
