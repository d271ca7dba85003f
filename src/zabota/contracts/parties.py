"""The parties' details as values of `client.*` and `firm.*` fields, in the language of the form;
fixed in a version when it is made.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zabota.clients.models import Client
from zabota.common.names import detail, has_cyrillic
from zabota.contracts.text.fields import form_of
from zabota.people.firm import DETAIL_GENITIVES, DETAIL_WORDS, DETAILS
from zabota.people.models import Firm

DETAIL_LABELS = {
    "name": gettext_lazy("full name"),
    "short_name": gettext_lazy("short name"),
    "inn": gettext_lazy("INN"),
    "kpp": gettext_lazy("KPP"),
    "ogrn": gettext_lazy("OGRN"),
    "address": gettext_lazy("address"),
    "bank": gettext_lazy("bank"),
    "bik": gettext_lazy("BIK"),
    "account": gettext_lazy("settlement account"),
    "corr_account": gettext_lazy("correspondent account"),
    "signatory": gettext_lazy("signatory"),
    "signatory_position": gettext_lazy("position of the signatory"),
    "authority": gettext_lazy("authority to sign"),
    "phone": gettext_lazy("phone"),
    "email": gettext_lazy("e-mail"),
}


def party_values(client: Client, firm: Firm, language: str) -> dict[str, str]:
    """Values taken from the cards and never typed into a contract, in the language of its form;
    a detail that was never given in it is taken as it was given.
    """
    ours, theirs = dict(firm.details), _card(client)
    ours["name"] = ours.get("name") or firm.legal_name or firm.name
    cards = (("firm", ours), ("client", theirs))
    found = {
        f"{party}.{name}": _said(card, name, language) for party, card in cards for name in DETAILS
    }
    if language == "en":
        return found
    # What people wrote stands before what rules would make of it.
    written = {
        f"{party}.{name}.gen": str(card.get(f"{name}_gen", ""))
        for party, card in cards
        for name in DETAIL_GENITIVES
    }
    return found | {name: words for name, words in written.items() if words}


def lacking_details(
    fields: Iterable[Mapping[str, Any]], values: Mapping[str, str], language: str
) -> dict[str, list[str]]:
    """Which details stand in a text in the other language than its form's: labels by party, "firm"
    and "client". A name in Latin letters is at home in Russian too.
    """
    found: dict[str, list[str]] = {}
    for spec in fields:
        party, _dot, name = str(spec["name"]).partition(".")
        value = values.get(spec["name"], "")
        known = is_party_field(spec["name"]) and name in DETAIL_WORDS
        if known and _is_foreign(name, value, language):
            found.setdefault(party, []).append(str(DETAIL_LABELS[name]))
    return found


# The number a contract gets when it is registered stands in the text in this field.
OWN_NUMBER = "contract_number"


def is_asked(name: str) -> bool:
    """Whether the client types it: details come from the cards, the number with registration, the
    forms of a value from the value."""
    return not is_party_field(name) and name != OWN_NUMBER and not form_of(name)[1]


def is_party_field(name: str) -> bool:
    """Whether a field is filled from a card."""
    return name.startswith(("client.", "firm."))


def party_label(name: str) -> str:
    """What a reader is told of a party's detail that is not on its card yet: «ИНН клиента»."""
    party, _dot, of = form_of(name)[0].partition(".")
    if of not in DETAIL_LABELS:
        return name
    words = _("firm's %(detail)s") if party == "firm" else _("client's %(detail)s")
    return words % {"detail": DETAIL_LABELS[of]}


def _card(client: Client) -> dict[str, str]:
    names = (
        *DETAILS,
        *(f"{name}_en" for name in DETAIL_WORDS),
        *(f"{name}_gen" for name in DETAIL_GENITIVES),
    )
    return {name: str(getattr(client, name)) for name in names}


def _said(card: Mapping[str, Any], name: str, language: str) -> str:
    english = str(card.get(f"{name}_en", "")) if name in DETAIL_WORDS else ""
    return detail(str(card.get(name, "")), english, language)


def _is_foreign(name: str, value: str, language: str) -> bool:
    if language == "en":
        return has_cyrillic(value)
    named = name in ("name", "short_name", "bank", "signatory")
    return bool(value) and not named and not has_cyrillic(value)
