"""A contract signed on paper or through an operator: sent, scanned, received. The promise stays
open until the original is here.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import (
    keep_promise,
    lay_promise,
    rank_holders,
    store_promises,
    touch_case,
)
from zabota.cases.models import Promise, Turn
from zabota.cases.moments import CONTRACT_ORIGINAL
from zabota.common.files import keep_file
from zabota.common.uploads import check_kind, safe_name
from zabota.contracts.actions.in_hand import hold_for_owner
from zabota.contracts.actions.locked import lock_contract
from zabota.contracts.actions.signing.confirm import put_in_effect
from zabota.contracts.entries import ORIGINAL_RECEIVED, ORIGINAL_SENT, SCAN_ADDED
from zabota.contracts.models import (
    Contract,
    Dispatch,
    Order,
    SignedPart,
    Signing,
    SigningFile,
    SigningState,
    Way,
)
from zabota.contracts.rules import (
    Viewer,
    has_original,
    may_add_scan,
    may_receive_original,
    may_send_original,
    side_of,
)
from zabota.journal.actions import record
from zabota.journal.models import Stream
from zabota.people.firm import calendar_of, current_firm
from zabota.people.refusal import Refused

MOST_SCANS = 20
SCANS = ("pdf", "jpg", "jpeg", "png")
SENDING = {
    Way.PAPER: ("Отправить вам подписанный оригинал", "Send you the signed original"),
    Way.OPERATOR: ("Отправить договор через оператора ЭДО", "Send it through the operator"),
}
THEIRS = {
    Way.PAPER: ("Подписанный оригинал от вас", "The signed original from you"),
    Way.OPERATOR: ("Ваша подпись у оператора ЭДО", "Your signature at the operator"),
}
THEIR_COPY = ("Отправить вам ваш экземпляр", "Send you your own copy back")
RECEIVING = ("Получить оригинал от вас", "Receive the original from you")


def open_sending(signing: Signing, *, by: Viewer, at: datetime) -> None:
    """Who sends first: ours by a promise of the owner, or the client at once. The caller stores the
    contract's `client_turn`.
    """
    if signing.way == Way.PAPER and signing.order == Order.THEIRS:
        _ask_client(signing, by, at)
        return
    words = SENDING[Way(signing.way)]
    minutes = current_firm().answer_hours * 60
    _promise_ours(signing, words, by, at, minutes=minutes)


@transaction.atomic
def send_original(
    signing: Signing, *, by: Viewer, at: datetime, carrier: str, tracking: str = ""
) -> Dispatch:
    """«Отправлено»: by whom it goes and under which number it can be followed."""
    contract, stream, signing = locked_signing(signing)
    side = side_of(by)
    if not may_send_original(by, signing, has_it=has_original(by, signing, at)):
        raise PermissionDenied
    if not carrier.strip():
        raise Refused("no_carrier", _("Please say by whom it was sent."), field="carrier")
    if Dispatch.objects.filter(signing=signing, side=side).exists():
        raise Refused("sent_already", _("It is marked as sent already."))
    row = Dispatch.objects.create(
        signing=signing,
        side=side,
        carrier=carrier.strip(),
        tracking=tracking.strip(),
        sent_by=by.user,
        sent_at=at,
    )
    _settle(signing.sending, by, at)
    if side == "ours" and signing.state == SigningState.OPEN:
        _ask_client(signing, by, at)
    elif side == "theirs":
        _settle(contract.client_turn, by, at)
        _promise_ours(signing, RECEIVING, by, at)
    contract.save(update_fields=["client_turn"])
    touch_case(contract.case, by=by, at=at)
    record(
        stream,
        ORIGINAL_SENT,
        by=by.user.pk,
        at=at,
        contract=contract.pk,
        signing=signing.pk,
        side=side,
        carrier=row.carrier,
        tracking=row.tracking or "—",
    )
    return row


@transaction.atomic
def add_scan(signing: Signing, name: str, data: bytes, *, by: Viewer, at: datetime) -> SigningFile:
    """A scan of what was signed by hand: either side shows it while the original is on its way."""
    contract, stream, signing = locked_signing(signing)
    if not may_add_scan(by, signing, has_it=has_original(by, signing, at)):
        raise PermissionDenied
    plain = safe_name(name)
    if plain.rpartition(".")[2].lower() not in SCANS:
        raise Refused("not_a_scan", _("A scan is a PDF, JPG or PNG file."), field="file")
    check_kind(plain, data)
    if SigningFile.objects.filter(signing=signing, kind=SignedPart.SCAN).count() >= MOST_SCANS:
        raise Refused("too_many", _("There are %(limit)s scans already."), limit=MOST_SCANS)
    media = "application/pdf" if plain.lower().endswith(".pdf") else "application/octet-stream"
    file = keep_file(data, media, at=at, limit=settings.UPLOAD_LIMIT)
    row, made = SigningFile.objects.get_or_create(
        signing=signing,
        file=file,
        name=plain,
        defaults={"kind": SignedPart.SCAN, "made_by": by.user, "made_at": at},
    )
    if made:
        touch_case(contract.case, by=by, at=at)
        record(
            stream,
            SCAN_ADDED,
            by=by.user.pk,
            at=at,
            contract=contract.pk,
            signing=signing.pk,
            side=side_of(by),
            name=row.name,
            digest=file.digest,
        )
    return row


@transaction.atomic
def receive_original(signing: Signing, *, by: Viewer, at: datetime) -> Signing:
    """«Оригинал получен»: signed by both sides and here; only now the promise is kept. Where the
    client sent both copies first, to send theirs back is promised at once.
    """
    contract, stream, signing = locked_signing(signing)
    if not may_receive_original(by, signing, has_it=has_original(by, signing, at)):
        raise PermissionDenied
    settle_open(signing, by=by, at=at)
    record(
        stream,
        ORIGINAL_RECEIVED,
        by=by.user.pk,
        at=at,
        contract=contract.pk,
        signing=signing.pk,
    )
    put_in_effect(signing, contract, stream, by=by, at=at)
    if signing.order != Order.OURS and not signing.dispatches.filter(side="ours").exists():
        minutes = current_firm().answer_hours * 60
        _promise_ours(signing, THEIR_COPY, by, at, minutes=minutes)
    return signing


def settle_open(signing: Signing, *, by: Viewer, at: datetime) -> None:
    """What was promised of this signing is done."""
    _settle(signing.sending, by, at)
    _settle(signing.contract.client_turn, by, at)


def locked_signing(signing: Signing) -> tuple[Contract, Stream, Signing]:
    """The signing under its contract's lock, read after it."""
    contract, stream = lock_contract(signing.contract_id)
    found = Signing.objects.select_related("sending", "pdf").get(pk=signing.pk)
    found.contract = contract
    return contract, stream, found


