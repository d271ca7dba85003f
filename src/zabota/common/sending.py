"""Files and pages that stay between us and their reader: not cached, not guessed."""

import re

from django.http import HttpResponse
from django.utils.http import content_disposition_header

# What a browser may show in its own window without running anything in it.
SHOWN_IN_PLACE = {"application/pdf"}


def private[R: HttpResponse](response: R) -> R:
    """Nobody in between keeps a copy."""
    response["Cache-Control"] = "private, no-store"
    return response


def sent_file(data: bytes, name: str, media_type: str) -> HttpResponse:
    """A file under its name in the reader's letters (RFC 5987); shown in place if harmless."""
    response = HttpResponse(data, content_type=media_type)
    disposition = content_disposition_header(media_type not in SHOWN_IN_PLACE, file_name(name))
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return private(response)


def file_name(name: str) -> str:
    """A name every system takes: no slashes, colons and control characters, at most 150 letters."""
    plain = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*]+', "-", name).strip(" .-")
    stem, dot, ending = plain.rpartition(".")
    return f"{(stem or ending)[:150]}{dot}{ending}" if dot else plain[:150]
