"""Which words there are in requests: half a word is looked for as those that begin so."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from zabota.common.search import LETTERS, letter_tokens
from zabota.tickets.actions.lines import gather_old_words
from zabota.tickets.found_index import FOUND
from zabota.tickets.models import KnownUpto, Remark, TicketWord

# Lines read in one go of the worker. Those before them are read once more: one may have been
# written by an action that took longer than the next.
BATCH, AGAIN = 2000, 100


def keep_words(*, by: None, at: datetime) -> int:
    """Everything requests are found by is brought up to date."""
    return gather_old_words(by=None, at=at) + learn_words(by=None, at=at)


@transaction.atomic
def learn_words(*, by: None, at: datetime) -> int:
    """Words of lines written since the last time; says how many lines there were."""
    mark, _ = KnownUpto.objects.get_or_create(pk=1)
    new = Remark.objects.filter(pk__gt=mark.line).order_by("pk")
    numbers = list(new.values_list("pk", flat=True)[:BATCH])
    if not numbers:
        return 0
    read = Remark.objects.filter(pk__gt=mark.line - AGAIN, pk__lte=numbers[-1])
    wanted = lemmas_of(read.values_list("text", flat=True))
    there = TicketWord.objects.filter(word__in=wanted)
    known = set(there.values_list("word", flat=True))
    TicketWord.objects.bulk_create(
        [TicketWord(word=word) for word in sorted(wanted - known)], ignore_conflicts=True
    )
    KnownUpto.objects.filter(pk=1).update(line=numbers[-1])
    return len(numbers)


def lemmas_of(texts: Iterable[str]) -> set[str]:
    """Lemmas and figures of what was said."""
    return {token[1:] for text in texts for token in letter_tokens(text, "both")}


def unlearn_words(lemmas: Iterable[str], *, by: None, at: datetime) -> int:
    """Of words that were erased somewhere those that nobody else said; says how many."""
    gone = [word for word in lemmas if not _stands(word)]
    TicketWord.objects.filter(word__in=gone).delete()
    return len(gone)


def _stands(word: str) -> bool:
    said = [letter + word for letter in LETTERS.values()]
    return bool(FOUND.numbers([said], beyond=None, falling=True, limit=1))
