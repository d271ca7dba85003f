"""Letters of a person, for whoever takes their data along."""

from typing import Any

from zabota.clients.models import Contact
from zabota.outreach.models import Received


def told_of(contact: Contact) -> dict[str, Any]:
    """What they wrote to us, by letter or by a gate, in their own words."""
    letters = Received.objects.filter(contact=contact).prefetch_related("files").order_by("pk")
    return {
        "letters": [
            {
                "received": letter.received_at.isoformat(),
                "from": letter.sender,
                "subject": letter.subject,
                "text": letter.text,
                "files": [file.name for file in letter.files.all()],
            }
            for letter in letters
        ]
    }
