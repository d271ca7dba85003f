"""Links that grant something outside a session: signed from a row's id when a letter is
rendered.
"""

from django.core.signing import BadSignature, Signer


def link_token(kind: str, pk: int) -> str:
    """An unguessable token for a row; stored nowhere, the same each time it is made."""
    return Signer(salt=f"link:{kind}").sign(str(pk)).replace(":", "-")


def token_row(kind: str, token: str) -> int | None:
    """The row a token was made for, or None."""
    try:
        return int(Signer(salt=f"link:{kind}").unsign(token.replace("-", ":", 1)))
    except (BadSignature, ValueError):
        return None
