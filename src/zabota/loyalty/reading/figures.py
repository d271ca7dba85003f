"""How many points there are, where they went, and what waits for somebody of ours."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.utils.translation import get_language

from zabota.loyalty.models import Account, Claim, ClaimState, Posting, Transfer, TransferKind, Unit

LATELY = timedelta(days=30)
MOST = 30


@dataclass(frozen=True)
class UnitFigures:
    """One unit: all that was ever issued is with clients, spent, taken back or expired."""

    name: str
    issued: int
    held: int
    spent: int
    returned: int
    expired: int
    worth: Decimal | None
    lately_earned: int
    lately_spent: int
    clients: int


def read_figures(at: datetime) -> list[UnitFigures]:
    """By unit, in the firm's order. Four queries, whatever the number of postings."""
    language = get_language() or "ru"
    units = list(Unit.objects.order_by("position", "pk"))
    sums: dict[tuple[int, str], int] = {
        (unit, account): total
        for unit, account, total in Posting.objects.order_by()
        .values("unit", "account")
        .annotate(total=Sum("amount"))
        .values_list("unit", "account", "total")
    }
    lately = {
        unit: (earned or 0, spent or 0, clients)
        for unit, earned, spent, clients in Transfer.objects.filter(at__gt=at - LATELY)
        .order_by()
        .values("unit")
        .annotate(
            earned=Sum("amount", filter=Q(kind=TransferKind.EARN)),
            spent=Sum("amount", filter=Q(kind=TransferKind.SPEND)),
            clients=Count("client", distinct=True),
        )
        .values_list("unit", "earned", "spent", "clients")
    }
    found = []
    for unit in units:
        of = {account: sums.get((unit.pk, account), 0) for account in Account}
        earned, spent, clients = lately.get(unit.pk, (0, 0, 0))
        held = of[Account.HELD]
        found.append(
            UnitFigures(
                unit.name(language), -of[Account.ISSUED], held, of[Account.SPENT],
                of[Account.RETURNED], of[Account.EXPIRED],
                unit.pays * held if unit.pays is not None else None, earned, spent, clients,
            )
        )  # fmt: skip
    return found


def read_open_claims() -> list[Claim]:
    """Rewards taken and not handed over, what is owed beyond the stock first. One query."""
    rows = Claim.objects.filter(state=ClaimState.TAKEN).select_related("reward", "client__root")
    return list(rows.order_by("-over_stock", "pk")[:MOST])
