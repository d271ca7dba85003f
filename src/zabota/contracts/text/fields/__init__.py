"""Places for values in a form: how they are declared, and what a value must be.

A form declares `{{ name: type(arg, arg) "Label" }}`; later mentions may be just `{{ name }}`. An
argument `optional` says that the field may stay empty. `clean` gives the one normal form in which a
value is stored: dates as 2026-11-03, sums as 1500.00, phones as +74951234567.

A name and a form after a dot shows the value of that name in other words and is never asked:
`{{ price.words }}` «2 000 (Две тысячи) рублей 00 копеек», `{{ days.gen }}` «5 (пяти)»,
`{{ client.signatory.gen }}` «Ивановой Марии Петровны», `{{ client.signatory.acting }}`
«действующей», `{{ client.authority.gen }}` «Устава».
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

import phonenumbers

from zabota.contracts.text.fields.quantities import clean_date, clean_money, clean_number
from zabota.contracts.text.fields.requisites import (
    clean_account,
    clean_bik,
    clean_inn,
    clean_kpp,
    clean_ogrn,
)
from zabota.contracts.text.fields.trouble import FieldProblem

__all__ = [
    "PARTY_DETAILS",
    "FieldProblem",
    "FieldSpec",
    "FieldType",
    "clean",
    "form_of",
    "parse_token",
]

FieldType = Literal[
    "text", "longtext", "choice", "date", "money", "number", "percent", "inn", "kpp", "ogrn", "bik",
    "account", "person", "address", "email", "phone",
]  # fmt: skip
TYPES: Final = frozenset(get_args(FieldType))
# The last word of a name says the type of fields that are filled from the parties' cards.
PARTY_TYPES: Final[dict[str, FieldType]] = {
    "inn": "inn", "kpp": "kpp", "ogrn": "ogrn", "bik": "bik", "account": "account",
    "corr_account": "account", "phone": "phone", "email": "email", "address": "address",
    "signatory": "person",
}  # fmt: skip
# What a card of a party tells; no other name after `client.` or `firm.` would ever be filled.
PARTY_DETAILS: Final = (
    "name", "short_name", "inn", "kpp", "ogrn", "address", "bank", "bik", "account",
    "corr_account", "signatory", "signatory_position", "authority", "phone", "email",
)  # fmt: skip
# In which forms a value may stand: in words, in a case, or as whoever acts on its grounds.
FORMS: Final = ("words", "gen", "dat", "acc", "ins", "loc", "acting")
QUOTES: Final = '"“”„«»'
TOKEN: Final = re.compile(
    rf"""^\s*(?P<name>[^\W\d]\w*(?:\.[^\W\d]\w*)*)\s*
    (?: : \s* (?P<type>\w+) \s* (?: \( (?P<args>(?:[{QUOTES}][^{QUOTES}]*[{QUOTES}]|[^()])*) \) )?
    )?
    \s*(?: [{QUOTES}] (?P<label>[^{QUOTES}]*) [{QUOTES}] )? \s*$""",
    re.VERBOSE,
)
ARGUMENT: Final = re.compile(rf"[{QUOTES}]([^{QUOTES}]*)[{QUOTES}]|([^,;{QUOTES}]+)")
LONGEST: Final = {"text": 500, "longtext": 10_000, "address": 500, "person": 150}


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a form: its name, the kind of value it takes, whether it may be empty."""

    name: str
    type: FieldType = "text"
    label: str = ""
    args: tuple[str, ...] = ()
    required: bool = True


def form_of(name: str) -> tuple[str, str]:
    """`price.words` -> ("price", "words"); a name that stands for itself has no form: ("…", "")."""
    base, _dot, form = name.rpartition(".")
    return (base, form) if base and form in FORMS else (name, "")


def parse_token(words: str) -> FieldSpec:
    """Read what stands between `{{` and `}}`; FieldProblem `field_syntax` if it makes no sense."""
    match = TOKEN.match(" ".join(words.split()))
    if match is None:
        raise FieldProblem("field_syntax", token=words.strip())
    said = match["type"]
    if said and said.lower() not in TYPES:
        raise FieldProblem("field_type", token=words.strip(), type=said)
    name = match["name"]
    kind = next((t for t in get_args(FieldType) if said and t == said.lower()), None)
    args = [a or b.strip() for a, b in ARGUMENT.findall(match["args"] or "") if a or b.strip()]
    # Entrepreneurs and persons have no КПП, so no form can ask every party for one.
    required = "optional" not in args and not name.endswith(".kpp")
    given = tuple(arg for arg in args if arg != "optional")
    if kind == "choice" and len(given) < 2:
        raise FieldProblem("field_choices", token=words.strip())
    party, _dot, detail = form_of(name)[0].partition(".")
    if party in ("client", "firm") and _dot and detail not in PARTY_DETAILS:
        raise FieldProblem("field_party", token=name)
    usual = PARTY_TYPES.get(name.rpartition(".")[2], "text") if "." in name else "text"
    return FieldSpec(name, kind or usual, match["label"] or "", given, required)


