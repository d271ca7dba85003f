"""Fifty strangers open one code at the same moment: one has the gift; on both databases."""

import pickle
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from multiprocessing.synchronize import Barrier

from django.db import connection

from tests.contracts.worlds import AT
from tests.support.fresh import LONGEST, FreshDatabase
from tests.support.fresh import PROCESSES as FORKED
from zabota.clients.models import Client
from zabota.goodwill.actions import Given, Taken, claim_gift, give_gift, redeem_gift, set_terms
from zabota.goodwill.codes import code_of
from zabota.goodwill.models import Allowance, Gift
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.journal.verify import verify_journal
from zabota.people.refusal import Refused

type Firm = tuple[FreshDatabase, bytes]
PEOPLE, PROCESSES = 50, 5


def world_of(made: bytes) -> World:
    world: World = pickle.loads(made)
    return world


def begin(made: bytes) -> int:
    set_terms({"base": Decimal(1000)}, by=None, at=AT)
    return given(made)


def given(made: bytes) -> int:
    told = Given(kind="flowers", occasion="в парке", cost=Decimal(300))
    return give_gift(told, by=world_of(made).as_staff("finance"), at=AT).pk


def claim_by_ten(gift: int, first: int, together: Barrier) -> list[str]:
    """Ten strangers of the fifty, each in a thread with a connection of their own; all press at the
    same moment and say who they are.
    """

    def claim(number: int) -> str:
        taken = Taken(f"page-{number}", f"Гость {number}", f"g{number}@x.example", consent="v")
        found = Gift.objects.get(pk=gift)
        together.wait(LONGEST)
        try:
            claim_gift(found, taken, by=None, at=AT)
        except Refused as refused:
            return refused.code
        finally:
            connection.close()
        return "mine"

    many = PEOPLE // PROCESSES
    with ThreadPoolExecutor(many) as crowd:
        return list(crowd.map(claim, range(first, first + many)))


def redeem_now(code: str, receipt: str) -> str:
    try:
        redeem_gift(code, receipt=receipt, by=None, at=AT)
    except Refused as refused:
        return refused.code
    return "done"


def give_now(made: bytes) -> str:
    try:
        given(made)
    except Refused as refused:
        return refused.code
    return "given"


def outcome(gift: int) -> dict[str, object]:
    row = Gift.objects.get(pk=gift)
    return {
        "guests": Client.objects.filter(name__startswith="Гость").count(),
        "claims": Entry.objects.filter(kind="goodwill.gift_claimed").count(),
        "uses": Entry.objects.filter(kind="goodwill.gift_used").count(),
        "code": code_of(row.employee_id, row.salt),
        "spent": Allowance.objects.get().spent,
        "broken": verify_journal().broken,
    }


def test_fifty_claim_one_code_and_one_gets_it(firm_on_both: Firm) -> None:
    database, made = firm_on_both
    gift = database.call(begin, made)
    together = FORKED.Barrier(PEOPLE)
    calls = [(claim_by_ten, (gift, n * PEOPLE // PROCESSES, together)) for n in range(PROCESSES)]
    outcomes = database.race(calls)
    assert [one.error for one in outcomes] == [None] * PROCESSES
    answers = [answer for one in outcomes for answer in one.value]
    assert sorted(answers) == ["mine"] + ["taken"] * (PEOPLE - 1)
    seen = database.call(outcome, gift)
    assert (seen["guests"], seen["claims"], seen["broken"]) == (1, 1, None)
    # At four tills at once it is used at one; of five gifts at once the budget pays three.
    tills = database.race([(redeem_now, (seen["code"], f"r{n}")) for n in range(4)])
    assert sorted(one.value for one in tills) == ["done", "used", "used", "used"]
    assert database.call(outcome, gift)["uses"] == 1
    gifts = database.race([(give_now, (made,))] * 4)
    assert sorted(one.value for one in gifts) == ["budget", "budget", "given", "given"]
    assert database.call(outcome, gift)["spent"] == Decimal(900)
