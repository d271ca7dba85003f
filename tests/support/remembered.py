"""What many tests begin with is done once: its outcome is kept as a file to stand on.

A function that is remembered makes something of a firm as it stands in a known file, by actions.
The first time it is done, and the file it leads to is kept; from then on whoever asks for the same
from the same beginning stands on that file at once. Where a test wrote anything before, it is done
anew.
"""

import functools
import pickle
from collections.abc import Callable, Hashable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from types import FunctionType
from typing import Any

from django.conf import settings
from django.db import connection

from tests.support import standing
from zabota.people.firm import NoFirm, current_firm

type Key = tuple[Hashable, ...]

_kept: dict[Key, tuple[Path, bytes, bytes]] = {}


class Nameless(Exception):
    """An argument by which nothing can be remembered."""


def remembered[**P, R](make: Callable[P, R]) -> Callable[P, R]:
    """The first argument is the world; it becomes what it was after the first time."""

    @functools.wraps(make)
    def once(*args: P.args, **kwargs: P.kwargs) -> R:
        place = standing.untouched()
        # A fixture is given its world by name.
        world: Any = args[0] if args else kwargs["world"]
        more = {name: value for name, value in kwargs.items() if value is not world}
        try:
            key = (place, make.__module__, make.__name__, *named(args[1:]), *named(more))
        except Nameless:
            place = None
        if place is None:
            return make(*args, **kwargs)
        if key not in _kept:
            before = pickle.dumps(vars(world))
            made = make(*args, **kwargs)
            after = pickle.dumps(vars(world))
            _kept[key] = (keep(), pickle.dumps(made), after if after != before else b"")
        path, found, state = _kept[key]
        standing.stand_on(path)
        if state:
            vars(world).update(pickle.loads(state))
        made = pickle.loads(found)
        know_the_firm()
        return made  # type: ignore[no-any-return]

    return once


def keep() -> Path:
    """The database as it stands inside this test's transaction, in a file of its own."""
    path = settings.HOME / f"remembered-{len(_kept)}.sqlite3"
    path.write_bytes(connection.connection.serialize())
    return path


def know_the_firm() -> None:
    """As whoever did it: the firm has been asked for, and is known in this process."""
    try:
        current_firm()
    except NoFirm:
        return


def named(values: Any) -> Iterator[Hashable]:
    """What tells one call from another; a small function is what its code and its words are."""
    for value in values.items() if isinstance(values, Mapping) else values:
        match value:
            case None | str() | int() | datetime():
                yield value
            case tuple() | list() | Mapping():
                yield (type(value).__name__, *named(value))
            case FunctionType():
                cells = [cell.cell_contents for cell in value.__closure__ or ()]
                code = value.__code__
                # Names of its module stand for what they stand for there.
                yield (value.__module__, code.co_code, code.co_names)
                yield from (*named(code.co_consts), *named(cells))
            case _:
                raise Nameless
