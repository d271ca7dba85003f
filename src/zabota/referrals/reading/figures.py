"""What those who were brought are worth, against others who first bought at the same time."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from zabota.clients.models import Client, Purchase, PurchaseReturn
from zabota.referrals.models import Referral
from zabota.referrals.worth import LEAST, Bought, Compared, compare_worth

# Who first bought earlier has had a firm that was another one.
SPAN: Final = timedelta(days=3 * 365)


@dataclass(frozen=True)
class Worth:
    """The comparison, with the sums as money; `least` is how many either side takes to say it."""

    compared: Compared
    mean: Decimal | None
    mean_of_others: Decimal | None
    difference: Decimal | None
    low: Decimal | None
    high: Decimal | None
    least: int = LEAST

    @property
    def surely(self) -> str:
        """Whether the interval leaves nothing on one side: “more”, “less”, or neither."""
        if self.low is None or self.high is None:
            return ""
        return "more" if self.low > 0 else "less" if self.high < 0 else ""


def read_worth(today: date) -> Worth:
    """Three queries: who was brought, what everybody bought, what came back."""
    brought = _brought()
    sums = _bought(today)
    since = dict(
        Client.objects.filter(root=None, since__gt=today - SPAN, since__lte=today).values_list(
            "pk", "since"
        )
    )
    rows: dict[bool, list[Bought]] = defaultdict(list)
    for client, day in since.items():
        if day is not None and client in sums:
            rows[client in brought].append(Bought(_quarter(day), float(sums[client])))
    compared = compare_worth(rows[True], rows[False])
    return Worth(
        compared,
        _money(compared.mean),
        _money(compared.mean_of_others),
        _money(compared.difference),
        _money(compared.low),
        _money(compared.high),
    )


def _brought() -> set[int]:
    """Clients whose way to us began with a recommendation; who was a client before was not."""
    rows = Referral.objects.filter(purchase__isnull=False, was_client=False)
    return set(
        rows.annotate(
            whole=Coalesce(F("case__client__root"), F("case__client"))
        ).values_list("whole", flat=True)
    )  # fmt: skip


def _bought(today: date) -> dict[int, Decimal]:
    whole = Coalesce("client__root", "client")
    rows = Purchase.objects.filter(day__gt=today - SPAN, day__lte=today).values(whole=whole)
    sums = dict(rows.annotate(all=Sum("sum")).values_list("whole", "all"))
    backs = PurchaseReturn.objects.filter(purchase__day__gt=today - SPAN).values(
        whole=Coalesce("purchase__client__root", "purchase__client")
    )
    for client, back in backs.annotate(all=Sum("sum")).values_list("whole", "all"):
        if client in sums:
            sums[client] -= back
    return sums


def _quarter(day: date) -> str:
    return f"{day.year}-{(day.month + 2) // 3}"


def _money(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(round(value))
