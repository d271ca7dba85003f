"""«Нужно раньше»: the client asks, the owner has promised to answer."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from zabota.cases.actions import (
    keep_promise,
    lay_promise,
    rank_holders,
    store_promises,
    touch_case,
)
from zabota.cases.models import Promise
from zabota.cases.moments import CONTRACT_SOONER
from zabota.contracts.actions.in_hand import hold_for_owner
from zabota.contracts.actions.locked import lock_contract
from zabota.contracts.entries import SOONER_ANSWERED, SOONER_ASKED
from zabota.contracts.models import Contract
from zabota.contracts.rules import Viewer, may_answer_sooner, may_ask_sooner
from zabota.journal.actions import record
from zabota.journal.models import Audience
from zabota.journal.reading import day_ref
from zabota.people.firm import calendar_of, current_firm

SOONER_MINUTES = 120


@transaction.atomic
def ask_sooner(
    contract: Contract,
    day: date | None,
    *,
    by: Viewer,
    at: datetime,
    reason: str,
    about: Promise | None = None,
) -> Contract:
    """The client needs it sooner, the whole or one promise of it; within two working hours the
    owner answers, or whoever stands in for them.
    """
    contract, stream = lock_contract(contract.pk)
    if not may_ask_sooner(by, contract):
        raise PermissionDenied
    if about is not None and (about.case_id != contract.pk or about.audience == Audience.OURS):
        raise PermissionDenied
    contract.sooner = lay_promise(
        contract.case,
        CONTRACT_SOONER,
        by=by,
        at=at,
        words=("Ответ на просьбу ускорить", "Answer to your request to hurry"),
        minutes=SOONER_MINUTES,
        calendar=calendar_of(current_firm()),
    )
    contract.save(update_fields=["sooner"])
    hold_for_owner(contract, contract.sooner, by=by, at=at)
    if day is not None:
        contract.case.needed_by = day
    touch_case(contract.case, by=by, at=at, fields=("needed_by",))
    record(
        stream,
        SOONER_ASKED,
        by=by.user.pk,
        at=at,
        contract=contract.pk,
        day=day_ref(day) if day else None,
        reason=reason,
        about={"ru": about.words_ru, "en": about.words_en} if about else None,
    )
    return contract


@transaction.atomic
def answer_sooner(contract: Contract, *, by: Viewer, at: datetime, answer: str) -> Contract:
    """The owner says what can be done; the promise to answer is kept."""
    contract, stream = lock_contract(contract.pk)
    if not may_answer_sooner(by, contract) or not answer.strip():
        raise PermissionDenied
    assert contract.sooner is not None
    keep_promise(contract.sooner, by=by, at=at)
    store_promises([contract.sooner])
    rank_holders([contract.sooner], by=by, at=at)
    record(stream, SOONER_ANSWERED, by=by.user.pk, at=at, contract=contract.pk, answer=answer)
    return contract
