"""Loaded once by the process that forks: Django, set up and not yet connected to anything."""

import os
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.support.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402

from zabota.config.settings import _database  # noqa: E402


def use(url: str, home: str) -> None:
    """Turns the default connection to another database; nothing has been asked of it before."""
    fresh = connections.configure_settings({"default": _database(url, Path(home))})
    connections.settings["default"] = fresh["default"]
    if hasattr(connections._connections, "default"):
        del connections["default"]
    settings.HOME = Path(home)
