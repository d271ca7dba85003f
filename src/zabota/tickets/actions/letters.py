"""What came in, by letter or by a gate, goes on with its request, or begins one.

Who is known writes for their company. Whoever nobody knows becomes a client to confirm, so that
they, too, hear at once that a person will answer.
"""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from zabota.clients.actions import add_client, add_contact, add_point
from zabota.clients.actions.clients import ClientFields
from zabota.clients.models import Client, Contact
from zabota.common.names import has_cyrillic
from zabota.journal.models import Entry
from zabota.outreach.actions import (
    give_thread,
    leave_for_sorting,
    place_letter,
    set_aside_letter,
)
from zabota.outreach.models import GateKind, Received, ReceivedState, Waits
from zabota.outreach.placing import kind_of_sender
from zabota.outreach.rules import may_reopen_by_letter
from zabota.people.firm import current_firm
from zabota.people.models import Employee
from zabota.people.refusal import Refused
from zabota.people.rules import employee_of
from zabota.tickets.actions.open import open_ticket
from zabota.tickets.actions.talk import add_client_words, add_note
from zabota.tickets.actions.verdict import give_verdict_by_letter, open_verdict
from zabota.tickets.actions.words import LONGEST
from zabota.tickets.answers import read_answer
from zabota.tickets.models import Channel, Remark, Ticket, TicketState, TicketType

OPENS: Final = (Waits.CASELESS, Waits.UNKNOWN)


def write_by_letter(entry: Entry, *, by: None, at: datetime) -> int:
    """What a letter says stands in the thread of its request; a letter that answers nothing begins
    a request. Says whether there is a line of the thread more.
    """
    letter = (
        Received.objects.select_related(
            "user__employee__user", "contact__client__owner", "mailbox", "gate", "thread"
        )
        .filter(pk=entry.facts["letter"], state=ReceivedState.READ)
        .first()
    )
    if letter is None or Remark.objects.filter(letter=letter).exists():
        return 0
    if letter.case_id is None:
        return _begin(letter, at)
    ticket = Ticket.objects.select_related("case__root").filter(pk=letter.case_id).first()
    if ticket is None:
        return 0
    return _go_on(_standing(ticket), letter, at)


def _standing(ticket: Ticket) -> Ticket:
    """The request it is now: one that was merged goes on in another."""
    if ticket.case.root_id is None:
        return ticket
    return Ticket.objects.select_related("case").get(pk=ticket.case.root_id)


def _begin(letter: Received, at: datetime) -> int:
    if letter.waits not in OPENS or letter.settled_at is not None or employee_of(letter.user):
        return 0
    if _is_refused(letter, at):
        return 0
    strange = letter.contact is None and letter.gate is None
    kind = kind_of(letter)
    if kind is None or (strange and not current_firm().answers_strangers):
        return 0
    try:
        with transaction.atomic():
            contact = letter.contact or _stranger(letter, at)
            ticket = open_ticket(
                contact.client,
                kind,
                words_of(letter),
                by=None,
                at=at,
                contact=contact,
                channel=channel_of(letter),
                title=_title(letter, kind),
                letter=letter,
            )
            place_letter(letter, ticket.case, by=None, at=at)
    except Refused:
        # Nobody can be written to at such an address: the letter goes on waiting for a person.
        return 0
    return 1


def _is_refused(letter: Received, at: datetime) -> bool:
    """Somebody of ours said that this is no client: what they write is kept, and nothing more."""
    if letter.contact is None or letter.contact.client.refused_at is None:
        return False
    if letter.settled_at is None:
        set_aside_letter(letter, by=None, at=at)
    return True


def channel_of(letter: Received) -> str:
    """By which way it was said."""
    return str(Channel(letter.gate.kind)) if letter.gate else str(Channel.MAIL)


