"""What the client's own route keeps of a person, once they were erased."""

from datetime import datetime

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from zabota.clients.actions.forget_card import ERASED
from zabota.clients.actions.persons import address_mark
from zabota.clients.models import Client
from zabota.contracts.actions.own_route import LINK
from zabota.contracts.models import OwnStep
from zabota.journal.models import Entry
from zabota.outreach.actions import forget_linked


def forget_own_steps(entry: Entry, *, by: None, at: datetime) -> int:
    """What follows erasing a person: where their own company asked them by link, and, once their
    account went too, whom they asked. Name, address and words go, the link opens nothing, letters
    name nobody; that somebody was asked stays. Idempotent; says how many steps.
    """
    kept = OwnStep.objects.exclude(name=ERASED)
    marks = set(entry.facts.get("addresses") or ())
    of_it = Client.objects.whole_of(entry.facts["client"]).values("pk")
    known = kept.filter(contract__case__client__in=of_it)
    theirs = {pk for pk, email in known.values_list("pk", "email") if address_mark(email) in marks}
    if entry.facts.get("account_erased"):
        theirs |= set(kept.filter(asked_by=entry.facts["user"]).values_list("pk", flat=True))
    for pk in sorted(theirs):
        _erase(OwnStep.objects.filter(pk=pk), pk, at)
        forget_linked([LINK, pk], by=by, at=at)
    return len(theirs)


def _erase(step: QuerySet[OwnStep], pk: int, at: datetime) -> None:
    step.update(
        name=ERASED,
        email=f"erased-step-{pk}@invalid.example",
        role="",
        asked="",
        words="",
        withdrawn_at=Coalesce("withdrawn_at", at),
    )
