"""Whether a client reads what is said to them of a case, and by what number they are called."""

from dataclasses import dataclass

from zabota.cases.entries import letter_address
from zabota.cases.models import Case
from zabota.clients.models import Contact
from zabota.common.formats import dialled
from zabota.home.reading.beyond import whom_to_tell


@dataclass(frozen=True)
class Reached:
    """Who of the client is spoken to; `reads` is whether by letter or in the room."""

    name: str
    dialled: str
    reads: bool


def how_reached(case: Case) -> Reached:
    """The person whose request it is; of anything else, the client and whoever has their room."""
    contact = whom_to_tell(case)
    if contact is None:
        reads = Contact.objects.with_access().of_whole(case.client_id).exists()
        return Reached(case.client.display_name, dialled(case.client.phone), reads)
    phones = contact.points.filter(kind="phone", removed_at=None).order_by("-preferred", "pk")
    phone = phones.values_list("value", flat=True).first() or case.client.phone
    has_room = contact.user is not None and contact.user.is_active
    return Reached(contact.shown_name, dialled(phone), has_room or bool(letter_address(contact)))
