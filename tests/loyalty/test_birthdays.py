"""Points for a birthday that somebody told us."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.worlds import AT, DAY
from tests.loyalty.shop import TODAY, Shop
from zabota.clients.actions import erase_person, export_person
from zabota.clients.actions.birthdays import tell_birthday
from zabota.clients.models import Contact
from zabota.loyalty.actions.birthdays import _names, earn_birthdays
from zabota.people.refusal import Refused


def test_once_a_year(shop: Shop) -> None:
    me = shop.room().user
    tell_birthday(shop.person, "11-17", by=me, at=AT)
    assert earn_birthdays(by=None, at=AT) == 0
    shop.rule("birthday", until_day=TODAY + 900 * DAY)
    for hours in (0, 5, 30):
        earn_birthdays(by=None, at=AT + timedelta(hours=hours))
    assert shop.left() == 50
    earn_birthdays(by=None, at=AT + 365 * DAY)
    assert shop.left() == 100


def test_told_and_taken_back(shop: Shop) -> None:
    me = shop.room().user
    tell_birthday(shop.person, "02-29", by=me, at=AT)
    assert shop.person.consents.get(purpose="birthday").withdrawn_at is None
    assert '"birthday": "02-29"' in export_person(shop.person, by=me, at=AT).decode()
    tell_birthday(shop.person, "", by=me, at=AT)
    assert shop.person.consents.get(purpose="birthday").withdrawn_at == AT
    for wrong in ("13-01", "2-3", "02-30", "x"):
        with pytest.raises(Refused):
            tell_birthday(shop.person, wrong, by=me, at=AT)
    with pytest.raises(PermissionDenied):
        tell_birthday(shop.person, "01-01", by=shop.cashier, at=AT)
    tell_birthday(shop.person, "02-28", by=me, at=AT)
    erase_person(shop.person, by=None, at=AT)
    assert Contact.objects.get(pk=shop.person.pk).birthday == ""


def test_who_was_born_on_the_29th_of_february() -> None:
    assert _names(TODAY.replace(2027, 2, 28)) == ["02-28", "02-29"]
    assert _names(TODAY.replace(2028, 2, 28)) == ["02-28"]
    assert _names(TODAY.replace(2028, 2, 29)) == ["02-29"]
