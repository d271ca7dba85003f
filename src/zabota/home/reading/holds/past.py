"""How long approvals and payments took before, and how the contracts stand that holds wait for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import F, Max, Q, QuerySet
from django.db.models.functions import Coalesce

from zabota.cases.models import Pause, Promise, PromiseState
from zabota.cases.moments import CONTRACT_AGREED, CONTRACT_CLIENT
from zabota.common.counted import Counted
from zabota.common.working_time import Calendar, between
from zabota.contracts.models import Contract
from zabota.orders.models import Allocation, Terms

# What is older tells little of today.
YEAR: Final = timedelta(days=365)
# The newest of each kind are looked at, so that a firm with a long history waits no longer.
MOST: Final = 500
DAY_MINUTES: Final = 24 * 60
KEPT_RUNNING = (PromiseState.RUNNING, PromiseState.PAUSED)


@dataclass(frozen=True)
class ContractNow:
    """How a contract stands that is being agreed: since when it is the client's turn, and by when
    they answer, if they said so; by when ours is promised, and the working time it has taken so
    far; when it was agreed.
    """

    state: str
    client_since: datetime | None
    client_due: datetime | None
    ours_due: datetime | None
    ours_used: timedelta
    agreed_at: datetime | None


@dataclass
class Past:
    """Everything known, by client (their root) and contract (its case), in minutes: the client's
    by the calendar, ours by working hours. `deferral` are days to pay after the goods left.
    """

    of_client: dict[int, Counted] = field(default_factory=lambda: defaultdict(Counted))
    of_all: Counted = field(default_factory=Counted)
    ours: Counted = field(default_factory=Counted)
    payments: dict[int, Counted] = field(default_factory=lambda: defaultdict(Counted))
    deferral: dict[int, int] = field(default_factory=dict)
    contracts: dict[int, ContractNow] = field(default_factory=dict)


def read_past(
    clients: Iterable[int], contracts: Iterable[int], calendar: Calendar, *, at: datetime
) -> Past:
    """Seven queries, however many clients (by their roots) and contracts are asked for."""
    roots, past = sorted(set(clients)), Past()
    theirs = _of_these(roots, "case__client")
    for root, since, until in _answers(Promise.objects.filter(theirs), at):
        past.of_client[root].add(_minutes(since, until), 1)
    for _whose, since, until in _answers(Promise.objects.all(), at):
        past.of_all.add(_minutes(since, until), 1)
    used = _newest(CONTRACT_AGREED, at).filter(used_minutes__isnull=False)
    for minutes in used.values_list("used_minutes", flat=True)[:MOST]:
        past.ours.add(minutes or 0, 1)
    _read_payments(past, roots, at)
    found = Terms.objects.filter(_of_these(roots, "client"), days__gt=0)
    past.deferral = dict(found.values_list(_root("client"), "days"))
    past.contracts = _contracts(sorted(set(contracts)), calendar, at)
    return past


def _answers(rows: QuerySet[Promise], at: datetime) -> Iterable[tuple[int, datetime, datetime]]:
    """Whose answer it was, since when it was asked for and when it came, the newest first."""
    kept = _newest(CONTRACT_CLIENT, at, rows)
    return kept.values_list(_root("case__client"), "started_at", "settled_at")[:MOST]


def _newest(moment: str, at: datetime, rows: QuerySet[Promise] | None = None) -> QuerySet[Promise]:
    some = Promise.objects.all() if rows is None else rows
    kept = some.filter(moment=moment, state=PromiseState.KEPT, started_at__gte=at - YEAR)
    return kept.order_by("-started_at", "-pk")


def _read_payments(past: Past, roots: list[int], at: datetime) -> None:
    """Days from the счёт to the last payment of it, of what was paid whole."""
    to = "invoice__order__case__client"
    rows = (
        Allocation.objects.filter(
            _of_these(roots, to),
            guess=False,
            invoice__cancelled_at=None,
            invoice__day__gte=(at - YEAR).date(),
            invoice__paid__gte=F("invoice__total"),
        )
        .values("invoice", root=_root(to))
        .annotate(day=F("invoice__day"), last=Max("payment__day"))
        .order_by("-invoice")[:MOST]
    )
    for row in rows:
        days = max(0, (row["last"] - row["day"]).days)
        past.payments[row["root"]].add(days * DAY_MINUTES, 1)


def _contracts(cases: list[int], calendar: Calendar, at: datetime) -> dict[int, ContractNow]:
    rows = Contract.objects.filter(pk__in=cases).values(
        "pk", "case__state", "client_turn__state", "client_turn__started_at",
        "client_turn__due_at", "agreed_at", "agreeing",
        "agreeing__state", "agreeing__due_at", "agreeing__started_at",
    )  # fmt: skip
    found = list(rows)
    stood = _stood((row["agreeing"] for row in found), calendar, at)
    return {row["pk"]: _now(row, stood, calendar, at) for row in found}


def _now(
    row: Mapping[str, Any], stood: dict[int, timedelta], calendar: Calendar, at: datetime
) -> ContractNow:
    ours = row["agreeing__state"] in KEPT_RUNNING
    used = timedelta()
    if ours:
        used = between(calendar, row["agreeing__started_at"], at) - stood.get(
            row["agreeing"], timedelta()
        )
    theirs = row["client_turn__state"] in KEPT_RUNNING
    return ContractNow(
        state=row["case__state"],
        client_since=row["client_turn__started_at"] if theirs else None,
        client_due=row["client_turn__due_at"] if theirs else None,
        ours_due=row["agreeing__due_at"]
        if row["agreeing__state"] == PromiseState.RUNNING
        else None,
        ours_used=max(timedelta(), used),
        agreed_at=row["agreed_at"],
    )


def _stood(
    promises: Iterable[int | None], calendar: Calendar, at: datetime
) -> dict[int, timedelta]:
    """Working time in which the clock stood."""
    wanted = [pk for pk in promises if pk is not None]
    stood: dict[int, timedelta] = defaultdict(timedelta)
    rows = Pause.objects.filter(promise__in=wanted)
    for promise, since, until in rows.values_list("promise", "started_at", "ended_at"):
        stood[promise] += between(calendar, since, until or at)
    return stood


def _of_these(roots: list[int], to: str) -> Q:
    """Clients, with those that are one with them."""
    return Q(**{f"{to}__in": roots}) | Q(**{f"{to}__root__in": roots})


def _root(to: str) -> Coalesce:
    return Coalesce(F(f"{to}__root"), F(to))


def _minutes(since: datetime, until: datetime) -> int:
    return max(0, int((until - since).total_seconds() // 60))
