"""Two cards become two clients again while something is being written to them as to one: what is
whose stays so, and nobody reads the other's.
"""

import pickle
import time
from datetime import date
from decimal import Decimal
from multiprocessing.synchronize import Barrier
from typing import Any

from django.db import transaction

from tests.contracts.worlds import AT, HOUR
from tests.loyalty.shop import POINTS
from tests.support.fresh import LONGEST, PROCESSES, FreshDatabase
from tests.tickets.asked import WORDS, asked
from zabota.cases.models import Case, Link
from zabota.clients.actions import merge_clients, record_purchase, undo_merge
from zabota.clients.models import Client, Contact, Purchase
from zabota.home import work
from zabota.home.world import World
from zabota.journal.verify import verify_journal
from zabota.loyalty.actions import give_points
from zabota.loyalty.actions.units import set_unit
from zabota.loyalty.models import Batch
from zabota.loyalty.verify import faults_of_points
from zabota.people.models import Firm
from zabota.people.refusal import Refused
from zabota.tickets.actions import merge_tickets, open_ticket
from zabota.tickets.models import Ticket, TicketType

type Firms = tuple[FreshDatabase, bytes]
PART, WHOLE = "romashka", "vector"
SECRET = "Договор с другими, нам о нём знать незачем."


def world_of(made: bytes) -> World:
    world: World = pickle.loads(made)
    return world


def made_one(made: bytes) -> tuple[int, int]:
    """Two cards that are one client, a request of each; the firm gives points."""
    world = world_of(made)
    Firm.objects.update(thanks_companies=True)
    set_unit(None, POINTS, by=None, at=AT)
    goes, stays = asked(world), asked(world, guest="john", text=SECRET)
    one, other = world.clients[WHOLE], world.clients[PART]
    merge_clients(one, other, by=None, at=AT, reason="один ИНН")
    return stays.pk, goes.pk


def undo(made: bytes, together: Barrier, wait: float) -> str:
    """Undone and not yet committed when the others begin; or begun while they have not."""
    client = Client.objects.get(pk=world_of(made).clients[PART].pk)
    if not wait:
        together.wait(LONGEST)
    with transaction.atomic():
        undo_merge(client, by=None, at=AT + HOUR)
        if wait:
            together.wait(LONGEST)
            time.sleep(wait)
    return "undone"


def merge_requests(made: bytes, pks: tuple[int, int], together: Barrier, wait: float) -> str:
    world = world_of(made)
    stays, goes = (Ticket.objects.get(pk=pk) for pk in pks)
    by = world.as_staff("manager")
    if not wait:
        together.wait(LONGEST)
    try:
        with transaction.atomic():
            merge_tickets(stays, goes, by=by, at=AT + HOUR)
            if wait:
                together.wait(LONGEST)
                time.sleep(wait)
    except Refused as refused:
        return refused.code
    return "merged"


def write_what_is_theirs(made: bytes, together: Barrier) -> list[int]:
    """Points, a purchase and a request, by those who saw one client a moment ago."""
    world = world_of(made)
    client = Client.objects.select_related("root").get(pk=world.clients[PART].pk)
    anna, kind = world.as_guest("anna"), TicketType.objects.get(slug="question")
    assert client.root_id == anna.client.pk == world.clients[WHOLE].pk
    together.wait(LONGEST)
    batch: Any = give_points(client, 50, mark="gift:1", by=None, at=AT + HOUR)
    day, at = date(2026, 11, 17), AT + HOUR
    bought = record_purchase(client, day=day, sum=Decimal(100), mark="till:1", by=None, at=at)
    return [batch.pk, bought.pk, open_ticket(anna.client, kind, WORDS, by=anna, at=at).pk]


def whose(batch: int, bought: int, ticket: int) -> set[Client]:
    owners = (
        Batch.objects.get(pk=batch).client,
        Purchase.objects.get(pk=bought).client,
        Case.objects.get(pk=ticket).client,
        Contact.objects.get(tickets=ticket).client,
    )
    return set(owners)


def after_all(made: bytes, pks: tuple[int, int], written: list[int]) -> dict[str, Any]:
    """Before the worker comes by, and after."""
    world = world_of(made)
    assert not written or whose(*written) == {world.clients[PART]}
    told = [reads(world, pks[0]), reads(world, pks[1])]
    work.react(AT + HOUR)
    return {
        "told": told,
        "roots": list(Case.objects.filter(pk__in=pks).values_list("root", flat=True)),
        "links": Link.objects.filter(kind="merged", undone_at=None).count(),
        "clients": Client.objects.filter(root__isnull=False).count(),
        "broken": verify_journal().broken,
        "points": list(faults_of_points()),
    }


def reads(world: World, pk: int) -> set[str]:
    """Who may know of a request to exist."""
    return {
        key
        for key in ("anna", "john")
        if Case.objects.visible_to(world.as_guest(key)).filter(pk=pk).exists()
    }


APART = {
    "told": [{"john"}, {"anna"}], "roots": [None, None], "links": 0, "clients": 0,
    "broken": None, "points": [],
}  # fmt: skip


def test_what_is_written_while_they_part_stays_with_whose_it_is(firm_on_both: Firms) -> None:
    database, made = firm_on_both
    pks = database.call(made_one, made)
    together = PROCESSES.Barrier(3)
    undone, written, merged = database.race(
        [
            (undo, (made, together, 0.3)),
            (write_what_is_theirs, (made, together)),
            (merge_requests, (made, pks, together, 0)),
        ]
    )
    assert [one.error for one in (undone, written, merged)] == [None] * 3
    assert (undone.value, merged.value) == ("undone", "two_clients")
    assert database.call(after_all, made, pks, written.value) == APART


def test_requests_made_one_at_that_moment_are_two_with_their_clients(firm_on_both: Firms) -> None:
    database, made = firm_on_both
    pks = database.call(made_one, made)
    together = PROCESSES.Barrier(2)
    merged, undone = database.race(
        [(merge_requests, (made, pks, together, 0.3)), (undo, (made, together, 0))]
    )
    assert [one.error for one in (merged, undone)] == [None, None]
    assert (merged.value, undone.value) == ("merged", "undone")
    assert database.call(after_all, made, pks, []) == APART
