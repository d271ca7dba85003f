"""What a person wrote of us in public, for whoever takes their data along."""

from typing import Any

from zabota.clients.models import Contact
from zabota.voice.models import Mention


def told_of(contact: Contact) -> dict[str, Any]:
    """Mentions a person confirmed to be theirs, and how they were thanked. What a machine only
    guesses is nobody's.
    """
    rows = Mention.objects.filter(contact=contact).select_related("case").order_by("pk")
    return {
        "mentions": [
            {
                "number": row.case.number,
                "found": row.found_at.isoformat(),
                "link": row.link,
                "author": row.author,
                "words": row.text,
                "mark": row.rating,
                "thanked": row.thanked_at.isoformat() if row.thanked_at else None,
                "thanks": row.words,
            }
            for row in rows
        ]
    }
