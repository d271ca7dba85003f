"""Every page is made in its reader's language and zone."""

import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
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
        if request.method == "POST" and _has_nul(request):
            return HttpResponseBadRequest("A character that cannot be stored: NUL.")
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


def _has_nul(request: HttpRequest) -> bool:
    """NUL comes only from programs; no database stores it as text."""
    return any("\x00" in str(value) for _, values in request.POST.lists() for value in values)


def _browser_language(request: HttpRequest, default: str) -> str:
    accepted = request.headers.get("Accept-Language", "")
    for part in accepted.split(","):
        code = part.split(";")[0].strip()[:2].lower()
        if code in ("ru", "en"):
            return code
    return default
