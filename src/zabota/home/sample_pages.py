"""Pages only a sample firm has: the style guide, and the letters that would have left."""

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from zabota.common import clock
from zabota.common.styleguide import sample

MOST = 200


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every part in every state."""
    return render(request, "common/styleguide.html", sample(clock.now(), request.path))


def letters(request: HttpRequest) -> HttpResponse:
    """Letters of the sample firm, the newest first: in a demo they stay on this machine."""
    found = [_head(file) for file in _files()[:MOST]]
    return render(request, "home/letters.html", {"letters": found})


def letter(request: HttpRequest, name: str) -> HttpResponse:
    """One letter as text, with its links to press."""
    file = next((file for file in _files() if file.stem == name), None)
    if file is None:
        raise Http404
    message = _read(file)
    body = message.get_body(("plain",))
    words = body.get_content() if body else ""
    return render(request, "home/letter.html", {**_head(file), "words": words})


def _files() -> list[Path]:
    folder = settings.HOME / "mail"
    return sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)


def _read(file: Path) -> EmailMessage:
    data = file.read_bytes().rpartition(b"-" * 79)[0] or file.read_bytes()
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def _head(file: Path) -> dict[str, Any]:
    message = _read(file)
    return {
        "name": file.stem,
        "to": message["To"],
        "subject": message["Subject"],
        "at": message["Date"].datetime,
    }


urls = [
    path("styleguide/", styleguide, name="styleguide"),
    path("demo/mail/", letters, name="demo-letters"),
    path("demo/mail/<slug:name>/", letter, name="demo-letter"),
]
