"""Who may look after the mail that leaves and comes in; how often a machine of ours may answer."""

from datetime import datetime, timedelta

from django.db.models import Count, Q

from zabota.cases.models import Case
from zabota.clients.access import RoomViewer
from zabota.clients.rules import may_add_clients
from zabota.outreach.models import Message, Received, ReceivedState
from zabota.people.access import StaffViewer
from zabota.people.models import User
from zabota.people.rules import may_change_firm


def may_send_again(user: User | None, at: datetime) -> bool:
    """Whoever looks after the firm's settings: they can mend the mail."""
    return may_change_firm(user, at)


def may_sort_letters(user: User | None, at: datetime) -> bool:
    """Letters of which nobody knows the sender or the case: by the power over clients."""
    return may_add_clients(user, at)


def may_place_letter(viewer: StaffViewer, case: Case, at: datetime) -> bool:
    """Whoever sorts letters, into what they may see themselves."""
    seen = Case.objects.visible_to(viewer).filter(pk=case.pk)
    return may_sort_letters(viewer.user, at) and seen.exists()


def may_set_up_mailboxes(user: User | None, at: datetime) -> bool:
    """Whoever looks after the firm's settings."""
    return may_change_firm(user, at)


def may_set_up_gates(user: User | None, at: datetime) -> bool:
    """Whoever looks after the firm's settings."""
    return may_change_firm(user, at)


def may_link_bot(viewer: RoomViewer) -> bool:
    """Each person of a client for themselves; nobody in their name."""
    return not viewer.read_only


HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Of one address: letters that act by themselves, our machine's answers, reopenings of one case.
# In a conversation people write in short lines.
LETTERS_AN_HOUR, WORDS_AN_HOUR, REOPENINGS_A_DAY = 30, 200, 3
RECEIPTS_AN_HOUR, RECEIPTS_A_DAY = 10, 30


def receipts_left(address: str, at: datetime) -> int:
    """How many receipts may still leave to an address: an automaton that does not say it is one,
    and answers each as if it were new, runs into this.
    """
    answers = Message.objects.filter(address=address, in_answer_to__isnull=False)
    sent = answers.filter(made_at__gt=at - DAY).aggregate(
        day=Count("pk"), hour=Count("pk", filter=Q(made_at__gt=at - HOUR))
    )
    left: int = min(RECEIPTS_A_DAY - sent["day"], RECEIPTS_AN_HOUR - sent["hour"])
    return left


def may_reopen_by_letter(letter: Received, at: datetime) -> bool:
    """A person's letter opens its closed case again, a few times a day from one address."""
    if letter.state != ReceivedState.READ or letter.case_id is None:
        return False
    earlier = Received.objects.filter(
        case=letter.case_id, sender=letter.sender, received_at__gt=at - DAY, pk__lt=letter.pk
    )
    return earlier.count() < REOPENINGS_A_DAY
