"""Powers with limits and dates; absences and substitution; the picture of the staff."""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.people.conftest import AT, Staff, hire, make_staff
from tests.support.fresh import FreshDatabase
from tests.support.refused import refused
from zabota.journal.models import Entry
from zabota.journal.reading import read_lines
from zabota.people import actions
from zabota.people.models import Absence, Employee, Power, PowerKind, Substitution
from zabota.people.refusal import Refused
from zabota.people.rules import has_power
from zabota.people.who_may import staff_picture

DAY = timedelta(days=1)


def test_a_power_reaches_its_direction_sum_and_dates(staff: Staff) -> None:
    power = actions.grant_power(
        staff.lawyer, PowerKind.APPROVE, by=staff.user("owner"), at=AT, concern="legal",
        limit=Decimal(1000), valid_until=AT + DAY,
    )  # fmt: skip
    asked = [("legal", Decimal(1000)), ("legal", Decimal(1001)), ("legal", None), ("money", None)]
    may = [has_power(staff.lawyer, "approve", AT, concern, amount) for concern, amount in asked]
    assert may == [True, False, False, False]
    assert not has_power(staff.lawyer, "approve", AT, "legal", Decimal(1), currency="EUR")
    assert not has_power(staff.lawyer, "approve", AT + DAY, "legal", Decimal(1))
    assert not has_power(staff.lawyer, "approve", AT - DAY, "legal", Decimal(1))
    actions.revoke_power(power, by=staff.user("owner"), at=AT)
    assert not has_power(staff.lawyer, "approve", AT, "legal", Decimal(1))
    with refused("power_revoked"):
        actions.revoke_power(power, by=staff.user("owner"), at=AT)
    kinds = Entry.objects.filter(stream=staff.lawyer.stream_id).values_list("kind", flat=True)
    assert list(kinds)[1:] == ["people.power_granted", "people.power_revoked"]


def test_an_administrator_has_every_power_but_approving(staff: Staff) -> None:
    actions.revoke_power(staff.owner.powers.get(kind="approve"), by=staff.user("owner"), at=AT)
    Power.objects.filter(employee=staff.owner).update(revoked_at=AT)
    assert has_power(staff.owner, PowerKind.FIRM, AT)
    assert not has_power(staff.owner, PowerKind.APPROVE, AT, "legal")


def test_nobody_widens_their_own_powers(staff: Staff) -> None:
    actions.grant_power(staff.lead, PowerKind.PEOPLE, by=staff.user("owner"), at=AT)
    with pytest.raises(PermissionDenied):
        actions.grant_power(staff.lead, PowerKind.APPROVE, by=staff.user("lead"), at=AT)
    with pytest.raises(PermissionDenied):
        actions.grant_power(staff.clerk, PowerKind.PEOPLE, by=staff.user("lead"), at=AT)
    with pytest.raises(PermissionDenied):
        actions.grant_power(staff.clerk, PowerKind.APPROVE, by=staff.user("lawyer"), at=AT)
    actions.grant_power(staff.clerk, PowerKind.APPROVE, by=staff.user("lead"), at=AT)
    with refused("power_exists"):
        actions.grant_power(staff.clerk, PowerKind.APPROVE, by=staff.user("lead"), at=AT)
    with refused("unknown_power"):
        actions.grant_power(staff.clerk, "fly", by=staff.user("owner"), at=AT)
    with refused("bad_dates"):
        actions.grant_power(
            staff.clerk, PowerKind.ROUTES, by=staff.user("owner"), at=AT, valid_until=AT
        )


def test_whoever_stands_in_may_what_was_lent_for_the_period(staff: Staff) -> None:
    owner = staff.user("owner")
    actions.grant_power(staff.lawyer, PowerKind.APPROVE, by=owner, at=AT, concern="legal")
    actions.grant_power(staff.lawyer, PowerKind.ROUTES, by=owner, at=AT)
    lent = actions.appoint_substitute(
        staff.lawyer, staff.clerk, AT + DAY, AT + 3 * DAY, by=staff.user("lawyer"), at=AT,
        kinds=("approve",),
    )  # fmt: skip
    times = [AT, AT + DAY, AT + 2 * DAY, AT + 3 * DAY]
    assert [has_power(staff.clerk, "approve", at, "legal") for at in times] == [
        False, True, True, False,
    ]  # fmt: skip
    assert not has_power(staff.clerk, "routes", AT + DAY)
    actions.cancel_substitution(lent, by=staff.user("lead"), at=AT + DAY)
    assert not has_power(staff.clerk, "approve", AT + DAY, "legal")
    with refused("already_over"):
        actions.cancel_substitution(lent, by=owner, at=AT + DAY)


