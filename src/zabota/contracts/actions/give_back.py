"""Returning a stage: to the client with reasons, and what is asked; a quorum may still be reached
without it.
"""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from zabota.cases.actions import (
    drop_promise,
    keep_promise,
    lay_promise,
    pause_promise,
    rank_holders,
    store_promises,
    touch_case,
)
from zabota.cases.models import Promise, Turn
from zabota.cases.moments import CONTRACT_CLIENT
from zabota.contracts.actions.answered_text import our_text_after_answers
from zabota.contracts.actions.draft import begin_draft
from zabota.contracts.actions.locked import Round, lock_contract, lock_round_of
from zabota.contracts.actions.second_return import ask_lead_to_look
from zabota.contracts.actions.settle import (
    Decided,
    acted_for,
    keep_decision,
    mark_settled,
    outcome_with,
    record_vote,
    seat_to_settle,
    veil_of,
)
from zabota.contracts.actions.versions import keep_wordings, make_version
from zabota.contracts.entries import (
    RETURNED_AGAIN,
    STAGE_RETURNED,
)
from zabota.contracts.models import Change, ChangeState, Contract, ContractState, Decision, Stage
from zabota.contracts.models.approvals import Outcome, Verdict
from zabota.contracts.rules import may_return_stage
from zabota.contracts.stored import load_texts
from zabota.contracts.text.numbering import numbers, plain_number
from zabota.journal.actions import record
from zabota.people.access import StaffViewer
from zabota.people.firm import calendar_of, current_firm


class ReasonNeeded(Exception):
    """A second return of a clause nobody changed since needs a reason of its own."""


class NothingSaid(Exception):
    """A return must tell the client something: what is asked, a reason, or an answer of ours."""


@transaction.atomic
def return_stage(
    stage: int,
    *,
    by: StaffViewer,
    at: datetime,
    asked: str,
    reasons: Iterable[dict[str, str]] = (),
) -> Decided:
    """Return the contract to the client with reasons tied to clauses (`{"clause", "text"}`).

    Where a quorum can still be reached without this seat the return only counts against. Our clock
    stops only if `asked` says what is asked of the client.
    """
    now = lock_round_of(stage)
    this = now.stage(stage)
    seat = seat_to_settle(now, this, by)
    if not may_return_stage(by, this, now.holders[this.promise_id]):
        raise PermissionDenied
    told = [reason for reason in reasons if reason.get("text", "").strip()]
    if not (asked.strip() or told or has_unsent_answers(now.contract)):
        raise NothingSaid
    again = _returned_again(now.contract, told, asked)
    keep_decision(now, this, seat, Verdict.RETURNED, asked, told, by, at)
    if outcome_with(this, now.holders[this.promise_id], seat, "returned") != "returned":
        mark_settled(now, this, seat, Verdict.RETURNED, [], by, at)
        record_vote(now, this, seat, Verdict.RETURNED, asked, by=by, at=at)
        return Decided(now, this, [])
    keep_promise(this.promise, by=by, at=at, outcome=Outcome.RETURNED)
    dropped = _drop_the_rest(now, this, by, at)
    store_promises([this.promise, *dropped])
    mark_settled(now, this, seat, Verdict.RETURNED, [], by, at, also=dropped)
    _hand_to_client(now, asked, by, at)
    record(
        now.stream,
        STAGE_RETURNED,
        by=by.user.pk,
        at=at,
        acted_for=acted_for(seat),
        contract=now.contract.pk,
        stage={"ru": this.title_ru, "en": this.title_en},
        stage_id=this.pk,
        asked=asked.strip() or None,
        reasons=_numbered(now.contract, told),
        **veil_of(this, now.holders[this.promise_id]),
    )
    if again:
        _record_again(now, told, again, by, at)
        ask_lead_to_look(now.contract, by=by, at=at)
    return Decided(now, this, [])


def _numbered(contract: Contract, told: list[dict[str, str]]) -> list[dict[str, str]]:
    """Each reason with the number its clause has in the text that is returned: for letters."""
    if not any(reason.get("clause") for reason in told):
        return told
    assert contract.version is not None
    (text,) = load_texts(contract.version.tree)
    shown = numbers(text.document)
    return [
        {**reason, "number": plain_number(shown.get(reason.get("clause", ""), ""))}
        for reason in told
    ]


