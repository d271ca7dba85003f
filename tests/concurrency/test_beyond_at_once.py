"""Two who may allow it answer a colleague at the same moment; two explain one broken promise."""

import pickle
from datetime import timedelta
from decimal import Decimal

from tests.contracts.worlds import AT, HOUR
from tests.support.fresh import FreshDatabase
from tests.tickets.asked import asked, kinds
from zabota.cases.actions import (
    Beyond,
    Explained,
    answer_beyond,
    explain_promise,
    go_beyond,
    raise_unexplained,
)
from zabota.cases.models import Case, Deviation, Explanation
from zabota.home import work
from zabota.home.world import World
from zabota.journal.verify import verify_journal
from zabota.people.refusal import Refused
from zabota.tickets.actions import take_ticket
from zabota.tickets.models import Ticket

LATE = AT + HOUR + timedelta(minutes=1)


def asks(made: bytes) -> int:
    """A manager asks for more than they may do themselves."""
    world: World = pickle.loads(made)
    case = Case.objects.get(pk=asked(world).pk)
    what = Beyond("Замена", "Комиссия", Decimal(20_000), "RUB", "Везём замену")
    return go_beyond(case, what, by=world.as_staff("manager"), at=AT).pk


def answers(made: bytes, pk: int, who: str, granted: bool) -> str:
    world: World = pickle.loads(made)
    one = Deviation.objects.get(pk=pk)
    by = world.as_staff(who)
    try:
        return answer_beyond(one, "Нет", by=by, at=AT + HOUR, granted=granted).state
    except Refused:
        return ""


def stands(pk: int) -> tuple[str, list[str], object]:
    one = Deviation.objects.get(pk=pk)
    said = [kind for kind in kinds(Ticket.objects.get(pk=one.case_id)) if "beyond_" in kind]
    return one.state, said, verify_journal().broken


def test_one_of_two_answers_counts(firm_on_both: tuple[FreshDatabase, bytes]) -> None:
    database, made = firm_on_both
    pk = database.call(asks, made)
    outcomes = database.race(
        [(answers, (made, pk, "finance", True)), (answers, (made, pk, "director", False))]
    )
    (state,) = filter(None, [outcome.value for outcome in outcomes])
    told = {
        "granted": ["case.beyond_asked", "case.beyond_granted", "case.beyond_told"],
        "refused": ["case.beyond_asked", "case.beyond_refused"],
    }
    assert [outcome.error for outcome in outcomes] == [None, None]
    assert database.call(stands, pk) == (state, told[state], None)


def breaks(made: bytes) -> int:
    """A first reply that did not come in time, and nobody has explained for an hour."""
    world: World = pickle.loads(made)
    ticket = asked(world)
    take_ticket(ticket, by=world.as_staff("manager"), at=AT)
    work.escalate_broken(LATE)
    work.react(LATE)
    (one,) = Explanation.objects.select_related("asked", "promise")
    raise_unexplained(one, by=None, at=LATE + 2 * HOUR)
    return one.pk


def explains(made: bytes, pk: int, who: str) -> str:
    world: World = pickle.loads(made)
    why = Explained("hands", f"Некому ехать: {who}", "Приедем завтра.")
    one = Explanation.objects.get(pk=pk)
    try:
        return explain_promise(one, why, by=world.as_staff(who), at=LATE + 3 * HOUR).words
    except Refused:
        return ""


def explained(pk: int) -> tuple[str, int, object]:
    one = Explanation.objects.get(pk=pk)
    told = kinds(Ticket.objects.get(pk=one.case_id)).count("case.explained_to_client")
    return one.words, told, verify_journal().broken


def test_a_broken_promise_is_explained_once(firm_on_both: tuple[FreshDatabase, bytes]) -> None:
    database, made = firm_on_both
    pk = database.call(breaks, made)
    outcomes = database.race([(explains, (made, pk, who)) for who in ("manager", "director")])
    (words,) = filter(None, [outcome.value for outcome in outcomes])
    assert [outcome.error for outcome in outcomes] == [None, None]
    assert database.call(explained, pk) == (words, 1, None)
