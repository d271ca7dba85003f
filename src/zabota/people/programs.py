"""The one access decorator of pages for programs: JSON in and out, by a key of the firm's."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt

from zabota.common import clock
from zabota.people.access import StaffRequest, StaffViewer
from zabota.people.actions.programs import digest_of, note_use
from zabota.people.models import ApiKey
from zabota.people.refusal import Differs, Refused
from zabota.people.sign_in import client_address, count_try, is_throttled

WRONG_KEYS, MINUTES = 20, 10
A_MINUTE = 1200


class ProgramRequest(StaffRequest):
    """A request of a program: it acts as the employee its key stands for."""

    key: ApiKey


class Faulty(Exception):
    """What a program sent cannot be read: which field, and why, in words."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


def program_page[**P](
    scope: str,
) -> Callable[[Callable[P, HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """A page for programs whose key opens `scope`. Whatever goes wrong is told as
    {"error": {"code", "message", "field"}}, in the language the program asks for.
    """

    def guard(page: Callable[P, HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @csrf_exempt
        @wraps(page)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            refusal = _admit(request, scope)
            if refusal is not None:
                return refusal
            try:
                return cast(Callable[..., HttpResponseBase], page)(request, *args, **kwargs)
            except Faulty as faulty:
                return told(400, "faulty", str(faulty), faulty.field)
            except Differs as differs:
                return told(409, differs.code, str(differs), str(differs.params.get("field", "")))
            except Refused as refused:
                return told(422, refused.code, str(refused), str(refused.params.get("field", "")))
            except ValidationError as wrong:
                return told(422, "wrong", " ".join(wrong.messages))
            except PermissionDenied:
                return told(403, "forbidden", gettext("This key may not do that."))
            except Http404:
                return told(404, "not_found", gettext("There is no such thing here."))

        guarded.audience = "program"  # type: ignore[attr-defined]
        return guarded

    return guard


def told(status: int, code: str, message: str, field: str = "") -> JsonResponse:
    """An error as programs read it."""
    said = {"code": code, "message": message} | ({"field": field} if field else {})
    return JsonResponse({"error": said}, status=status)


def read_json(request: HttpRequest) -> dict[str, Any]:
    """The object a program sent; anything else is said to be wrong, and where."""
    try:
        read = json.loads(request.body, parse_float=str)
    except RequestDataTooBig:
        raise Faulty(gettext("That is too much at once: send it in portions.")) from None
    except UnicodeDecodeError:
        raise Faulty(gettext("This is no JSON in UTF-8.")) from None
    except (json.JSONDecodeError, RecursionError) as wrong:
        where = getattr(wrong, "lineno", 1)
        raise Faulty(gettext("This is no JSON: line %(line)s.") % {"line": where}) from None
    if not isinstance(read, dict):
        raise Faulty(gettext("An object is expected, in braces."))
    return read


def _admit(request: HttpRequest, scope: str) -> JsonResponse | None:
    at, address = clock.now(), f"key:{client_address(request)}"
    if is_throttled(address, WRONG_KEYS, at=at):
        return told(429, "too_many", gettext("Too many wrong keys. Try again later."))
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    key = _key_of(token.strip()) if kind.lower() == "bearer" else None
    if key is None:
        count_try(address, minutes=MINUTES, at=at)
        answer = told(401, "no_key", gettext("A key of this firm is needed."))
        answer["WWW-Authenticate"] = "Bearer"
        return answer
    if scope not in key.scopes:
        return told(403, "scope", gettext("This key does not open that."))
    if is_throttled(f"key:{key.pk}", A_MINUTE, at=at):
        return told(429, "too_often", gettext("Too many calls a minute. Slow down a little."))
    count_try(f"key:{key.pk}", minutes=1, at=at)
    note_use(key, at=at)
    program = cast(ProgramRequest, request)
    program.key, program.user = key, key.employee.user
    program.viewer = StaffViewer(key.employee.user, key.employee)
    return None


def _key_of(token: str) -> ApiKey | None:
    keys = ApiKey.objects.select_related("employee__user", "employee__team", "place")
    standing = keys.filter(closed_at=None, employee__dismissed_at=None)
    return standing.filter(digest=digest_of(token)).first() if token else None
