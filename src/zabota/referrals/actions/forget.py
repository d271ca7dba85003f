"""What referrals keep of a person goes when the person is erased; that somebody came stays."""

from datetime import datetime

from zabota.journal.models import Entry
from zabota.outreach.actions import forget_linked
from zabota.referrals.links import TOKEN
from zabota.referrals.models import Referral, ReferralLink, Sheet


def forget_referrals(entry: Entry, *, by: None, at: datetime) -> int:
    """What follows erasing a person: their links lead nowhere, their words and answers are gone."""
    contact = entry.facts["contact"]
    links = ReferralLink.objects.filter(contact=contact)
    for pk in links.values_list("pk", flat=True):
        forget_linked([TOKEN, pk], by=None, at=at)
    links.filter(revoked_at=None).update(revoked_at=at)
    done = links.update(words="", device="", shown_as="nobody")
    done += Sheet.objects.filter(link__contact=contact).update(told=[], told_shown=False)
    came = Referral.objects.filter(contact=contact)
    filled = Sheet.objects.filter(link__referrals__in=came)
    done += Sheet.objects.filter(pk__in=filled.values("pk")).update(needed=[], needed_shown=False)
    return done + came.update(words="", note="", shares="nothing")
