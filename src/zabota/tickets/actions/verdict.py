"""What the client thought of a finished request: asked once, when it makes sense; a low one is made
up for by the lead.
"""

from datetime import datetime
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation

from zabota.cases.actions import ask_verdict, give_verdict, lead_of
from zabota.cases.models import Helped, Verdict
from zabota.clients.access import RoomViewer
from zabota.clients.models import Contact
from zabota.common.names import numbered
from zabota.journal.actions import record
from zabota.journal.models import Stream
from zabota.outreach.models import Received
from zabota.tickets.actions.held import lock_ticket
from zabota.tickets.actions.lines import keep_line
from zabota.tickets.actions.open import open_ticket
from zabota.tickets.actions.words import LONGEST
from zabota.tickets.answers import Answer, is_thanks
from zabota.tickets.entries import VERDICT_ASKED, VERDICT_GIVEN
from zabota.tickets.models import Priority, RemarkKind, Ticket, TicketState
from zabota.tickets.rules import may_give_verdict

# Working minutes after the end: the client has seen by then whether it helped.
ASK_AFTER: Final = 120
BATCH: Final = 200
WORDS: Final = {
    Helped.YES: ("помогло", "it helped"),
    Helped.PARTLY: ("помогло отчасти", "it helped in part"),
    Helped.NO: ("не помогло", "it did not help"),
}


def ask_verdicts(*, by: None, at: datetime) -> int:
    """Of requests whose time has come, each client is asked whether it helped."""
    due = Ticket.objects.filter(ask_at__lte=at).order_by("ask_at")
    return sum(ask_ticket_verdict(ticket, by=None, at=at) for ticket in due[:BATCH])


@transaction.atomic
def ask_ticket_verdict(ticket: Ticket, *, by: None, at: datetime) -> bool:
    """Whether it helped, how hard it was: one question by letter and in the room. Nobody is asked
    who only thanked us, whose request goes on, or who was asked not long ago.
    """
    ticket, stream = lock_ticket(ticket.pk)
    if ticket.ask_at is None:
        return False
    ticket.ask_at = None
    ticket.save(update_fields=["ask_at"])
    contact = ticket.contact
    if ticket.case.state != TicketState.DONE or contact is None or contact.removed_at is not None:
        return False
    last = ticket.remarks.filter(side="theirs").order_by("-pk").first()
    if last is None or is_thanks(last.text):
        return False
    verdict = ask_verdict(ticket.case, contact, by=None, at=at)
    if verdict is None:
        return False
    record(
        stream, VERDICT_ASKED, by=None, at=at,
        ticket=ticket.pk, contact=contact.pk, verdict=verdict.pk,
    )  # fmt: skip
    return True


@transaction.atomic
def give_ticket_verdict(
    ticket: Ticket, helped: str, effort: int | None, words: str, *, by: RoomViewer, at: datetime
) -> Verdict:
    """The client's person who was asked answers in the room."""
    ticket, stream = lock_ticket(ticket.pk)
    verdict = verdict_asked_of(ticket, by)
    if verdict is None or not may_give_verdict(by, ticket):
        raise PermissionDenied
    return _given(ticket, stream, verdict, Answer(helped, effort, words), by=by.user.pk, at=at)


@transaction.atomic
def give_verdict_by_letter(
    ticket: Ticket, verdict: Verdict, answer: Answer, letter: Received, text: str, *,
    by: None, at: datetime,
) -> Verdict:  # fmt: skip
    """The same by letter; its words stand in the thread, and the request stays finished."""
    ticket, stream = lock_ticket(ticket.pk)
    contact = verdict.contact
    keep_line(
        ticket, by=by, at=at, kind=RemarkKind.WORDS, side="theirs", audience="both",
        channel="mail", text=text, author=contact.user, contact=contact, letter=letter,
    )  # fmt: skip
    return _given(ticket, stream, verdict, answer, by=contact.user_id, at=at)


def verdict_asked_of(ticket: Ticket, viewer: RoomViewer) -> Verdict | None:
    """The question put to this person last, answered or not."""
    mine = [contact.pk for contact in (viewer.contact, *viewer.contacts)]
    asked = Verdict.objects.filter(case=ticket.pk, contact__in=mine).select_related("contact")
    return asked.order_by("-pk").first()


def open_verdict(ticket: Ticket, contact: Contact) -> Verdict | None:
    """The question this person has not answered yet."""
    asked = Verdict.objects.filter(case=ticket.pk, contact=contact, given_at=None)
    return asked.select_related("contact__user").first()


def _given(
    ticket: Ticket, stream: Stream, verdict: Verdict, answer: Answer, *,
    by: int | None, at: datetime,
) -> Verdict:  # fmt: skip
    verdict = give_verdict(verdict, answer.helped, answer.effort, answer.words, by=by, at=at)
    ru, en = WORDS[Helped(verdict.helped)]
    record(
        stream,
        VERDICT_GIVEN,
        by=by,
        at=at,
        ticket=ticket.pk,
        verdict=verdict.pk,
        helped={"ru": ru, "en": en},
        effort=verdict.effort,
    )
    if verdict.is_low:
        _make_up(ticket, verdict, at)
    return verdict


def _make_up(ticket: Ticket, verdict: Verdict, at: datetime) -> None:
    """A request for the lead of whoever answered, with a promise the client reads."""
    told = _in_their_language(ticket, verdict)
    made = open_ticket(
        ticket.case.client,
        ticket.type,
        f"{told}\n{verdict.words}"[:LONGEST],
        by=None,
        at=at,
        contact=verdict.contact,
        channel=ticket.channel,
        title=told.rstrip("."),
        priority=Priority.HIGH,
        owner=lead_of(ticket.taken_by or ticket.case.owner),
    )
    verdict.followed_by = made.case
    verdict.save(update_fields=["followed_by"])


def _in_their_language(ticket: Ticket, verdict: Verdict) -> str:
    """What the request for the lead is about; the client reads it, too."""
    user, client = verdict.contact.user, ticket.case.client
    language = (user.language if user else client.language) or "ru"
    ru, en = WORDS[Helped(verdict.helped)]
    effort = ""
    if verdict.effort:
        words = ", effort {} of 7" if language == "en" else ", усилие {} из 7"
        effort = words.format(verdict.effort)
    with translation.override(language):
        number = numbered(ticket.case.number)
    return f"{ticket.case.title} {number}: {en if language == 'en' else ru}{effort}."
