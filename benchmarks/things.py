"""What a contract and a request consist of, for copying: tables, facts of entries, own words."""

import json
from functools import cache

from django.db.models import Model

from benchmarks.bulk import Copy, Known, Rows, Thing
from zabota.cases.models import Case, Holder, Pause, Promise
from zabota.clients.models import Client, Contact
from zabota.common.search import client_token, letter_tokens, name_tokens
from zabota.contracts.models import (
    Change,
    Comment,
    Contract,
    Decision,
    Draft,
    DraftClause,
    SearchText,
    Seat,
    Stage,
    Version,
)
from zabota.contracts.parties import party_values
from zabota.journal.models import Entry, Particular, Stream
from zabota.people.models import Firm
from zabota.tickets.found_index import FOUND, LINE
from zabota.tickets.models import Remark, Ticket, TicketWords

# A hundred thousand at once: larger pieces of the index of words are merged less often.
LARGER_PIECES = "INSERT INTO {0}({0}, rank) VALUES ('hashsize', 200000000)"
OF_CONTRACT = "contract_id = :case"
OF_TICKET = "ticket_id = :case"
OF_PROMISE = "promise_id IN (SELECT id FROM cases_promise WHERE case_id = :case)"
OF_STAGE = "stage_id IN (SELECT id FROM contracts_stage WHERE contract_id = :case)"
OF_STREAM = "stream_id = (SELECT stream_id FROM cases_case WHERE id = :case)"
# What any case has, before and after what is its own: rows stand after those they point to.
FIRST: dict[type[Model], str] = {
    Stream: "id = (SELECT stream_id FROM cases_case WHERE id = :case)",
    Case: "id = :case",
    Promise: "case_id = :case",
    Pause: OF_PROMISE,
}
LAST: dict[type[Model], str] = {
    Holder: "case_id = :case",
    Entry: OF_STREAM,
    Particular: f"entry_id IN (SELECT id FROM journal_entry WHERE {OF_STREAM})",
}


def contract(firm: Firm) -> Thing:
    """A contract with everything that is kept of it; its parties are the copy's own."""

    @cache
    def values(stored: str, client: Client) -> str:
        return json.dumps(json.loads(stored) | party_values(client, firm, "ru"), ensure_ascii=False)

    def tell(made: Rows, known: Known, copy: Copy) -> None:
        spot = known[Version].column("values")
        for row in made[Version]:
            row[spot] = values(row[spot], copy.client)
        _tell_words(made, known, copy)

    of_contract = (Version, SearchText, Change, Comment, Draft)
    tables: dict[type[Model], str] = {
        **FIRST,
        Contract: "case_id = :case",
        **dict.fromkeys(of_contract, OF_CONTRACT),
        DraftClause: "draft_id IN (SELECT id FROM contracts_draft WHERE contract_id = :case)",
        Stage: OF_CONTRACT,
        Seat: OF_STAGE,
        Decision: OF_STAGE,
        **LAST,
    }
    facts = {"contract": Case, "case": Case, "stage_id": Stage, "opened": Stage, "promise": Promise}
    return Thing(tables, facts, tell, LARGER_PIECES.format("contracts_searchfound"))


def _tell_words(made: Rows, known: Known, copy: Copy) -> None:
    """What the copy is found by: the same words, its own number and client."""
    client, spot = copy.client, known[SearchText].column("words")
    title = made[Case][0][known[Case].column("title")]
    names = [copy.number, title, client.name, client.short_name]
    for row in made[SearchText]:
        own = name_tokens(names) | {client_token(client.pk)}
        row[spot] = " ".join([_said(row[spot]), *sorted(own)])


@cache
def _said(words: str) -> str:
    """What the copies say too: everything but the original's number and client."""
    return " ".join(token for token in words.split() if token[0] not in "pc")


def ticket() -> Thing:
    """A request with its thread."""
    tables: dict[type[Model], str] = {
        **FIRST,
        Ticket: "case_id = :case",
        Remark: OF_TICKET,
        TicketWords: OF_TICKET,
        **LAST,
    }
    facts = {"ticket": Case, "remark": Remark, "contact": Contact, "promise": Promise}
    return Thing(tables, facts, _tell_lines, LARGER_PIECES.format(FOUND.found))


def _tell_lines(made: Rows, known: Known, copy: Copy) -> None:
    """What the copy is found by: its own number, title and client; the same words, of its own
    lines.
    """
    client, spot = copy.client, known[TicketWords].column("words")
    title = made[Case][0][known[Case].column("title")]
    last = copy.number.rpartition("-")[2]
    short = [last[zeros:] for zeros in range(len(last) - len(last.lstrip("0")) + 1)]
    own = name_tokens([copy.number, *short, title, client.name, client.short_name])
    own |= letter_tokens(title, "both") | {client_token(client.pk)}
    key = known[Remark].own
    assert key is not None
    for row in made[TicketWords]:
        said = row[spot].split(f" {LINE}")[1:]
        lines = [
            f"{LINE}{line[key]} {words.partition(' ')[2]}".rstrip()
            for line, words in zip(made[Remark], said, strict=True)
        ]
        row[spot] = f" {' '.join([*sorted(own), *lines])} "
