"""Where programs tell us of mentions: signed, fresh, each notice once."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from zabota.common import clock
from zabota.outreach.passwords import NoPassword
from zabota.people.sign_in import client_address, count_try, is_throttled
from zabota.voice.actions.deliver import keep_notice
from zabota.voice.actions.sources import note_source
from zabota.voice.gathering.notices import (
    FRESH,
    LARGEST,
    MOST,
    NotNotice,
    check_body,
    check_signature,
    unknown_names,
)
from zabota.voice.models import Source, SourceKind
from zabota.voice.secrets import secret_of

WRONG, MINUTES = 30, 10


@csrf_exempt
@require_POST
def mention_notice(request: HttpRequest, key: str) -> JsonResponse:
    """A notice: 202 when it is kept, 200 when it was kept before, else what is wrong with it.

    Whoever does not sign learns nothing: an unknown address and a wrong signature look the same.
    """
    at, place = clock.now(), f"mentions:{client_address(request)}"
    if is_throttled(place, WRONG, at=at):
        return _refused(429, "throttled")
    try:
        body = request.body if _length(request) <= LARGEST else b""
    except RequestDataTooBig:
        body = b""
    if not body:
        return _refused(413, "too_large")
    source = _source_of(key)
    timestamp = request.headers.get("X-Zabota-Timestamp", "")
    signature = request.headers.get("X-Zabota-Signature", "")
    try:
        secret = secret_of(source) if source else "-"
        check_signature(secret, timestamp, signature, body, at.timestamp())
        if source is None:
            raise NotNotice("signature")
        count = check_body(body)
    except (NotNotice, NoPassword) as fault:
        code = fault.code if isinstance(fault, NotNotice) else "signature"
        if code in ("signature", "stale"):
            count_try(place, minutes=MINUTES, at=at)
        return _refused(401 if code in ("signature", "stale") else 400, code)
    mark = f"notice:{signature.strip().lower().removeprefix('sha256=')}"
    first = keep_notice(source, body, mark, by=None, at=at)
    note_source(source, "", by=None, at=at)
    said = {"accepted": count, "again": not first, "unknown": unknown_names(body)}
    return JsonResponse(said, status=202 if first else 200)


def _source_of(key: str) -> Source | None:
    """Compared in the same time, however much of it is right."""
    hooks = Source.objects.filter(kind=SourceKind.HOOK, closed_at=None)
    return next((one for one in hooks if constant_time_compare(one.key, key)), None)


def _length(request: HttpRequest) -> int:
    told = request.headers.get("Content-Length") or "0"
    return int(told) if told.isdecimal() and len(told) < 12 else LARGEST + 1


def _refused(status: int, code: str) -> JsonResponse:
    words = {
        "signature": gettext("The signature does not fit."),
        "stale": gettext("The notice is older than %(count)d seconds, or its clock is wrong.")
        % {"count": FRESH},
        "json": gettext("This is no JSON with mentions."),
        "too_many": gettext("More than %(count)d mentions at once.") % {"count": MOST},
        "too_large": gettext("The notice is empty or too large."),
        "throttled": gettext("Too many notices were refused. Try later."),
    }
    return JsonResponse(
        {"error": {"code": code, "message": words[code], "field": ""}}, status=status
    )
