"""Loaded once by the process that forks: Django, set up and not yet connected to anything, and what
the functions of tests need. What is not loaded here every forked process loads for itself: that was
a second of a processor each, where most do a twentieth of a second's work.
"""

import gc
import os
from importlib import import_module
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.support.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402

from zabota.config.settings import _database  # noqa: E402

for _name in ("tests.contracts.worlds", "zabota.home.work", "zabota.config.urls"):
    import_module(_name)
# What is forked shares all of this; nobody looks through it again.
gc.collect()
gc.freeze()


def use(url: str, home: str) -> None:
    """Turns the default connection to another database; nothing has been asked of it before."""
    fresh = connections.configure_settings({"default": _database(url, Path(home))})
    connections.settings["default"] = fresh["default"]
    if hasattr(connections._connections, "default"):
        del connections["default"]
    settings.HOME = Path(home)
    if (key := Path(home) / "secret-key").exists():
        # A site's own: what it signs is read here, too.
        settings.SECRET_KEY = key.read_text()
