"""The one way in for whatever is no letter: words by a form, a chat, a bot. Each channel makes an
`Arrival` of what it was sent; from there on it is what a letter is: kept whole, once, placed, and
followed by the same entry's reactions.
"""

from dataclasses import dataclass
from datetime import datetime

from zabota.common.files import keep_file
from zabota.outreach import entries
from zabota.outreach.actions.receive import MOST_FILES, Arrived, keep_attached, store, too_many
from zabota.outreach.letters.letter import Attachment
from zabota.outreach.models import Gate, GateKind, Message, Received, ReceivedState, Thread, Waits
from zabota.outreach.placing import find_thread_place


@dataclass(frozen=True)
class Arrival:
    """Something said to us. `outer_id` is the channel's own name for it: a second time it does
    nothing. `raw` is the whole, as it came. `reached_by` is how the sender says they are reached:
    the kind of point and its value.
    """

    outer_id: str
    text: str
    raw: bytes
    reached_by: tuple[str, str] = ("", "")
    name: str = ""
    files: tuple[Attachment, ...] = ()
    subject: str = ""
    thread: Thread | None = None
    answers: Message | None = None


def receive_words(gate: Gate, arrival: Arrival, *, by: None, at: datetime) -> Arrived:
    """Keep what somebody said and put it where it belongs; what follows stands in
    home/reactions.py, as for letters.
    """
    before = Received.objects.filter(gate=gate, outer_id=arrival.outer_id).first()
    if before is not None:
        return Arrived(before, False)
    file = keep_file(arrival.raw, "application/json", at=at)
    kind, value = arrival.reached_by
    row = Received(
        gate=gate,
        file=file,
        thread=arrival.thread,
        outer_id=arrival.outer_id,
        received_at=at,
        written_at=at,
        state=ReceivedState.READ,
        sender=value[:254],
        sender_name=arrival.name[:200],
        subject=arrival.subject[:500],
        text=arrival.text,
    )
    # What a visitor of a chat says of themselves proves nothing, and they read our answers there.
    proven = "" if gate.kind == GateKind.CHAT else value
    place = find_thread_place(arrival.thread, arrival.answers, kind, proven, at)
    row.case, row.contact, row.user = place.case, place.contact, place.user
    row.answers, row.found_by, row.waits = place.answers, place.found_by, place.waits
    if too_many(row):
        row.case, row.found_by, row.waits = None, "", Waits.MANY
    kept = [keep_attached(one, at) for one in arrival.files[:MOST_FILES]]
    return store(row, kept, entries.WORDS_RECEIVED, by=None, at=at)
