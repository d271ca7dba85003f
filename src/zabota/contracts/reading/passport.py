"""The passport of a contract: what an approver asks first, and what departs from our form."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from zabota.contracts.models import Contract
from zabota.contracts.reading.values import show_value

# In the order a lawyer and a controller read them; only what the form has is shown.
TERMS: tuple[tuple[str, LazyText], ...] = (
    ("subject", _("Subject")),
    ("price", _("Sum")),
    ("currency", _("Currency")),
    ("vat_rate", _("VAT")),
    ("prepayment_percent", _("Prepayment")),
    ("deferral_days", _("Deferral, days")),
    ("penalty_percent", _("Penalty a day")),
    ("penalty_cap_percent", _("Penalty at most")),
    ("term_until", _("In force until")),
    ("venue", _("Venue")),
)


@dataclass(frozen=True)
class Term:
    """One line of the passport; `usual` is what our form offers, where this departs from it."""

    label: str
    value: str
    usual: str = ""


def read_passport(contract: Contract, values: Mapping[str, str]) -> list[Term]:
    """The terms of this contract; one that differs from the form's own example is marked."""
    language = contract.edition.template.language
    specs = {spec["name"]: spec for spec in contract.edition.fields}
    found = []
    for name, label in TERMS:
        spec = specs.get(name)
        if spec is None or not values.get(name):
            continue
        value = show_value(spec["type"], values[name], language)
        usual = str(spec.get("usual", ""))
        differs = bool(usual) and usual != values[name]
        found.append(
            Term(str(label), value, show_value(spec["type"], usual, language) if differs else "")
        )
    return found
