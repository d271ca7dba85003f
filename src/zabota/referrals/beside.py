"""Beside a client's card: who recommended us to them, whom they brought, whether they leave."""

from django.db.models import Q, QuerySet

from zabota.cases.models import Case, seen_by_us
from zabota.clients.beside import Beside
from zabota.clients.models import Client
from zabota.common.questions import Numbers, One, Question
from zabota.people.access import StaffViewer
from zabota.people.firm import current_firm
from zabota.referrals.models import Departure, Referral
from zabota.referrals.reading.lists import row_of
from zabota.referrals.rules import may_note_departure, may_note_referral

MOST = 6


def beside_client(client: Client, viewer: StaffViewer) -> Beside | None:
    """Three queries; nothing where the firm does not use it and there was never any. A page is led
    to only where this employee may read it.
    """
    found = [row_of(one) for one in _referrals(client=client.pk)]
    departure = next(iter(_departures(client=client.pk)), None)
    if not found and departure is None and not current_firm().takes_referrals:
        return None
    context = {
        "came": [row for row in found if row.friend.pk == client.pk],
        "brought": [row for row in found if row.friend.pk != client.pk][:MOST],
        "more": len(found) > MOST,
        "departure": departure,
        "opens": _opens([row.referral.pk for row in found], viewer),
        "may_note": may_note_departure(viewer),
        "may_say_who": may_note_referral(viewer, current_firm()),
    }
    return Beside("referrals/desk/beside.html", context)


def _opens(found: list[int], viewer: StaffViewer) -> set[int]:
    """Of these, whose pages this employee may read."""
    if not found or viewer.employee.sees_all:
        return set(found)
    return set(_seen(found=found, me=viewer.employee.pk))


def _of(client: int) -> QuerySet[Referral]:
    whole = Client.objects.whole_of(client).values("pk")
    rows = Referral.objects.filter(Q(case__client__in=whole) | Q(recommender__in=whole))
    rows = rows.select_related("case__client__root", "recommender__root")
    return rows.order_by("-pk")[: MOST + 1]


_referrals = Question(_of, client=One())
_departures = Question(
    lambda client: Departure.objects.filter(
        client__in=Client.objects.whole_of(client).values("pk"), stayed_at=None
    ).order_by("pk")[:1],
    client=One(),
)
_seen: Question[int] = Question(
    lambda found, me: Referral.objects.filter(
        case__in=Case.objects.filter(seen_by_us(me)), pk__in=found
    ).values_list("pk", flat=True),
    found=Numbers(MOST + 1),
    me=One(),
)
