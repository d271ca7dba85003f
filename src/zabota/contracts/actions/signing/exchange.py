"""The archive of an operator comes back: its parts are bound to the very text and kept."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from zabota.cases.actions import touch_case
from zabota.common.files import keep_file
from zabota.common.uploads import safe_name
from zabota.contracts.actions.signing.confirm import put_in_effect
from zabota.contracts.actions.signing.original import locked_signing, settle_open
from zabota.contracts.entries import EXCHANGE_BOUND
from zabota.contracts.exchange import Part, read_exchange
from zabota.contracts.models import SignedPart, Signing, SigningFile
from zabota.contracts.rules import Viewer, has_original, may_bind_exchange
from zabota.journal.actions import record
from zabota.people.models import User

OCTETS = "application/octet-stream"


@transaction.atomic
def bind_exchange(
    signing: Signing, name: str, data: bytes, *, by: Viewer, at: datetime
) -> list[Part]:
    """Keep the archive and its parts with the text that was given to the operator. The document in
    it must be that very file; ExchangeRefused says what is wrong. Signatures are kept and not
    verified; with one of everybody who signs the contract is in force.
    """
    contract, stream, signing = locked_signing(signing)
    if not may_bind_exchange(by, signing, has_it=has_original(by, signing, at)):
        raise PermissionDenied
    parts = read_exchange(data, signing.pdf.digest)
    _keep(signing, name, SignedPart.ARCHIVE, data, by.user, at)
    for part in parts:
        _keep(signing, part.name, SignedPart(part.kind), part.data, by.user, at)
    signatures = SigningFile.objects.filter(signing=signing, kind=SignedPart.SIGNATURE)
    count = signatures.values("file").distinct().count()
    touch_case(contract.case, by=by, at=at)
    record(
        stream,
        EXCHANGE_BOUND,
        by=by.user.pk,
        at=at,
        contract=contract.pk,
        signing=signing.pk,
        signatures=count,
        document=signing.pdf.digest,
    )
    if count >= signing.signatories.count():
        settle_open(signing, by=by, at=at)
        put_in_effect(signing, contract, stream, by=by, at=at)
    return parts


def _keep(
    signing: Signing, name: str, kind: SignedPart, data: bytes, by: User, at: datetime
) -> None:
    SigningFile.objects.get_or_create(
        signing=signing,
        file=keep_file(data, OCTETS, at=at),
        name=safe_name(name),
        defaults={"kind": kind, "made_by": by, "made_at": at},
    )
