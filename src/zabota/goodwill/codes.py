"""A gift's code: signed from its row whenever it is shown, kept nowhere; by its digest it is found.

Ten letters and figures of an alphabet in which nothing looks like anything else: fifty bits, and
wrong codes are counted. Neither the database nor the key alone tells a code.
"""

import hashlib
import hmac
import re
import secrets

from django.conf import settings

# Crockford's: no I, L, O, U; what people take one for another is read as one.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})
LENGTH = 10


def new_salt() -> str:
    """What makes a code unlike every other."""
    return secrets.token_hex(16)


def code_of(employee: int, salt: str) -> str:
    """The code that belongs to a gift's row."""
    number = int.from_bytes(_signed(f"gift:{employee}:{salt}")[:8])
    letters = []
    for _letter in range(LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)


def shown_code(code: str) -> str:
    """As people read it aloud: two groups of five."""
    return f"{code[:5]}-{code[5:]}"


def typed_code(text: str) -> str:
    """A code as it was typed, in the one way it is compared; "" for what cannot be one."""
    plain = re.sub(r"[\s-]", "", text).upper().translate(READ_AS)
    return plain if len(plain) == LENGTH and set(plain) <= set(ALPHABET) else ""


def digest_of(code: str) -> str:
    """By this a code is found."""
    return _signed(f"gift-code:{code}").hex()


def _signed(words: str) -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), words.encode(), hashlib.sha256).digest()
