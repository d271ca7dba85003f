"""Codes, passwords, language."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.people.conftest import AT, PASSWORD, Staff, make_staff
from tests.support.fresh import FreshDatabase
from zabota.journal.models import Entry
from zabota.people import actions
from zabota.people.models import SignInCode, User
from zabota.people.refusal import Refused
from zabota.people.sign_in import code_digits, code_link_token

MINUTE = timedelta(minutes=1)


def wrong(code: SignInCode) -> str:
    return f"{(int(code_digits(code)) + 1) % 1_000_000:06d}"


def test_a_code_is_spent_once(staff: Staff) -> None:
    user = staff.user("clerk")
    code = actions.make_code(user, "/room/", by=None, at=AT)
    digits = code_digits(code)
    spaced = f" {digits[:3]} {digits[3:]} "
    spent = actions.spend_code("CLERK@firm.example ", spaced, by=None, at=AT)
    assert spent is not None and (spent.user, spent.next_path) == (user, "/room/")
    assert actions.spend_code(user.email, digits, by=None, at=AT) is None
    assert actions.spend_link(code_link_token(code), by=None, at=AT) is None


def test_five_tries_and_a_quarter_of_an_hour(staff: Staff) -> None:
    user = staff.user("clerk")
    code = actions.make_code(user, "", by=None, at=AT)
    for _ in range(5):
        assert actions.spend_code(user.email, wrong(code), by=None, at=AT) is None
    assert actions.spend_code(user.email, code_digits(code), by=None, at=AT) is None
    late = actions.make_code(user, "", by=None, at=AT)
    over = AT + 15 * MINUTE
    assert actions.spend_code(user.email, code_digits(late), by=None, at=over) is None
    assert actions.spend_link(code_link_token(late), by=None, at=over) is None
    for nonsense in ("", "abc", "²", "1-" + "0" * 40, code_link_token(late)[:-1] + "x"):
        assert actions.spend_link(nonsense, by=None, at=AT) is None
        assert actions.spend_code(user.email, nonsense, by=None, at=AT) is None


def test_an_older_mail_still_works_and_one_kills_the_rest(staff: Staff) -> None:
    user = staff.user("clerk")
    first = actions.make_code(user, "", by=None, at=AT)
    second = actions.make_code(user, "", by=None, at=AT + MINUTE)
    at = AT + 2 * MINUTE
    assert actions.spend_code(user.email, code_digits(first), by=None, at=at) is not None
    assert actions.spend_link(code_link_token(second), by=None, at=at) is None


def test_a_dismissed_account_spends_nothing(staff: Staff) -> None:
    code = actions.make_code(staff.user("clerk"), "", by=None, at=AT)
    User.objects.filter(pk=staff.clerk.user_id).update(is_active=False)
    assert actions.spend_link(code_link_token(code), by=None, at=AT) is None
    assert actions.spend_code(code.user.email, code_digits(code), by=None, at=AT) is None


def make_one() -> tuple[str, str]:
    code = actions.make_code(make_staff().clerk.user, "", by=None, at=AT)
    return code.user.email, code_digits(code)


def spend(email: str, digits: str) -> bool:
    return actions.spend_code(email, digits, by=None, at=AT) is not None


def test_two_spending_at_once_get_in_once(on_both: FreshDatabase) -> None:
    email, digits = on_both.call(make_one)
    outcomes = on_both.race([(spend, (email, digits))] * 4)
    assert [outcome.error for outcome in outcomes] == [None] * 4
    assert sum(outcome.value for outcome in outcomes) == 1


def test_one_changes_ones_own_password_only(staff: Staff) -> None:
    clerk = staff.user("clerk")
    with pytest.raises(PermissionDenied):
        actions.change_password(staff.clerk, "другой-Пароль-77", by=staff.user("owner"), at=AT)
    with pytest.raises(ValidationError):
        actions.change_password(staff.clerk, "12345678", by=clerk, at=AT)
    assert User.objects.get(pk=clerk.pk).check_password(PASSWORD)
    changed = actions.change_password(staff.clerk, "другой-Пароль-77", by=clerk, at=AT)
    assert changed.check_password("другой-Пароль-77")
    assert "Пароль" not in Entry.objects.get(kind="people.password_changed").canonical


def test_language_is_chosen_and_remembered(staff: Staff) -> None:
    clerk = staff.user("clerk")
    stream = staff.clerk.stream
    chosen = actions.choose_language(clerk, "en", stream=stream, by=clerk, at=AT, zone="Asia/Omsk")
    assert (chosen.language, chosen.zone) == ("en", "Asia/Omsk")
    actions.choose_language(clerk, "en", stream=stream, by=clerk, at=AT)
    assert Entry.objects.filter(kind="people.profile_changed").count() == 1
    for language, zone in (("de", None), ("ru", "Mars/North")):
        with pytest.raises(Refused):
            actions.choose_language(clerk, language, stream=stream, by=clerk, at=AT, zone=zone)
    with pytest.raises(PermissionDenied):
        actions.choose_language(clerk, "ru", stream=stream, by=staff.user("owner"), at=AT)
