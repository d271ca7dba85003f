"""Whether conditions of one stage can ever hold together. Certain contradictions only: no guesses.

An order asked of an empty field holds out of caution (see `conditions`), but nobody writes "over
100 and under 50" to catch contracts without a sum: such values are not tried here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from zabota.contracts.routing.conditions import condition_holds, operand
from zabota.contracts.routing.spec import Condition

ORDERS = ("gt", "ge", "lt", "le")
A_DAY = timedelta(days=1)
A_WORD_NOBODY_ASKS_ABOUT = "\0"


def contradict(conditions: Iterable[Condition]) -> bool:
    """Whether no contract with its fields filled in can meet every one of these conditions."""
    of_field: dict[str, list[Condition]] = defaultdict(list)
    for condition in conditions:
        if condition.op != "changed":
            of_field[condition.field].append(condition)
    return any(_never(asked) for asked in of_field.values())


def _never(asked: list[Condition]) -> bool:
    """Conditions on one field: try every value at which an answer can change."""
    return not any(
        all(condition_holds(condition, {condition.field: value}) for condition in asked)
        for value in _candidates(asked)
    )


def _candidates(asked: list[Condition]) -> Iterator[object]:
    named: list[object] = []
    for condition in asked:
        value = condition.value
        named.extend(value if isinstance(value, tuple) else (value,))
    edges = {edge for edge in map(operand, named) if edge is not None}
    yield from _numbers(sorted(edge for edge in edges if isinstance(edge, Decimal)))
    for day in (edge for edge in edges if isinstance(edge, date)):
        yield day
        yield from (day - A_DAY,) if day > date.min else ()
        yield from (day + A_DAY,) if day < date.max else ()
    if not edges or all(condition.op not in ORDERS for condition in asked):
        yield from (None, A_WORD_NOBODY_ASKS_ABOUT, True, False, *named)


def _numbers(edges: list[Decimal]) -> Iterator[Decimal]:
    yield from edges
    yield from ((low + high) / 2 for low, high in pairwise(edges))
    if edges:
        yield from (edges[0] - 1, edges[-1] + 1)
