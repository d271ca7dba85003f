"""Whether a contract moved since a page of it was made, told without telling how much is hidden."""

from django.db.models import OuterRef, Subquery
from django.utils.crypto import salted_hmac

from zabota.cases.models import Case
from zabota.contracts.models import Contract
from zabota.contracts.rules import Viewer
from zabota.journal.models import Entry

# A click leaves a handful of entries; beyond this many it is not one click.
MOST_OWN = 40


def has_not_moved(viewer: Viewer, pk: int, seen: str) -> bool:
    """Whether a contract this viewer may know of stands as they saw it; one query."""
    found = Case.objects.visible_to(viewer).filter(pk=pk, contract__isnull=False)
    return any(_stamp(pk, seq) == seen for seq in found.values_list(_last_seen_by(viewer))[:1])


def moved_by_others(viewer: Viewer, pk: int, seen: str) -> bool:
    """Whether anyone else did something since the page a viewer acted on; what happens by itself
    follows from their own click.
    """
    readable = Entry.objects.filter(stream__case=pk, audience__in=viewer.audiences)
    for seq, actor in readable.order_by("-seq").values_list("seq", "actor_id")[:MOST_OWN]:
        if _stamp(pk, (seq,)) == seen:
            return False
        if actor not in (None, viewer.user.pk):
            return True
    return True


def live_stamp(contract: Contract, viewer: Viewer) -> str:
    """Changes with every entry this viewer may read; tells nothing of how many others there are."""
    found = Case.objects.filter(pk=contract.pk).values_list(_last_seen_by(viewer))
    return _stamp(contract.pk, found[0])


def _last_seen_by(viewer: Viewer) -> Subquery:
    mine = Entry.objects.filter(stream__case=OuterRef("pk"), audience__in=viewer.audiences)
    return Subquery(mine.order_by("-seq").values("seq")[:1])


def _stamp(pk: int, row: tuple[int | None]) -> str:
    return salted_hmac("contract-live", f"{pk}:{row[0]}", algorithm="sha256").hexdigest()[:16]
