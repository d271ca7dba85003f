"""Machines answer people, rarely, and never each other: no exchange passes the limit."""

from datetime import datetime, timedelta
from email.message import EmailMessage

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contracts.worlds import AT, HOUR, sent
from tests.outreach.test_receive_letter import (
    ADDRESS,
    email_of,
    mailbox,
    mailer,
    notice_of,
    written,
)
from tests.support.mail import MailServer
from zabota.cases.models import Case
from zabota.home.world import World
from zabota.outreach.actions import answer_letter, receive_letter, send_waiting
from zabota.outreach.models import Mailbox, Message, Received
from zabota.outreach.rules import ANSWERS_A_DAY, ANSWERS_AN_HOUR, may_reopen_by_letter
from zabota.outreach.tokens import reply_address

__all__ = ["mailbox", "mailer"]


def answered(letter: Received, case: Case, at: datetime) -> Message | None:
    return answer_letter(letter, case, "contract_news", by=None, at=at, path="/room/contracts/1/")


def test_an_answer_says_it_is_one(world: World, smtp: MailServer, mailbox: Mailbox) -> None:
    case = sent(world).case
    raw = written(email_of(world, "anna"), message_id="<q@romashka.example>")
    letter = receive_letter(raw, mailbox, by=None, at=AT).letter
    message = answered(letter, case, AT)
    assert message is not None and message.to == world.guests["anna"].user
    assert send_waiting(by=None, at=AT) == 1
    left = smtp.letters[-1].message
    assert left["Auto-Submitted"] == "auto-replied"
    assert left["In-Reply-To"] == "<q@romashka.example>"
    assert left["Reply-To"] == reply_address(ADDRESS, message.pk)


def test_an_automaton_is_not_answered(world: World, mailbox: Mailbox) -> None:
    case = sent(world).case
    raw = written(email_of(world, "anna"), Auto_Submitted="auto-replied")
    letter = receive_letter(raw, mailbox, by=None, at=AT).letter
    assert answered(letter, case, AT) is None


HEADERS = st.sampled_from(
    ["", "Auto-Submitted: auto-replied", "Precedence: bulk", "X-Autoreply: yes", "X-Mailer: robot"]
)


class Robot:
    """Whatever reaches it, it answers at once; it may or may not say what it is."""

    def __init__(self, sender: str, header: str) -> None:
        self.sender, self.header, self.count = sender, header, 0

    def answer(self, message: Message) -> bytes:
        self.count += 1
        letter = EmailMessage()
        letter["From"], letter["To"] = self.sender, reply_address(ADDRESS, message.pk)
        letter["In-Reply-To"] = message.message_id
        if self.header:
            name, _, value = self.header.partition(": ")
            letter[name] = value
        letter.set_content(f"Ваше письмо получено, номер {self.count}")
        return letter.as_bytes()


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    header=HEADERS, gaps=st.lists(st.integers(0, 90), min_size=5, max_size=14), known=st.booleans()
)
def test_no_exchange_of_two_automata_passes_the_limit(
    world: World, mailbox: Mailbox, header: str, gaps: list[int], known: bool
) -> None:
    """We answer whatever answers us, as fast as may be; in any hour and day the limit holds."""
    case, at = sent(world).case, AT + timedelta(days=Received.objects.count())
    sender = email_of(world, "anna") if known else f"robot{Received.objects.count()}@r.example"
    robot = Robot(sender, header)
    last = notice_of(world, sent(world), case=case, address=sender)
    left: list[datetime] = []
    for gap in gaps:
        at += timedelta(minutes=gap)
        letter = receive_letter(robot.answer(last), mailbox, by=None, at=at).letter
        message = answered(letter, case, at)
        if message is not None:
            last = message
            left.append(at)
    for begin in left:
        assert sum(begin <= each < begin + HOUR for each in left) <= ANSWERS_AN_HOUR
        assert sum(begin <= each < begin + timedelta(days=1) for each in left) <= ANSWERS_A_DAY
    if header and header != "X-Mailer: robot":
        assert not left


def test_a_case_is_reopened_a_few_times_a_day(world: World, mailbox: Mailbox) -> None:
    notice = notice_of(world, sent(world))
    to = reply_address(ADDRESS, notice.pk)
    raws = [written(email_of(world, "anna"), to, f"Опять {n}") for n in range(5)]
    letters = [receive_letter(raw, mailbox, by=None, at=AT).letter for raw in raws]
    assert [may_reopen_by_letter(letter, AT) for letter in letters] == [True] * 3 + [False] * 2
    later = AT + timedelta(days=1, minutes=1)
    raw = written(email_of(world, "anna"), to, "На другой день")
    assert may_reopen_by_letter(receive_letter(raw, mailbox, by=None, at=later).letter, later)
