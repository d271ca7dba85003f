"""The number a client gave the contract in its own books."""

import re

# The sign stands before the number on every page: typed with it, it would be said twice.
SIGN = re.compile(r"(?:№|#|n[oº°]?\.|n[oº°]?(?=\s+\S*\d)|no(?=\d))\s*", re.IGNORECASE)


def without_sign(typed: str) -> str:
    """«№ 15/26-К», "No. 15" as the number alone; a number that only begins so stays whole."""
    number = typed.strip()
    while (found := SIGN.match(number)) and number[found.end() :]:
        number = number[found.end() :]
    return number
