"""The passport of a contract: what an approver asks first, and what departs from our form."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise as LazyText
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zabota.contracts.currencies import currency_code, currency_sign
from zabota.contracts.models import Contract, PassportFact, TemplateEdition
from zabota.contracts.reading.values import NBSP, show_value
from zabota.contracts.typed_passport import NAMES

LABELS: dict[str, LazyText] = {
    "subject": _("Subject"),
    "price": _("Sum"),
    "currency": _("Currency"),
    "vat_rate": _("VAT"),
    "prepayment_percent": _("Prepayment"),
    "deferral_days": _("Deferral, days"),
    "penalty_percent": _("Penalty a day"),
    "penalty_cap_percent": _("Penalty at most"),
    "term_until": _("In force until"),
    "venue": _("Venue"),
}


@dataclass(frozen=True)
class Term:
    """One line of the passport; `usual` is what our form offers, where this departs from it.

    `by` is who typed it by hand, `clause` and `number` where in the text it is from.
    """

    label: str
    value: str
    usual: str = ""
    by: str = ""
    clause: str = ""
    number: str = ""


def term_label(spec: Mapping[str, Any]) -> str:
    """What a fact is called: in the reader's words where we know it, else as the form does."""
    return str(LABELS.get(spec["name"]) or spec.get("label") or spec["name"])


def read_passport(contract: Contract, values: Mapping[str, str]) -> list[Term]:
    """The terms of this contract; one that differs from the form's own example is marked."""
    specs = {spec["name"]: spec for spec in contract.edition.fields}
    language = get_language() or "ru"
    terms = {
        name: _term(specs[name], values[name], language)
        for name in NAMES
        if name in specs and values.get(name)
    }
    code = currency_code(values)
    sign = currency_sign(code, language) if code else ""
    if "price" in terms and "currency" in terms and sign:
        price = terms["price"].value
        said = f"{price}{NBSP}{sign}" if language == "ru" else f"{sign}{_gap(sign)}{price}"
        terms["price"] = replace(terms["price"], value=said)
        if not terms["currency"].usual:
            del terms["currency"]
    return list(terms.values())


def _gap(sign: str) -> str:
    """Letters stand apart from their sum, a sign does not: "RUB 8,400", "$8,400"."""
    return NBSP if sign[-1:].isalpha() else ""


def read_typed(
    contract: Contract,
    nearest: TemplateEdition | None,
    specs: Iterable[Mapping[str, Any]],
    numbers: Mapping[str, str],
) -> list[Term]:
    """What our side typed by hand from a text on the client's paper: for our eyes alone."""
    rows = {
        row.name: row
        for row in PassportFact.objects.filter(contract=contract).select_related("typed_by__user")
    }
    language = get_language() or "ru"
    return [
        _term(spec, rows[spec["name"]].value, language, rows[spec["name"]], numbers)
        for spec in specs
        if spec["name"] in rows
    ]


def _term(
    spec: Mapping[str, Any],
    value: str,
    language: str,
    row: PassportFact | None = None,
    numbers: Mapping[str, str] | None = None,
) -> Term:
    usual = str(spec.get("usual", ""))
    differs = bool(usual) and usual != value
    return Term(
        term_label(spec),
        _shown(spec, value, language),
        _shown(spec, usual, language) if differs else "",
        row.typed_by.name if row else "",
        row.clause if row and row.clause in (numbers or {}) else "",
        (numbers or {}).get(row.clause, "") if row else "",
    )


def _shown(spec: Mapping[str, Any], value: str, language: str) -> str:
    """A value as its reader writes it; a choice keeps the form's words, «22%» its space, too."""
    shown = show_value(spec["type"], value, language)
    return re.sub(r"(?<=\d)%", f"{NBSP}%", shown) if language == "ru" else shown
