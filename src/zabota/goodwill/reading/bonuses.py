"""What employees earn by clients over some days: clients that returned after a gift, new clients,
thanks said to buyers and thanks received; as a sum for each, or as a share of what was bought.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from zabota.clients.actions.fit import WEEKS
from zabota.clients.buying import bought
from zabota.clients.models import PurchaseReturn
from zabota.goodwill.models import (
    BonusTerms,
    Gift,
    GiftState,
    PaidBy,
    ReceivedThanks,
    SaidThanks,
)
from zabota.goodwill.models.bonuses import BonusRates
from zabota.goodwill.reading.watching import watched_after
from zabota.people.firm import current_firm, zone_of
from zabota.people.models import Employee

KOPECK = Decimal("0.01")
# So long before a stranger's first purchase their gift may lie.
STRANGER = timedelta(days=365)

type Bought = dict[int, list[tuple[date, Decimal]]]


@dataclass
class Earned:
    """Of one employee: by way, how many and how much; `later` is what months closed before turned
    out to be more or less, by the first day of each.
    """

    employee: Employee
    currency: str = "RUB"
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(BonusTerms.WAYS, 0))
    sums: dict[str, Decimal] = field(
        default_factory=lambda: dict.fromkeys(BonusTerms.WAYS, Decimal(0))
    )

    later: dict[date, Decimal] = field(default_factory=dict)

    @property
    def own(self) -> Decimal:
        """What these days themselves brought."""
        return sum(self.sums.values(), Decimal(0))

    @property
    def changed(self) -> Decimal:
        """What is made good, or taken back, of months closed before."""
        return sum(self.later.values(), Decimal("0.00"))

    @property
    def total(self) -> Decimal:
        """All of it."""
        return self.own + self.changed

    def add(self, way: str, each: Decimal, share: Decimal, base: Decimal) -> None:
        """One more of this way: so much for each, or a share in percent of what was bought."""
        self.counts[way] += 1
        self.sums[way] += each + (base * share / 100).quantize(KOPECK)


def earned(
    starts: date, ends: date, *, of: Employee | None = None, terms: BonusRates | None = None
) -> list[Earned]:
    """Of everybody who worked here, or of one, over days from `starts` to before `ends`; by the
    firm's terms of now, unless others are said.
    """
    terms = terms or BonusTerms.objects.filter(pk=1).first()
    start = datetime.combine(starts, time(), zone_of(current_firm()))
    people = Employee.objects.filter(Q(dismissed_at=None) | Q(dismissed_at__gte=start))
    people = people.select_related("user")
    currency = terms.currency if terms else "RUB"
    rows = {
        one.pk: Earned(one, currency)
        for one in (people.filter(pk=of.pk) if of else people.order_by("pk"))
    }
    if terms is not None:
        _by_clients(rows, terms, starts, ends)
        _by_thanks(rows, terms, starts, ends)
    return sorted(rows.values(), key=lambda row: row.employee.name)


def _by_clients(rows: dict[int, Earned], terms: BonusRates, starts: date, ends: date) -> None:
    """A client counts once for an employee in these days, and is new or has returned, not both."""
    gifts = list(_gifts(rows, starts, ends))
    if not gifts:
        return
    purchases = _bought({whole for _who, whole, _day, _stranger in gifts})
    counted: set[tuple[int, int]] = set()
    for who, whole, day, stranger in gifts:
        before = any(bought_on <= day for bought_on, _sum in purchases[whole])
        after = [one for one in purchases[whole] if one[0] > day]
        first = after[0][0] if after else None
        new = stranger and not before
        last = ends if new else min(ends, day + timedelta(weeks=WEEKS, days=1))
        if first is None or not starts <= first < last or (who, whole) in counted:
            continue
        if not new and not before:
            continue
        counted.add((who, whole))
        base = sum((sum_ for bought_on, sum_ in after if bought_on < ends), Decimal(0))
        if new:
            rows[who].add("new", terms.new_sum, terms.new_share, base)
        else:
            rows[who].add("returned", terms.returned_sum, terms.returned_share, base)


def _gifts(
    rows: dict[int, Earned], starts: date, ends: date
) -> Iterable[tuple[int, int, date, bool]]:
    """Who gave, to which whole client, on which day, and whether it was a stranger; the oldest
    first. A gift whose code nobody took is no ground.
    """
    zone = zone_of(current_firm())
    since = datetime.combine(starts - STRANGER, time(), zone)
    gifts = Gift.objects.filter(
        employee__in=rows, paid_by=PaidBy.BUDGET, client__isnull=False, given_at__gte=since,
        given_at__lt=datetime.combine(ends, time(), zone),
    ).exclude(state__in=[GiftState.WITHDRAWN, GiftState.LAPSED])  # fmt: skip
    columns = gifts.annotate(whole=Coalesce("client__root", "client")).values_list(
        "employee", "whole", "given_at", "claimed_at", "to_stranger"
    )
    for who, whole, given, claimed, stranger in columns.order_by("given_at", "pk"):
        yield who, whole, watched_after(given, claimed if stranger else None, zone), stranger


def _bought(wholes: set[int]) -> Bought:
    """Days and sums of each, the oldest first."""
    told: Bought = defaultdict(list)
    purchases = bought(wholes)
    for place, day, sum_ in zip(purchases.client, purchases.day, purchases.sum, strict=True):
        whole = int(purchases.names[int(place)])
        told[whole].append((date.fromordinal(int(day)), Decimal(float(sum_)).quantize(KOPECK)))
    return told


def _by_thanks(rows: dict[int, Earned], terms: BonusRates, starts: date, ends: date) -> None:
    """Said to a buyer: once per purchase, on the day the buyer opened it. Received: once per
    case.
    """
    zone = zone_of(current_firm())
    span = [datetime.combine(day, time(), zone) for day in (starts, ends)]
    said = SaidThanks.objects.filter(
        employee__in=rows, opened_at__gte=span[0], opened_at__lt=span[1]
    )
    told = list(said.values_list("employee", "purchase", "purchase__sum"))
    back = dict(
        PurchaseReturn.objects.filter(purchase__in=[purchase for _who, purchase, _sum in told])
        .values_list("purchase")
        .annotate(all=Sum("sum"))
    )
    for who, purchase, sum_ in told:
        kept = sum_ - back.get(purchase, Decimal(0))
        rows[who].add("said", terms.said_sum, terms.said_share, max(kept, Decimal(0)))
    received = ReceivedThanks.objects.filter(
        employee__in=rows, received_at__gte=span[0], received_at__lt=span[1]
    )
    for who in received.values_list("employee", flat=True):
        rows[who].add("received", terms.received_sum, Decimal(0), Decimal(0))
