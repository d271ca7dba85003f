"""Asking the client what they thought, and keeping the answer."""

from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from zabota.cases.models import Case, Verdict
from zabota.cases.models.verdict import EASIEST, HARDEST, Helped
from zabota.clients.models import Contact
from zabota.journal.models import Entry
from zabota.people.refusal import Refused

# Nobody is asked more often than this, whatever was done for them.
QUIET: Final = timedelta(days=30)
LONGEST_WORDS: Final = 4000


def ask_verdict(case: Case, contact: Contact, *, by: None, at: datetime) -> Verdict | None:
    """One question to one person; None, where they were asked anything not long ago. The entry is
    the domain's.
    """
    same = Contact.objects.filter(pk=contact.pk)
    if contact.user_id is not None:
        # One person who stands for several companies is one person.
        same |= Contact.objects.filter(user=contact.user_id)
    if Verdict.objects.filter(contact__in=same, asked_at__gt=at - QUIET).exists():
        return None
    if Verdict.objects.filter(case=case, contact=contact, given_at=None).exists():
        return None
    return Verdict.objects.create(case=case, contact=contact, asked_at=at)


def give_verdict(
    verdict: Verdict, helped: str, effort: int | None, words: str, *, by: object, at: datetime
) -> Verdict:
    """The answer, once; must run under the case's locked stream. Refused says that it was given
    already, or what is wrong with it.
    """
    verdict = Verdict.objects.select_for_update().get(pk=verdict.pk)
    if verdict.given_at is not None:
        raise Refused("verdict_given", _("You have answered already; thank you."))
    if helped not in Helped.values:
        raise Refused("no_verdict", _("Please say whether it helped."), field="helped")
    if effort is not None and not EASIEST <= effort <= HARDEST:
        raise Refused("bad_effort", _("Effort is a number from 1 to 7."), field="effort")
    verdict.helped, verdict.effort = helped, effort
    verdict.words = words.replace("\0", "").strip()[:LONGEST_WORDS]
    verdict.given_at = at
    verdict.save(update_fields=["helped", "effort", "words", "given_at"])
    return verdict


def forget_verdicts(entry: Entry, *, by: None, at: datetime) -> int:
    """What follows erasing a person: of what they thought only the word and the number are left."""
    theirs = Verdict.objects.filter(contact=entry.facts["contact"]).exclude(words="")
    return theirs.update(words="")
