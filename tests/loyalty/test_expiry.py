"""Points do not expire; where the director switched it on, nothing ends that was not announced."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.worlds import AT, DAY
from tests.loyalty.shop import CUPS, TODAY, Shop, books_are_right
from zabota.clients.models import Contact
from zabota.common.files import keep_file
from zabota.journal.models import Entry
from zabota.loyalty.actions import look_after_expiry, switch_expiry_off, switch_expiry_on
from zabota.loyalty.actions.earn import months_later
from zabota.loyalty.actions.expire import notice_days
from zabota.loyalty.actions.units import set_unit
from zabota.loyalty.models import Batch, Expiry, ExpiryNotice
from zabota.loyalty.reading.standing import read_lots
from zabota.outreach.actions import announce_entries
from zabota.outreach.actions.bounced import note_bounce
from zabota.outreach.actions.mailboxes import add_mailbox
from zabota.outreach.letters import Bounce
from zabota.outreach.models import Message, Received
from zabota.people.refusal import Refused

TERMS = {"months": 6, "notices": 2, "lead_days": 30, "reason_ru": "Учёт.", "reason_en": "Books."}
END = date(2027, 5, 17)


def switched_on(shop: Shop) -> Batch:
    shop.rule()
    shop.buys(1000, "before")
    switch_expiry_on(by=shop.world.staff["director"].user, at=AT, **TERMS)  # type: ignore[arg-type]
    batch = shop.buys(500, "after")
    assert batch is not None and batch.expires_on == END
    # What there was keeps what it was earned with.
    assert Batch.objects.order_by("pk")[0].expires_on is None
    return batch


def at_day(day: date) -> datetime:
    return AT + (day - TODAY)


def live(first: date, last: date, arrives: bool = True) -> None:
    """The worker, day by day."""
    for ahead in range((last - first).days + 1):
        at = at_day(first + timedelta(days=ahead))
        look_after_expiry(by=None, at=at)
        announce_entries(by=None, at=at)
        if arrives:
            Message.objects.filter(state="waiting").update(state="sent", sent_at=at)


def test_announced_twice_and_then_it_ends(shop: Shop) -> None:
    batch = switched_on(shop)
    live(END - 40 * DAY, END - 1 * DAY)
    rows = list(ExpiryNotice.objects.values_list("number", "day", "left"))
    assert rows == [(1, END, 50), (2, END, 50)]
    made = [row.made_at.date() for row in ExpiryNotice.objects.order_by("pk")]
    assert made == [END - 30 * DAY, END - 15 * DAY]
    entry = Entry.objects.filter(kind="loyalty.expiry_told").first()
    assert entry is not None and entry.facts["reason"] == {"ru": "Учёт.", "en": "Books."}
    batch.refresh_from_db()
    assert batch.left == 50
    live(END, END)
    batch.refresh_from_db()
    # What has no date stays for ever.
    assert batch.left == 0 and shop.left() == 100 and books_are_right()
    assert Entry.objects.filter(kind="loyalty.expired").count() == 1


def test_what_did_not_arrive_was_not_announced(shop: Shop) -> None:
    batch = switched_on(shop)
    live(END - 40 * DAY, END + 5 * DAY, arrives=False)
    batch.refresh_from_db()
    assert batch.left == 50 and batch.expires_on is not None and batch.expires_on > END
    assert Entry.objects.filter(kind="loyalty.expiry_moved").exists()
    # A letter that came back did not arrive, either: told anew, with the whole time before it.
    Message.objects.filter(state="waiting").update(state="failed")
    live(END + 6 * DAY, END + 70 * DAY)
    batch.refresh_from_db()
    assert batch.left == 0
    told = ExpiryNotice.objects.filter(day=batch.expires_on)
    assert told.count() == 2 and books_are_right()


def test_a_letter_with_several_notices_came_back(shop: Shop) -> None:
    shop.rule(unit=set_unit(None, CUPS, by=None, at=AT))
    switched_on(shop)
    live(END - 30 * DAY, END - 30 * DAY)
    entries = list(ExpiryNotice.objects.order_by("pk").values_list("entry", flat=True))
    first, other = Message.objects.filter(entry__in=entries).order_by("pk")
    Message.objects.filter(pk=first.pk).update(message_id="<m@z>")
    Message.objects.filter(pk=other.pk).update(sent_with=first)
    arrived = [one.arrived_at for lot in read_lots(shop.buyer) for one in lot.notices]
    assert len(arrived) == 2 and all(arrived)
    file = keep_file(b"x", "text/plain", at=AT)
    box = add_mailbox({"name": "П", "address": "p@z.example", "way": "pipe"}, by=None, at=AT)
    letter = Received.objects.create(mailbox=box, file=file, state="bounce", received_at=AT)
    bounce = Bounce(first.address.lower(), "<m@z>", "5.1.1", "no such user", permanent=True)
    note_bounce(bounce, letter, by=None, at=AT)
    arrived = [one.arrived_at for lot in read_lots(shop.buyer) for one in lot.notices]
    assert arrived == [None, None]
    # The day moves and telling begins anew, for each.
    live(END - 15 * DAY, END - 15 * DAY)
    ends = Batch.objects.filter(expires_on__isnull=False).values_list("expires_on", flat=True)
    assert list(ends) == [END + 15 * DAY] * 2


def test_nobody_to_tell_and_nothing_ends(shop: Shop) -> None:
    batch = switched_on(shop)
    Contact.objects.filter(pk=shop.person.pk).update(removed_at=AT)
    live(END - 31 * DAY, END + 10 * DAY)
    batch.refresh_from_db()
    assert batch.left == 50 and not ExpiryNotice.objects.exists()


def test_a_worker_that_stood_still_tells_first(shop: Shop) -> None:
    batch = switched_on(shop)
    live(END + 3 * DAY, END + 3 * DAY)
    batch.refresh_from_db()
    assert (batch.left, batch.expires_on) == (50, END + 33 * DAY)
    live(END + 4 * DAY, END + 33 * DAY)
    batch.refresh_from_db()
    assert batch.left == 0


def test_switched_off_lifts_every_date(shop: Shop) -> None:
    batch = switched_on(shop)
    director = shop.world.staff["director"].user
    with pytest.raises(Refused):
        switch_expiry_on(by=director, at=AT, **TERMS)  # type: ignore[arg-type]
    assert switch_expiry_off(by=director, at=AT) == 1
    batch.refresh_from_db()
    assert batch.expires_on is None
    with pytest.raises(Refused):
        switch_expiry_off(by=director, at=AT)
    live(END - 1 * DAY, END + 1 * DAY)
    assert shop.left() == 150
    kinds = ("loyalty.expiry_on", "loyalty.expiry_off")
    assert Entry.objects.filter(kind__in=kinds).count() == 2


@pytest.mark.parametrize(
    "wrong",
    [{"reason_ru": " "}, {"notices": 0}, {"notices": 31}, {"lead_days": 200}],
)
def test_a_switch_that_makes_no_sense(shop: Shop, wrong: dict[str, object]) -> None:
    with pytest.raises(Refused):
        switch_expiry_on(by=shop.world.staff["director"].user, at=AT, **(TERMS | wrong))  # type: ignore[arg-type]
    assert not Expiry.objects.exists()


def test_only_the_director(shop: Shop) -> None:
    for key in ("manager", "finance", "lawyer2"):
        with pytest.raises(PermissionDenied):
            switch_expiry_on(by=shop.world.staff[key].user, at=AT, **TERMS)  # type: ignore[arg-type]


def test_a_late_bill_takes_no_points(shop: Shop) -> None:
    """Nothing of an invoice can be asked here: the app does not see those above it."""
    batch = switched_on(shop)
    shop.rule(rate=Decimal(1))
    live(END - 60 * DAY, END - 1 * DAY)
    batch.refresh_from_db()
    assert batch.left == 50


@given(st.integers(1, 12), st.integers(0, 300))
def test_notices_are_spread_over_the_lead(count: int, more: int) -> None:
    expiry = Expiry(notices=count, lead_days=count + more)
    days = notice_days(expiry, END)
    assert days[0] == END - timedelta(days=expiry.lead_days)
    assert days == sorted(set(days)) and days[-1] < END and len(days) == count


def test_months_end_with_their_last_day() -> None:
    assert months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_later(date(2026, 12, 31), 1) == date(2027, 1, 31)
