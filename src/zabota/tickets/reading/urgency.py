"""How urgent requests are by the firm's rules, and what a rule would have changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Max, Q

from zabota.cases.models import Case
from zabota.clients.models import Client
from zabota.people.access import StaffViewer
from zabota.people.firm import current_firm, zone_of
from zabota.tickets.models import Priority, PriorityRule, Remark, Ticket, TicketType
from zabota.tickets.priorities import Came, rule_for
from zabota.tickets.reading.fields import amounts_of

LOOKED_AT = 50


def standing_rules() -> list[PriorityRule]:
    """Those that count now."""
    return list(PriorityRule.objects.filter(closed_at=None).select_related("type").order_by("pk"))


def came_of(
    kind: TicketType,
    client: Client,
    text: str,
    at: datetime,
    *,
    channel: str = "",
    amount: Decimal | None = None,
    contract: Decimal | None = None,
) -> Came:
    """A request as the firm's rules look at it; `contract` is the client's largest, if known."""
    time, whole = at.astimezone(zone_of(current_firm())).time(), client.whole
    if contract is None:
        contract = largest_contracts([whole.pk]).get(whole.pk)
    return Came(kind.pk, whole.relation, text, time, channel, amount, whole.worth, contract)


def largest_contracts(clients: Iterable[int]) -> dict[int, Decimal]:
    """The largest sum of a contract each of these clients has, in force or on the way there, with
    all that are one with it; two queries.
    """
    wholes = set(clients)
    cards = Client.objects.filter(Q(pk__in=wholes) | Q(root__in=wholes))
    whole = {pk: root or pk for pk, root in cards.values_list("pk", "root")}
    standing = Case.objects.filter(
        client__in=list(whole), kind="contract", closed_at=None, amount__isnull=False
    )
    largest: dict[int, Decimal] = {}
    sums = standing.order_by().values("client").annotate(largest=Max("amount"))
    for client, amount in sums.values_list("client", "largest"):
        largest[whole[client]] = max(amount, largest.get(whole[client], amount))
    return largest


def find_rule(came: Came) -> PriorityRule | None:
    """The rule that makes a request that came like this more or less urgent than its kind."""
    return rule_for(standing_rules(), came)


@dataclass(frozen=True)
class WouldChange:
    """A request that would have been as urgent as `becomes`, had the rule stood then."""

    case: Case
    was: str
    becomes: str


@dataclass(frozen=True)
class Look:
    """Which of the latest requests a rule would change; of how many."""

    of: int
    rows: list[WouldChange]


def look_at_rule(rule: PriorityRule, viewer: StaffViewer) -> Look:
    """The latest requests before this viewer, by the rules that stand and by the same with this one
    in its place; nothing is changed.
    """
    tickets = list(
        Ticket.objects.filter(case__in=Case.objects.visible_to(viewer))
        .select_related("case__client__root", "type")
        .order_by("-case_id")[:LOOKED_AT]
    )
    said, amounts = _first_words(tickets), amounts_of(one.pk for one in tickets)
    contracts = largest_contracts({one.case.client.whole_id for one in tickets})
    standing = standing_rules()
    others = [one for one in standing if one.pk != rule.pk]
    rows = []
    for ticket in tickets:
        words, amount = said.get(ticket.pk, ticket.said), amounts.get(ticket.pk)
        opened, client = ticket.case.opened_at, ticket.case.client
        contract = contracts.get(client.whole_id, Decimal(0))
        came = came_of(ticket.type, client, words, opened, amount=amount, contract=contract)
        was, becomes = _by(standing, came, ticket), _by([*others, rule], came, ticket)
        if was != becomes:
            rows.append(
                WouldChange(ticket.case, str(Priority(was).label), str(Priority(becomes).label))
            )
    return Look(len(tickets), rows)


def _by(rules: Sequence[PriorityRule], came: Came, ticket: Ticket) -> str:
    rule = rule_for(rules, came)
    return rule.priority if rule else ticket.type.priority


def _first_words(tickets: list[Ticket]) -> dict[int, str]:
    """How each began, in one query."""
    first: dict[int, str] = {}
    of_them = Remark.objects.filter(ticket__in=[one.pk for one in tickets], side="theirs")
    for ticket, text in of_them.order_by("pk").values_list("ticket", "text"):
        first.setdefault(ticket, text)
    return first
