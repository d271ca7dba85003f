"""Kinds of drills there are: named by the app that has them, found by its name."""

from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule
from django.utils.translation import get_language


def all_drill_names() -> dict[str, dict[str, str]]:
    """Every kind of drill with its name in both languages: `drill_names()` in the `drill_kinds.py`
    of an upper app.
    """
    found: dict[str, dict[str, str]] = {}
    for config in apps.get_app_configs():
        upper = config.name.startswith("zabota.") and config.name != "zabota.people"
        if upper and config.module and module_has_submodule(config.module, "drill_kinds"):
            found.update(import_module(f"{config.name}.drill_kinds").drill_names())
    return found


def drill_kinds() -> dict[str, str]:
    """Every kind of drill by its name in the reader's language."""
    language = get_language() or "ru"
    return {kind: names[language] for kind, names in all_drill_names().items()}


def drill_names(kind: str) -> dict[str, str]:
    """One kind in both languages; a kind we do not know stands for itself."""
    return all_drill_names().get(kind, {"ru": kind, "en": kind})
