"""A second return of an unchanged clause stands on the lead's Today until the lead has looked."""

from django.utils import translation

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, DAY, HOUR, resent, send_back, sent
from zabota.cases.models import Promise
from zabota.contracts.models import Contract
from zabota.home.reading.room import read_room
from zabota.home.reading.today import TodayRow, read_today
from zabota.home.world import World, clause_numbered


def on_today(world: World, who: str) -> list[TodayRow]:
    with translation.override("ru"):
        today = read_today(world.staff[who], {}, world.firm, at=AT + 2 * DAY)
    return [row for group in today.groups for row in group.rows if row.chip == "Повторный возврат"]


def returned_twice(world: World) -> Contract:
    contract = sent(world)
    clause = clause_numbered(contract, "2.1")
    send_back(world, contract, "manager", "manager", AT, "Уточните", (clause,))
    contract = resent(world, contract, "anna", AT + DAY)
    send_back(world, contract, "manager", "manager", AT + DAY + HOUR, "Иначе", (clause,))
    return contract


def test_the_lead_has_it_until_they_look(world: World) -> None:
    contract = returned_twice(world)
    (row,) = on_today(world, "director")
    assert "ещё раз" in row.why and row.step.label == "Посмотреть"
    assert on_today(world, "manager") == []
    # Somebody else's look is not theirs; the client knows nothing of it.
    browser_of(world, "manager").get(f"/desk/contracts/{contract.pk}/")
    assert on_today(world, "director")
    room = read_room(world.as_guest("anna"), world.firm, at=AT + 2 * DAY)
    assert not [one for one in room.promises if "возврат" in one.words.lower()]
    browser_of(world, "director").get(f"/desk/contracts/{contract.pk}/")
    assert on_today(world, "director") == []
    promise = Promise.objects.get(moment="contract_again")
    assert (promise.state, promise.audience) == ("kept", "ours")


def test_the_first_return_asks_no_lead(world: World) -> None:
    contract = sent(world)
    clause = clause_numbered(contract, "2.1")
    send_back(world, contract, "manager", "manager", AT, "Уточните", (clause,))
    assert on_today(world, "director") == []
