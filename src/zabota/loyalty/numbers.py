"""Numbers of cards: drawn by chance, typed or read by a scanner."""

import secrets

LENGTH = 16


def drawn_number() -> str:
    """Sixteen digits by chance, the last of which tells a number that was typed wrong."""
    digits = "".join(secrets.choice("0123456789") for _ in range(LENGTH - 1))
    return digits + str(-checksum(digits + "0") % 10)


def cleaned(number: str) -> str:
    """As a number is kept: without what people put between its digits."""
    return "".join(number.upper().replace("-", "").split())[:40]


def checksum(digits: str) -> int:
    """Luhn's, of a number with its last digit: nothing, where it was typed right."""
    plain = (int(one) for one in digits[-1::-2])
    double = (int(one) * 2 for one in digits[-2::-2])
    return sum((*plain, *(value - 9 if value > 9 else value for value in double))) % 10
