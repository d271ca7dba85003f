"""Who is told of an entry about a request, and what is said first."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext

from zabota.cases.models import Case, Holder
from zabota.common.formats import dated_when
from zabota.journal.kinds import Notice
from zabota.journal.models import Entry
from zabota.people.firm import current_firm, zone_of

type Told = Callable[[Entry], Iterator[Notice]]


def those_who_have_it(purpose: str) -> Told:
    """Whoever of ours has an open promise of it; the owner, where nobody has."""

    def told(entry: Entry) -> Iterator[Notice]:
        ticket = entry.facts["ticket"]
        rows = Holder.objects.filter(case=ticket, rank_at__isnull=False).order_by("pk")
        users = list(dict.fromkeys(rows.values_list("employee__user", flat=True)))
        if not users:
            users = list(Case.objects.filter(pk=ticket).values_list("owner__user", flat=True))
        for user in users:
            yield Notice(user, purpose, f"/desk/tickets/{ticket}/")

    return told


def who_wrote(purpose: str, *, even_themselves: bool = False) -> Told:
    """The client's person whose request it is."""

    def told(entry: Entry) -> Iterator[Notice]:
        user = entry.facts.get("client_user")
        if user is None or entry.audience == "ours":
            return
        path = f"/room/tickets/{entry.facts['ticket']}/"
        yield Notice(user, purpose, path, words=_what_next(entry), receipt=even_themselves)

    return told


def _what_next(entry: Entry) -> dict[str, str]:
    """What happens next and by when; nothing where nothing is promised."""
    due = entry.facts.get("reply_due")
    if due is None:
        return {}
    zone, at = zone_of(current_firm()), datetime.fromisoformat(due)
    said = {}
    for language in ("ru", "en"):
        with translation.override(language):
            said[language] = gettext("A person will answer you by %(when)s.") % {
                "when": dated_when(at, entry.at, language, zone)
            }
    return said


def together(*told: Told) -> Told:
    """Several, one after another; nobody twice."""

    def all_of(entry: Entry) -> Iterator[Notice]:
        seen: set[int] = set()
        for each in told:
            for notice in each(entry):
                if notice.user_id not in seen:
                    seen.add(notice.user_id)
                    yield notice

    return all_of
