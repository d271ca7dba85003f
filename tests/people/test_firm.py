"""The firm: founded once, changed by who may, its calendar the last word."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.people.conftest import AT, PASSWORD, Staff
from tests.support.refused import refused
from zabota.journal.models import Entry
from zabota.people import actions
from zabota.people.firm import calendar_of, current_firm
from zabota.people.models import LEARNED, Firm, PowerKind
from zabota.people.refusal import Refused


def last(kind: str) -> Entry:
    return Entry.objects.filter(kind=kind).latest("pk")


def test_the_owner_may_do_everything_and_the_week_is_usual(staff: Staff) -> None:
    kinds = set(staff.owner.powers.values_list("kind", flat=True))
    # Nobody is trained for a script by founding a firm.
    assert kinds == set(PowerKind.values) - set(LEARNED)
    assert staff.owner.sees_all and staff.owner.is_administrator
    monday = date(2026, 11, 16)
    assert len(calendar_of(current_firm()).wall_hours(monday)) == 2
    assert last("people.firm_founded").facts["owner"] == staff.owner.pk


def test_a_firm_is_founded_once_and_not_with_a_weak_password(staff: Staff) -> None:
    with refused("already_founded"):
        actions.found_firm("Вторая", "b@firm.example", "Б", PASSWORD, by=None, at=AT)
    assert Firm.objects.count() == 1


@pytest.mark.django_db
def test_a_weak_password_founds_nothing() -> None:
    with pytest.raises(ValidationError):
        actions.found_firm("Полюс", "a@firm.example", "А", "12345", by=None, at=AT)
    assert not Firm.objects.exists()


def test_settings_change_with_one_entry_and_a_new_version(staff: Staff) -> None:
    firm = actions.change_firm(
        {"accent": "plum", "details": {"inn": "7707083893", "name": "ООО «Полюс»"}},
        by=staff.user("owner"),
        at=AT,
    )
    assert (firm.accent, firm.version) == ("plum", 2)
    assert last("people.firm_changed").facts["after"]["accent"] == "plum"
    again = actions.change_firm({"accent": "plum"}, by=staff.user("owner"), at=AT)
    assert again.version == 2
    assert Entry.objects.filter(kind="people.firm_changed").count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"details": {"inn": "7707083894"}}, "wrong_inn"),
        ({"week": {}}, "no_working_hours"),
        ({"week": {"0": [["18:00", "09:00"]]}}, "bad_calendar"),
        ({"week": {"0": [["soon", "later"]]}}, "bad_calendar"),
        ({"zone": "Moon/Sea"}, "bad_calendar"),
        ({"country": "XX"}, "bad_calendar"),
        ({"accent": "gold"}, "unknown_accent"),
        ({"name": " "}, "no_name"),
        ({"number_pattern": "Д-{year}"}, "bad_pattern"),
        ({"number_pattern": "{0}"}, "bad_pattern"),
        ({"number_pattern": "{number.__class__}"}, "bad_pattern"),
    ],
)
def test_what_cannot_be_meant_is_refused_whole(staff: Staff, changes: dict, code: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.change_firm(changes, by=staff.user("owner"), at=AT)
    assert refused.value.code == code
    assert Firm.objects.get().version == 1


def test_special_days_are_the_last_word(staff: Staff) -> None:
    saturday = date(2026, 11, 21)
    owner = staff.user("owner")
    actions.set_special_day(saturday, "working", by=owner, at=AT, note="инвентаризация")
    assert calendar_of(current_firm()).wall_hours(saturday)
    assert last("people.special_day_set").facts["day"] == "2026-11-21"
    actions.clear_special_day(saturday, by=owner, at=AT)
    assert not calendar_of(current_firm()).wall_hours(saturday)
    with refused("no_special_day"):
        actions.clear_special_day(saturday, by=owner, at=AT)


def test_only_by_power(staff: Staff) -> None:
    clerk = staff.user("clerk")
    with pytest.raises(PermissionDenied):
        actions.change_firm({"name": "Чужая"}, by=clerk, at=AT)
    with pytest.raises(PermissionDenied):
        actions.set_special_day(date(2026, 12, 31), "off", by=clerk, at=AT)
    actions.grant_power(staff.clerk, PowerKind.FIRM, by=staff.user("owner"), at=AT)
    assert actions.change_firm({"name": "Наша"}, by=clerk, at=AT).name == "Наша"
    with pytest.raises(PermissionDenied):
        actions.change_firm({"name": "Опять"}, by=clerk, at=AT - timedelta(days=1))
