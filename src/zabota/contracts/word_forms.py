"""Values in other words: a sum in words, a signatory in the genitive; never a mere guess."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from zabota.common.language import (
    CASES,
    Case,
    Said,
    acting,
    date_words,
    decline_authority,
    decline_company,
    decline_name,
    decline_position,
    number_words,
    sum_words,
)
from zabota.common.language.sums import Language
from zabota.contracts.currencies import USUAL, currency_code
from zabota.contracts.text.fields import form_of
from zabota.contracts.text.fields.quantities import clean_money, clean_number
from zabota.people.firm import DETAIL_GENITIVES

PARTIES = ("firm", "client")

DECLINED: dict[str, Callable[[str, Case], Said]] = {
    "signatory": decline_name,
    "signatory_position": decline_position,
    "name": decline_company,
    "short_name": decline_company,
    "authority": decline_authority,
}


def forms_of_values(
    fields: Iterable[Mapping[str, Any]], values: Mapping[str, str], language: str
) -> dict[str, str]:
    """The forms of values that a text asks for, by name (`price.words`). What is below the line of
    confidence is left out: its place stays blank and is a remark, so that a person is asked.
    """
    fields = list(fields)
    specs = {spec["name"]: spec for spec in fields}
    found = {}
    for name in specs:
        base, form = form_of(name)
        value = values.get(base, "")
        if not form or not value or values.get(name):
            continue
        said = _said(base, form, value, specs.get(base, {}), values, language)
        if said is not None and said.is_sure:
            found[name] = said.text
    return found


@dataclass(frozen=True)
class Unsure:
    """A detail of a party in the genitive as the rules would have it, were they sure."""

    party: str
    detail: str
    value: str
    guess: str


def unsure_forms(
    fields: Iterable[Mapping[str, Any]], values: Mapping[str, str], language: str
) -> list[Unsure]:
    """What a text asks of the parties' cards in the genitive and the rules only guess at: a person
    confirms it, or writes it otherwise, before it is used.
    """
    found = []
    for spec in fields:
        base, form = form_of(spec["name"])
        party, _dot, detail = base.partition(".")
        known = form == "gen" and party in PARTIES and detail in DETAIL_GENITIVES
        if not known or not values.get(base) or values.get(spec["name"]):
            continue
        said = _said(base, form, values[base], {}, values, language)
        if said is not None and said.text and not said.is_sure:
            found.append(Unsure(party, detail, values[base], said.text))
    return found


def _said(
    base: str,
    form: str,
    value: str,
    spec: Mapping[str, Any],
    values: Mapping[str, str],
    language: str,
) -> Said | None:
    case: Case = form if form in CASES else "nom"
    kind = spec.get("type", "text")
    if "." in base or kind == "person":
        written = values.get(f"{base}.gen", "")
        return _of_party(base.rpartition(".")[2], form, value, case, kind, language, written)
    tongue: Language = "en" if language == "en" else "ru"
    try:  # a draft keeps values as they were typed: «1 250 000,00»
        match kind:
            case "money":
                args = [arg.upper() for arg in spec.get("args", ())]
                currency = (args[0] if args else "") or currency_code(values) or USUAL
                return Said(
                    sum_words(Decimal(clean_money(value, currency)), currency, tongue, case)
                )
            case "number" | "percent":
                return Said(number_words(Decimal(clean_number(value, ())), tongue, case))
            case "date":
                return Said(
                    date_words(date.fromisoformat(value), tongue, case if case != "nom" else "gen")
                )
    except (ValueError, KeyError, InvalidOperation):
        return None
    return None


def _of_party(
    detail: str, form: str, value: str, case: Case, kind: str, language: str, written: str
) -> Said | None:
    """English has no cases: a detail stands there as it is. Whose sex a name leaves open its
    genitive tells, if a person wrote or confirmed it (`written`).
    """
    if language == "en":
        return Said("acting" if form == "acting" else value)
    if form == "acting":
        return acting(value, written=written)
    decline = decline_name if kind == "person" else DECLINED.get(detail)
    said = decline(value, case) if decline else None
    if said is not None and detail in ("signatory_position", "authority"):
        lowered = said.text[:1].lower() + said.text[1:]
        keeps = detail == "authority" or said.text[1:2].isupper()
        return said if keeps else Said(lowered, said.confidence)
    return said
