"""The worker: what is due happens once, early enough, and a fault in one thing stops no other."""

import logging
import pickle
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contracts.worlds import (
    AT,
    DAY,
    HOUR,
    approve,
    holders,
    last_entry,
    person,
    route,
    send_back,
    sent,
    stage,
    step,
    told,
)
from tests.support.fresh import FreshDatabase
from zabota.cases.models import Promise
from zabota.home import reactions, work
from zabota.home.models import Reacted, ReactionMark
from zabota.home.world import World
from zabota.journal.kinds import kind_named
from zabota.journal.models import Entry
from zabota.outreach.actions import add_mailbox, receive_letter
from zabota.outreach.models import Message
from zabota.people.actions import plan_absence

MINUTE = timedelta(minutes=1)


def count(kind: str) -> int:
    return Entry.objects.filter(kind=f"case.{kind}").count()


def test_without_a_firm_there_is_nothing_to_do(db: None) -> None:
    assert work.run_once(AT) == 0


def test_the_lead_is_warned_while_it_can_be_mended_and_once(world: World) -> None:
    """Four working hours end at 15:00 in Moscow; a quarter of five by the clock is left."""
    contract = sent(world)
    promise = stage(contract, "manager").promise
    assert promise.due_at == AT + 5 * HOUR
    assert work.warn_of_danger(AT + 3 * HOUR + 45 * MINUTE) == 0
    assert work.warn_of_danger(AT + 3 * HOUR + 46 * MINUTE) == 1
    assert work.warn_of_danger(AT + 4 * HOUR) == 0
    entry = last_entry("case.promise_warned")
    assert (entry.audience, entry.facts["promise"]) == ("ours", promise.pk)
    assert told("case.promise_warned") == [
        ("director", "promise_in_danger"), ("manager", "promise_in_danger"),
    ]  # fmt: skip


def test_a_broken_promise_is_told_once(world: World) -> None:
    contract = sent(world)
    due = stage(contract, "manager").promise.due_at
    assert due is not None
    assert work.escalate_broken(due) == 0
    assert [work.escalate_broken(due + MINUTE) for _ in range(2)] == [1, 0]
    assert told("case.promise_escalated") == [
        ("director", "promise_broken"), ("manager", "promise_broken"),
    ]  # fmt: skip
    assert count("promise_escalated") == 1


def test_kept_paused_and_the_clients_are_left_alone(world: World) -> None:
    contract = sent(world)
    send_back(world, contract, "manager", "manager")
    assert work.warn_of_danger(AT + 30 * DAY) == work.escalate_broken(AT + 30 * DAY) == 0


def test_what_happens_when_it_is_late_is_as_the_route_says(world: World) -> None:
    route(
        world,
        step("wait", "legal", [person(world, "lawyer")], overdue="wait"),
        step("remind", "finance", [person(world, "finance")], overdue="remind"),
    )
    sent(world)
    work.escalate_broken(AT + 5 * DAY)
    words = [
        (entry.facts["words"]["ru"], entry.facts["lead"] is not None)
        for entry in Entry.objects.filter(kind="case.promise_escalated").order_by("pk")
    ]
    assert sorted(words) == [("remind", False), ("Согласование договора целиком", True)]


def warned_among_many(made: bytes) -> list[int]:
    """One promise in danger behind many that are due sooner and are not."""
    world = pickle.loads(made)
    contract = sent(world, "supply-ru")
    (one,) = Promise.objects.filter(pk=contract.agreeing_id)
    Promise.objects.filter(pk=one.pk).update(started_at=AT - 100 * HOUR, due_at=AT + 20 * HOUR)
    rows = [
        Promise(
            case=contract.case, moment_id=one.moment_id, words_ru="x", words_en="x",
            state="running", promised_at=AT, started_at=AT - MINUTE, due_at=AT + 10 * HOUR,
        )
        for _ in range(work.BATCH + 50)
    ]  # fmt: skip
    Promise.objects.bulk_create(rows)
    work.warn_of_danger(AT)
    return [
        entry.facts["promise"] - one.pk
        for entry in Entry.objects.filter(kind="case.promise_warned")
    ]


