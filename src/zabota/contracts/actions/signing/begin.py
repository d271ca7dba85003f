"""Signing begins: the contract gets its number, the text is fixed, each side's turn is promised."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from zabota.cases.actions import touch_case
from zabota.clients.models import Contact
from zabota.common.files import keep_file
from zabota.common.names import detail
from zabota.contracts.actions.locked import lock_contract
from zabota.contracts.actions.share import give_number
from zabota.contracts.actions.signing.called import called
from zabota.contracts.actions.signing.original import open_sending
from zabota.contracts.actions.signing.turns import (
    open_turn,
    plan_turns,
    turn_of_client,
    turns_begun,
)
from zabota.contracts.entries import SIGNING_BEGUN
from zabota.contracts.models import Contract, ContractState, Order, Signatory, Signing, Way
from zabota.contracts.reading.signing import fixed_text, our_signer, text_copy
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
# Of one side.
MOST_SIGNERS = 5
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
    theirs: Sequence[Contact],
    ours: Sequence[Employee] | None = None,
    way: str = Way.CODE,
    order: str = Order.THEIRS,
    lapses_on: date | None = None,
    places: Mapping[int, int] | None = None,
) -> Signing:
    """Fix the text as it stands and ask both sides to sign it by that day. Those of one side are
    asked by `places` (of accounts): the same number at the same time, the next when all before have
    signed. Nobody of ours named: the usual one (`our_signer`). The registration number is given
    now, if it was not: it stands on what is signed. The client may begin to sign by codes only,
    itself first.
    """
    contract, stream = lock_contract(contract.pk)
    if not may_begin_signing(by, contract):
        raise PermissionDenied
    if not answers_for(by, contract) and (way, order) != (Way.CODE, Order.THEIRS):
        raise PermissionDenied
    ours = _usual(contract, at) if ours is None else ours
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
    signatories = _signatories(signing, ours, theirs, fixed.language, places or {})
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
    turn_of_client(contract, turns)
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


def _usual(contract: Contract, at: datetime) -> list[Employee]:
    found = our_signer(contract, at)
    if found is None:
        raise Refused(
            "nobody_signs",
            _("Nobody of ours can sign a contract for this sum yet. Please write to us."),
        )
    return [found]


def _check_signers(
    contract: Contract, ours: Sequence[Employee], theirs: Sequence[Contact], at: datetime
) -> None:
    for one in ours:
        if not holds_power_to_sign(one, contract, at):
            raise Refused(
                "no_power",
                _("This employee has no power to sign a contract for this sum now: %(name)s."),
                field="ours",
                name=one.name,
            )
    for person in theirs:
        if not may_sign_for_client(person, contract) or person.user_id is None:
            raise Refused(
                "does_not_sign",
                _("This person does not sign for the client: %(name)s."),
                field="theirs",
                name=person.shown_name,
            )
    _check_number(ours, theirs)


def _check_number(ours: Sequence[Employee], theirs: Sequence[Contact]) -> None:
    """Somebody of each side, each of them once."""
    for people, field in ((ours, "ours"), (theirs, "theirs")):
        if not 1 <= len(people) <= MOST_SIGNERS:
            raise Refused(
                "bad_number",
                _("Who signs: at least one person of each side, at most %(limit)s."),
                field=field,
                limit=MOST_SIGNERS,
            )
    users = [*(one.user_id for one in ours), *(one.user_id for one in theirs)]
    if len(set(users)) < len(users):
        raise Refused("signs_twice", _("One person signs once, for one side."), field="theirs")


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
    signing: Signing,
    ours: Sequence[Employee],
    theirs: Sequence[Contact],
    language: str,
    places: Mapping[int, int],
) -> list[Signatory]:
    """Everybody as the paper names them, in its language; side by side."""
    company, own = signing.contract.case.client.full_name, current_firm()
    with override(language):
        rows = [called(Signatory(side="theirs", company=company), one, language) for one in theirs]
        firm = _firm_name(own)
        rows += [called(Signatory(side="ours", company=firm), one, language) for one in ours]
    for row in rows:
        row.signing = signing
        row.place = places.get(row.user_id, 1)
        if not 1 <= row.place <= MOST_SIGNERS:
            raise Refused("bad_place", _("Please say who signs after whom by numbers from 1 on."))
        row.save()
    return rows


def _firm_name(firm: Firm) -> str:
    own = firm.details.get("name", "") or firm.legal_name or firm.name
    return detail(own, firm.details.get("name_en", "") or firm.name_en)
