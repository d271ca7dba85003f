"""Searching everything said in contracts: what is kept of them, what is asked, which database."""

from zabota.common.search import (
    Needle,
    Wish,
    client_token,
    is_too_short,
    name_tokens,
    said_tokens,
    text_tokens,
)
from zabota.contracts.search.index import find_contracts, schema_of
from zabota.contracts.search.query import wish_of
from zabota.contracts.search.said import without_marks

__all__ = [
    "Needle",
    "Wish",
    "client_token",
    "find_contracts",
    "is_too_short",
    "name_tokens",
    "said_tokens",
    "schema_of",
    "text_tokens",
    "wish_of",
    "without_marks",
]
