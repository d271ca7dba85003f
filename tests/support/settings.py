"""The settings of a test run: the product's own, in a home of its own that goes away afterwards."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# Set once by the first process of a run; the workers it starts inherit it.
if "ZABOTA_TEST_HOME" not in os.environ:
    os.environ["ZABOTA_TEST_HOME"] = tempfile.mkdtemp(prefix="zabota-test-")
    atexit.register(shutil.rmtree, os.environ["ZABOTA_TEST_HOME"], ignore_errors=True)

_home = Path(os.environ["ZABOTA_TEST_HOME"], os.environ.get("PYTEST_XDIST_WORKER", "one"))
_home.mkdir(parents=True, exist_ok=True)
for _name in [name for name in os.environ if name.startswith("ZABOTA_")]:
    if not _name.startswith("ZABOTA_TEST_") and _name not in {"ZABOTA_DATA", "ZABOTA_SHOTS"}:
        del os.environ[_name]
(_home / "static").mkdir(exist_ok=True)
os.environ["ZABOTA_HOME"] = str(_home)
os.environ["ZABOTA_BASE_URL"] = "http://testserver"

from zabota.config.cli.catalogs import compile_catalogs  # noqa: E402
from zabota.config.cli.checkout import stale_catalogs  # noqa: E402

# Sentences are read in both languages; ./zabota compiles them, a bare pytest does it here: Django
# reads them once, as soon as it is set up, which is before any conftest.
compile_catalogs(stale_catalogs())

from zabota.config.settings import *  # noqa: E402, F403

# Hashing a password as slowly as production does would be most of what the tests do.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

MIDDLEWARE = [  # Each test's browser would look through all static files for itself.
    "tests.support.static.FoundOnce" if name.startswith("whitenoise.") else name
    for name in MIDDLEWARE  # noqa: F405
]
