"""What went beyond the rules: one's own limit, what was asked, what repeats."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final, cast

from django.db.models import Count, Max

from zabota.cases.models import Case, Deviation, DeviationState, Promise, RuleOffer
from zabota.clients.models import Contact
from zabota.common.keyset import Leaf, Rows, leaf_of
from zabota.common.names import WHOLE_NAMES, row_person, row_whole
from zabota.people.access import StaffViewer
from zabota.people.models import Employee, Power, PowerKind
from zabota.tickets.models import Outcome, Ticket, TicketState

# Said so often within so long, an exception asks to be a rule.
OFTEN: Final = 3
WITHIN: Final = timedelta(days=90)
MOST: Final = 50
MOST_RULES: Final = 100
COLUMNS = (
    "pk", "rule", "asked_at", "cost", "currency", "state", "case__title", "case__number",
    "case__contract__registered_number", "asked_by__user__name", "asked_by__user__name_en",
    "case__client__worth", "case__client__since",
    *(f"case__client__{name}" for name in WHOLE_NAMES),
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One of them in the list, ready to be printed."""

    pk: int
    rule: str
    when: datetime
    client: str
    worth: Decimal | None
    since: date | None
    title: str
    number: str
    cost: Decimal
    currency: str
    who: str
    state: str
    state_name: str


@dataclass
class Repeated:
    """One exception that is made again and again: how often, at what cost, what came of it."""

    rule: str
    count: int = 0
    refused: int = 0
    costs: dict[str, Decimal] = field(default_factory=dict)
    clients: set[int] = field(default_factory=set)
    solved: int = 0
    otherwise: int = 0
    powerless: int = 0
    again: int = 0
    under_way: int = 0

    @property
    def sums(self) -> list[tuple[Decimal, str]]:
        """What it cost, currency by currency."""
        return [(amount, currency) for currency, amount in sorted(self.costs.items())]


def whom_to_tell(case: Case) -> Contact | None:
    """Whose request it is; of anything else, nobody in particular."""
    ticket = Ticket.objects.filter(pk=case.pk).select_related("contact").first()
    return ticket.contact if ticket is not None else None


def limits_of(employee: Employee, at: datetime) -> list[tuple[Decimal | None, str]]:
    """Up to what sums one goes beyond a rule unasked, by currency; None is any sum."""
    own = Power.objects.in_force(at).filter(employee=employee, kind=PowerKind.BEYOND)
    return list(own.order_by("currency", "pk").values_list("limit", "currency"))


def known_rules(at: datetime) -> list[str]:
    """The words rules were called by, most used first: whoever types one finds the same words."""
    rows = Deviation.objects.filter(asked_at__gt=at - WITHIN).values("rule_key")
    told = rows.annotate(said=Max("rule"), times=Count("pk")).order_by("-times", "rule_key")
    return list(told.values_list("said", flat=True)[:MOST])


def read_deviations(viewer: StaffViewer, params: Mapping[str, str]) -> tuple[list[Row], Leaf]:
    """A page of those this viewer may know of, the newest first."""
    visible = Deviation.objects.visible_to(viewer)
    leaf = leaf_of(
        lambda: cast(Rows, visible.values(*COLUMNS)), params, "asked_at", descending=True
    )
    rows = [
        Row(
            pk=row["pk"],
            rule=row["rule"],
            when=row["asked_at"],
            client=row_whole(row, "case__client__"),
            worth=row["case__client__worth"],
            since=row["case__client__since"],
            title=row["case__title"],
            number=row["case__contract__registered_number"] or row["case__number"],
            cost=row["cost"],
            currency=row["currency"],
            who=row_person(row, "asked_by__user__"),
            state=row["state"],
            state_name=str(DeviationState(row["state"]).label),
        )
        for row in leaf.rows
    ]
    return rows, leaf


def what_repeats(at: datetime) -> list[Repeated]:
    """Rules gone beyond three times or more in ninety days, and since something was decided of
    them: three queries, however many.
    """
    lately = Deviation.objects.filter(asked_at__gt=at - WITHIN)
    done = lately.filter(state=DeviationState.GRANTED)
    often = done.values("rule_key").annotate(times=Count("pk")).filter(times__gte=OFTEN)
    keys = list(
        often.order_by("-times", "rule_key").values_list("rule_key", flat=True)[:MOST_RULES]
    )
    found = {key: Repeated("") for key in keys}
    settled = _settled(keys)
    answered = (DeviationState.GRANTED, DeviationState.REFUSED)
    rows = lately.filter(rule_key__in=keys, state__in=answered)
    for row in rows.order_by("asked_at", "pk").values(
        "rule_key", "rule", "asked_at", "state", "cost", "currency", "case__client_id",
        "case__client__root_id", "case__closed_at", "case__state", "case__ticket__outcome",
        "case__ticket__reopened",
    ):  # fmt: skip
        if row["asked_at"] > settled.get(row["rule_key"], at - WITHIN):
            _count(found[row["rule_key"]], row)
    return [one for one in found.values() if one.count >= OFTEN]


def _settled(keys: list[str]) -> dict[str, datetime]:
    """When something was decided of each last."""
    rows = RuleOffer.objects.filter(rule_key__in=keys).order_by().values("rule_key")
    return dict(rows.annotate(last=Max("settled_at")).values_list("rule_key", "last"))


def rules_made() -> list[RuleOffer]:
    """What was an exception and is a rule now, the newest first."""
    made = RuleOffer.objects.filter(made=True).select_related("settled_by__user")
    return list(made.order_by("-settled_at", "-pk")[:MOST])


def _count(one: Repeated, row: Mapping[str, Any]) -> None:
    one.rule = row["rule"]
    if row["state"] == DeviationState.REFUSED:
        one.refused += 1
        return
    one.count += 1
    one.costs[row["currency"]] = one.costs.get(row["currency"], Decimal(0)) + row["cost"]
    one.clients.add(row["case__client__root_id"] or row["case__client_id"])
    match row["case__ticket__outcome"]:
        case Outcome.SOLVED | Outcome.DONE:
            one.solved += 1
        case Outcome.OTHERWISE:
            one.otherwise += 1
        case Outcome.BEYOND:
            one.powerless += 1
        case _:
            one.under_way += row["case__state"] != TicketState.DONE and not row["case__closed_at"]
    one.again += bool(row["case__ticket__reopened"])


def broken_promises(case: Case, language: str, at: datetime) -> list[tuple[Promise, str]]:
    """What we promised in a case and did not keep, or not in time: it can be made good."""
    ours = Promise.objects.filter(case=case, turn="ours", due_at__isnull=False)
    late = [one for one in ours.order_by("-due_at")[:MOST] if one.is_late(at)]
    return [(one, one.words(language)) for one in late if one.audience == "both"]
