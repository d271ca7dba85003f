"""Signing begins: the contract gets its number, the text is fixed, each side's turn is promised."""

from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from zabota.cases.actions import touch_case
from zabota.clients.models import Contact
from zabota.common.files import keep_file
from zabota.common.names import detail, person_name
from zabota.contracts.actions.locked import lock_contract
from zabota.contracts.actions.share import give_number
from zabota.contracts.actions.signing.original import open_sending
from zabota.contracts.actions.signing.turns import open_turn, plan_turns, turns_begun
from zabota.contracts.entries import SIGNING_BEGUN
from zabota.contracts.models import Contract, ContractState, Order, Signatory, Signing, Way
from zabota.contracts.reading.signing import fixed_text, text_copy
from zabota.contracts.rules import (
    Viewer,
    answers_for,
    holds_power_to_sign,
    may_begin_signing,
    may_sign_for_client,
)
from zabota.journal.actions import record
from zabota.journal.models import Stream
from zabota.journal.reading import day_ref
from zabota.people.firm import current_firm, zone_of
from zabota.people.models import Employee, Firm
from zabota.people.refusal import Refused

USUAL_DAYS, MOST_DAYS = 14, 180
LAST_MINUTE = time(23, 59)
WAYS = {
    Way.CODE: {"ru": "простой электронной подписью", "en": "by simple electronic signatures"},
    Way.PAPER: {"ru": "на бумаге", "en": "on paper"},
    Way.OPERATOR: {"ru": "через оператора ЭДО", "en": "through an operator"},
}


@transaction.atomic
def begin_signing(
    contract: Contract,
    *,
    by: Viewer,
    at: datetime,
    ours: Employee,
    theirs: Contact,
    way: str = Way.CODE,
    order: str = Order.THEIRS,
    lapses_on: date | None = None,
) -> Signing:
    """Fix the text as it stands and ask both sides to sign it by that day. The registration number
    is given now, if it was not: it stands on what is signed. The client may begin to sign by codes
    only, itself first.
    """
    contract, stream = lock_contract(contract.pk)
    if not may_begin_signing(by, contract):
        raise PermissionDenied
    if not answers_for(by, contract) and (way, order) != (Way.CODE, Order.THEIRS):
        raise PermissionDenied
    _check_signers(contract, ours, theirs, at)
    lapses_at = _lapse(lapses_on, at)
    if not contract.registered_number:
        give_number(contract, stream, by=by, at=at)
    fixed = fixed_text(contract, by, current_firm())
    assert contract.version is not None
    signing = Signing.objects.create(
        contract=contract,
        version=contract.version,
        way=Way(way),
        order=Order(order),
        digest=fixed.digest,
        pdf=keep_file(text_copy(fixed, at=at), "application/pdf", at=at),
        begun_by=by.user,
        begun_at=at,
        lapses_at=lapses_at,
    )
    signatories = _signatories(signing, ours, theirs, fixed.language)
    plan_turns(signing, signatories, by=by, at=at)
    _hand_over(signing, turns_begun(signing, signatories), stream, by, at)
    return signing


def _hand_over(
    signing: Signing, turns: list[Signatory], stream: Stream, by: Viewer, at: datetime
) -> None:
    """Whoever signs first has it now, and is told."""
    contract = signing.contract
    asked = signing.signatories.filter(side="theirs") if signing.way != Way.CODE else []
    for row in turns:
        open_turn(signing, row, by=by, at=at)
    if signing.way != Way.CODE:
        open_sending(signing, by=by, at=at)
    contract.case.state = ContractState.SIGNING
    contract.save(update_fields=["client_turn"])
    touch_case(contract.case, by=by, at=at, fields=("state",))
    record(
        stream,
        SIGNING_BEGUN,
        by=by.user.pk,
        at=at,
        contract=contract.pk,
        signing=signing.pk,
        way=WAYS[Way(signing.way)],
        until=day_ref(last_day(signing)),
        digest=signing.digest,
        turns=[row.pk for row in turns] or [row.pk for row in asked],
    )


def last_day(signing: Signing) -> date:
    """The last day one may sign, where the firm is."""
    return signing.lapses_at.astimezone(zone_of(current_firm())).date()


def _check_signers(contract: Contract, ours: Employee, theirs: Contact, at: datetime) -> None:
    if not holds_power_to_sign(ours, contract, at):
        raise Refused(
            "no_power",
            _("This employee has no power to sign a contract for this sum now."),
            field="ours",
        )
    if not may_sign_for_client(theirs, contract) or theirs.user_id is None:
        raise Refused(
            "does_not_sign", _("This person does not sign for the client."), field="theirs"
        )


def _lapse(day: date | None, at: datetime) -> datetime:
    zone = zone_of(current_firm())
    today = at.astimezone(zone).date()
    last = day or today + timedelta(days=USUAL_DAYS)
    if not today <= last <= today + timedelta(days=MOST_DAYS):
        raise Refused(
            "bad_lapse",
            _("The last day to sign is today or later, at most %(days)s days ahead."),
            days=MOST_DAYS,
            field="lapses_on",
        )
    return datetime.combine(last, LAST_MINUTE, tzinfo=zone)


def _signatories(
    signing: Signing, ours: Employee, theirs: Contact, language: str
) -> list[Signatory]:
    """Both as the paper names them: in its language."""
    client, firm = signing.contract.case.client, current_firm()
    assert theirs.user is not None
    with override(language):
        told = Signatory.objects.create(
            signing=signing,
            side="theirs",
            user=theirs.user,
            contact=theirs,
            name=person_name(theirs.name, theirs.name_en),
            position=detail(theirs.position, theirs.position_en),
            company=client.full_name,
        )
        mine = Signatory.objects.create(
            signing=signing,
            side="ours",
            user=ours.user,
            employee=ours,
            name=person_name(ours.user.name, ours.user.name_en),
            position=ours.position(language),
            company=_firm_name(firm),
        )
    return [told, mine] if signing.order != Order.OURS else [mine, told]


def _firm_name(firm: Firm) -> str:
    own = firm.details.get("name", "") or firm.legal_name or firm.name
    return detail(own, firm.details.get("name_en", "") or firm.name_en)
