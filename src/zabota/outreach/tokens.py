"""Links that grant something outside a session, and addresses to answer to: signed from a row's
id when a letter is rendered.
"""

import base64
import re

from django.core.signing import BadSignature, Signer
from django.utils.crypto import constant_time_compare, salted_hmac


def link_token(kind: str, pk: int) -> str:
    """An unguessable token for a row; stored nowhere, the same each time it is made."""
    return Signer(salt=f"link:{kind}").sign(str(pk)).replace(":", "-")


def token_row(kind: str, token: str) -> int | None:
    """The row a token was made for, or None."""
    try:
        return int(Signer(salt=f"link:{kind}").unsign(token.replace("-", ":", 1)))
    except (BadSignature, ValueError):
        return None


# Mail servers may lower the case of an address and allow 64 signs before the @.
REPLY = re.compile(r"\+([0-9]{1,18})\.([a-z2-7]{26})@")


def reply_address(address: str, message: int) -> str:
    """Where to answer a letter of ours: help@firm.example becomes help+7.signature@firm.example.

    The letter is a row, so the address names its case and its recipient.
    """
    name, _, host = address.partition("@")
    return f"{name}+{message}.{_reply_signature(message)}@{host}"


def reply_row(address: str) -> int | None:
    """The letter of ours an address answers; None where no such address was ever given out."""
    match = REPLY.search(address.lower())
    if match is None or not constant_time_compare(match[2], _reply_signature(int(match[1]))):
        return None
    return int(match[1])


def _reply_signature(message: int) -> str:
    digest = salted_hmac("zabota.reply", str(message), algorithm="sha256").digest()
    return base64.b32encode(digest[:16]).decode().lower().rstrip("=")
