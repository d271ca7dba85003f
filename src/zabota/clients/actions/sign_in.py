"""Asking for a code to come into the room."""

from datetime import datetime

from zabota.clients.models import Contact
from zabota.people import actions as people
from zabota.people.models import SignInCode, User


def request_code(
    email: str, next_path: str, *, by: User | None, at: datetime, from_address: str = ""
) -> SignInCode | None:
    """A code for whoever may come into a room by this address; the page never tells whether.

    None when nobody may; refused when it was asked for too often.
    """
    email = email.strip().lower()
    contact = Contact.objects.with_access().filter(user__email=email).select_related("user").first()
    user = contact.user if contact is not None else None
    return people.request_code(user, email, next_path, by=by, at=at, from_address=from_address)
