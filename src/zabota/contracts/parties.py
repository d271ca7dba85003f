"""The parties' details as values of `client.*` and `firm.*` fields; fixed in a version when it is
made.
"""

from zabota.clients.models import Client
from zabota.people.models import Firm

DETAILS = (
    "name",
    "short_name",
    "inn",
    "kpp",
    "ogrn",
    "address",
    "bank",
    "bik",
    "account",
    "corr_account",
    "signatory",
    "signatory_position",
    "authority",
    "phone",
    "email",
)


def party_values(client: Client, firm: Firm) -> dict[str, str]:
    """Values taken from the cards and never typed into a contract."""
    ours = {f"firm.{name}": str(firm.details.get(name, "")) for name in DETAILS}
    ours["firm.name"] = ours["firm.name"] or firm.legal_name or firm.name
    theirs = {f"client.{name}": str(getattr(client, name)) for name in DETAILS}
    return ours | theirs


# The number a contract gets when it is registered stands in the text in this field.
OWN_NUMBER = "contract_number"


def is_asked(name: str) -> bool:
    """Whether the client types it: details come from the cards, the number with registration."""
    return not is_party_field(name) and name != OWN_NUMBER


def is_party_field(name: str) -> bool:
    """Whether a field is filled from a card."""
    return name.startswith(("client.", "firm."))
