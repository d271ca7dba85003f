"""Codes for signing in and for confirming: made, spent by digits, spent by link.

Like throttles they write no entry; the row itself says when it was made, tried and spent.
"""

import hmac
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from zabota.people.actions.throttle import count_try, forget_tries
from zabota.people.codes import CODE_MINUTES, CODE_TRIES, code_by_token, code_digits
from zabota.people.models import SignInCode, User
from zabota.people.refusal import Refused
from zabota.people.throttle import come_back, throttled_until

CODES_PER_ADDRESS, ADDRESS_MINUTES = 5, 15
CODES_PER_PLACE, PLACE_MINUTES = 30, 60


def make_code(
    user: User, next_path: str, *, by: User | None, at: datetime, about: str = ""
) -> SignInCode:
    """A code for this account, good for a quarter of an hour; the mail is made from the row."""
    return SignInCode.objects.create(
        user=user,
        salt=secrets.token_hex(16),
        made_at=at,
        ends_at=at + timedelta(minutes=CODE_MINUTES),
        next_path=next_path,
        about=about,
    )


def request_confirming_code(
    user: User, about: str, *, by: User | None, at: datetime, from_address: str = ""
) -> SignInCode:
    """A code to the account's own address by which they confirm one deed, named by `about`."""
    by_address, by_place = f"confirm:{user.pk}", f"code-from:{from_address}"
    _check_often(by_address, by_place, at)
    count_try(by_address, minutes=ADDRESS_MINUTES, at=at)
    count_try(by_place, minutes=PLACE_MINUTES, at=at)
    forget_tries(f"confirm-digits:{user.pk}", at=at)
    return make_code(user, "", by=by, at=at, about=about)


def spend_confirming_code(
    user: User, about: str, digits: str, *, by: User | None, at: datetime
) -> SignInCode | None:
    """The code of this very deed that these digits belong to, now spent; None: wrong or over."""
    key = f"confirm-digits:{user.pk}"
    until = throttled_until(key, CODE_TRIES, at=at)
    if until is not None:
        raise Refused(
            "tried_too_often",
            _("This code was tried %(limit)s times and opens nothing any more. Ask for another."),
            limit=CODE_TRIES,
        )
    live = SignInCode.objects.filter(user=user, about=about, user__is_active=True)
    found = _spend_right(live, digits, at)
    if found is None:
        count_try(key, minutes=CODE_MINUTES, at=at)
    return found


def request_code(
    user: User | None,
    email: str,
    next_path: str,
    *,
    by: User | None,
    at: datetime,
    from_address: str = "",
) -> SignInCode | None:
    """A code for the account of this address, if there is one that may come in.

    None without an account; the page never tells. Refused when it was asked for too often, by the
    address as it was typed, known or not.
    """
    by_address, by_place = f"code:{email}", f"code-from:{from_address}"
    _check_often(by_address, by_place, at)
    count_try(by_address, minutes=ADDRESS_MINUTES, at=at)
    count_try(by_place, minutes=PLACE_MINUTES, at=at)
    # A new code brings tries of its own.
    forget_tries(f"digits:{email}", at=at)
    return None if user is None else make_code(user, next_path, by=by, at=at)


def _check_often(by_address: str, by_place: str, at: datetime) -> None:
    until = throttled_until(by_address, CODES_PER_ADDRESS, at=at)
    if until is not None:
        raise Refused(
            "too_often",
            _(
                "A code for this address was asked for %(limit)s times in %(minutes)s minutes; "
                "more is not possible. Ask again after this time: %(until)s."
            ),
            limit=CODES_PER_ADDRESS,
            minutes=ADDRESS_MINUTES,
            until=come_back(until, at=at),
        )
    until = throttled_until(by_place, CODES_PER_PLACE, at=at)
    if until is not None:
        raise Refused(
            "too_often_here",
            _(
                "From your network codes were asked for %(limit)s times in %(minutes)s minutes; "
                "more is not possible. Ask again after this time: %(until)s."
            ),
            limit=CODES_PER_PLACE,
            minutes=PLACE_MINUTES,
            until=come_back(until, at=at),
        )


def request_staff_code(
    email: str, next_path: str, *, by: User | None, at: datetime, from_address: str = ""
) -> SignInCode | None:
    """A code for an employee who has no password yet, or forgot it."""
    email = email.strip().lower()
    user = User.objects.filter(
        email=email, is_active=True, employee__isnull=False, employee__dismissed_at=None
    ).first()
    return request_code(user, email, next_path, by=by, at=at, from_address=from_address)


def spend_code(email: str, digits: str, *, by: User | None, at: datetime) -> SignInCode | None:
    """The code these digits belong to, now spent; None: wrong, over, spent, or tried too often.

    Every live code of the account counts the try before anything is compared, so that guessing in
    parallel gains nothing; several codes may be live, because mail is sometimes slow.
    """
    address = email.strip().lower()
    live = SignInCode.objects.filter(user__email=address, user__is_active=True, about="")
    return _spend_right(live, digits, at)


def _spend_right(found: QuerySet[SignInCode], digits: str, at: datetime) -> SignInCode | None:
    digits = "".join(character for character in digits if character.isdecimal())
    live = found.filter(spent_at=None, ends_at__gt=at, tries__lt=CODE_TRIES)
    with transaction.atomic():
        codes = list(live.select_related("user").select_for_update(of=("self",)))
        SignInCode.objects.filter(pk__in=[code.pk for code in codes]).update(tries=F("tries") + 1)
        right = [
            code
            for code in codes
            if hmac.compare_digest(code_digits(code).encode(), digits.encode())
        ]
        return _spend(right[0], at) if right else None


def spend_link(token: str, *, by: User | None, at: datetime) -> SignInCode | None:
    """The code this link belongs to, now spent; None: wrong, over or spent."""
    code = code_by_token(token, at=at)
    if code is None or not code.user.is_active:
        return None
    return _spend(code, at)


def _spend(code: SignInCode, at: datetime) -> SignInCode | None:
    """One winner only; the other codes of the account for the same deed die with it."""
    if not SignInCode.objects.filter(pk=code.pk, spent_at=None).update(spent_at=at):
        return None
    SignInCode.objects.filter(user=code.user_id, about=code.about, spent_at=None).update(
        spent_at=at
    )
    code.spent_at = at
    return code
