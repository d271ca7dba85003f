"""Processes that give, claim and redeem are killed at random, again and again: what they were
answered is there, nothing is there twice, budgets and goods add up. ZABOTA_TEST_GIFTS: how many.
"""

import os
import pickle
import random
import signal
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import Sum

from tests.contracts.worlds import AT
from tests.support.fresh import FreshDatabase
from zabota.clients.models import Client, Consent
from zabota.goodwill.actions import (
    Given,
    GoodFields,
    Taken,
    claim_gift,
    give_gift,
    set_good,
    set_terms,
    use_gift,
)
from zabota.goodwill.models import Allowance, Gift, Good
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.journal.verify import verify_journal
from zabota.people.refusal import Refused

type Firm = tuple[FreshDatabase, bytes]
GIFTS = int(os.environ.get("ZABOTA_TEST_GIFTS", "10"))
COST = Decimal("10.10")
# Of statements that write or end a transaction, one in so many is the last of its process.
ONE_IN = 40
AT_ONCE, ROUNDS = 3, 2000


def begin(made: bytes) -> int:
    set_terms({"base": COST * GIFTS * 2}, by=None, at=AT)
    return set_good(None, GoodFields("Кружка", COST, stock=GIFTS * 2), by=None, at=AT).pk


def mortal(work: Callable[[], None], seed: int) -> None:
    """The process dies where chance says so, as by a pulled plug."""
    chance = random.Random(seed)

    def watch(execute: Callable[..., Any], sql: str, *told: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "RELEASE", "SAVEPOINT")) and not chance.randrange(
            ONE_IN
        ):
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, *told)

    with connection.execute_wrapper(watch):
        work()


def live_through(made: bytes, good: int, who: int, notes: str, seed: int | None) -> None:
    """Give what is not given yet, claim it, use it; note each answer as soon as it is there."""
    world: World = pickle.loads(made)
    by, cup = world.as_staff("finance"), Good.objects.get(pk=good)
    with Path(notes).open("a") as pen:

        def note(*words: object) -> None:
            pen.write(" ".join(map(str, words)) + "\n")
            pen.flush()

        def work() -> None:
            order = list(range(GIFTS))
            random.Random(seed).shuffle(order)
            for number in order:
                live(number, note)

        def live(number: int, note: Callable[..., None]) -> None:
            told = Given(kind="goods", occasion="в парке", good=cup, once=f"{number:032x}")
            gift = give_gift(told, by=by, at=AT)
            note("given", number, gift.pk)
            key = f"{number}-{who}"
            taken = Taken(key, f"Гость {number}", f"g{number}@x.example", "", "", "v")
            try:
                claim_gift(gift, taken, by=None, at=AT)
                note("mine", gift.pk, key)
                use_gift(gift, receipt=f"r-{gift.pk}", by=None, at=AT)
                note("used", gift.pk, who)
            except Refused as refused:
                assert refused.code == "taken", refused.code

        work() if seed is None else mortal(work, seed)


def outcome() -> dict[str, Any]:
    gifts = Gift.objects.all()
    entries = Counter(
        (entry.kind, entry.facts["gift"])
        for entry in Entry.objects.filter(kind__startswith="goodwill.gift_")
    )
    return {
        "gifts": gifts.count(),
        "keys": dict(gifts.values_list("pk", "claim_key")),
        "states": Counter(gifts.values_list("state", flat=True)),
        "clients": Client.objects.filter(name__startswith="Гость").count(),
        "linked": gifts.filter(client__owner__user__name="Павел Серов").count(),
        "consents": Consent.objects.filter(purpose="gift").count(),
        "twice": [kind for kind, count in entries.items() if count > 1],
        "entries": len(entries),
        "spent": Allowance.objects.get().spent - gifts.aggregate(all=Sum("cost"))["all"],
        "stock": Good.objects.get().stock,
        "broken": verify_journal().broken,
    }


def test_killed_at_random_nothing_is_lost_and_nothing_doubled(
    firm_on_both: Firm, tmp_path: Path
) -> None:
    database, made = firm_on_both
    good, notes = database.call(begin, made), [str(tmp_path / f"{n}") for n in range(AT_ONCE)]
    deaths = 0
    for turn in range(ROUNDS):
        calls = [
            (live_through, (made, good, who, notes[who], turn * AT_ONCE + who))
            for who in range(AT_ONCE)
        ]
        faults = [one.error for one in database.race(calls) if one.error is not None]
        assert all("ended with -9" in str(fault) for fault in faults), faults
        deaths += len(faults)
        if not faults:
            break
        if deaths >= 6:
            break
    # Whoever was left is there once more, and nobody dies.
    last = [(live_through, (made, good, who, notes[who], None)) for who in range(AT_ONCE)]
    assert [one.error for one in database.race(last)] == [None] * AT_ONCE
    seen = database.call(outcome)
    assert deaths > 2 and seen["gifts"] == GIFTS and seen["states"] == {"used": GIFTS}
    assert (seen["clients"], seen["linked"], seen["consents"]) == (GIFTS,) * 3
    assert (seen["twice"], seen["entries"]) == ([], 3 * GIFTS)
    assert (seen["spent"], seen["stock"], seen["broken"]) == (0, GIFTS, None)
    answered = [line.split() for one in notes for line in Path(one).read_text().splitlines()]
    claims = {(gift, key) for what, gift, key in answered if what == "mine"}
    assert {int(gift): key for gift, key in claims} == seen["keys"]
    assert len(claims) == GIFTS
