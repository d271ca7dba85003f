"""A contract being signed: its fixed text on paper, who signs, how far it is."""

from zabota.contracts.reading.signing.parties import (
    client_signers,
    our_signer,
    our_signers,
    present_signing,
    signatories_of,
    who_else_signs,
)
from zabota.contracts.reading.signing.text import (
    FixedText,
    fixed_text,
    signed_copy,
    text_copy,
    title_of,
)
from zabota.contracts.reading.signing.words import authority_words, masked_address

__all__ = [
    "FixedText",
    "authority_words",
    "client_signers",
    "fixed_text",
    "masked_address",
    "our_signer",
    "our_signers",
    "present_signing",
    "signatories_of",
    "signed_copy",
    "text_copy",
    "title_of",
    "who_else_signs",
]