def test_one_in_danger_is_found_among_many(firm_on_both: tuple[FreshDatabase, bytes]) -> None:
    database, made = firm_on_both
    assert database.call(warned_among_many, made) == [0]


def test_each_reaction_runs_once_for_an_entry(world: World) -> None:
    contract = sent(world)
    plan_absence(world.staff["manager"], AT, AT + DAY, by=None, at=AT)
    work.begin_and_end_absences(AT)
    assert [work.react(AT), work.react(AT), work.react(AT + HOUR)] == [4, 0, 0]
    kinds = set(Reacted.objects.values_list("entry__kind", flat=True))
    assert kinds == {"people.absence_planned", "people.absence_begun"}
    assert holders(contract, "manager") == {"director"}
    assert ReactionMark.objects.get().upto == Entry.objects.filter(at__lte=AT).latest("pk").pk


def test_what_may_still_be_committed_late_is_looked_at_again(world: World) -> None:
    """An entry with a lower number may become visible after one with a higher number."""
    before = ReactionMark.objects.get().upto
    plan_absence(world.staff["manager"], AT + DAY, AT + 2 * DAY, by=None, at=AT)
    work.react(AT + MINUTE / 2)
    assert ReactionMark.objects.get().upto == before
    work.react(AT + 2 * MINUTE)
    assert ReactionMark.objects.get().upto > before


def test_every_reaction_has_a_kind_that_there_is() -> None:
    assert all(kind_named(kind) for kind, _ in reactions.REACTIONS)
    names = [(kind, reactions.name_of(action)) for kind, action in reactions.REACTIONS]
    assert len(names) == len(set(names))


def test_a_fault_in_one_kind_of_work_stops_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(at: object) -> int:
        raise RuntimeError("nothing works today")

    monkeypatch.setattr(work, "WORK", (broken, *work.WORK))
    sent(world)
    with caplog.at_level(logging.ERROR):
        assert work.run_once(AT) > 0
    assert "nothing works today" in caplog.text
    assert Message.objects.filter(state="sent").exists()


def test_one_run_does_all_that_is_due(world: World) -> None:
    contract = sent(world)
    approve(world, contract, "manager", "manager")
    plan_absence(world.staff["lawyer"], AT + HOUR, AT + 9 * DAY, by=None, at=AT)
    assert work.run_once(AT + 9 * HOUR) > 0
    work.run_once(AT + 9 * HOUR)
    assert work.run_once(AT + 9 * HOUR) == 0
    assert holders(contract, "legal") == {"director"}


def test_what_follows_one_entry_does_not_hold_up_the_others(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    mailbox = add_mailbox({"name": "x", "way": "pipe"}, by=None, at=AT)
    letters = [b"From: a@b.example\n\n%d" % n for n in range(2)]
    first, second = [receive_letter(raw, mailbox, by=None, at=AT).entry for raw in letters]
    assert first is not None and second is not None
    seen: list[int] = []

    def fails_at_first(entry: Entry, *, by: None, at: datetime) -> int:
        seen.append(entry.pk)
        if entry.pk == first.pk:
            raise RuntimeError("not now")
        return 1

    monkeypatch.setattr(work, "REACTIONS", (("outreach.letter_received", fails_at_first),))
    assert work.react(AT + HOUR) == 1
    work.react(AT + HOUR)
    assert seen == [first.pk, second.pk, first.pk]
    assert ReactionMark.objects.get().upto < first.pk and "not now" in caplog.text


def test_while_nothing_happens_little_is_asked(world: World) -> None:
    """Every second only what somebody waits for is looked at; all of it is looked at, too."""
    while work.run_once(AT):
        pass
    with CaptureQueriesContext(connection) as quick:
        assert work.run_once(AT, quick=True) == 0
    with CaptureQueriesContext(connection) as whole:
        assert work.run_once(AT) == 0
    assert set(work.QUICK) < set(work.WORK)
    assert len(quick) < 10 < len(whole)
