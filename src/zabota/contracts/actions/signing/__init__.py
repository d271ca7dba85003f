"""Signing an agreed contract: begun, confirmed by a code, refused, called off, lapsed."""

from zabota.contracts.actions.signing.begin import begin_signing
from zabota.contracts.actions.signing.confirm import Authority, ask_signing_code, sign_contract
from zabota.contracts.actions.signing.end import lapse_signing, refuse_signature, stop_signing

__all__ = [
    "Authority",
    "ask_signing_code",
    "begin_signing",
    "lapse_signing",
    "refuse_signature",
    "sign_contract",
    "stop_signing",
]
