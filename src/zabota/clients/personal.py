"""What upper apps keep of a person: told by the app that has it, found by its name."""

from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from zabota.clients.models import Contact


def kept_elsewhere(contact: Contact) -> dict[str, Any]:
    """For whoever takes their data along: `told_of(contact)` in the `personal.py` of each upper
    app, as plain values by name.
    """
    found: dict[str, Any] = {}
    for config in apps.get_app_configs():
        upper = config.name.startswith("zabota.") and config.name != "zabota.clients"
        if upper and config.module and module_has_submodule(config.module, "personal"):
            found.update(import_module(f"{config.name}.personal").told_of(contact))
    return found
