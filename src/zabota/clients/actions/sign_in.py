"""Asking for a code to come into the room."""

from datetime import datetime

from zabota.clients.models import Contact
from zabota.people.actions import make_code
from zabota.people.models import SignInCode, User
from zabota.people.sign_in import count_try, is_throttled

CODES_PER_ADDRESS, ADDRESS_MINUTES = 5, 15
CODES_PER_PLACE, PLACE_MINUTES = 30, 60


def request_code(
    email: str, next_path: str, *, by: User | None, at: datetime, from_address: str = ""
) -> SignInCode | None:
    """A code for whoever may come into a room by this address.

    None when nobody may, or when it was asked for too often; the page never tells which.
    """
    email = email.strip().lower()
    by_address, by_place = f"code:{email}", f"code-from:{from_address}"
    throttled = is_throttled(by_address, CODES_PER_ADDRESS, at=at) or is_throttled(
        by_place, CODES_PER_PLACE, at=at
    )
    count_try(by_address, minutes=ADDRESS_MINUTES, at=at)
    count_try(by_place, minutes=PLACE_MINUTES, at=at)
    contact = Contact.objects.with_access().filter(user__email=email).select_related("user").first()
    if throttled or contact is None or contact.user is None:
        return None
    return make_code(contact.user, next_path, by=by, at=at)
