"""The signatures of a contract for its dossier: who, when, how, under which digest, which files."""

from dataclasses import dataclass
from datetime import datetime

from zabota.contracts.models import Contract, Dispatch, Signing, SigningFile, SigningState, Way
from zabota.contracts.reading.signing.page import SignatureView, signature_views
from zabota.contracts.reading.signing.parties import present_signing, signatories_of
from zabota.contracts.rules import Viewer

ENDED = (SigningState.REFUSED, SigningState.STOPPED, SigningState.LAPSED)


@dataclass(frozen=True)
class Signatures:
    """The attempt that counts, with its files; those that came to nothing."""

    signing: Signing | None
    views: list[SignatureView]
    files: list[SigningFile]
    dispatches: list[Dispatch]
    ended: list[Signing]

    @property
    def is_code(self) -> bool:
        return self.signing is not None and self.signing.way == Way.CODE


def read_signatures(contract: Contract, viewer: Viewer, *, at: datetime) -> Signatures | None:
    """None where nobody was ever asked to sign; at most five queries."""
    signing = present_signing(contract)
    ended = list(Signing.objects.filter(contract=contract, state__in=ENDED).order_by("-pk"))
    if signing is None:
        return Signatures(None, [], [], [], ended) if ended else None
    return Signatures(
        signing,
        signature_views(signing, signatories_of(signing), viewer, at=at),
        list(signing.files.select_related("file").order_by("pk")),
        list(signing.dispatches.order_by("pk")),
        ended,
    )
