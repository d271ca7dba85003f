"""Throttles and the codes one signs in by."""

from django.db import models

from zabota.people.models.accounts import User


class Throttle(models.Model):
    """How often something was tried lately, shared by all processes."""

    key = models.CharField(max_length=120, unique=True)
    count = models.PositiveIntegerField(default=0)
    window_ends_at = models.DateTimeField()


class SignInCode(models.Model):
    """A six-digit code mailed to a person; it is signed from this row when the mail is made.

    `about` names what it confirms; a code to sign in has none, and neither opens the other.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="codes")
    salt = models.CharField(max_length=32)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    spent_at = models.DateTimeField(null=True)
    about = models.CharField(max_length=80, blank=True)
    next_path = models.CharField(max_length=300, blank=True)
