"""The index of what is said in contracts: the newest first, from a place on."""

from collections.abc import Sequence

from zabota.common.said_index import SaidIndex, begun_so
from zabota.contracts.models import SearchText, SearchWord

FOUND = SaidIndex(SearchText._meta.db_table, "contract_id", "contracts_searchfound")
# A beginning of a word is looked for in this many words that begin so.
MOST_WORDS = 40


def schema_of(vendor: str) -> tuple[str, ...]:
    """What a migration lays over the table of words."""
    return FOUND.schema(vendor)


def find_contracts(
    sets: Sequence[Sequence[str]], *, beyond: int | None, falling: bool, limit: int
) -> list[int]:
    """Contracts in which one token of each set stands, by number, from beyond a place."""
    return FOUND.numbers(sets, beyond=beyond, falling=falling, limit=limit)


def known_lemmas(beginning: str) -> frozenset[str]:
    """Lemmas that stand in some text and begin so; half a word finds what it may become."""
    rows = begun_so(SearchWord.objects.order_by("word"), "word", beginning)
    return frozenset(rows.values_list("word", flat=True)[:MOST_WORDS])