def kind_of(letter: Received) -> TicketType | None:
    """What it begins: the kind its gate names, while that is offered; else the first one."""
    kinds = TicketType.objects.filter(closed_at=None).order_by("position", "pk")
    named = letter.gate.options.get("kind") if letter.gate else None
    return (kinds.filter(pk=named).first() if named else None) or kinds.first()


def _stranger(letter: Received, at: datetime) -> Contact:
    """Somebody we do not know yet: whoever answers for clients says later who it is."""
    reached = kind_of_sender(letter.sender) if letter.sender else ""
    name = letter.sender_name.strip() or letter.sender.partition("@")[0] or _nameless(letter)
    email = letter.sender if reached == "email" else ""
    phone = letter.sender if reached == "phone" else ""
    administrators = Employee.objects.working().filter(is_administrator=True)
    owner = administrators.select_related("user").order_by("pk")[0]
    card: ClientFields = {
        "kind": "person", "name": name[:300], "email": email, "phone": phone,
        "language": _spoken(letter),
    }  # fmt: skip
    client = add_client(card, owner=owner, by=None, at=at)
    contact = add_contact(client, name[:200], by=None, at=at, email=email, phone=phone)
    if reached == "messenger":
        add_point(contact, reached, letter.sender, by=None, at=at)
    if letter.thread is not None:
        give_thread(letter.thread, contact, by=None, at=at)
    return contact


def _spoken(letter: Received) -> str:
    """In which language a stranger is answered: that of the gate, else the one they write."""
    if letter.gate is not None:
        return letter.gate.language
    words = letter.text if any(map(str.isalpha, letter.text)) else letter.subject
    if has_cyrillic(words):
        return "ru"
    return "en" if any(one.isalpha() for one in words) else current_firm().language


def _nameless(letter: Received) -> str:
    """Whoever left neither a name nor an address, in the language they were spoken to."""
    with translation.override(letter.gate.language if letter.gate else None):
        return gettext("Guest")


def _title(letter: Received, kind: TicketType) -> str:
    """A form's receipt goes to an address nobody has proved: it repeats nothing that was typed."""
    gate = letter.gate
    if gate is None or gate.kind != GateKind.FORM:
        return letter.subject
    return f"{kind.name(gate.language)}: {gate.name}"


def _go_on(ticket: Ticket, letter: Received, at: datetime) -> int:
    """A client's person goes on in their own words; one of ours who replies writes to colleagues;
    somebody else's letter waits for a person to look.
    """
    ours = employee_of(letter.user)
    if ours is not None:
        add_note(ticket, words_of(letter), by=ours, at=at, letter=letter)
        return 1
    contact = letter.contact
    if _is_refused(letter, at):
        return 0
    whole = Client.objects.whole_of(ticket.case.client_id)
    if contact is None or not whole.filter(pk=contact.client_id).exists():
        leave_for_sorting(letter, by=None, at=at)
        return 0
    if _answers_question(ticket, letter, at):
        return 1
    if ticket.case.state == TicketState.DONE and not may_reopen_by_letter(letter, at):
        leave_for_sorting(letter, by=None, at=at)
        return 0
    add_client_words(
        ticket, words_of(letter), contact=contact, at=at, letter=letter, channel=channel_of(letter)
    )
    return 1


def _answers_question(ticket: Ticket, letter: Received, at: datetime) -> bool:
    """Whether the letter says if it helped, to whom we asked that."""
    if ticket.case.state != TicketState.DONE or letter.contact is None:
        return False
    verdict, text = open_verdict(ticket, letter.contact), words_of(letter)
    answer = read_answer(text) if verdict is not None else None
    if verdict is None or answer is None:
        return False
    give_verdict_by_letter(ticket, verdict, answer, letter, text, by=None, at=at)
    return True


def words_of(letter: Received) -> str:
    """What the line of the thread says; a letter of files only is called by its subject or their
    names. What does not fit stays with the letter, which is kept whole.
    """
    files = ", ".join(letter.files.order_by("pk").values_list("name", flat=True)[:20])
    words = letter.text.strip() or letter.subject or files or "—"
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
