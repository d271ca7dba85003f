"""Two of ours bring in the same register at the same moment: each contract is there once."""

import pickle
from datetime import date
from multiprocessing.synchronize import Barrier

from tests.contracts.worlds import AT
from tests.support.fresh import LONGEST, PROCESSES, FreshDatabase
from zabota.clients.models import Client
from zabota.contracts.actions.register import import_line
from zabota.contracts.models import Contract
from zabota.contracts.register import Line
from zabota.home.world import World
from zabota.journal.verify import verify_journal

NUMBERS = [f"{number}/2025" for number in range(77, 87)]
INN = "7707083893"


def brings_in(made: bytes, who: str, together: Barrier) -> int:
    """All rows, each at the same moment as the other; says how many were new."""
    world: World = pickle.loads(made)
    new = 0
    for place, number in enumerate(NUMBERS):
        line = Line(
            place,
            number=number,
            day=date(2025, 3, 1),
            inn=INN,
            client="ПАО «Пара»",
            subject="Аренда",
        )
        together.wait(LONGEST)
        new += import_line(line, by=world.as_staff(who), at=AT, scans={})[1]
    return new


def there() -> tuple[list[str], int, object]:
    """Numbers of the contracts that came in, how many clients they have, what is wrong."""
    rows = Contract.objects.filter(registered_number__in=NUMBERS).order_by("registered_number")
    numbers = list(rows.values_list("registered_number", flat=True))
    return numbers, Client.objects.filter(inn=INN).count(), verify_journal().broken


def test_a_register_brought_in_twice_at_once_is_there_once(
    firm_on_both: tuple[FreshDatabase, bytes],
) -> None:
    database, made = firm_on_both
    together = PROCESSES.Barrier(2)
    outcomes = database.race(
        [(brings_in, (made, who, together)) for who in ("manager", "director")]
    )
    assert [outcome.error for outcome in outcomes] == [None, None]
    assert sum(outcome.value for outcome in outcomes) == len(NUMBERS)
    assert database.call(there) == (NUMBERS, 1, None)
