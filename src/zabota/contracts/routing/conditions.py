"""Which stages a contract needs: conditions against the facts of the contract.

A stage adds an approval, so doubt adds it too: a comparison with a value that is missing or cannot
be compared holds. A stage is never skipped because somebody left a number out. Of a fact that is
UNKNOWN (a text nobody has read yet) every condition holds. A sum in another currency than the
firm's cannot be compared with the firm's sums: every condition that asks how large it is holds.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from zabota.contracts.routing.spec import Condition, RouteSpec, StageSpec

type Facts = Mapping[str, object]
type Comparable = Decimal | date | str

SIZES: Final = ("eq", "ne", "in", "gt", "ge", "lt", "le")

# A fact that may be anything: not the same as one that is empty.
UNKNOWN: Final = object()


def applicable(spec: RouteSpec, facts: Facts) -> tuple[StageSpec, ...]:
    """The stages this contract has to pass, in the order of their groups."""
    needed = (
        stage
        for stage in spec.stages
        if all(condition_holds(condition, facts, stage.concern) for condition in stage.conditions)
    )
    return tuple(sorted(needed, key=lambda stage: stage.group))


def condition_holds(condition: Condition, facts: Facts, concern: str = "") -> bool:
    """Whether a condition holds; `concern` is the stage's own, for `changed` without a field."""
    if facts.get(condition.field) is UNKNOWN:
        return True
    if condition.field == "sum" and facts.get("sum.foreign") and condition.op in SIZES:
        return True
    if condition.op == "changed":
        return bool(facts.get(condition.field or touched(concern)))
    fact = facts.get(condition.field)
    empty = is_empty(fact)
    match condition.op:
        case "filled":
            return not empty
        case "empty":
            return empty
        case "eq":
            return same(fact, condition.value)
        case "ne":
            return not same(fact, condition.value)
        case "in":
            wanted = condition.value if isinstance(condition.value, tuple) else ()
            return any(same(fact, value) for value in wanted)
        case "gt" | "ge" | "lt" | "le":
            return _compares(fact, condition.op, condition.value)


def surely_holds(condition: Condition, facts: Facts) -> bool:
    """Whether a condition holds beyond doubt. A variant agreed beforehand spares an approval, so
    doubt takes it away: what is unknown, empty or cannot be compared does not hold.
    """
    fact = facts.get(condition.field)
    if fact is UNKNOWN or condition.op == "changed":
        return False
    if condition.field == "sum" and facts.get("sum.foreign") and condition.op in SIZES:
        return False
    if condition.op != "empty" and is_empty(fact):
        return False
    if condition.op in ("gt", "ge", "lt", "le"):
        theirs = operand(condition.value)
        mine = _read(fact, like=theirs)
        if theirs is None or type(mine) is not type(theirs):
            return False
    return condition_holds(condition, facts)


def touched(concern: str) -> str:
    """The name of the fact that says whether the client changed a clause of this concern."""
    return f"direction.{concern}.touched"


def is_empty(fact: object) -> bool:
    """Whether nothing was filled in; 0 and «нет» are something."""
    return fact is None or (isinstance(fact, str) and not fact.strip()) or fact in ((), [])


def same(fact: object, value: object) -> bool:
    """Whether a fact is this value: numbers as numbers, dates as dates, words as they are."""
    if isinstance(fact, bool) or isinstance(value, bool):
        return fact is value
    if is_empty(fact):
        return is_empty(value)
    mine, theirs = _read(fact, like=value), _read(value, like=fact)
    return mine is not None and type(mine) is type(theirs) and mine == theirs


def operand(value: object) -> Decimal | date | None:
    """What an order is asked against: a number or a date (also written as text), or neither."""
    for like in (Decimal(), date.min):
        found = _read(value, like=like)
        if isinstance(found, Decimal | date):
            return found
    return None


def _read(value: object, like: object) -> Comparable | None:
    # Forms and JSON hand numbers and dates over as text: the other side says what kind is meant.
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        if _is_number(value) or _is_number(like):
            number = Decimal(str(value))
            return number if number.is_finite() else None
        if isinstance(like, date):
            return date.fromisoformat(str(value))
    except (InvalidOperation, ValueError):
        return None
    return str(value)


def _compares(fact: object, op: str, value: object) -> bool:
    theirs = operand(value)
    mine = _read(fact, like=theirs)
    if isinstance(mine, Decimal) and isinstance(theirs, Decimal):
        return _in_order(op, mine < theirs, mine == theirs)
    if isinstance(mine, date) and isinstance(theirs, date):
        return _in_order(op, mine < theirs, mine == theirs)
    return True


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _in_order(op: str, less: bool, equal: bool) -> bool:
    match op:
        case "gt":
            return not less and not equal
        case "ge":
            return not less
        case "lt":
            return less
        case _:
            return less or equal
