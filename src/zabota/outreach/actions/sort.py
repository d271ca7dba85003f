"""What our people decide about letters no machine may place: whose it is, where it belongs, or that
nothing follows.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.models import Case
from zabota.clients.actions import add_contact, add_point
from zabota.clients.models import Client, Contact
from zabota.common.files import read_file
from zabota.journal.actions import lock_stream, record
from zabota.outreach import entries
from zabota.outreach.actions.receive import person_of
from zabota.outreach.letters import Unreadable, read_letter
from zabota.outreach.models import FoundBy, Received, Waits
from zabota.outreach.placing import Place, contact_in, find_place, kind_of_sender, way_of
from zabota.outreach.rules import may_place_letter, may_sort_letters
from zabota.people.access import StaffViewer
from zabota.people.models import User
from zabota.people.refusal import Refused
from zabota.people.rules import demand


def place_letter(letter: Received, case: Case, *, by: StaffViewer | None, at: datetime) -> Received:
    """The letter belongs to this case; upper apps follow its entry. Without `by` it is an upper app
    that made the case of it.
    """
    demand(by is None or may_place_letter(by, case, at))
    with transaction.atomic():
        stream = lock_stream(case.stream_id)
        letter = _open(letter)
        letter.contact = contact_in(case, None, letter.sender) or letter.contact
        letter.user = letter.contact.user if letter.contact else letter.user
        letter.case, letter.found_by = case, FoundBy.HAND if by else FoundBy.OPENED
        _settle(letter, by.user if by else None, at)
        record(
            stream,
            entries.LETTER_PLACED,
            by=by.user.pk if by else None,
            at=at,
            letter=letter.pk,
            case=case.pk,
            contact=letter.contact_id,
            person=person_of(letter),
        )
        return letter


def add_sender(
    letter: Received, client: Client, name: str, *, by: User | None, at: datetime
) -> Contact:
    """Whoever wrote is a person of this company we did not know; then the letter is confirmed to be
    theirs.
    """
    demand(by is None or may_sort_letters(by, at))
    return add_contact(client, name, by=by, at=at)


def confirm_sender(
    letter: Received, contact: Contact, *, by: User | None, at: datetime
) -> Received:
    """The letter is this person's, and the address is theirs from now on. If it answers a letter of
    ours to them, it lands in that case at once.
    """
    demand(by is None or may_sort_letters(by, at))
    if letter.waits == Waits.UNREADABLE or not letter.sender:
        raise Refused("no_sender", _("This letter names no sender."))
    add_point(contact, kind_of_sender(letter.sender), letter.sender, by=by, at=at)
    place = _found_now(letter) if letter.mailbox_id else Place()
    stream_id = place.case.stream_id if place.case else contact.client.stream_id
    with transaction.atomic():
        stream = lock_stream(stream_id)
        letter = _open(letter)
        letter.contact, letter.user = contact, contact.user
        if place.case is not None and place.contact == contact:
            letter.case, letter.found_by = place.case, place.found_by
            _settle(letter, by, at)
        else:
            letter.waits = Waits.CASELESS
            letter.save(update_fields=["contact", "user", "waits"])
        record(
            stream,
            entries.SENDER_CONFIRMED,
            by=by.pk if by else None,
            at=at,
            letter=letter.pk,
            case=letter.case_id,
            contact=contact.pk,
            client=contact.client_id,
            person=person_of(letter),
            particulars={"contact_name": contact.name},
        )
        return letter


def set_aside_letter(letter: Received, *, by: User | None, at: datetime) -> Received:
    """Nothing follows from it; it stays to be found."""
    demand(by is None or may_sort_letters(by, at))
    with transaction.atomic():
        stream = lock_stream(way_of(letter).stream_id)
        letter = _open(letter)
        _settle(letter, by, at)
        record(
            stream,
            entries.LETTER_SET_ASIDE,
            by=by.pk if by else None,
            at=at,
            letter=letter.pk,
        )
        return letter


def leave_for_sorting(letter: Received, *, by: None, at: datetime) -> int:
    """An upper app could not take it up: somebody has to look. Nothing happened, so nothing is
    remembered.
    """
    return Received.objects.filter(pk=letter.pk, waits=Waits.NOTHING).update(
        case=None, found_by=FoundBy.NOT, waits=Waits.OTHER
    )


def _open(letter: Received) -> Received:
    """The letter as it is now; Refused where somebody has decided already."""
    fresh = (
        Received.objects.select_for_update(of=("self",))
        .select_related("mailbox", "gate", "contact__user", "contact__client", "answers", "user")
        .get(pk=letter.pk)
    )
    if fresh.settled_at is not None:
        raise Refused("settled", _("Somebody has seen to this letter already."))
    return fresh


def _settle(letter: Received, by: User | None, at: datetime) -> None:
    letter.settled_at, letter.settled_by = at, by
    letter.save(update_fields=["contact", "user", "case", "found_by", "settled_at", "settled_by"])


def _found_now(letter: Received) -> Place:
    """Where it belongs, now that the sender is known."""
    try:
        return find_place(read_letter(read_file(letter.file)))
    except Unreadable:
        return Place()
