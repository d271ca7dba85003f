"""Every page is made in its reader's language and zone."""

import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone, translation

from zabota.people.firm import firm_of

LANGUAGE_COOKIE = settings.LANGUAGE_COOKIE_NAME


class ReaderMiddleware:
    """Sets the firm, the language and the zone; a signed-in reader's own choice goes first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(settings.STATIC_URL):
            return self.get_response(request)
        _drop_nul(request)
        user = request.user
        firm = firm_of(user)
        request.firm = firm  # type: ignore[attr-defined]
        language = (
            user.language
            if user.is_authenticated
            else request.COOKIES.get(LANGUAGE_COOKIE) or _browser_language(request, firm.language)
        )
        zone = user.zone if user.is_authenticated else firm.zone
        with translation.override(language if language in ("ru", "en") else firm.language):
            request.LANGUAGE_CODE = translation.get_language() or "ru"
            with timezone.override(zoneinfo.ZoneInfo(zone)):
                response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


def _drop_nul(request: HttpRequest) -> None:
    """NUL is not seen by who typed and is stored by no database: the words go on without it."""
    if "%00" in request.META.get("QUERY_STRING", ""):
        request.GET = _without_nul(request.GET)  # type: ignore[assignment]
    if request.method == "POST" and any("\x00" in text for text in _texts(request.POST)):
        request.POST = _without_nul(request.POST)  # type: ignore[assignment]


def _texts(sent: QueryDict) -> list[str]:
    return [str(text) for name, texts in sent.lists() for text in (name, *texts)]


def _without_nul(sent: QueryDict) -> QueryDict:
    clean = QueryDict(mutable=True, encoding=sent.encoding)
    for name, texts in sent.lists():
        clean.setlist(name.replace("\x00", ""), [str(text).replace("\x00", "") for text in texts])
    return clean


def _browser_language(request: HttpRequest, default: str) -> str:
    accepted = request.headers.get("Accept-Language", "")
    for part in accepted.split(","):
        code = part.split(";")[0].strip()[:2].lower()
        if code in ("ru", "en"):
            return code
    return default
