"""A power can need a passed drill: it stands, and works only while the drill counts."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.worlds import AT, DAY, HOUR
from tests.support.refused import refused
from tests.tickets.drilled import LEAD, PLAYER, come, exercise, passed
from zabota.cases.actions import Beyond, go_beyond
from zabota.cases.models import Holder
from zabota.contracts.staff import staff_at
from zabota.home import work
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.outreach.models import Message
from zabota.people.actions import (
    appoint_substitute,
    change_firm,
    grant_power,
    lapse_trainings,
    note_training,
    require_drill,
)
from zabota.people.models import Power, Training
from zabota.people.rules import has_power
from zabota.people.who_may import staff_picture
from zabota.tickets.models import Exercise, Ticket

LATER = AT + 4 * HOUR


def power_of(world: World, key: str = PLAYER, kind: str = "beyond") -> Power:
    return Power.objects.get(employee=world.staff[key], kind=kind, revoked_at=None)


def works(world: World, at: object = LATER, key: str = PLAYER) -> bool:
    asked = has_power(world.staff[key], "beyond", at, amount=Decimal(100))  # type: ignore[arg-type]
    picture = staff_picture(at).people[world.staff[key].pk]  # type: ignore[arg-type]
    assert asked == any(power.kind == "beyond" for power in picture.powers)
    return asked


def test_it_works_from_the_passed_drill_until_that_is_too_old(world: World) -> None:
    made, power = exercise(world), power_of(world)
    assert works(world)
    require_drill(power, "problem", by=None, at=LATER)
    assert not works(world)
    passed(world, come(world, made), LATER)
    assert works(world, LATER + HOUR)
    end = Training.objects.get().good_until
    assert works(world, end - timedelta(seconds=1)) and not works(world, end)
    assert work.begin_and_end_absences(end - timedelta(seconds=1)) == 0
    assert lapse_trainings(by=None, at=end) == 1 and lapse_trainings(by=None, at=end) == 0
    require_drill(power, "", by=None, at=end)
    assert works(world, end)
    entries = Entry.objects.filter(stream=world.staff[PLAYER].stream_id).order_by("seq")
    assert [one.kind for one in entries][-4:] == [
        "people.power_drill_set", "people.training_passed", "people.training_lapsed",
        "people.power_drill_lifted",
    ]  # fmt: skip
    work.announce(end)
    user = world.staff[PLAYER].user_id
    told = Message.objects.filter(to=user, entry__kind__startswith="people.").order_by("pk")
    assert [one.entry.kind for one in told if one.entry] == [
        "people.power_drill_set", "people.training_lapsed", "people.power_drill_lifted",
    ]  # fmt: skip


def test_the_firm_says_for_how_long(world: World) -> None:
    exercise(world)
    change_firm({"drill_days": 30}, by=None, at=LATER)
    training = note_training(world.staff[PLAYER], "problem", by=None, at=LATER)
    assert training.good_until == LATER + 30 * DAY
    again = note_training(world.staff[PLAYER], "problem", by=None, at=LATER + DAY)
    assert again.pk == training.pk and again.good_until == LATER + 31 * DAY


def test_whoever_stands_in_has_to_have_passed_it_too(world: World) -> None:
    exercise(world)
    lender, other = world.staff[PLAYER], world.staff["logist1"]
    appoint_substitute(lender, other, AT, AT + 3 * DAY, by=None, at=AT)
    require_drill(power_of(world), "problem", by=None, at=LATER)
    note_training(lender, "problem", by=None, at=LATER)
    assert not has_power(other, "beyond", LATER, amount=Decimal(100))
    note_training(other, "problem", by=None, at=LATER)
    assert has_power(other, "beyond", LATER, amount=Decimal(100))
    Training.objects.filter(employee=lender).update(good_until=LATER + HOUR)
    assert not has_power(other, "beyond", LATER + HOUR, amount=Decimal(100))


def test_lent_directions_need_the_drill_of_who_stands_in(world: World) -> None:
    exercise(world)
    lawyer, other = world.staff["lawyer"], world.staff["logist1"]
    appoint_substitute(lawyer, other, AT, AT + 3 * DAY, by=None, at=AT)
    assert [row.concerns for row in staff_at(LATER).stand_ins] == [None]
    require_drill(power_of(world, "lawyer", "approve"), "problem", by=None, at=LATER)
    note_training(lawyer, "problem", by=None, at=LATER)
    assert [row.concerns for row in staff_at(LATER).stand_ins] == [frozenset()]
    note_training(other, "problem", by=None, at=LATER)
    assert [row.concerns for row in staff_at(LATER).stand_ins] == [None]


def test_what_is_asked_does_not_come_to_who_has_not_passed(world: World) -> None:
    made = exercise(world)
    require_drill(power_of(world, "finance"), "problem", by=None, at=LATER)
    ticket = Ticket.objects.get(exercises=made)
    what = Beyond("Скидка", "Ждали", Decimal(50_000), "RUB", "")
    deviation = go_beyond(ticket.case, what, by=world.as_staff(PLAYER), at=LATER)
    had = Holder.objects.filter(promise=deviation.promise)
    asked_of = set(had.values_list("employee", flat=True))
    assert world.staff["finance"].pk not in asked_of and asked_of == {world.staff["director"].pk}


def test_who_requires_it_and_of_which_kinds(world: World) -> None:
    power, director = power_of(world), world.staff[LEAD]
    with refused("unknown_drill"):
        require_drill(power, "problem", by=None, at=LATER)
    exercise(world)
    with refused("unknown_drill"):
        grant_power(world.staff[PLAYER], "routes", by=None, at=LATER, requires_drill="question")
    with pytest.raises(PermissionDenied):
        require_drill(power, "problem", by=world.staff[PLAYER].user, at=LATER)
    require_drill(power, "problem", by=director.user, at=LATER)
    granted = grant_power(
        world.staff["logist1"], "routes", by=None, at=LATER, requires_drill="problem"
    )
    assert not has_power(world.staff["logist1"], "routes", LATER)
    note_training(world.staff["logist1"], "problem", by=None, at=LATER)
    assert has_power(world.staff["logist1"], "routes", LATER)
    assert granted.requires_drill == "problem" and Exercise.objects.count() == 1
