"""The currency a contract is in, as its form words it, and its code in lists and passports."""

import re
from collections.abc import Mapping

from babel.numbers import get_currency_symbol

# As the shipped Russian forms offer it; the English ones offer the codes themselves.
CODES = {
    "российский рубль": "RUB",
    "китайский юань": "CNY",
    "доллар США": "USD",
    "евро": "EUR",
    "дирхам ОАЭ": "AED",
    "казахстанский тенге": "KZT",
    "белорусский рубль": "BYN",
}
CODE = re.compile("[A-Z]{3}")
USUAL = "RUB"


def currency_code(values: Mapping[str, str]) -> str:
    """The ISO 4217 code of the field `currency`; "" where it says what we do not know."""
    words = values.get("currency", "").strip()
    return CODES.get(words) or (words if CODE.fullmatch(words) else "")


def currency_sign(code: str, language: str) -> str:
    """How it stands beside a sum: «₽», "$"."""
    return str(get_currency_symbol(code, locale=language))
