"""What referrals keep of a person, for whoever takes their data along."""

from typing import Any

from zabota.clients.models import Contact
from zabota.referrals.models import Referral, ReferralLink, Sheet


def told_of(contact: Contact) -> dict[str, Any]:
    """Links they recommend us by, what they answered, and what they left when they came."""
    links = ReferralLink.objects.filter(contact=contact).order_by("pk")
    came = Referral.objects.filter(contact=contact).select_related("case").order_by("pk")
    halves = Sheet.objects.filter(link__contact=contact).select_related("edition").order_by("pk")
    filled = Sheet.objects.filter(link__referrals__in=came).select_related("edition").distinct()
    return {
        "recommends_by": [
            {
                "kind": link.kind,
                "shown_as": link.shown_as,
                "words": link.words,
                "made": link.made_at.isoformat(),
                "revoked": link.revoked_at.isoformat() if link.revoked_at else None,
            }
            for link in links
        ],
        "answered_as_recommender": [
            {"questions": sheet.edition.told, "answers": sheet.told} for sheet in halves
        ],
        "answered_as_friend": [
            {"questions": sheet.edition.needed, "answers": sheet.needed} for sheet in filled
        ],
        "came_by_recommendation": [
            {
                "number": one.case.number,
                "at": one.case.opened_at.isoformat(),
                "words": one.words,
                "wish": one.wish,
                "shares": one.shares,
                "noted": one.note,
            }
            for one in came
        ],
    }
