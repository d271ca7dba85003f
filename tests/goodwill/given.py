"""A firm with terms of giving, a person who is a client, a gift."""

from decimal import Decimal
from typing import Any

from tests.contracts.worlds import AT
from zabota.clients.actions import add_client, invite_contact
from zabota.clients.models import Contact
from zabota.goodwill.actions import Given, TermsFields, give_gift, set_terms
from zabota.goodwill.codes import code_of
from zabota.goodwill.models import Allowance, Gift
from zabota.home.world import World
from zabota.journal.models import Entry


def with_terms(world: World, **fields: Any) -> None:
    """Everybody has five thousand a month, unless said otherwise."""
    told: TermsFields = {"base": Decimal(5000)}
    set_terms(told | fields, by=None, at=AT)  # type: ignore[typeddict-item]


def a_person(world: World, name: str = "Раиса Грин", email: str = "raisa@mail.example") -> Contact:
    """A client who is a person, with access to the room."""
    client = add_client(
        {"name": name, "kind": "person"}, owner=world.staff["manager"], by=None, at=AT
    )
    return invite_contact(client, name, email, "owner", by=None, at=AT)


def gave(world: World, who: str = "finance", at: Any = AT, **fields: Any) -> Gift:
    """An accountant gives; to a stranger, unless said otherwise."""
    told = {"kind": "flowers", "occasion": "за терпение", "cost": Decimal(500)} | fields
    return give_gift(Given(**told), by=world.as_staff(who), at=at)


def code(gift: Gift) -> str:
    return code_of(gift.employee_id, gift.salt)


def fresh(gift: Gift) -> Gift:
    return Gift.objects.select_related("client", "contact", "employee", "case").get(pk=gift.pk)


def left(world: World, who: str = "finance") -> Decimal:
    return Allowance.objects.filter(employee=world.staff[who]).latest("starts").left


def last() -> Entry:
    return Entry.objects.latest("pk")
