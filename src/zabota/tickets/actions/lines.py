"""A line of a thread, and the words by which it is found."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q, TextField, Value
from django.db.models.functions import Coalesce, Concat

from zabota.cases.models import Case
from zabota.common.prepared import PreparedInsert, PreparedUpdate
from zabota.common.search import client_token, letter_tokens, name_tokens
from zabota.journal.models import Entry
from zabota.tickets.found_index import LINE
from zabota.tickets.models import Remark, Ticket, TicketWords

# Requests whose words are gathered in one transaction, and in one go of the worker.
BATCH, BATCHES = 50, 40

_keep = PreparedInsert(Remark)
_add = PreparedUpdate(
    lambda ticket, words: (
        TicketWords.objects.filter(pk=ticket),
        {"words": Concat(F("words"), Value(words, TextField()), output_field=TextField())},
    )
)


def keep_line(ticket: Ticket, *, by: object, at: datetime, **said: Any) -> Remark:
    """Somebody said something: a line of the thread, found by its words from now on."""
    remark = _keep(Remark(ticket=ticket, made_at=at, **said))
    _add(ticket.pk, _line(remark.pk, remark.text, remark.audience))
    return remark


def keep_first_line(ticket: Ticket, *, by: object, at: datetime, **said: Any) -> Remark:
    """The same of a new request, which is found by its number, title and client, too."""
    remark = _keep(Remark(ticket=ticket, made_at=at, **said))
    words = _names([ticket.case]) + _line(remark.pk, remark.text, remark.audience)
    TicketWords.objects.create(ticket=ticket, words=words, gathered=True)
    return remark


def gather_words(tickets: Iterable[int], *, by: object, at: datetime) -> int:
    """What these requests are found by, gathered anew: only what is said there now is found. Must
    run inside a transaction.
    """
    asked = sorted(set(tickets))
    # Whoever says something meanwhile waits, and adds to what is written here.
    held = TicketWords.objects.select_for_update(of=("self",)).filter(pk__in=asked)
    list(held.order_by("pk").values_list("pk"))
    words = _all_words(asked)
    TicketWords.objects.bulk_create(
        [TicketWords(ticket_id=pk, words=words[pk], gathered=True) for pk in asked],
        update_conflicts=True,
        unique_fields=["ticket"],
        update_fields=["words", "gathered"],
    )
    return len(asked)


def gather_old_words(*, by: None, at: datetime) -> int:
    """Requests there were before words were kept, and those whose client is called otherwise now:
    the newest first, some at a time.
    """
    done = 0
    for _ in range(BATCHES):
        waiting = TicketWords.objects.filter(gathered=False).order_by("-pk")
        with transaction.atomic():
            done += gather_words(waiting.values_list("pk", flat=True)[:BATCH], by=None, at=at)
        if done % BATCH or not done:
            break
    return done


def name_anew(entry: Entry, *, by: None, at: datetime) -> int:
    """What follows when a client is called otherwise, or is one with another: their requests are
    found by what they are called now, as soon as the worker comes to it.
    """
    stream = entry.stream_id
    theirs = Q(ticket__case__client__stream=stream) | Q(ticket__case__client__root__stream=stream)
    return TicketWords.objects.filter(theirs).update(gathered=False)


def _all_words(tickets: list[int]) -> dict[int, str]:
    """Of each of these requests; one that was merged is found as what it is now."""
    whole = Q(pk__in=tickets) | Q(root__in=tickets)
    cases: dict[int, list[Case]] = {pk: [] for pk in tickets}
    for case in Case.objects.filter(whole).select_related("client__root").order_by("pk"):
        cases.setdefault(case.whole_id, []).append(case)
    words = {pk: _names(cases[pk]) for pk in tickets}
    lines = Remark.objects.filter(
        Q(ticket__in=tickets) | Q(ticket__case__root__in=tickets)
    ).annotate(stands=Coalesce("ticket__case__root", "ticket"))
    for stands, pk, text, audience in lines.order_by("pk").values_list(
        "stands", "pk", "text", "audience"
    ):
        if stands in words:
            words[stands] += _line(pk, text, audience)
    return words


def _names(cases: list[Case]) -> str:
    """Numbers, titles and clients of a request and of those merged into it."""
    tokens: set[str] = set()
    for case in cases:
        tokens |= _names_of(case)
    return f" {' '.join(sorted(tokens))} " if tokens else " "


def _names_of(case: Case) -> set[str]:
    client = case.client
    cards = [client, client.root] if client.root is not None else [client]
    called = [
        name
        for card in cards
        for name in (card.name, card.short_name, card.name_en, card.short_name_en, card.inn)
    ]
    last = case.number.rpartition("-")[2]
    short = [last[zeros:] for zeros in range(len(last) - len(last.lstrip("0")) + 1)]
    names = [case.number, *short, case.client_number, case.title, *called]
    tokens = name_tokens(filter(None, names)) | letter_tokens(case.title, "both")
    return tokens | {client_token(case.client_id)}


def _line(number: int, text: str, audience: str) -> str:
    tokens = letter_tokens(text, audience)
    return " ".join([f"{LINE}{number}", *sorted(tokens), ""])
