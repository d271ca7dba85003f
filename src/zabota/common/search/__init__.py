"""What is said and what is looked for as the same tokens: every lemma, and who may read it.

Free of Django: which rows have the tokens is asked by whoever keeps them.
"""

from zabota.common.search.query import LEAST, LONGEST, Needle, Wish, is_too_short, wish_of
from zabota.common.search.quoted import Piece, quoted
from zabota.common.search.said import (
    LETTERS,
    client_token,
    letter_tokens,
    name_tokens,
    said_tokens,
    squeezed,
    text_tokens,
)

__all__ = [
    "LEAST",
    "LETTERS",
    "LONGEST",
    "Needle",
    "Piece",
    "Wish",
    "client_token",
    "is_too_short",
    "letter_tokens",
    "name_tokens",
    "quoted",
    "said_tokens",
    "squeezed",
    "text_tokens",
    "wish_of",
]