def test_who_arranges_a_substitution(staff: Staff) -> None:
    span = (AT, AT + DAY)
    with pytest.raises(PermissionDenied):
        actions.appoint_substitute(staff.lawyer, staff.clerk, *span, by=staff.user("clerk"), at=AT)
    with refused("substitute_self"):
        actions.appoint_substitute(staff.lawyer, staff.lawyer, *span, by=None, at=AT)
    actions.appoint_substitute(staff.lawyer, staff.clerk, *span, by=staff.user("lawyer"), at=AT)
    with refused("substitution_overlaps"):
        actions.appoint_substitute(staff.lawyer, staff.clerk, *span, by=None, at=AT)
    entry = Entry.objects.get(kind="people.substitute_appointed")
    assert entry.entry_kind.told is not None
    assert [n.user_id for n in entry.entry_kind.told(entry)] == [staff.clerk.user_id]
    actions.dismiss_employee(staff.clerk, by=None, at=AT)
    assert Substitution.objects.get().cancelled_at == AT
    with refused("dismissed"):
        actions.appoint_substitute(staff.lawyer, staff.clerk, *span, by=None, at=AT)


def test_an_absence_begins_and_ends_once(staff: Staff) -> None:
    absence = actions.plan_absence(
        staff.lawyer, AT + DAY, AT + 2 * DAY, by=staff.user("lead"), at=AT, reason="отпуск"
    )
    entry = Entry.objects.get(kind="people.absence_planned")
    assert "отпуск" not in entry.canonical
    assert entry.particulars.get().text == "отпуск"
    assert actions.turn_absences(at=AT) == 0
    assert [actions.turn_absences(at=AT + DAY) for _ in range(2)] == [1, 0]
    absence.refresh_from_db()
    assert (absence.begun_at, absence.ended_at) == (AT + DAY, None)
    assert [actions.turn_absences(at=AT + 2 * DAY) for _ in range(2)] == [1, 0]
    with refused("already_over"):
        actions.cancel_absence(absence, by=staff.user("lawyer"), at=AT + 2 * DAY)


def test_a_worker_that_slept_writes_both(staff: Staff) -> None:
    actions.plan_absence(staff.lawyer, AT + DAY, AT + 2 * DAY, by=None, at=AT)
    assert actions.turn_absences(at=AT + 5 * DAY) == 2
    kinds = [e.kind for e in Entry.objects.filter(stream=staff.lawyer.stream_id).order_by("seq")]
    assert kinds[-2:] == ["people.absence_begun", "people.absence_ended"]


def test_back_before_time_ends_the_absence(staff: Staff) -> None:
    absence = actions.plan_absence(staff.lawyer, AT, AT + DAY, by=staff.user("lawyer"), at=AT)
    with refused("absence_overlaps"):
        actions.plan_absence(staff.lawyer, AT, AT + 2 * DAY, by=None, at=AT)
    with refused("in_the_past"):
        actions.plan_absence(staff.lawyer, AT - 2 * DAY, AT - DAY, by=None, at=AT)
    with refused("bad_dates"):
        actions.plan_absence(staff.lawyer, AT, AT, by=None, at=AT)
    with pytest.raises(PermissionDenied):
        actions.cancel_absence(absence, by=staff.user("clerk"), at=AT)
    actions.turn_absences(at=AT)
    actions.cancel_absence(absence, by=staff.user("lawyer"), at=AT + DAY / 2)
    assert Entry.objects.filter(kind="people.absence_ended").count() == 1
    assert actions.turn_absences(at=AT + DAY) == 0


def plan_two() -> list[int]:
    staff = make_staff()
    for employee in (staff.lawyer, staff.clerk):
        actions.plan_absence(employee, AT, AT + DAY, by=None, at=AT)
        actions.appoint_substitute(employee, staff.lead, AT, AT + DAY, by=None, at=AT)
    return [staff.lawyer.pk, staff.clerk.pk]


def turn() -> int:
    return actions.turn_absences(at=AT + 2 * DAY)


def entries_now() -> list[str]:
    kinds = Entry.objects.filter(kind__regex="(begun|ended)$").values_list("kind", flat=True)
    return sorted(kinds)


def test_two_workers_write_every_entry_once(on_both: FreshDatabase) -> None:
    on_both.call(plan_two)
    outcomes = on_both.race([(turn, ())] * 3)
    assert [outcome.error for outcome in outcomes] == [None] * 3
    assert sum(outcome.value for outcome in outcomes) == 8
    kinds = on_both.call(entries_now)
    assert kinds == sorted(
        f"people.{what}_{turned}"
        for what in ("absence", "substitution")
        for turned in ("begun", "ended")
        for _ in range(2)
    )