def _ask_client(signing: Signing, by: Viewer, at: datetime) -> None:
    turn = signing.contract.client_turn
    if turn is not None and turn.settled_at is None:
        return
    signing.contract.client_turn = lay_promise(
        signing.contract.case,
        CONTRACT_ORIGINAL,
        by=by,
        at=at,
        words=THEIRS[Way(signing.way)],
        minutes=None,
        turn=Turn.THEIRS,
        calendar=calendar_of(current_firm()),
        due_at=signing.lapses_at,
    )


def _promise_ours(
    signing: Signing,
    words: tuple[str, str],
    by: Viewer,
    at: datetime,
    *,
    minutes: int | None = None,
) -> None:
    """Ours in working hours; to receive what is on its way, until the last day, or two weeks where
    that is over.
    """
    due = signing.lapses_at if signing.lapses_at > at else at + timedelta(days=14)
    signing.sending = lay_promise(
        signing.contract.case,
        CONTRACT_ORIGINAL,
        by=by,
        at=at,
        words=words,
        minutes=minutes,
        calendar=calendar_of(current_firm()),
        due_at=None if minutes else due,
    )
    signing.save(update_fields=["sending"])
    hold_for_owner(signing.contract, signing.sending, by=by, at=at)


def _settle(promise: Promise | None, by: Viewer, at: datetime) -> None:
    if promise is None or promise.settled_at is not None:
        return
    keep_promise(promise, by=by, at=at)
    store_promises([promise])
    rank_holders([promise], by=by, at=at)
