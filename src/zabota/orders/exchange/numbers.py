"""Numbers as programs write them: a point, no spaces to guess by."""

import re
from decimal import Decimal

_NUMBER = re.compile(r"-?\d{1,15}([.,]\d{1,10})?")


def exact(text: str) -> Decimal | None:
    """«1234.5», «1 234,50»; nothing where it is no number."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", text)
    if not _NUMBER.fullmatch(plain):
        return None
    return Decimal(plain.replace(",", "."))
