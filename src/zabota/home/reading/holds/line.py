"""From what is known of a счёт to its line: which steps there are, who said how long each takes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from zabota.clients.models import Client
from zabota.common.counted import ENOUGH, Counted
from zabota.common.working_time import Calendar
from zabota.contracts.models import SETTLED, ContractState
from zabota.home.reading.holds.past import DAY_MINUTES, ContractNow, Past, read_past
from zabota.orders.models import Hold, HoldRule
from zabota.orders.timeline import Clock, Line, Said, Step, Takes, end_of_day, lay_line

# Of fewer of one's own nothing is told of this client.
ENOUGH_OF_ONE: Final = 3
NOBODY = Counted()


@dataclass(frozen=True)
class Known:
    """What a colleague knows when they promise: whose, which contract is being agreed and whether
    ours agrees, too; what the client said; the truck; what is still to be approved.
    """

    client: int
    agreement: int | None = None
    needs_ours: bool = False
    client_until: date | None = None
    comes_on: date | None = None


def known_of(hold: Hold) -> Known:
    """What is known of a hold that is promised (its case read along)."""
    client: Client = hold.case.client
    return Known(
        client.whole_id, hold.agreement_id, hold.needs_ours, hold.client_until, hold.comes_on
    )


def lay_holds(
    holds: Collection[Hold], rule: HoldRule, calendar: Calendar, *, at: datetime
) -> Mapping[int, Line]:
    """The line of each hold as things stand now; the number of queries does not depend on how
    many there are.
    """
    known = {hold.pk: known_of(hold) for hold in holds}
    agreements = (one.agreement for one in known.values() if one.agreement is not None)
    past = read_past((one.client for one in known.values()), agreements, calendar, at=at)
    begun = {hold.pk: hold.case.opened_at for hold in holds}
    return {
        pk: lay_for(one, past, rule, calendar, at=at, since=begun[pk]) for pk, one in known.items()
    }


def lay_for(
    known: Known,
    past: Past,
    rule: HoldRule,
    calendar: Calendar,
    *,
    at: datetime,
    since: datetime | None = None,
) -> Line:
    """The line from its beginning, which is now where it is only quoted: approvals, payment,
    delivery.
    """
    contract = past.contracts.get(known.agreement or 0)
    steps = _approvals(known, contract, past, rule, calendar, at)
    # Who pays after the goods left has nothing to pay before.
    if known.client not in past.deferral:
        agreed = contract.agreed_at if contract is not None else None
        steps.append(replace(_payment(known, past, rule), not_before=agreed))
    comes = end_of_day(known.comes_on, calendar) if known.comes_on is not None else None
    delivery = working_days(calendar, rule.delivery_takes)
    steps.append(Takes(Step.DELIVERY, Clock.WORKING, Said.RULE, delivery, not_before=comes))
    return lay_line(since or at, steps, calendar, now=at)


def working_days(calendar: Calendar, count: int) -> timedelta:
    """So many working days as working time: by the longest day of the firm's week."""
    return count * working_day(calendar)


def working_day(calendar: Calendar) -> timedelta:
    """How much one works in a usual day."""
    lengths = [
        sum((one.closes - one.opens for one in hours), timedelta())
        for hours in calendar.week.values()
    ]
    return max(lengths, default=timedelta()) or timedelta(hours=8)


def _approvals(
    known: Known,
    contract: ContractNow | None,
    past: Past,
    rule: HoldRule,
    calendar: Calendar,
    at: datetime,
) -> list[Takes]:
    """Who has the contract goes first; what is agreed takes nothing any more."""
    if contract is not None and contract.state in SETTLED:
        return []
    ours = known.needs_ours or contract is not None
    if contract is not None and contract.state == ContractState.REVIEW:
        said = known.client_until is not None
        after = [_client(known, contract, past, rule, calendar)] if said else []
        return [_ours(contract, past, rule, calendar, at), *after]
    client = _client(known, contract, past, rule, calendar)
    return [client, _ours(contract, past, rule, calendar, at)] if ours else [client]


def _client(
    known: Known, contract: ContractNow | None, past: Past, rule: HoldRule, calendar: Calendar
) -> Takes:
    """Their own date by the contract or in their word, whichever is later; their history; that of
    all clients; the firm's rule.
    """
    days: list[tuple[datetime, Said]] = []
    if contract is not None and contract.client_due is not None:
        days.append((contract.client_due, Said.ROUTE))
    if known.client_until is not None:
        days.append((end_of_day(known.client_until, calendar), Said.TOLD))
    if days:
        moment, said = max(days, key=lambda one: one[0])
        return Takes(Step.CLIENT, Clock.CALENDAR, said, moment)
    since = contract.client_since if contract is not None else None
    return replace(_client_by_history(known, past, rule), not_before=since)


def _client_by_history(known: Known, past: Past, rule: HoldRule) -> Takes:
    own = past.of_client.get(known.client, NOBODY)
    for counted, said, least in (
        (own, Said.HISTORY, ENOUGH_OF_ONE),
        (past.of_all, Said.OTHERS, ENOUGH),
    ):
        if counted.count >= least:
            return _counted(Step.CLIENT, Clock.CALENDAR, said, counted)
    return Takes(Step.CLIENT, Clock.CALENDAR, Said.RULE, timedelta(days=rule.client_takes))


def _ours(
    contract: ContractNow | None, past: Past, rule: HoldRule, calendar: Calendar, at: datetime
) -> Takes:
    """What was promised in the contract; else the median of past ones without what is used
    already, with their ninth decile; else the firm's rule.
    """
    used = contract.ours_used if contract is not None else timedelta()
    since = at if contract is not None else None
    ninth = past.ours.ninth
    left = None if ninth is None else max(timedelta(), timedelta(minutes=ninth) - used)
    if contract is not None and contract.ours_due is not None and contract.ours_due > at:
        return Takes(
            Step.OURS, Clock.WORKING, Said.PROMISED, contract.ours_due, left, past.ours.count, since
        )
    median = past.ours.median
    if median is not None and past.ours.count >= ENOUGH:
        usual = max(timedelta(), timedelta(minutes=median) - used)
        return Takes(Step.OURS, Clock.WORKING, Said.HISTORY, usual, left, past.ours.count, since)
    rules = working_days(calendar, rule.ours_takes)
    return Takes(
        Step.OURS, Clock.WORKING, Said.RULE, max(timedelta(), rules - used), not_before=since
    )


def _payment(known: Known, past: Past, rule: HoldRule) -> Takes:
    own = past.payments.get(known.client, NOBODY)
    if own.count >= ENOUGH_OF_ONE:
        return _counted(Step.PAYMENT, Clock.CALENDAR, Said.HISTORY, own)
    return Takes(Step.PAYMENT, Clock.CALENDAR, Said.RULE, timedelta(days=rule.payment_takes))


def _counted(step: Step, clock: Clock, said: Said, counted: Counted) -> Takes:
    median, ninth = counted.median or 0, counted.ninth
    return Takes(
        step,
        clock,
        said,
        timedelta(minutes=median),
        None if ninth is None else timedelta(minutes=ninth),
        counted.count,
    )


__all__ = ["DAY_MINUTES", "Known", "known_of", "lay_for", "lay_holds", "working_day"]
