"""What belongs to a client, told before it is said to be the same as another one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import get_language, ngettext_lazy

from zabota.cases.models import Case, Promise, PromiseState
from zabota.clients.models import Client, Contact
from zabota.common import formats
from zabota.people.access import StaffViewer

MOST_PROMISES = 5
MOST_PEOPLE = 8
# What we do for a client, by kind of case.
NAMES: Final = {
    "contract": ngettext_lazy("%(count)d contract", "%(count)d contracts", "count"),
    "ticket": ngettext_lazy("%(count)d request", "%(count)d requests", "count"),
    "order": ngettext_lazy("%(count)d order", "%(count)d orders", "count"),
    "delay": ngettext_lazy("%(count)d delay", "%(count)d delays", "count"),
    "act": ngettext_lazy(
        "%(count)d act of reconciliation", "%(count)d acts of reconciliation", "count"
    ),
    "hold": ngettext_lazy("%(count)d hold of goods", "%(count)d holds of goods", "count"),
    "referral": ngettext_lazy("%(count)d recommendation", "%(count)d recommendations", "count"),
    "mention": ngettext_lazy("%(count)d mention", "%(count)d mentions", "count"),
}
OPEN = (PromiseState.RUNNING, PromiseState.PAUSED)


@dataclass(frozen=True)
class Side:
    """One of two cards: who it is, its people, what is done for it, what was promised."""

    client: Client
    people: list[Contact]
    cases: list[str]
    promises: list[tuple[str, str]]
    also: list[Client]


def read_side(client: Client, viewer: StaffViewer, *, at: datetime) -> Side:
    """Everything said of the whole, so that what was merged before is counted; four queries."""
    whole = Client.objects.whole_of(client.pk)
    cases = Case.objects.filter(client__in=whole.values("pk"))
    counts = cases.order_by().values_list("kind").annotate(Count("pk"))
    people = Contact.objects.of_whole(client.pk).filter(removed_at=None).prefetch_related("points")
    visible = cases.visible_to(viewer).values("pk")
    promises = Promise.objects.filter(case__in=visible, state__in=OPEN, due_at__isnull=False)
    language, zone = get_language() or "ru", timezone.get_current_timezone()
    return Side(
        client,
        list(people.order_by("name", "pk")[:MOST_PEOPLE]),
        [_count(kind, count) for kind, count in sorted(counts)],
        [
            (one.words(language), formats.when(one.due_at, at, language, zone))
            for one in promises.order_by("due_at")[:MOST_PROMISES]
            if one.due_at is not None
        ],
        list(whole.exclude(pk=client.pk).order_by("pk")),
    )


def _count(kind: str, count: int) -> str:
    return str(NAMES[kind] % {"count": count})