def two_administrators() -> tuple[int, int]:
    staff = make_staff()
    actions.change_employee(staff.lead, {"is_administrator": True}, by=None, at=AT)
    return staff.owner.pk, staff.lead.pk


def dismiss(pk: int) -> str:
    try:
        actions.dismiss_employee(Employee.objects.get(pk=pk), by=None, at=AT)
    except Refused as refused:
        return refused.code
    return "gone"


def test_two_administrators_dismissed_at_once_leave_one(on_both: FreshDatabase) -> None:
    one, other = on_both.call(two_administrators)
    outcomes = on_both.race([(dismiss, (one,)), (dismiss, (other,))])
    assert sorted(str(outcome.value) for outcome in outcomes) == ["gone", "last_administrator"]


def test_the_picture_has_everybody_in_as_many_queries(staff: Staff) -> None:
    owner = staff.user("owner")
    actions.grant_power(staff.lawyer, PowerKind.APPROVE, by=owner, at=AT, limit=Decimal(5))
    actions.plan_absence(staff.lawyer, AT + DAY, AT + 2 * DAY, by=None, at=AT)
    actions.appoint_substitute(
        staff.lawyer, staff.clerk, AT + DAY, AT + 2 * DAY, by=None, at=AT, kinds=("approve",)
    )
    team = actions.open_team("Юристы", by=None, at=AT)
    actions.change_employee(staff.lawyer, {"team": team}, by=None, at=AT)
    with CaptureQueriesContext(connection) as few:
        picture = staff_picture(AT)
    lawyer = picture.people[staff.lawyer.pk]
    assert lawyer.powers[0].limit == Decimal(5)
    assert lawyer.absences == ((AT + DAY, AT + 2 * DAY),)
    assert picture.teams == {team.pk: frozenset({staff.lawyer.pk})}
    assert picture.administrators == {staff.owner.pk}
    assert picture.stand_ins[0].kinds == {"approve"}
    for number in range(10):
        actions.plan_absence(hire(f"n{number}"), AT, AT + DAY, by=None, at=AT)
    actions.dismiss_employee(staff.clerk, by=None, at=AT)
    with CaptureQueriesContext(connection) as many:
        later = staff_picture(AT)
    assert len(few) == len(many) == 5
    assert len(later.people) == 13
    assert not later.stand_ins
    assert Absence.objects.count() == 11


def test_a_power_from_a_later_day_begins_and_ends_once(staff: Staff) -> None:
    owner = staff.user("owner")
    power = actions.grant_power(
        staff.lawyer, PowerKind.APPROVE, by=owner, at=AT, concern="legal",
        limit=Decimal(3_000_000), valid_from=AT + DAY, valid_until=AT + 2 * DAY,
    )  # fmt: skip
    assert [has_power(staff.lawyer, "approve", AT + day * DAY, "legal", Decimal(1)) for day in
            (0, 1, 2)] == [False, True, False]  # fmt: skip
    assert [actions.turn_absences(at=AT + day * DAY) for day in (0, 1, 1, 2, 2)] == [0, 1, 0, 1, 0]
    kinds = [e.kind for e in Entry.objects.filter(stream=staff.lawyer.stream_id).order_by("seq")]
    assert kinds[-3:] == ["people.power_granted", "people.power_begun", "people.power_ended"]
    power.refresh_from_db()
    assert power.begun_at == AT + DAY
    assert power.ended_at == AT + 2 * DAY


def test_the_history_tells_the_sum_and_the_days_of_a_power(staff: Staff) -> None:
    actions.grant_power(
        staff.lawyer, PowerKind.APPROVE, by=None, at=AT, concern="legal",
        limit=Decimal(3_000_000), currency="USD",
        valid_from=datetime(2027, 1, 1, tzinfo=ZoneInfo("Europe/Moscow")),
        valid_until=datetime(2027, 7, 1, tzinfo=ZoneInfo("Europe/Moscow")),
    )  # fmt: skip
    with timezone.override("Europe/Moscow"):
        (line,) = read_lines([Entry.objects.latest("pk")], now=AT)
    said = line.sentence.replace("\xa0", " ")
    for words in ("до 3 000 000 $", "с пт, 1 января 2027", "до ср, 30 июня 2027"):
        assert words in said, said


def test_appointed_for_today_is_told_once(staff: Staff) -> None:
    for since, told in ((AT, 0), (AT + DAY, 1)):
        actions.appoint_substitute(
            staff.lawyer, staff.clerk, since, since + DAY, by=staff.user("lawyer"), at=AT
        )
        actions.turn_absences(at=since)
        begun = Entry.objects.filter(kind="people.substitution_begun").latest("pk")
        assert begun.entry_kind.told is not None
        assert len(list(begun.entry_kind.told(begun))) == told
