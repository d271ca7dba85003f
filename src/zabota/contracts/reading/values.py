"""Values of fields as a reader sees them, and the fields as they are asked of the client."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext

from zabota.common import formats
from zabota.contracts.kept_words import kept_labels
from zabota.contracts.models import Contract
from zabota.contracts.parties import OWN_NUMBER, is_asked, is_party_field, party_label
from zabota.contracts.text.fields import form_of
from zabota.contracts.text.fields.quantities import clean_money
from zabota.contracts.word_forms import forms_of_values


def shown_values(
    fields: Iterable[Mapping[str, Any]], values: Mapping[str, str], language: str
) -> dict[str, str]:
    """Every value in the words of the contract's language: «15 декабря 2026 г.», «1 240 000,00»."""
    fields = list(fields)
    types = {spec["name"]: spec["type"] for spec in fields}
    shown = {
        name: show_value(types.get(name, "text"), value, language)
        for name, value in values.items()
        if value
    }
    return {**forms_of_values(fields, values, language), **shown}


def contract_values(contract: Contract, values: Mapping[str, str], language: str) -> dict[str, str]:
    """The values of a contract as its text shows them, its registration number among them."""
    numbered = dict(values)
    if contract.registered_number:
        numbered[OWN_NUMBER] = contract.registered_number
    return shown_values(contract.edition.fields, numbered, language)


def show_value(kind: str, value: str, language: str) -> str:
    """One value; what is not in its normal form yet (typed, not checked) stays as typed, but for a
    sum: it is shown as it will be once it is sent.
    """
    try:
        match kind:
            case "date":
                return formats.date(date.fromisoformat(value), language)
            case "money":
                return money(_amount(value), language)
            case "number":
                return formats.number(Decimal(value), language)
            case "percent":
                return (
                    f"{formats.number(Decimal(value), language)}{NBSP if language == 'ru' else ''}%"
                )
            case "phone":
                return formats.phone(value)
    except (ValueError, InvalidOperation):
        return value
    return value


NBSP = "\u00a0"


def _amount(value: str) -> Decimal:
    """A sum in its normal form or as typed; ValueError where it makes no sense."""
    try:
        return Decimal(value)
    except InvalidOperation:
        return Decimal(clean_money(value))


def money(amount: Decimal, language: str) -> str:
    """A sum in figures with hundredths, as contracts write it; the currency stands beside in
    words.
    """
    whole, _, rest = f"{amount:.2f}".partition(".")
    sign, digits = ("−", whole[1:]) if whole.startswith("-") else ("", whole)
    groups: list[str] = []
    while digits:
        groups.insert(0, digits[-3:])
        digits = digits[:-3]
    thousands, point = (",", ".") if language == "en" else (NBSP, ",")
    return f"{sign}{thousands.join(groups)}{point}{rest}"


def blanks_of(fields: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """What a contract shows in the place of an empty field: its label; of the number that nobody
    is asked for, when it will be there.
    """
    told = labels_of(fields) | kept_labels()
    if OWN_NUMBER in told:
        told[OWN_NUMBER] = gettext("the number is given on registration")
    return told


def labels_of(fields: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """What stands in the place of an empty field; a party's detail is named for its reader."""
    fields = list(fields)
    told = {spec["name"]: spec.get("label", "") for spec in fields}
    return {
        spec["name"]: party_label(spec["name"])
        if is_party_field(spec["name"])
        else spec.get("label") or told.get(form_of(spec["name"])[0]) or spec["name"]
        for spec in fields
    }


@dataclass
class Question:
    """A field as it is asked: its type, choices, help, what was typed, what is wrong with it."""

    name: str
    type: str
    label: str
    help: str
    value: str
    required: bool
    choices: list[str] = field(default_factory=list)
    example: str = ""
    problem: str = ""

    language: str = "ru"
    # Sending was refused for want of it: beside the field stands which one it is.
    awaited: bool = False

    @property
    def is_right(self) -> bool:
        """Filled in, and nothing is wrong with it."""
        return bool(self.value) and not self.problem

    @property
    def is_missing(self) -> bool:
        """Asked for, and nothing is there yet."""
        return self.required and not self.value.strip()

    @property
    def example_shown(self) -> str:
        """The example as a person would write it."""
        return show_value(self.type, self.example, self.language)


def questions(
    fields: Iterable[Mapping[str, Any]],
    values: Mapping[str, str],
    language: str,
    used: set[str],
    problems: Mapping[str, str] | None = None,
) -> list[Question]:
    """The fields a client fills, in the order of the text; the parties' details come from the
    cards.
    """
    return [
        Question(
            name=spec["name"],
            type=spec["type"],
            label=spec.get("label") or spec["name"],
            help=str((spec.get("help") or {}).get(language, "")),
            value=values.get(spec["name"], ""),
            required=bool(spec.get("required", True)),
            choices=list(spec.get("args", ())) if spec["type"] == "choice" else [],
            example=str(spec.get("example", "")),
            problem=(problems or {}).get(spec["name"], ""),
            language=language,
        )
        for spec in fields
        if is_asked(spec["name"]) and spec["name"] in used
    ]


@dataclass(frozen=True)
class Tally:
    """How far the fields are: all of them, those filled in rightly, wrong ones, missing ones."""

    asked: list[Question]

    @property
    def filled(self) -> int:
        return sum(question.is_right for question in self.asked)

    @property
    def wrong(self) -> list[Question]:
        return [question for question in self.asked if question.problem]

    @property
    def missing(self) -> list[Question]:
        return [question for question in self.asked if question.is_missing]

    @property
    def begun(self) -> bool:
        """Whether anything was typed: before that, empty fields are no reproach."""
        return any(question.value for question in self.asked)
