"""The firm's people as the routing engine reads them, and the facts of a contract it asks about."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from zabota.contracts.concerns import CONCERNS
from zabota.contracts.currencies import USUAL, currency_code
from zabota.contracts.models import Change, Contract
from zabota.contracts.routing import Person, PowerGrant, Staff, StandIn
from zabota.contracts.routing.conditions import UNKNOWN
from zabota.contracts.typed_passport import still_unknown, typed_values
from zabota.people.models import PowerKind
from zabota.people.who_may import PersonPicture, StaffPicture, staff_picture


def staff_at(at: datetime) -> Staff:
    """Everyone who may be asked, as of now; the number of queries does not depend on how many."""
    picture = staff_picture(at)
    return Staff(
        people={pk: _person(person) for pk, person in picture.people.items()},
        teams={str(pk): members for pk, members in picture.teams.items()},
        administrators=picture.administrators,
        stand_ins=tuple(_stand_ins(picture)),
    )


def _person(person: PersonPicture) -> Person:
    grants = []
    for power in person.powers:
        if power.kind != PowerKind.APPROVE:
            continue
        for concern in [power.concern] if power.concern else list(CONCERNS):
            since, until = power.since, power.until
            grants.append(PowerGrant(concern, power.limit, since, until, power.currency))
    return Person(
        id=person.employee, lead=person.lead, powers=tuple(grants), absences=person.absences
    )


def _stand_ins(picture: StaffPicture) -> Iterable[StandIn]:
    for row in picture.stand_ins:
        # Nothing named means that everything is lent; else approving has to be among it.
        lent = None if not row.kinds or PowerKind.APPROVE in row.kinds else frozenset[str]()
        if lent is None:
            lent = _usable(picture.people[row.employee], picture.people[row.substitute])
        yield StandIn(row.employee, row.substitute, lent, row.since, row.until)


def _usable(lender: PersonPicture, substitute: PersonPicture) -> frozenset[str] | None:
    """Directions of those powers to approve for which the substitute passed the drill they need;
    None where nothing is wanting.
    """
    own = [power for power in lender.powers if power.kind == PowerKind.APPROVE]
    usable = [power for power in own if substitute.may_use(power)]
    if len(usable) == len(own):
        return None
    return frozenset(
        concern for power in usable for concern in ([power.concern] if power.concern else CONCERNS)
    )


def contract_facts(
    contract: Contract, values: Mapping[str, str], changes: Iterable[Change]
) -> dict[str, Any]:
    """What conditions of a route may ask: fields, the sum, the client's kind, directions
    touched.

    Of a text on the client's paper, what nobody has typed yet is unknown and every direction is
    touched: it is all the client's words.
    """
    foreign = contract.foreign_paper
    touched = set(CONCERNS) if foreign else {change.concern for change in changes}
    known = {**typed_values(contract), **values}
    facts: dict[str, Any] = {
        **known,
        "sum": contract_sum(known),
        "sum.currency": sum_currency(known),
        "sum.foreign": sum_currency(known) != USUAL,
        "owner": contract.case.owner_id,
        "client.kind": contract.case.client.relation or contract.case.client.kind,
        "foreign_paper": foreign,
        **{f"direction.{concern}.touched": concern in touched for concern in CONCERNS},
    }
    if foreign:
        unknown = still_unknown(contract, known)
        facts |= dict.fromkeys(unknown, UNKNOWN)
        if facts["sum"] is None:
            facts["sum"] = UNKNOWN
    return facts


def sum_currency(values: Mapping[str, str]) -> str:
    """The code of the currency the sum is in: the firm's own where the form asks for none; words
    nobody knows a code for are some other currency.
    """
    words = values.get("currency", "").strip()
    return currency_code(values) or words or USUAL


def contract_sum(values: Mapping[str, str]) -> Decimal | None:
    """The contract's sum: the field `price`, as every shipped form calls it."""
    for name in ("price", "total", "rent", "fee"):
        try:
            return Decimal(values[name])
        except (KeyError, InvalidOperation):
            continue
    return None
