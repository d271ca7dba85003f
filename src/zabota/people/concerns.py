"""What a power may be for: named by the app that has it, found by its name."""

from importlib import import_module
from types import ModuleType
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule


def concerns() -> dict[str, Any]:
    """Every direction with its name: `CONCERNS` in the `concerns.py` of an upper app."""
    found: dict[str, Any] = {}
    for module in _modules():
        found.update(module.CONCERNS)
    return found


def all_concerns() -> dict[str, Any]:
    """The same with what the firm itself made, by `made_by_firm()` of those modules: scripts."""
    found = concerns()
    for module in _modules():
        if hasattr(module, "made_by_firm"):
            found.update(module.made_by_firm())
    return found


def concern_name(slug: str) -> str:
    """What a power is for, in the reader's language; what nobody knows stands for itself."""
    known = concerns()
    return str(known[slug] if slug in known else all_concerns().get(slug, slug))


def _modules() -> list[ModuleType]:
    found = []
    for config in apps.get_app_configs():
        upper = config.name.startswith("zabota.") and config.name != "zabota.people"
        if upper and config.module and module_has_submodule(config.module, "concerns"):
            found.append(import_module(f"{config.name}.concerns"))
    return found