def clean(spec: FieldSpec, text: str, *, values: Mapping[str, str] | None = None) -> str:
    """Turn what was typed into the normal form of the field, or raise FieldProblem.

    `values` are the other fields by name: an account is checked against the BIK it stands with.
    """
    words = _tidy(text, lines=spec.type == "longtext")
    if not words:
        if spec.required:
            raise FieldProblem("required")
        return ""
    return CLEANERS[spec.type](spec, words, values or {})


# Months, days and years of a contract are counted whole.
WHOLE = re.compile(r"(?:^|[._])(?:months?|days?|years?|месяц\w*|дн\w*|лет)$")


def _tidy(text: str, *, lines: bool) -> str:
    # Invisible characters come with what is pasted from Word and PDF.
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2060\ufeff\u00ad]", "", text)
    if lines:
        return "\n".join(" ".join(line.split()) for line in text.strip().splitlines())
    return " ".join(text.split())


def _clean_text(spec: FieldSpec, words: str, _: Mapping[str, str]) -> str:
    longest = int(spec.args[0]) if spec.args and spec.args[0].isdecimal() else LONGEST[spec.type]
    if len(words) > longest:
        raise FieldProblem("too_long", limit=longest, length=len(words))
    if "{{" in words or "}}" in words:
        raise FieldProblem("braces")
    return words


def _clean_number(spec: FieldSpec, words: str) -> str:
    if not WHOLE.search(spec.name):
        return clean_number(words, spec.args)
    try:
        number = clean_number(words, spec.args)
    except FieldProblem as problem:
        if problem.code in ("not_a_number", "ambiguous_number"):
            raise FieldProblem("not_whole") from None
        raise
    if not number.removeprefix("-").isdecimal():
        raise FieldProblem("not_whole")
    return number


def _clean_person(spec: FieldSpec, words: str, values: Mapping[str, str]) -> str:
    if re.search(r"[\d@<>/\\]", words) or not re.search(r"\w", words):
        raise FieldProblem("not_a_person")
    return _clean_text(spec, words, values)


def _clean_choice(spec: FieldSpec, words: str, _: Mapping[str, str]) -> str:
    for choice in spec.args:
        if choice.casefold() == words.casefold():
            return choice
    raise FieldProblem("not_a_choice", choices=spec.args)


def _clean_email(_: FieldSpec, words: str, __: Mapping[str, str]) -> str:
    local, at, domain = words.rpartition("@")
    labels = domain.split(".")
    good = (
        at
        and len(words) <= 254
        and re.fullmatch(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}", local)
        and ".." not in f".{local}."
        and len(labels) > 1
        and all(re.fullmatch(r"(?!-)[\w-]{1,63}(?<!-)", label) for label in labels)
        and not labels[-1].isdecimal()
    )
    if not good:
        raise FieldProblem("not_an_email")
    return f"{local}@{domain.lower()}"


def _clean_phone(spec: FieldSpec, words: str, _: Mapping[str, str]) -> str:
    region = spec.args[0].upper() if spec.args else "RU"
    try:
        number = phonenumbers.parse(words, region)
    except phonenumbers.NumberParseException:
        raise FieldProblem("not_a_phone") from None
    if not phonenumbers.is_valid_number(number):
        raise FieldProblem("not_a_phone")
    form = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{form};ext={number.extension}" if number.extension else str(form)


def _clean_account(spec: FieldSpec, words: str, values: Mapping[str, str]) -> str:
    owner, _, own = spec.name.rpartition(".")
    named = next((arg for arg in spec.args if arg != "corr"), f"{owner}.bik" if owner else "bik")
    return clean_account(words, values.get(named, ""), corr="corr" in spec.args or "corr" in own)


type Cleaner = Callable[[FieldSpec, str, Mapping[str, str]], str]
CLEANERS: Final[dict[FieldType, Cleaner]] = {
    "text": _clean_text,
    "longtext": _clean_text,
    "address": _clean_text,
    "person": _clean_person,
    "choice": _clean_choice,
    "email": _clean_email,
    "phone": _clean_phone,
    "account": _clean_account,
    "date": lambda spec, words, _: clean_date(words),
    "money": lambda spec, words, _: clean_money(words, spec.args[0] if spec.args else ""),
    "number": lambda spec, words, _: _clean_number(spec, words),
    "percent": lambda spec, words, _: clean_number(
        words.rstrip(" %").removesuffix("процентов").removesuffix("процента").strip(),
        spec.args or ("0", "100"),
    ),
    "inn": lambda spec, words, _: clean_inn(words),
    "kpp": lambda spec, words, _: clean_kpp(words),
    "ogrn": lambda spec, words, _: clean_ogrn(words),
    "bik": lambda spec, words, _: clean_bik(words),
}
