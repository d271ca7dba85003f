"""A code to sign in, or to confirm a deed: signed from its row when needed, stored nowhere."""

import hashlib
import hmac
from datetime import datetime

from django.conf import settings

from zabota.people.models import SignInCode

CODE_MINUTES = 15
CODE_TRIES = 5


def code_digits(code: SignInCode) -> str:
    """The six digits that belong to this row: signed from it, stored nowhere."""
    told = f"{code.about or 'sign-in'}:{code.pk}:{code.salt}"
    signed = hmac.new(settings.SECRET_KEY.encode(), told.encode(), hashlib.sha256)
    return f"{int.from_bytes(signed.digest()[:8]) % 1_000_000:06d}"


def code_link_token(code: SignInCode) -> str:
    """What the link in the mail carries instead of digits; unguessable, ends with the row."""
    signed = hmac.new(
        settings.SECRET_KEY.encode(), f"sign-in-link:{code.pk}:{code.salt}".encode(), hashlib.sha256
    )
    return f"{code.pk}-{signed.hexdigest()[:40]}"


def code_by_token(token: str, *, at: datetime) -> SignInCode | None:
    """The unspent code a mailed link belongs to, or None: wrong, spent or over."""
    number = token.partition("-")[0]
    if not number.isdecimal():
        return None
    code = SignInCode.objects.select_related("user").filter(pk=int(number), about="").first()
    if code is None or code.spent_at is not None or code.ends_at <= at:
        return None
    return code if hmac.compare_digest(code_link_token(code), token) else None
