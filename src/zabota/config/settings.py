"""Settings of one installation: everything comes from ZABOTA_HOME and a few environment
variables.
"""

import os
import secrets
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from zabota.common.addresses import proxies_of

PACKAGE = Path(__file__).resolve().parent.parent


def _default_home() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "zabota"
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "zabota"


def _secret(home: Path) -> str:
    """The secret key of this home, made at the first start and readable by its owner only."""
    path = home / "secret-key"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            handle.write(secrets.token_urlsafe(48))
    return path.read_text()


def _database(url: str, home: Path) -> dict[str, Any]:
    """SQLite in the home by default; PostgreSQL where ZABOTA_DATABASE_URL says so."""
    if not url or url.startswith("sqlite"):
        path = unquote(urlsplit(url).path) if url else str(home / "zabota.sqlite3")
        synchronous = os.environ.get("ZABOTA_SQLITE_SYNCHRONOUS", "NORMAL").upper()
        if synchronous not in {"NORMAL", "FULL"}:
            raise ValueError("ZABOTA_SQLITE_SYNCHRONOUS is NORMAL or FULL")
        return {
            "ENGINE": "zabota.common.sqlite",
            "NAME": path,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # To read the text of a large statement takes SQLite ten times as long as to answer
                # it; pages and the worker send more of them than the 128 it would remember.
                "cached_statements": 400,
                "init_command": (
                    f"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous};"
                    "PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;"
                ),
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("ZABOTA_DATABASE_URL begins with postgresql:// or sqlite:///")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


HOME = Path(os.environ.get("ZABOTA_HOME") or _default_home()).expanduser().resolve()
DEMO = os.environ.get("ZABOTA_DEMO") == "1"
DEBUG = os.environ.get("ZABOTA_DEBUG") == "1"
SECRET_KEY = os.environ.get("ZABOTA_SECRET_KEY") or _secret(HOME)
BASE_URL = os.environ.get("ZABOTA_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
# Clients may reach their room by another name of the same server, as in the demo.
ROOM_URL = os.environ.get("ZABOTA_ROOM_URL", BASE_URL).rstrip("/")
ALLOWED_HOSTS = [
    *(h for h in os.environ.get("ZABOTA_HOSTS", "").split(",") if h),
    *{urlsplit(BASE_URL).hostname or "", urlsplit(ROOM_URL).hostname or ""},
    "127.0.0.1",
    "localhost",
]
CSRF_TRUSTED_ORIGINS = sorted({BASE_URL, ROOM_URL})
# Whom to believe about where a request comes from; by default nobody.
PROXIES = proxies_of(os.environ.get("ZABOTA_PROXIES", ""))
CSRF_FAILURE_VIEW = "zabota.config.failures.csrf_failure"

INSTALLED_APPS = [
    "zabota.common",
    "zabota.journal",
    "zabota.people",
    "zabota.clients",
    "zabota.cases",
    "zabota.outreach",
    "zabota.loyalty",
    "zabota.goodwill",
    "zabota.orders",
    "zabota.tickets",
    "zabota.contracts",
    "zabota.voice",
    "zabota.referrals",
    "zabota.insight",
    "zabota.home",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks_db",
    "django_htmx",
    "lucide",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "zabota.people.middleware.ReaderMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "zabota.config.urls"
WSGI_APPLICATION = "zabota.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "zabota.home.context.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "zabota.common.templatetags.zabota_ui",
            ],
        },
    },
]

DATABASES = {"default": _database(os.environ.get("ZABOTA_DATABASE_URL", ""), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["zabota.people.sign_in.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "zabota.people.sign_in.StaffAdapter"
# Throttles live in a table (people.Throttle), shared by all processes, not in allauth's cache.
ACCOUNT_RATE_LIMITS: dict[str, str] = {}
ACCOUNT_SESSION_REMEMBER = True
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True

SESSION_ENGINE = "zabota.people.sessions"
SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_COOKIES = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = SECURE_COOKIES
CSRF_COOKIE_SECURE = SECURE_COOKIES
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if SECURE_COOKIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
}

LANGUAGE_CODE = os.environ.get("ZABOTA_LANGUAGE", "ru")
LANGUAGES = [("ru", _("Russian")), ("en", _("English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
# Files are found in the package itself, so nothing has to be collected before the first start.
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
FILES_ROOT = HOME / "files"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": FILES_ROOT},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
# Networks inside whose pages and feeds may be read though they are not public, by commas.
REACHED_INSIDE = [one for one in os.environ.get("ZABOTA_REACHED_INSIDE", "").split(",") if one]
UPLOAD_LIMIT = 20 * 1024 * 1024

CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def _mailer() -> dict[str, Any]:
    """How letters leave: SMTP by ZABOTA_SMTP_URL (smtp:// or smtps://user:password@host:port)."""
    url = os.environ.get("ZABOTA_SMTP_URL", "")
    if not url:
        folder = str(HOME / "mail")
        return {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": folder},
        }
    parts = urlsplit(url)
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname or "127.0.0.1",
            "port": parts.port or (465 if parts.scheme == "smtps" else 25),
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_ssl": parts.scheme == "smtps",
            "use_tls": "starttls" in parts.query,
            "timeout": 20,
        },
    }


MAILERS = {"default": _mailer()}
DEFAULT_FROM_EMAIL = os.environ.get("ZABOTA_FROM", "zabota@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"discreet": {"()": "zabota.config.discreet.Discreet"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["discreet"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Who may not or finds nothing is no fault of ours; faults still stand in the log.
    "loggers": {"django.request": {"level": "ERROR"}, "django.security": {"level": "ERROR"}},
}
