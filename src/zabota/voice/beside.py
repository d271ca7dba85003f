"""Beside a client's card: what they wrote of us, as far as a person confirmed that it was they."""

from zabota.clients.beside import Beside
from zabota.clients.models import Client
from zabota.common.questions import One, Question
from zabota.people.access import StaffViewer
from zabota.voice.models import Mention
from zabota.voice.reading.words import heading_of

MOST = 5


def beside_client(client: Client, viewer: StaffViewer) -> Beside | None:
    """One query; nothing where they wrote nothing. What a machine only guesses stands nowhere."""
    found = _mentions(client=client.pk)
    if not found:
        return None
    shown = [(row, heading_of(row)) for row in found[:MOST]]
    return Beside("voice/desk/beside.html", {"rows": shown, "more": len(found) > MOST})


# Whatever is said of the firm is for all of ours.
_mentions = Question(
    lambda client: (
        Mention.objects.standing()
        .filter(
            case__client__in=Client.objects.whole_of(client).values("pk"),
            confirmed_at__isnull=False,
        )
        .select_related("case")
        .order_by("-found_at", "-case")[: MOST + 1]
    ),
    client=One(),
)