def has_unsent_answers(contract: Contract) -> bool:
    """Whether refusals or other wordings of ours wait for this return to reach the client."""
    return Change.objects.filter(
        contract=contract,
        state__in=[ChangeState.REJECTED, ChangeState.COUNTERED],
        sent_at=None,
    ).exists()


def _drop_the_rest(now: Round, this: Stage, by: StaffViewer, at: datetime) -> list[Promise]:
    """A return ends the round: what others have before them is no longer asked."""
    rest = []
    for stage in now.stages:
        if stage.pk != this.pk and stage.promise.settled_at is None:
            rest.append(drop_promise(stage.promise, by=by, at=at, outcome=Outcome.DROPPED))
    return rest


def _hand_to_client(now: Round, asked: str, by: StaffViewer, at: datetime) -> None:
    """The client's turn: our answers become our version of the text, from which they go on."""
    contract, _ = lock_contract(now.contract.pk)
    text = our_text_after_answers(contract)
    if text is not None:
        tree, values, wordings = text
        keep_wordings(wordings)
        make_version(contract, tree, values, side="ours", origin="answer", by=by.user, at=at)
    Change.objects.filter(contract=contract, sent_at=None).exclude(
        state__in=[ChangeState.OPEN, ChangeState.SUPERSEDED]
    ).update(sent_at=at)
    assert contract.version is not None
    begin_draft(contract, "theirs", contract.version, by=by, at=at)
    contract.client_turn = lay_promise(
        contract.case,
        CONTRACT_CLIENT,
        by=by,
        at=at,
        words=("Ваш ответ", "Your answer"),
        minutes=None,
        turn=Turn.THEIRS,
        calendar=calendar_of(current_firm()),
    )
    if asked.strip() and contract.agreeing is not None:
        pause_promise(contract.agreeing, by=by, at=at, asked=asked)
        store_promises([contract.agreeing])
    if contract.answering is not None and contract.answering.settled_at is None:
        # What was not answered is no kept promise; the next version gets a new one.
        unanswered = Change.objects.filter(contract=contract, state=ChangeState.OPEN).exists()
        settle = drop_promise if unanswered else keep_promise
        settle(contract.answering, by=by, at=at)
        store_promises([contract.answering])
        rank_holders([contract.answering], by=by, at=at)
    contract.save()
    contract.case.state = ContractState.RETURNED
    touch_case(contract.case, by=by, at=at, fields=("state",))


def _returned_again(contract: Contract, told: list[dict[str, str]], asked: str) -> set[str]:
    """Clauses returned once more that nobody changed since their last return."""
    clauses = {reason["clause"] for reason in told if reason.get("clause")}
    if not clauses:
        return set()
    earlier = Decision.objects.filter(
        stage__contract=contract, verdict=Verdict.RETURNED, stage__round__lt=contract.round
    ).values_list("reasons", flat=True)
    before = {reason.get("clause") for reasons in earlier for reason in reasons}
    changed = set(
        Change.objects.filter(contract=contract, version=contract.version_id).values_list(
            "clause", flat=True
        )
    )
    again = (clauses & before) - changed
    if again and not asked.strip():
        raise ReasonNeeded
    return again


def _record_again(
    now: Round, told: list[dict[str, str]], again: set[str], by: StaffViewer, at: datetime
) -> None:
    """Both sides stand by their words: the lead is told which clauses, and why."""
    assert now.contract.version is not None
    (text,) = load_texts(now.contract.version.tree)
    shown = numbers(text.document)
    record(
        now.stream,
        RETURNED_AGAIN,
        by=by.user.pk,
        at=at,
        contract=now.contract.pk,
        clauses=[plain_number(number) for clause, number in shown.items() if clause in again],
        reason="; ".join(one["text"].strip() for one in told if one.get("clause") in again),
        lead=_lead_user(now.contract),
    )


def _lead_user(contract: Contract) -> int | None:
    lead = contract.case.owner.lead
    return lead.user_id if lead else None
