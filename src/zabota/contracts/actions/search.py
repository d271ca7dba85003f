"""Keeping the words of a contract's present version where lists find them."""

from datetime import datetime

from zabota.contracts.models import SearchText, SearchWord, Version
from zabota.contracts.search import words_of_text
from zabota.contracts.stored import load_texts


def keep_search_text(version: Version, *, by: object, at: datetime) -> None:
    """A contract is found by the words of the text it has now, not of the one before."""
    (text,) = load_texts(version.tree)
    words = words_of_text(text, version.values)
    SearchText.objects.update_or_create(
        contract_id=version.contract_id, defaults={"words": " ".join(words)}
    )
    known = set(SearchWord.objects.filter(pk__in=words).values_list("pk", flat=True))
    # Two contracts may bring the same word at once; in one order neither waits for the other twice.
    SearchWord.objects.bulk_create(
        [SearchWord(word=word) for word in words if word not in known], ignore_conflicts=True
    )
