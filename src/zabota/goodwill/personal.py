"""What a person was given and said thank you for, for whoever takes their data along."""

from typing import Any

from zabota.clients.models import Contact
from zabota.goodwill.models import Gift, ReceivedThanks
from zabota.goodwill.saying import gift_words


def told_of(contact: Contact) -> dict[str, Any]:
    """Gifts for them, with their own words of thanks; thanks for cases."""
    gifts = Gift.objects.filter(contact=contact).select_related("good").order_by("pk")
    thanks = ReceivedThanks.objects.filter(contact=contact).select_related("case").order_by("pk")
    return {
        "presents": [
            {
                "number": gift.number,
                "what": gift_words(gift, "ru"),
                "occasion": gift.occasion,
                "words": gift.words,
                "given": gift.given_at.isoformat(),
                "taken": gift.claimed_at.isoformat() if gift.claimed_at else None,
                "used": gift.used_at.isoformat() if gift.used_at else None,
                "thanks": gift.thanks,
            }
            for gift in gifts
        ],
        "thanks": [
            {"case": row.case.number, "at": row.received_at.isoformat(), "words": row.words}
            for row in thanks
        ],
    }
