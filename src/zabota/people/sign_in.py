"""Signing in: staff by password through allauth, clients by a mailed code; both throttled."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Subquery
from django.http import HttpRequest
from django.utils.translation import gettext as _

from zabota.common import clock
from zabota.common.addresses import sender
from zabota.common.prepared import Prepared
from zabota.people.actions.throttle import count_try
from zabota.people.codes import (
    CODE_MINUTES,
    CODE_TRIES,
    code_by_token,
    code_digits,
    code_link_token,
)
from zabota.people.models import Firm, User
from zabota.people.throttle import come_back, is_throttled, throttled_until

# What signing in offers to the pages and letters of upper apps.
__all__ = [
    "CAME_BY_CODE",
    "CODE_MINUTES",
    "CODE_TRIES",
    "Backend",
    "StaffAdapter",
    "client_address",
    "code_by_token",
    "code_digits",
    "code_link_token",
    "come_back",
    "count_try",
    "is_throttled",
    "throttled_until",
]

# In the session of who came in by a mailed code: they may set a password without the old one.
CAME_BY_CODE = "came_by_code"


class Backend(AuthenticationBackend):
    """Brings the account, its employee and the firm's version in one query."""

    def get_user(self, user_id: Any) -> User | None:
        return next(iter(_signed_in(int(user_id))), None)


_signed_in = Prepared(
    lambda pk: (
        User.objects.select_related("employee__team", "employee__photo")
        .annotate(firm_version=Subquery(Firm.objects.filter(pk=1).values("version")[:1]))
        .filter(pk=pk, is_active=True)
    )
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
    """Where the request comes from; what proxies say is believed of our own only."""
    peer = str(request.META.get("REMOTE_ADDR", ""))
    return sender(peer, str(request.META.get("HTTP_X_FORWARDED_FOR", "")), settings.PROXIES)
