"""The page of a list that most open comes by a kept statement, and shows what any other would."""

from itertools import product

import pytest

from tests.contracts.worlds import AT, HOUR
from tests.tickets.asked import asked
from zabota.home.world import World
from zabota.people.firm import current_firm
from zabota.tickets.actions import end_ticket, say_in_ticket, take_ticket
from zabota.tickets.reading.lists import read_tickets
from zabota.tickets.reading.narrowed import Wanted, narrowed


@pytest.fixture
def lived(world: World) -> World:
    """Four requests: one new, one taken, one that waits for its client, one that is over."""
    manager, lawyer = world.as_staff("manager"), world.as_staff("lawyer")
    new, taken, waits, over = (
        asked(world, text=f"Дело {one}", guest=("anna", "boris")[one % 2]) for one in range(4)
    )
    assert new.case.state == "new"
    take_ticket(taken, by=lawyer, at=AT + HOUR)
    say_in_ticket(waits, "Какой адрес?", by=manager, at=AT + 2 * HOUR, how="ask")
    say_in_ticket(over, "Сделаем.", by=manager, at=AT + 3 * HOUR)
    end_ticket(over, "solved", "Готово.", by=manager, at=AT + 4 * HOUR)
    return world


@pytest.mark.parametrize("who", ["director", "manager", "lawyer", "anna", "alien"])
def test_kept_statements_say_what_others_say(lived: World, who: str) -> None:
    staff = who in ("director", "manager", "lawyer")
    viewer = lived.as_staff(who) if staff else lived.as_guest(who)
    shown = set()
    for state, mine in product(("", "unfinished", "new", "open", "waiting", "done"), ("", "1")):
        rows = read_tickets(
            viewer, {"state": state, "mine": mine}, current_firm(), at=AT + 5 * HOUR
        ).rows
        plain = narrowed(viewer, Wanted(state=state, mine=bool(mine)))
        expected = plain.order_by("-touched_at", "-pk").values_list("pk", flat=True)
        assert [row.pk for row in rows] == list(expected), (state, mine)
        shown.add(tuple(row.pk for row in rows))
    # They are not all the same, or this test would say nothing; an alien sees none.
    assert (len(shown) > 2) == (who != "alien")
