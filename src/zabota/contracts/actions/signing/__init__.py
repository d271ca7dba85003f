"""Signing an agreed contract: begun, confirmed by a code, sent on paper or through an operator,
refused, called off, lapsed.
"""

from zabota.contracts.actions.signing.begin import begin_signing
from zabota.contracts.actions.signing.confirm import Authority, ask_signing_code, sign_contract
from zabota.contracts.actions.signing.end import lapse_signing, refuse_signature, stop_signing
from zabota.contracts.actions.signing.exchange import bind_exchange
from zabota.contracts.actions.signing.original import add_scan, receive_original, send_original
from zabota.contracts.actions.signing.pass_on import miss_signatories, pass_signature

__all__ = [
    "Authority",
    "add_scan",
    "ask_signing_code",
    "begin_signing",
    "bind_exchange",
    "lapse_signing",
    "miss_signatories",
    "pass_signature",
    "receive_original",
    "refuse_signature",
    "send_original",
    "sign_contract",
    "stop_signing",
]
