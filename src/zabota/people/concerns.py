"""Directions a power to approve may be for: named by the app that has them, found by its name."""

from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule


def concerns() -> dict[str, Any]:
    """Every direction with its name: `CONCERNS` in the `concerns.py` of an upper app."""
    found: dict[str, Any] = {}
    for config in apps.get_app_configs():
        upper = config.name.startswith("zabota.") and config.name != "zabota.people"
        if upper and config.module and module_has_submodule(config.module, "concerns"):
            found.update(import_module(f"{config.name}.concerns").CONCERNS)
    return found
