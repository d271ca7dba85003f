"""What upper apps take in from files: told by the app that has it, found by its name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils.functional import Promise as LazyText
from django.utils.module_loading import module_has_submodule

from zabota.clients.models import Import
from zabota.clients.tables import Fault

NEW, CHANGED, SAME = "new", "changed", "same"


@dataclass
class Brought:
    """One thing of a file: from which row on, how it reads, what is wrong in which row, whether it
    is here already just so, or otherwise.
    """

    row: int
    said: str
    thing: Any
    faults: list[tuple[int, Fault]] = field(default_factory=list)
    there: bool = False
    changes: bool = False


@dataclass(frozen=True)
class Took:
    """What became of it: new, changed (and what of which number) or the same as before."""

    how: str
    number: str = ""
    what: str = ""


@dataclass(frozen=True)
class Bringing:
    """A kind of file an upper app takes in. Without `fields` it is no table: nobody is asked which
    column is what.
    """

    count: Callable[[bytes], tuple[dict[str, int], int]]
    judge: Callable[[Import], Sequence[Brought]]
    take: Callable[[Import, Brought, datetime], Took]
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    needed: tuple[str, ...] = ()
    # Of each group one at least is needed.
    needed_one_of: tuple[tuple[str, ...], ...] = ()
    # Rows with the same value here are one thing, taken or refused together.
    whole_by: str = ""
    names: Mapping[str, LazyText] = field(default_factory=dict)
    faults: Mapping[str, LazyText] = field(default_factory=dict)


def bringing_of(kind: str) -> Bringing | None:
    """Who takes in files of this kind: `BRINGING` in the `bringing.py` of an upper app."""
    for config in apps.get_app_configs():
        upper = config.name.startswith("zabota.") and config.name != "zabota.clients"
        if upper and config.module and module_has_submodule(config.module, "bringing"):
            found: Bringing | None = import_module(f"{config.name}.bringing").BRINGING.get(kind)
            if found is not None:
                return found
    return None
