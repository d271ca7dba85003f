"""Whose number it is: a client's person, one of ours; the calls of a request."""

from dataclasses import dataclass

from zabota.clients.actions.points import normal_of
from zabota.clients.models import Client, Contact, SameKey
from zabota.clients.sameness import TAIL
from zabota.common.questions import One, Question
from zabota.outreach.placing import contacts_reached
from zabota.people.models import Employee
from zabota.tickets.models import Call

# The number of a desk inside the firm: fewer digits than any number outside has.
INSIDE = 6


MOST_CALLS = 10

# The latest calls of a request, the last first.
read_calls = Question(
    lambda ticket: Call.objects.filter(ticket=ticket).order_by("-rang_at", "-pk")[:MOST_CALLS],
    ticket=One(),
)


@dataclass(frozen=True)
class Caller:
    """Who calls, as far as we know."""

    client: Client | None = None
    contact: Contact | None = None


def find_caller(number: str) -> Caller:
    """The person who has this number; else the one client whose numbers end the same: people
    write them without codes, and exchanges tell them in their own way.
    """
    if not number:
        return Caller()
    contact = contacts_reached("phone", number).first()
    if contact is not None:
        return Caller(contact.client, contact)
    tail = digits(number)[-TAIL:]
    found = SameKey.objects.filter(key=f"tail:{tail}").values_list("client", flat=True)
    clients = {one.whole_id for one in Client.objects.filter(pk__in=list(found[:9]))}
    if len(tail) < TAIL or len(clients) != 1:
        return Caller()
    client = Client.objects.select_related("owner").get(pk=clients.pop())
    return Caller(client, _person(client, tail))


def _person(client: Client, tail: str) -> Contact | None:
    """Who of them has it, where somebody has."""
    people = Contact.objects.of_whole(client.pk).filter(
        removed_at=None, points__kind="phone", points__removed_at=None,
        points__normal__endswith=tail,
    )  # fmt: skip
    return people.order_by("pk").first()


def employee_at(number: str) -> Employee | None:
    """Who of ours has this number, whole or inside the firm."""
    wanted = digits(number)
    if not wanted:
        return None
    here = Employee.objects.working().exclude(phone="").select_related("user").order_by("pk")
    for one in here:
        own = digits(normal_of("phone", one.phone))
        if own == digits(normal_of("phone", number)) or _inside(wanted, one.phone):
            return one
    return None


def _inside(wanted: str, phone: str) -> bool:
    """Whether a short number is the one at the end of theirs: «…, доб. 214»."""
    last = digits(phone.replace(".", " ").split()[-1]) if phone.split() else ""
    return len(wanted) < INSIDE and wanted == last


def digits(number: str) -> str:
    """The digits alone."""
    return "".join(one for one in number if one.isdecimal())
