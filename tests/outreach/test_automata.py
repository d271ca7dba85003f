"""Machines answer people, rarely, and never each other: no exchange passes the limit."""

from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contracts.worlds import AT, HOUR, sent
from tests.outreach.test_receive_letter import ADDRESS, email_of, mailbox, notice_of, written
from zabota.home import work
from zabota.home.world import World
from zabota.outreach import rules
from zabota.outreach.actions import announce_entries, receive_letter
from zabota.outreach.models import Mailbox, Message, Received
from zabota.outreach.rules import may_reopen_by_letter
from zabota.outreach.tokens import reply_address

__all__ = ["mailbox"]
AN_HOUR, A_DAY, DAY = 2, 3, timedelta(days=1)
# The last says nothing of what it is.
HEADERS = st.sampled_from(
    ["Auto-Submitted: auto-replied", "Precedence: bulk", "X-Autoreply: yes", "X-Mailer: robot"]
)


class Robot:
    """Whatever reaches it, it answers at once: in its thread or as if it were the first letter."""

    def __init__(self, sender: str, header: str) -> None:
        self.sender, self.header, self.count = sender, header, 0

    def letter(self, to: Message | None) -> bytes:
        """What it writes next."""
        self.count += 1
        letter = EmailMessage()
        letter["From"], letter["Subject"] = self.sender, f"Ваше письмо {self.count}"
        letter["To"] = ADDRESS if to is None else reply_address(ADDRESS, to.pk)
        letter["Message-ID"] = f"<{self.count}.{self.sender}>"
        if to is not None:
            letter["In-Reply-To"] = to.message_id
        name, _, value = self.header.partition(": ")
        letter[name] = value
        letter.set_content(f"Ваше письмо получено и будет рассмотрено, номер {self.count}")
        return letter.as_bytes()


def written_to(sender: str) -> list[Message]:
    """Everything of ours that leaves to this address."""
    return list(Message.objects.filter(address=sender).order_by("pk"))


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit that a short exchange reaches."""
    monkeypatch.setattr(rules, "RECEIPTS_AN_HOUR", AN_HOUR)
    monkeypatch.setattr(rules, "RECEIPTS_A_DAY", A_DAY)


def exchange(
    robot: Robot, mailbox: Mailbox, begin: datetime, steps: list[tuple[int, bool]]
) -> list[datetime]:
    """It writes after so many minutes each, and we do whatever follows; when we wrote to it."""
    at, before = begin, len(written_to(robot.sender))
    for minutes, in_thread in steps:
        at += timedelta(minutes=minutes)
        ours = written_to(robot.sender)[before:]
        last = ours[-1] if in_thread and ours else None
        receive_letter(robot.letter(last), mailbox, by=None, at=at)
        for _ in range(2):
            work.react(at)
        announce_entries(by=None, at=at)
    return [one.made_at for one in written_to(robot.sender)[before:]]


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    header=HEADERS,
    steps=st.lists(st.tuples(st.integers(0, 50), st.booleans()), min_size=4, max_size=8),
    known=st.booleans(),
)
def test_no_exchange_of_two_automata_passes_the_limit(
    world: World,
    mailbox: Mailbox,
    few: None,
    header: str,
    steps: list[tuple[int, bool]],
    known: bool,
) -> None:
    """We answer whatever answers us, as fast as may be; in any hour and day the limit holds."""
    number = Received.objects.count()
    sender = email_of(world, "anna") if known else f"ivan{number}@r.example"
    left = exchange(Robot(sender, header), mailbox, AT + number * DAY, steps)
    for begin in left:
        assert sum(begin <= each < begin + HOUR for each in left) <= AN_HOUR
        assert sum(begin <= each < begin + DAY for each in left) <= A_DAY
    # A machine that says it is one is not answered at all; one that does not is, at first.
    assert bool(left) == (header == "X-Mailer: robot")


def test_the_limit_is_reached(world: World, mailbox: Mailbox, few: None) -> None:
    robot = Robot("ivan@r.example", "X-Mailer: robot")
    left = exchange(robot, mailbox, AT, [(0, False)] * 4 + [(70, False)] * 3)
    # Two in the first hour and one in the next, then the day is over.
    assert len(left) == A_DAY
    assert Received.objects.filter(case__isnull=False).count() == 7


def test_a_case_is_reopened_a_few_times_a_day(world: World, mailbox: Mailbox) -> None:
    notice = notice_of(world, sent(world))
    to = reply_address(ADDRESS, notice.pk)
    raws = [written(email_of(world, "anna"), to, f"Опять {n}") for n in range(5)]
    letters = [receive_letter(raw, mailbox, by=None, at=AT).letter for raw in raws]
    assert [may_reopen_by_letter(letter, AT) for letter in letters] == [True] * 3 + [False] * 2
    later = AT + timedelta(days=1, minutes=1)
    raw = written(email_of(world, "anna"), to, "На другой день")
    assert may_reopen_by_letter(receive_letter(raw, mailbox, by=None, at=later).letter, later)
