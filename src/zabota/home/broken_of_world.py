"""A promise the sample firm did not keep: answered a working hour late, and nobody has said why, so
that it stands before the director.
"""

from datetime import datetime, timedelta

from zabota.cases.actions import ask_to_explain, escalate_promise, raise_unexplained
from zabota.cases.clockwork import due_after
from zabota.cases.models import Explanation
from zabota.common.working_time import Calendar
from zabota.home.in_world import World
from zabota.journal.models import Entry
from zabota.people.firm import calendar_of
from zabota.tickets.actions import end_ticket, open_ticket, say_in_ticket
from zabota.tickets.models import Priority, ServiceLevel, TicketType

# In the firm's language: Russian, English.
TITLE = ("Акт сверки за октябрь", "The October statement of account")
ASKED = (
    "Добрый день! Бухгалтерия закрывает месяц, а акта сверки за октябрь у нас нет. Когда пришлёте?",
    "Good morning! We are closing the month and have no statement of account for October. When "
    "will you send it?",
)
ANSWERED = (
    "Вера, простите, что не сразу. Акт готовим, сегодня будет у вас в кабинете и на почте.",
    "Vera, I am sorry for the wait. We are preparing it; you will have it today, in your room and "
    "by e-mail.",
)
ENDED = (
    "Акт за октябрь отправили и выложили в кабинет.",
    "The statement for October is sent and stands in your room.",
)
LATE = 60


def build_broken(world: World, at: datetime) -> None:
    """Made by the same actions as people use, as lately as it can be; in long holidays nothing was
    to be answered.
    """
    begun = _begun(calendar_of(world.firm), at)
    if begun is None:
        return
    here, calendar = int(world.firm.language == "en"), calendar_of(world.firm)
    by, manager = world.as_guest("vera"), world.as_staff("manager")
    ticket = open_ticket(
        by.client, TicketType.objects.get(slug="question"), ASKED[here], by=by, at=begun,
        title=TITLE[here],
    )  # fmt: skip
    due = ticket.reply.due_at
    assert due is not None
    answered, raised = (due_after(calendar, due, minutes) for minutes in (LATE, LATE * 2))
    escalate_promise(ticket.reply, by=None, at=due)
    escalated = Entry.objects.filter(stream=ticket.case.stream_id).latest("pk")
    ask_to_explain(escalated, by=None, at=due)
    say_in_ticket(ticket, ANSWERED[here], by=manager, at=answered)
    end_ticket(ticket, "solved", ENDED[here], by=manager, at=raised)
    raise_unexplained(Explanation.objects.get(promise=ticket.reply), by=None, at=raised)


def _begun(calendar: Calendar, at: datetime) -> datetime | None:
    """When it was asked: so that the answer was due, and an hour to say why is over, by now."""
    minutes = ServiceLevel.objects.get(priority=Priority.NORMAL).reply_minutes + LATE * 3
    hours = (at - timedelta(hours=number) for number in range(6, 24 * 7, 3))
    return next((one for one in hours if due_after(calendar, one, minutes) <= at), None)
