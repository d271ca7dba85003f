"""Passwords of mailboxes and tokens of gates: encrypted with a key made of this installation's
secret key, or named by an environment variable. They never reach a page, a log or the journal.
"""

import base64
import os

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.crypto import salted_hmac

from zabota.outreach.models import Gate, Mailbox


class NoPassword(Exception):
    """The password cannot be had: the variable is not set, or the secret key has changed."""


def _box() -> Fernet:
    key = salted_hmac("zabota.mailbox", "", settings.SECRET_KEY, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))


def encrypt_password(password: str) -> str:
    """How a password is stored."""
    return _box().encrypt(password.encode()).decode()


def password_of(mailbox: Mailbox | Gate) -> str:
    """The password of a mail server, the token of a bot; NoPassword says why there is none."""
    if mailbox.secret_env:
        if password := os.environ.get(mailbox.secret_env):
            return password
        raise NoPassword(f"{mailbox.secret_env} is not set")
    try:
        return _box().decrypt(mailbox.secret.encode()).decode()
    except InvalidToken:
        raise NoPassword("the secret key has changed since the password was typed") from None
