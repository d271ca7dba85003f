"""Who is told about points, and in which words."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import pgettext, pgettext_lazy

from zabota.cases.entries import letter_address
from zabota.clients.models import Client, ClientKind, Contact, RoomRole
from zabota.journal.kinds import Notice
from zabota.journal.models import Entry
from zabota.loyalty.models.rules import Occasion

type Told = Callable[[Entry], Iterator[Notice]]

ROOM = "/room/points/"
EARNED_FOR = {
    Occasion.PURCHASE: pgettext_lazy("points earned", "for a purchase"),
    Occasion.MENTION: pgettext_lazy("points earned", "for what you wrote about us"),
    Occasion.REFERRAL: pgettext_lazy("points earned", "for a recommendation"),
    Occasion.EVENT: pgettext_lazy("points earned", "for an event"),
    Occasion.BIRTHDAY: pgettext_lazy("points earned", "for the birthday"),
    Occasion.GIFT: pgettext_lazy("points earned", "as a gift"),
}


def people_of(client: Client) -> list[Contact]:
    """Whom points are told to: a person; of a company, those who own its room."""
    people = Contact.objects.of_whole(client.pk).filter(removed_at=None).select_related("user")
    if client.whole.kind == ClientKind.COMPANY:
        people = people.filter(role=RoomRole.OWNER)
    return list(people.order_by("pk"))


def reached(contact: Contact) -> tuple[int | None, str] | None:
    """Their account, or the address they are written to; nothing where there is neither."""
    if contact.user is not None and contact.user.is_active:
        return contact.user.pk, ""
    address = letter_address(contact)
    return (None, address) if address else None


def those_whose_points(purpose: str) -> Told:
    """Of the client whose points they are, whoever may know."""

    def told(entry: Entry) -> Iterator[Notice]:
        client = Client.objects.select_related("root").get(pk=entry.facts["client"])
        for contact in people_of(client.whole):
            way = reached(contact)
            if way is not None:
                yield Notice(way[0], purpose, ROOM, address=way[1])

    return told


def occasion_words(facts: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """What points were earned for."""
    return {"why": earned_for(facts["occasion"])}


def earned_for(occasion: str) -> str:
    """«за покупку», “for a purchase”."""
    return str(EARNED_FOR[Occasion(occasion)])


def spent_words(facts: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """On what points were spent: a reward by name, a receipt by number."""
    if "reward" in facts or not facts.get("receipt"):
        return {}
    receipt = pgettext("points spent", "receipt %(number)s") % {"number": facts["receipt"]}
    return {"what": receipt}
