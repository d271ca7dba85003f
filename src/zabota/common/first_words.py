"""Addresses found by their first word: of two hundred only those are tried that begin so."""

from collections.abc import Iterable

from django.urls import URLPattern, URLResolver, include, path


def by_first_word(urls: Iterable[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """The same addresses; those with a first word («tickets/…») stand together below it, in their
    order.
    """
    found: list[URLPattern | URLResolver] = []
    below: dict[str, list[URLPattern | URLResolver]] = {}
    for one in urls:
        first, slash, rest = str(one.pattern).partition("/")
        if not slash or "<" in first or isinstance(one, URLResolver):
            found.append(one)
            continue
        if first not in below:
            below[first] = []
            found.append(path(f"{first}/", include(below[first])))
        below[first].append(path(rest, one.callback, one.default_args, one.name))
    return found
