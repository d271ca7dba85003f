"""Signing in: staff by password through allauth, clients by a mailed code; both throttled."""

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import F, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext as _

from zabota.common import clock
from zabota.people.models import Firm, SignInCode, Throttle, User

CODE_MINUTES = 15
CODE_TRIES = 5
# In the session of who came in by a mailed code: they may set a password without the old one.
CAME_BY_CODE = "came_by_code"


class Backend(AuthenticationBackend):
    """Brings the account, its employee and the firm's version in one query."""

    def get_user(self, user_id: Any) -> User | None:
        return (
            User.objects.select_related("employee__team", "employee__photo")
            .annotate(firm_version=Subquery(Firm.objects.filter(pk=1).values("version")[:1]))
            .filter(pk=user_id, is_active=True)
            .first()
        )


class StaffAdapter(DefaultAccountAdapter):
    """Staff sign in here; nobody signs up by themselves, and tries are limited in our own table."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        address = str(credentials.get("email", "")).lower()
        at = clock.now()
        if is_throttled(f"password:{address}", 10, at=at) or is_throttled(
            f"password-from:{client_address(request)}", 100, at=at
        ):
            raise ValidationError(_("Too many tries. Please wait a quarter of an hour."))

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our pages say what happened themselves; allauth's "you have signed in" is noise."""

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        address = str(credentials.get("email", "")).lower()
        at = clock.now()
        count_try(f"password:{address}", minutes=15, at=at)
        count_try(f"password-from:{client_address(request)}", minutes=15, at=at)


def client_address(request: HttpRequest) -> str:
    """Where the request comes from, as far as the server in front tells."""
    return str(request.META.get("REMOTE_ADDR", ""))


def is_throttled(key: str, limit: int, *, at: datetime) -> bool:
    """Whether this was tried as often as is allowed in its window."""
    return Throttle.objects.filter(
        key=_short(key), count__gte=limit, window_ends_at__gt=at
    ).exists()


def count_try(key: str, *, minutes: int, at: datetime) -> None:
    """Count one more try; a window that is over begins anew. Safe with many processes."""
    ends = at + timedelta(minutes=minutes)
    row, made = Throttle.objects.get_or_create(
        key=_short(key), defaults={"count": 1, "window_ends_at": ends}
    )
    if made:
        return
    begun_anew = Throttle.objects.filter(pk=row.pk, window_ends_at__lte=at).update(
        count=1, window_ends_at=ends
    )
    if not begun_anew:
        Throttle.objects.filter(pk=row.pk).update(count=F("count") + 1)


def code_digits(code: SignInCode) -> str:
    """The six digits that belong to this row: signed from it, stored nowhere."""
    signed = hmac.new(
        settings.SECRET_KEY.encode(), f"sign-in:{code.pk}:{code.salt}".encode(), hashlib.sha256
    )
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
    code = SignInCode.objects.select_related("user").filter(pk=int(number)).first()
    if code is None or code.spent_at is not None or code.ends_at <= at:
        return None
    return code if hmac.compare_digest(code_link_token(code), token) else None


def _short(key: str) -> str:
    return key if len(key) <= 120 else hashlib.sha256(key.encode()).hexdigest()
