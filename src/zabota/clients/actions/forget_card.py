"""The card of a person who is a client themselves goes with the person; a company's stays."""

from zabota.clients.models import Client, ClientKind, Contact

ERASED = "—"
# What of a card says who it is or how they are reached.
PERSONAL = (
    "short_name", "inn", "kpp", "ogrn", "address", "postal_address", "bank", "bik", "account",
    "corr_account", "signatory", "signatory_position", "authority", "name_en", "short_name_en",
    "address_en", "bank_en", "signatory_en", "signatory_position_en", "authority_en",
    "signatory_gen", "signatory_position_gen", "authority_gen", "phone", "email", "note", "search",
)  # fmt: skip


def forget_card(contact: Contact) -> bool:
    """Once the last of a person's card is erased, nothing on it names them; what was bought and
    promised stays, of somebody nobody knows. Says whether the card went.
    """
    others = Contact.objects.filter(client=contact.client_id).exclude(pk=contact.pk)
    card = Client.objects.filter(pk=contact.client_id, kind=ClientKind.PERSON)
    if others.exclude(name=ERASED).exists():
        return False
    return card.update(name=ERASED, **dict.fromkeys(PERSONAL, "")) == 1
