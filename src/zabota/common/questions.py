"""Questions a page asks whenever it is opened, put together once (decision 11): their values have
names, and a list of numbers may be among them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from zabota.common.prepared import Prepared


@dataclass(frozen=True)
class One:
    """A place for one number, word or moment."""


@dataclass(frozen=True)
class Numbers:
    """A place for a list of no more than `most` whole numbers, as in `pk__in`."""

    most: int


class Question[Row]:
    """A queryset with places for values, whose SQL is kept; it answers with whatever it yields.

    `make` builds it from the values, by name; it must use each of them and may look at none. An
    empty list has no rows, and nothing is asked; a list longer than its place is asked for in the
    ordinary way.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Row]], **places: One | Numbers) -> None:
        self.make, self.places = make, places
        self.prepared = Prepared(self._made)

    def __call__(self, **values: Any) -> list[Row]:
        """The rows for these values."""
        asked: list[Any] = []
        for name, place in self.places.items():
            if isinstance(place, One):
                asked.append(values[name])
                continue
            values[name] = given = list(dict.fromkeys(values[name]))
            if not given:
                return []
            # What is left of a list's place repeats its last number.
            asked += given + given[-1:] * (place.most - len(given))
            if len(given) > place.most:
                return list(self.make(**values))
        return self.prepared(*asked)

    def _made(self, *values: Any) -> QuerySet[Any, Row]:
        left = iter(values)
        return self.make(
            **{
                name: next(left) if isinstance(place, One) else list(islice(left, place.most))
                for name, place in self.places.items()
            }
        )
