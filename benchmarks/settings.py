"""The product's own settings, with one more address: an empty view."""

from zabota.config.settings import *  # noqa: F403
from zabota.config.settings import HOME

ROOT_URLCONF = "benchmarks.urls"
# The sample firm's passwords are hashed fast; nobody signs in by them here.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
(HOME / "static").mkdir(parents=True, exist_ok=True)
