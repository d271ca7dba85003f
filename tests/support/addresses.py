"""Every address of the product, with values put into its places."""

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import get_resolver
from django.urls.converters import IntConverter
from django.urls.resolvers import RoutePattern, URLPattern, URLResolver

# Addresses of libraries keep their own rules; ours wrap those that matter.
LIBRARIES = ("allauth.", "django.")
SAMPLE = {"int": "1", "uuid": "00000000-0000-4000-8000-000000000000"}


@dataclass(frozen=True)
class Address:
    """A route as written, the page it leads to, and the kinds of its places by name."""

    route: str
    page: Callable[..., Any]
    places: tuple[tuple[str, str], ...]

    @property
    def audience(self) -> str:
        """Whose page it is, as the access decorator says: staff, room, or empty."""
        return str(getattr(self.page, "audience", ""))

    @property
    def numbered(self) -> list[str]:
        return [name for name, kind in self.places if kind == "int"]

    def path(self, **values: object) -> str:
        """The address with these values; places without one get a sample."""
        kinds = dict(self.places)

        def fill(match: re.Match[str]) -> str:
            name = match.group(2)
            return str(values.get(name, SAMPLE.get(kinds[name], "x")))

        return "/" + re.sub(r"<(?:(\w+):)?(\w+)>", fill, self.route)

    def paths(self, numbers: range) -> Iterator[str]:
        """The address with every combination of these numbers in its numbered places."""
        for values in itertools.product(numbers, repeat=len(self.numbered)):
            yield self.path(**dict(zip(self.numbered, values, strict=True)))


def addresses() -> list[Address]:
    """Every address of our own pages."""
    return [
        address
        for address in walk(get_resolver().url_patterns, "", ())
        if not address.page.__module__.startswith(LIBRARIES)
    ]


def walk(
    patterns: list[Any], before: str, places: tuple[tuple[str, str], ...]
) -> Iterator[Address]:
    for pattern in patterns:
        assert isinstance(pattern.pattern, RoutePattern), f"{pattern} is no path()"
        here = tuple(
            (name, "int" if isinstance(kind, IntConverter) else type(kind).__name__[:-9].lower())
            for name, kind in pattern.pattern.converters.items()
        )
        route = before + str(pattern.pattern._route)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, route, places + here)
        elif isinstance(pattern, URLPattern):
            yield Address(route, pattern.callback, places + here)
