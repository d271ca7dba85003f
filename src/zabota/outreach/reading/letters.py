"""Letters that came in, as whoever sorts them reads them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from zabota.cases.models import Case
from zabota.clients.actions.clients import folded
from zabota.clients.models import Client, Contact
from zabota.common.files import read_file
from zabota.outreach.letters import Unreadable, read_letter
from zabota.outreach.letters.charsets import decode_bytes
from zabota.outreach.models import Received, ReceivedFile, ReceivedState, Waits
from zabota.people.access import StaffViewer

SIZE, MANY, FEW = 50, 100, 8
# Of a letter nobody could read so much is shown; the whole is there to be downloaded.
SHOWN = 20_000

# What the page shows, by the word in its address.
SHOWS = {
    "waiting": ~Q(waits="") & Q(settled_at=None),
    "read": Q(state=ReceivedState.READ),
    "automatic": Q(state__in=[ReceivedState.AUTOMATIC, ReceivedState.BOUNCE, ReceivedState.COPY]),
    "kept": Q(state=ReceivedState.KEPT),
}


@dataclass(frozen=True)
class LetterRow:
    """One letter of a list: from whom, about what, the first words, what it waits for."""

    pk: int
    name: str
    sender: str
    subject: str
    words: str
    at: datetime
    why: str
    waits: bool
    case: Case | None
    files: int


def read_letters(
    viewer: StaffViewer, show: str, before: int | None
) -> tuple[list[LetterRow], int | None]:
    """The newest fifty of a kind, or those before a number; and where the next ones begin."""
    rows = Received.objects.visible_to(viewer, sorts=True).filter(SHOWS[show])
    if before is not None:
        rows = rows.filter(pk__lt=before)
    rows = rows.select_related("case__client").annotate(count=Count("files")).order_by("-pk")
    found = list(rows[: SIZE + 1])
    shown = found[:SIZE]
    return [_row(row) for row in shown], shown[-1].pk if len(found) > SIZE else None


def _row(row: Received) -> LetterRow:
    why = row.get_waits_display() if row.is_waiting else row.get_state_display()
    count: int = row.count  # type: ignore[attr-defined]
    words = " ".join(row.text.split())[:200]
    return LetterRow(
        row.pk, row.sender_name or row.sender, row.sender, row.subject, words, row.received_at,
        str(why), row.is_waiting, row.case, count,
    )  # fmt: skip


def count_waiting() -> int:
    """How many wait for somebody of ours, up to a hundred."""
    return len(Received.objects.waiting().values_list("pk", flat=True)[:MANY])


# What stood in the way of reading, by the code of `Unreadable`.
UNREAD = {
    "empty": _("It is empty."),
    "no_sender": _("It names no sender: perhaps it is no letter at all."),
    "too_large": _("It is larger than 60 MB."),
    "too_many_parts": _("It consists of more than 400 parts."),
    "broken": _("Its parts do not fit together."),
}


@dataclass(frozen=True)
class LetterPage:
    """One letter whole: cleaned HTML, or the bytes as far as they are words; its files; to what and
    to whom it may belong.
    """

    letter: Received
    html: str
    raw: str
    unread: str
    files: list[ReceivedFile]
    cases: list[Case]
    people: list[Contact]
    clients: list[Client]


def read_letter_page(letter: Received, viewer: StaffViewer, search: str) -> LetterPage:
    """What is needed to decide; `search` are words to look for whose letter it is."""
    html, raw = _whole(letter)
    waits = letter.is_waiting and letter.waits != Waits.UNREADABLE
    return LetterPage(
        letter,
        html,
        raw,
        str(UNREAD.get(letter.why, "")),
        list(letter.files.select_related("file").order_by("pk")),
        _cases(letter, viewer) if letter.is_waiting else [],
        _people(letter, viewer, search) if waits and letter.contact_id is None else [],
        _clients(viewer, search) if waits and letter.contact_id is None else [],
    )


def _whole(letter: Received) -> tuple[str, str]:
    data = read_file(letter.file)
    if letter.gate_id is not None:
        return "", ""
    if letter.state == ReceivedState.KEPT:
        return "", decode_bytes(data[:SHOWN])
    try:
        return read_letter(data).html, ""
    except Unreadable:
        # Of an erased person nothing is left to show.
        return "", ""


def _cases(letter: Received, viewer: StaffViewer) -> list[Case]:
    """The cases the answered letter told of first, then what is open for the sender's company."""
    seen = Case.objects.visible_to(viewer).select_related("client").order_by("-touched_at", "-pk")
    answered = letter.answers
    told: list[Case] = []
    if answered is not None:
        first = answered.sent_with_id or answered.pk
        rows = seen.filter(Q(messages=first) | Q(messages__sent_with=first))
        told = list(rows.distinct()[:FEW])
    if letter.contact is None:
        return told
    theirs = Client.objects.whole_of(letter.contact.client_id).values("pk")
    open_ones = seen.filter(client__in=theirs, closed_at=None)[:FEW]
    return list({case.pk: case for case in (*told, *open_ones)}.values())[:FEW]


def _people(letter: Received, viewer: StaffViewer, search: str) -> list[Contact]:
    """Whom we wrote the answered letter to; whoever is found by the words typed."""
    here = Contact.objects.visible_to(viewer).filter(removed_at=None).select_related("client")
    if not search:
        to = letter.answers.to_id if letter.answers else None
        return list(here.filter(user=to)[:FEW]) if to else []
    for word in search.split():
        points = Q(points__value__icontains=word, points__removed_at=None)
        named = Q(name__icontains=word) | Q(name__icontains=word.capitalize())
        here = here.filter(named | points | Q(client__search__contains=folded(word)))
    return list(here.distinct().order_by("name", "pk")[:FEW])


def _clients(viewer: StaffViewer, search: str) -> list[Client]:
    """Companies whose new person it may be."""
    if not search:
        return []
    found = Client.objects.visible_to(viewer).saying(folded(search).split())
    return list(found.order_by("search", "pk")[:FEW])
