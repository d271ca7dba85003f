"""Past requests are played as exercises: made, planned or by surprise, played, scored."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.worlds import AT, DAY, HOUR
from tests.support.refused import refused
from tests.tickets.asked import asked, fresh
from tests.tickets.drilled import LEAD, PLAYER, again, come, ended, exercise, passed, played
from zabota.common.names import has_cyrillic
from zabota.common.working_time import is_working
from zabota.home import work
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.outreach.models import Message
from zabota.people.actions import plan_absence
from zabota.people.firm import calendar_of
from zabota.people.models import Training
from zabota.tickets.actions import end_ticket
from zabota.tickets.actions.drills import (
    bring_drills,
    cancel_drill,
    end_drill,
    miss_drills,
    plan_drills,
    reply_in_drill,
    score_drill,
)
from zabota.tickets.actions.exercises import change_exercise, close_exercise, make_exercise
from zabota.tickets.models import Drill
from zabota.tickets.reading.retold import offer_exercise
from zabota.tickets.retelling.known import WORD

LATER = AT + 4 * HOUR


def kinds_of(drill: Drill) -> list[str]:
    entries = Entry.objects.filter(stream=drill.stream_id).order_by("seq")
    return [entry.kind for entry in entries]


def test_an_ended_request_is_offered_in_nobodys_words(world: World) -> None:
    offered = offer_exercise(ended(world))
    told = f"{offered.title} {offered.text} {offered.client} {offered.answer} {offered.good_end}"
    for real in ("Ромашк", "Анна", "Крылов", "123-45-67"):
        assert real not in told
    assert "погас свет" in offered.text and offered.outcome == "solved"
    # One and the same made-up company in all of them.
    company = dict(offered.changed)["Ромашку"][:4]
    assert company in offered.answer and company in offered.client


def test_in_english_it_is_nobodys_either(world: World) -> None:
    """Colleagues, too: no dictionary tells that what is written in Latin letters is a name."""
    words = "Romashka waits, and Timur Aslanov does not pick up. Call me, Anna Krylova."
    ticket = asked(world, text=words)
    end_ticket(ticket, "solved", "Done.", by=world.as_staff("manager"), at=AT)
    offered = offer_exercise(fresh(ticket))
    told = f"{offered.text} {offered.client}"
    assert not {"Romashka", "Timur", "Aslanov", "Anna", "Krylova"} & set(WORD.findall(told))
    assert "waits, and" in offered.text and not has_cyrillic(told)


def test_nothing_of_the_client_is_kept_whatever_a_person_types(world: World) -> None:
    ticket, by = ended(world), world.as_staff(LEAD)
    for left in (
        {"title": "Ромашка без света"}, {"steps": ("Позвонить Анне Крыловой",)},
        {"answer": "8 (495) 123 45 67"}, {"client": "ООО «РОМАШКА»"},
    ):  # fmt: skip
        with refused("left"):
            make_exercise(ticket, played(ticket, **left), by=by, at=AT + 3 * HOUR)
    made = make_exercise(ticket, played(ticket), by=by, at=AT + 3 * HOUR)
    with refused("left"):
        change_exercise(made, played(ticket, text="Ромашка"), by=by, at=LATER)
    change_exercise(made, played(ticket, title="Погас свет"), by=by, at=LATER)
    kinds = Entry.objects.filter(stream=made.stream_id).order_by("seq")
    assert [one.kind for one in kinds] == ["exercise.made", "exercise.changed"]


def test_who_makes_exercises_and_of_what(world: World) -> None:
    ticket = ended(world)
    with pytest.raises(PermissionDenied):
        make_exercise(ticket, played(ticket), by=world.as_staff("logist1"), at=LATER)
    going_on = asked(world)
    with pytest.raises(PermissionDenied):
        make_exercise(going_on, played(ticket), by=world.as_staff(LEAD), at=LATER)
    made = exercise(world)
    close_exercise(made, by=world.as_staff(LEAD), at=LATER)
    assert Entry.objects.filter(stream=made.stream_id).latest("seq").kind == "exercise.closed"
    with refused("exercise_closed"):
        plan_drills(made, [world.staff[PLAYER]], None, by=world.as_staff(LEAD), at=LATER)


def test_a_surprise_comes_at_a_working_minute_within_a_week(world: World) -> None:
    made, by = exercise(world), world.as_staff(LEAD)
    for chance in (lambda most: 0, lambda most: most - 1, lambda most: most // 2):
        (drill,) = plan_drills(made, [world.staff[PLAYER]], None, by=by, at=LATER, chance=chance)
        assert LATER < drill.arrives_at <= LATER + 7 * DAY and drill.surprise
        minute = drill.arrives_at - timedelta(seconds=1)
        assert is_working(calendar_of(world.firm), minute)
        assert bring_drills(by=None, at=drill.arrives_at - timedelta(minutes=1)) == 0
        cancel_drill(drill, by=by, at=LATER)
        assert bring_drills(by=None, at=drill.arrives_at) == 0
    assert kinds_of(drill) == ["drill.planned", "drill.cancelled"]


def test_it_comes_once_and_only_the_player_hears_of_it(world: World) -> None:
    made, by = exercise(world), world.as_staff(LEAD)
    (drill,) = plan_drills(made, [world.staff[PLAYER]], None, by=by, at=LATER)
    with refused("drilled"):
        plan_drills(made, [world.staff[PLAYER]], None, by=by, at=LATER)
    Drill.objects.filter(pk=drill.pk).update(arrives_at=LATER + HOUR)
    assert work.bring_exercises(LATER + HOUR) == 1 and work.bring_exercises(LATER + HOUR) == 0
    drill = again(drill)
    assert drill.arrived_at == LATER + HOUR and drill.due_at > drill.arrived_at
    work.announce(LATER + HOUR)
    sent = Message.objects.filter(entry__stream=drill.stream_id)
    assert [(one.to_id, one.path) for one in sent] == [
        (world.staff[PLAYER].user_id, f"/desk/drills/{drill.pk}/")
    ]


def test_whoever_is_away_meets_it_when_they_are_back(world: World) -> None:
    made, player = exercise(world), world.staff[PLAYER]
    plan_drills(made, [player], LATER, by=world.as_staff(LEAD), at=LATER)
    plan_absence(player, AT, AT + 3 * DAY, by=None, at=AT)
    assert bring_drills(by=None, at=LATER) == 0
    assert Drill.objects.get().arrives_at > AT + 3 * DAY - HOUR


def test_played_scored_and_passed(world: World) -> None:
    drill, by = come(world, exercise(world)), world.as_staff(PLAYER)
    with refused("no_reply"):
        end_drill(drill, "solved", "Да", [], by=by, at=LATER)
    drill = passed(world, drill, LATER)
    assert drill.passed and drill.in_time
    assert kinds_of(drill) == [
        "drill.planned", "drill.arrived", "drill.replied", "drill.ended", "drill.scored",
    ]  # fmt: skip
    training = Training.objects.get()
    assert (training.employee_id, training.kind) == (drill.employee_id, "problem")
    assert training.good_until == LATER + HOUR + timedelta(days=180)
    work.announce(LATER + 2 * HOUR)
    told = Message.objects.filter(entry__stream=drill.stream_id).order_by("pk")
    director, manager = world.staff[LEAD].user_id, world.staff[PLAYER].user_id
    assert [one.to_id for one in told] == [manager, manager, director, manager]


@pytest.mark.parametrize(
    ("late", "steps", "sensible", "words"),
    [(True, [0, 1, 2], True, 5), (False, [0, 1], True, 5), (False, [0, 1, 2], False, 5),
     (False, [0, 1, 2], True, 2)],
)  # fmt: skip
def test_late_or_off_the_script_or_badly_said_is_not_passed(
    world: World, late: bool, steps: list[int], sensible: bool, words: int
) -> None:
    drill, by = come(world, exercise(world)), world.as_staff(PLAYER)
    at = drill.due_at + timedelta(minutes=1) if late else LATER
    reply_in_drill(drill, "Едем", by=by, at=at)
    end_drill(drill, "solved", "Да", [*steps, 77], by=by, at=at)
    drill = score_drill(drill, words, sensible, "", by=world.as_staff(LEAD), at=at)
    assert drill.passed is False and not Training.objects.exists()


def test_who_plays_scores_and_calls_off(world: World) -> None:
    drill = come(world, exercise(world))
    for key in ("director", "logist1"):
        with pytest.raises(PermissionDenied):
            reply_in_drill(drill, "Едем", by=world.as_staff(key), at=LATER)
    reply_in_drill(drill, "Едем", by=world.as_staff(PLAYER), at=LATER)
    with refused("replied"):
        reply_in_drill(drill, "Едем", by=world.as_staff(PLAYER), at=LATER)
    with pytest.raises(PermissionDenied):
        cancel_drill(drill, by=world.as_staff(PLAYER), at=LATER)
    end_drill(drill, "solved", "Да", [], by=world.as_staff(PLAYER), at=LATER)
    for key in (PLAYER, "logist1"):
        with pytest.raises(PermissionDenied):
            score_drill(drill, 5, True, "", by=world.as_staff(key), at=LATER)
    score_drill(drill, 5, True, "", by=world.as_staff(LEAD), at=LATER)
    with pytest.raises(PermissionDenied):
        score_drill(drill, 5, True, "", by=world.as_staff(LEAD), at=LATER)
    with pytest.raises(PermissionDenied):
        plan_drills(drill.exercise, [world.staff["logist1"]], None, by=world.as_staff("manager"),
                    at=LATER)  # fmt: skip


def test_what_nobody_played_is_missed_once(world: World) -> None:
    drill = come(world, exercise(world))
    assert miss_drills(by=None, at=drill.due_at + DAY) == 0
    assert work.bring_exercises(drill.due_at + 9 * DAY) == 1
    assert miss_drills(by=None, at=drill.due_at + 9 * DAY) == 0
    drill = again(drill)
    assert drill.passed is False and kinds_of(drill)[-1] == "drill.missed"
    with pytest.raises(PermissionDenied):
        reply_in_drill(drill, "Едем", by=world.as_staff(PLAYER), at=drill.due_at + 9 * DAY)
