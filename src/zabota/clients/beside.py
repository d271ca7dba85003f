"""What upper apps know of a client, shown beside their card: told by the app that has it, found by
its name.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from zabota.clients.models import Client
from zabota.people.access import StaffViewer


@dataclass(frozen=True)
class Beside:
    """A part of the page: its template reads `part.context`."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


def beside_client(client: Client, viewer: StaffViewer) -> list[Beside]:
    """`beside_client(client, viewer)` in the `beside.py` of each upper app that has something to
    say of this client to this reader.
    """
    parts = (module.beside_client(client, viewer) for module in _modules())
    return [part for part in parts if part is not None]


@cache
def _modules() -> tuple[ModuleType, ...]:
    return tuple(_found())


def _found() -> Iterator[ModuleType]:
    for config in apps.get_app_configs():
        upper = config.name.startswith("zabota.") and config.name != "zabota.clients"
        if upper and config.module and module_has_submodule(config.module, "beside"):
            yield import_module(f"{config.name}.beside")
