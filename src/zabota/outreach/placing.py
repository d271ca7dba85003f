"""Where what came in belongs: a letter by the address it was sent to, else by what it answers;
words by a gate, by the conversation they came in. The sender's only open case is never guessed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import F

from zabota.cases.models import Case
from zabota.clients.actions.points import normal_of
from zabota.clients.models import Client, Contact, ContactPoint, ContactQuerySet
from zabota.outreach.letters import Letter
from zabota.outreach.models import (
    FoundBy,
    Gate,
    Mailbox,
    Message,
    Received,
    Thread,
    Waits,
)
from zabota.outreach.tokens import reply_row
from zabota.people.models import User
from zabota.people.rules import employee_of


@dataclass(frozen=True)
class Place:
    """Whose letter it is and where it belongs; `waits` says why somebody has to look first."""

    case: Case | None = None
    contact: Contact | None = None
    user: User | None = None
    answers: Message | None = None
    found_by: str = FoundBy.NOT
    waits: str = Waits.NOTHING


def find_place(letter: Letter) -> Place:
    """A letter lands in a case only if it answers a letter of ours and comes from an address of
    whoever we wrote to.
    """
    sender = letter.sender.email
    message, found_by = _answered(letter)
    if message is None:
        return _caseless(sender)
    if not is_theirs(message, sender):
        return Place(answers=message, waits=Waits.OTHER)
    cases = _cases_of(message)
    if len(cases) > 1:
        return replace(_caseless(sender), answers=message, waits=Waits.SEVERAL)
    if not cases:
        return replace(_caseless(sender), answers=message)
    contact = contact_in(cases[0], message.to, sender)
    if contact is None and employee_of(message.to) is None:
        return Place(answers=message, waits=Waits.OTHER)
    user = message.to or (contact.user if contact else None)
    return Place(cases[0], contact, user, message, found_by)


# After so long what one says in a conversation is about something new.
STILL_ABOUT_IT = timedelta(days=3)


def find_thread_place(
    thread: Thread | None, answers: Message | None, kind: str, value: str, at: datetime
) -> Place:
    """What is said in a conversation goes on with the request it answers, else with the latest one
    there; whose it is says the conversation, else the way the sender says they are reached.
    """
    contact = thread.contact if thread else None
    if contact is None:
        contact = contacts_reached(kind, value).first() if value else None
    user = contact.user if contact else None
    place = Place(contact=contact, user=user, answers=answers)
    case = _case_in(thread, answers, contact, at)
    if case is not None:
        return replace(place, case=case, found_by=FoundBy.THREAD)
    return replace(place, waits=Waits.CASELESS if contact else Waits.UNKNOWN)


def _case_in(
    thread: Thread | None, answers: Message | None, contact: Contact | None, at: datetime
) -> Case | None:
    if thread is None or contact is None:
        return None
    theirs = Client.objects.whole_of(contact.client_id).values("pk")
    cases = Case.objects.filter(client__in=theirs).select_related("client")
    if answers is not None and answers.case_id is not None:
        return cases.filter(pk=answers.case_id).first()
    said = Received.objects.filter(thread=thread, case__isnull=False).order_by("-pk")
    latest = said.values_list("case", flat=True).first()
    case = cases.filter(pk=latest).first() if latest else None
    over = case is not None and case.closed_at is not None and case.closed_at < at - STILL_ABOUT_IT
    return None if over else case


def way_of(row: Received) -> Mailbox | Gate:
    """By what it came."""
    way = row.mailbox or row.gate
    assert way is not None
    return way


def kind_of_sender(sender: str) -> str:
    """What a sender is reached by: a mail address, a messenger's number, else a phone."""
    if "@" in sender:
        return "email"
    return "messenger" if sender.startswith("telegram:") else "phone"


def contacts_reached(kind: str, value: str) -> ContactQuerySet:
    """The people who are reached so, those with an account first."""
    points = ContactPoint.objects.filter(
        kind=kind, normal=normal_of(kind, value), removed_at=None
    ).values("contact")
    here = Contact.objects.filter(pk__in=points, removed_at=None)
    return here.select_related("user", "client__owner").order_by(
        F("user").asc(nulls_last=True), "pk"
    )


def _caseless(sender: str) -> Place:
    contacts = list(contacts_at(sender)[:2])
    if not contacts:
        return Place(waits=Waits.UNKNOWN)
    contact = contacts[0]
    return Place(contact=contact, user=contact.user, waits=Waits.CASELESS)


def _answered(letter: Letter) -> tuple[Message | None, str]:
    """The letter of ours this one answers, and how that was found."""
    rows = Message.objects.select_related(
        "to__employee__user", "case__client", "case__root__client", "sent_with"
    )
    for address in letter.recipients:
        number = reply_row(address)
        message = rows.filter(pk=number).first() if number else None
        if message is not None:
            return message, FoundBy.TOKEN
    answers = letter.answers[:50]
    found = {row.message_id: row for row in rows.filter(message_id__in=answers)} if answers else {}
    for identifier in answers:
        if identifier in found:
            return found[identifier], FoundBy.REFERENCES
    return None, FoundBy.NOT


def _cases_of(message: Message) -> list[Case]:
    """The cases a mail told of: several where it gathered the news of several. One that was merged
    is the one it is now.
    """
    first = message.sent_with or message
    told: Iterable[Message] = first.digest.select_related("case__client", "case__root__client")
    found = [row.case.root or row.case for row in (first, *told) if row.case is not None]
    return list({case.pk: case for case in found}.values())


def is_theirs(message: Message, sender: str) -> bool:
    """Whether an address is one of whoever we wrote to."""
    known = {message.address.lower()}
    if message.to is not None:
        known.add(message.to.email.lower())
        points = ContactPoint.objects.filter(
            kind="email", removed_at=None, contact__user=message.to, contact__removed_at=None
        )
        known.update(value.lower() for value in points.values_list("value", flat=True))
    return sender.lower() in known


def contacts_at(sender: str) -> ContactQuerySet:
    """The people who are reached at an address, those with an account first."""
    points = ContactPoint.objects.filter(
        kind="email", normal=sender.lower(), removed_at=None
    ).values("contact")
    here = Contact.objects.filter(pk__in=points, removed_at=None)
    return here.select_related("user", "client").order_by(F("user").asc(nulls_last=True), "pk")


def contact_in(case: Case, user: User | None, sender: str) -> Contact | None:
    """Who of the case's client wrote: by account, else by address."""
    people = Contact.objects.of_whole(case.client_id).filter(removed_at=None).select_related("user")
    if user is not None:
        return people.filter(user=user).first()
    return contacts_at(sender).of_whole(case.client_id).first()
