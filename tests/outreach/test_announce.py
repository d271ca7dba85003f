"""From entries to stored messages: each once, to those who are to know, never to who did it."""

import pickle
from datetime import timedelta

import pytest
from django.db.models import Count

from tests.contracts.worlds import AT, HOUR, approve, sent, stage
from tests.support.fresh import FreshDatabase
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.outreach.actions import announce_entries, send_message
from zabota.outreach.models import Message
from zabota.people.actions import dismiss_employee
from zabota.people.models import User

MINUTE = timedelta(minutes=1)


def announced(at: object = AT) -> None:
    while announce_entries(by=None, at=at):  # type: ignore[arg-type]
        pass


def to(kind: str) -> dict[str, str]:
    rows = Message.objects.filter(entry__kind=kind).values_list("address", "purpose")
    return {address.split("@")[0]: purpose for address, purpose in rows}


def test_who_is_told_gets_a_message_and_who_did_it_does_not(world: World) -> None:
    contract = sent(world)
    announced()
    assert to("contract.submitted") == {"manager": "contract_task"}
    path = f"/desk/stages/{stage(contract, 'manager').pk}/"
    approve(world, contract, "manager", "manager", AT + HOUR)
    announced(AT + HOUR)
    assert to("contract.stage_approved") == {
        "anna": "contract_news", "boris": "contract_news", "vera": "contract_news",
        "lawyer": "contract_task",
    }  # fmt: skip
    row = Message.objects.get(entry__kind="contract.submitted")
    assert (row.case, row.path, row.state) == (
        contract.case, path, "waiting",
    )  # fmt: skip
    assert row.made_at == row.send_after == AT


def test_everything_is_announced_once(world: World) -> None:
    sent(world)
    announced()
    count = Message.objects.count()
    assert not Entry.objects.waiting().exists()
    announced(AT + HOUR)
    assert Message.objects.count() == count


def test_a_crash_before_the_mark_stores_nothing_twice(world: World) -> None:
    """What was stored stays unique by entry, recipient and channel, however often it is tried."""
    sent(world)
    announced()
    row = Message.objects.get(entry__kind="contract.submitted")
    again = Message(**{
        field.attname: getattr(row, field.attname)
        for field in Message._meta.concrete_fields
        if field.name not in ("id", "message_id")
    }, message_id="<other@x>")  # fmt: skip
    Message.objects.bulk_create([again], ignore_conflicts=True)
    assert Message.objects.filter(entry=row.entry).count() == 1


def test_who_left_is_not_written_to(world: World) -> None:
    contract = sent(world)
    dismiss_employee(world.staff["manager"], by=None, at=AT)
    announced()
    assert not Message.objects.filter(to=world.staff["manager"].user_id).exists()
    assert contract.pk


def test_without_a_case_only_service_leaves(world: World) -> None:
    user = User.objects.get(pk=world.guests["anna"].user_id)
    with pytest.raises(ValueError, match="needs a case"):
        send_message(None, "contract_news", user, by=None, at=AT)
    send_message(None, "staff_notice", user, by=None, at=AT)


def test_news_waits_for_others_service_does_not(world: World) -> None:
    contract = sent(world)
    announced()
    approve(world, contract, "manager", "manager", AT + HOUR)
    announced(AT + HOUR)
    Message.objects.filter(to=world.guests["anna"].user_id).update(state="sent", sent_at=AT + HOUR)
    approve(world, contract, "legal", "lawyer", AT + HOUR + MINUTE)
    announced(AT + HOUR + MINUTE)
    rows = Message.objects.filter(entry__kind="contract.stage_approved", sent_at=None)
    anna = rows.get(to=world.guests["anna"].user_id)
    assert anna.send_after == AT + HOUR + 10 * MINUTE
    boris = rows.filter(to=world.guests["boris"].user_id).order_by("pk").last()
    assert boris is not None
    assert boris.send_after == AT + HOUR + MINUTE


def some_history(made: bytes) -> int:
    world = pickle.loads(made)
    for _ in range(3):
        contract = sent(world)
        approve(world, contract, "manager", "manager")
    return Entry.objects.count()


def all_announced() -> int:
    return announce_entries(by=None, at=AT)


def stored() -> tuple[int, int, int]:
    """Messages, the most for one entry and address, and entries left waiting."""
    doubles = Message.objects.values("entry", "address").annotate(n=Count("pk"))
    most = max((row["n"] for row in doubles), default=0)
    return Message.objects.exclude(entry=None).count(), most, Entry.objects.waiting().count()


def test_two_announcers_at_once_store_each_message_once(
    firm_on_both: tuple[FreshDatabase, bytes],
) -> None:
    database, made = firm_on_both
    database.call(some_history, made)
    outcomes = database.race([(all_announced, ())] * 3)
    assert [outcome.error for outcome in outcomes] == [None] * 3
    while database.call(all_announced):
        pass
    messages, most, waiting = database.call(stored)
    assert (most, waiting) == (1, 0)
    assert messages >= 3 * (1 + 4)
