"""What follows a letter that answers a notice about a contract: its words stand beside the contract
as a comment of whoever wrote it, its files in the dossier.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from zabota.clients.access import RoomViewer, room_viewer
from zabota.common.files import TooLarge, read_file
from zabota.common.uploads import NotWhatItSays
from zabota.contracts.actions.talk import LONGEST, TooMany, attach_file, comment
from zabota.contracts.models import Contract
from zabota.contracts.rules import Viewer, may_comment
from zabota.journal.models import Audience, Entry
from zabota.outreach.actions import leave_for_sorting
from zabota.outreach.models import Received, ReceivedState
from zabota.people.access import StaffViewer
from zabota.people.models import User
from zabota.people.rules import employee_of


@dataclass(frozen=True)
class Writer:
    """Who acts by a letter, to whom the words are open, and whose words they are if not theirs."""

    viewer: Viewer
    audience: str
    author: str = ""


def comment_by_letter(entry: Entry, *, by: None, at: datetime) -> int:
    """A reply to a notice becomes a comment of that client's person, open to both sides; one of
    ours who replies writes to colleagues. Whose letter cannot be taken up waits for somebody of
    ours. Says whether there is a comment now.
    """
    if entry.facts.get("case") is None:
        return 0
    letter = (
        Received.objects.select_related("user__employee__user", "contact", "settled_by", "file")
        .filter(pk=entry.facts["letter"], case=entry.facts["case"], state=ReceivedState.READ)
        .first()
    )
    contract = Contract.objects.select_related("case").filter(case=entry.facts["case"]).first()
    if letter is None or contract is None:
        return 0
    writer = _writer(letter, contract)
    if writer is None or not may_comment(writer.viewer, contract):
        leave_for_sorting(letter, by=by, at=at)
        return 0
    with transaction.atomic():
        comment(
            contract,
            _words(letter),
            by=writer.viewer,
            at=at,
            audience=writer.audience,
            author=writer.author,
        )
        _attach(letter, contract, writer, at)
    return 1


def _writer(letter: Received, contract: Contract) -> Writer | None:
    """The client's person in their own name; one of ours for colleagues; of somebody without an
    account, whoever put the letter here brings the words.
    """
    viewer = _as_client(letter, contract)
    if viewer is not None:
        return Writer(viewer, Audience.BOTH)
    ours = _as_staff(letter.user)
    if ours is not None:
        return Writer(ours, Audience.OURS)
    bringer = _as_staff(letter.settled_by)
    if bringer is None:
        return None
    whole = contract.case.client.whole_id
    known = letter.contact is not None and letter.contact.client.whole_id == whole
    name = letter.contact.name if letter.contact else letter.sender_name
    return Writer(bringer, Audience.BOTH if known else Audience.OURS, name or letter.sender)


def _as_client(letter: Received, contract: Contract) -> RoomViewer | None:
    if letter.user is None or not letter.user.is_active or letter.contact is None:
        return None
    viewer = room_viewer(letter.user, letter.contact_id)
    if viewer is None or contract.case.client_id not in viewer.client_ids:
        return None
    return viewer.standing_for(contract.case.client_id)


def _as_staff(user: User | None) -> StaffViewer | None:
    employee = employee_of(user)
    return StaffViewer(employee.user, employee) if employee else None


def _words(letter: Received) -> str:
    """What the comment says, and which files came with it; a letter of files only is called by its
    subject.
    """
    names = letter.files.brought().order_by("pk").values_list("name", flat=True)[:20]
    files = f"\n\n📎 {', '.join(names)}" if names else ""
    words, room = letter.text.strip() or letter.subject or "—", LONGEST - len(files)
    return (words if len(words) <= room else f"{words[: room - 1]}…") + files


def _attach(letter: Received, contract: Contract, writer: Writer, at: datetime) -> None:
    """The files nothing speaks against; the others stay with the letter, named."""
    sound = letter.files.brought().filter(doubt="")
    for each in sound.select_related("file").order_by("pk"):
        try:
            attach_file(
                contract,
                each.name,
                read_file(each.file),
                each.media_type,
                by=writer.viewer,
                at=at,
                audience=writer.audience,
            )
        except (TooMany, TooLarge, NotWhatItSays, PermissionDenied):
            # The dossier is full or takes no such file: it stays with the letter.
            continue
