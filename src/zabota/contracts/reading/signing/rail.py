"""The rail goes on past «согласовано»: who signs, since when, until when."""

from dataclasses import dataclass
from datetime import datetime

from zabota.contracts.models import Contract, Signing, SigningState, Way
from zabota.contracts.reading.rail.views import Step
from zabota.contracts.reading.signing.page import SignatureView, signature_views
from zabota.contracts.reading.signing.parties import present_signing, signatories_of
from zabota.contracts.rules import Viewer


@dataclass(frozen=True)
class SigningView:
    """How far the signing is, for the line on top and the rail."""

    signing: Signing
    views: list[SignatureView]
    steps: list[Step]

    @property
    def current(self) -> SignatureView | None:
        """Whose signature is awaited; one's own before the other side's."""
        waiting = [one for one in self.views if one.state in ("on", "late")]
        return next((one for one in waiting if one.yours), waiting[0] if waiting else None)

    @property
    def is_code(self) -> bool:
        return bool(self.signing.way == Way.CODE)


def read_signing(contract: Contract, viewer: Viewer, *, at: datetime) -> SigningView | None:
    """None where the contract is not being signed; two queries where it is."""
    signing = present_signing(contract)
    if signing is None:
        return None
    views = signature_views(signing, signatories_of(signing), viewer, at=at)
    steps = [Step("signature", signature=one) for one in views]
    if signing.state == SigningState.SIGNED:
        steps.append(Step("in_force", at=signing.ended_at))
    return SigningView(signing, views, steps)
