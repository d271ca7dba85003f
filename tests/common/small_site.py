"""A small server on loopback for pages of the design system: what it answers, a test says."""

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import QueryDict
from django.http.multipartparser import MultiPartParser
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
POLICY = "; ".join(f"{name} {' '.join(allowed)}" for name, allowed in settings.SECURE_CSP.items())


class Answer(NamedTuple):
    """What the server says to one request."""

    body: str = ""
    status: int = 200
    media_type: str = "text/html"
    headers: tuple[tuple[str, str], ...] = ()


Form = dict[str, str]
Respond = Callable[[str, Form], Answer]


class SmallSite:
    """Pages and answers of one test; `asked` holds the addresses and forms that came."""

    def __init__(self) -> None:
        self.answers: dict[str, Respond] = {}
        self.asked: list[tuple[str, Form]] = []
        handler = type("BoundHandler", (Handler,), {"site": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, address: str, form: Form) -> Answer:
        path = urlsplit(address).path
        if path.startswith("/static/"):
            file = finders.find(path.removeprefix("/static/"))
            assert isinstance(file, str), path
            return Answer(Path(file).read_text(), media_type=TYPES[Path(file).suffix])
        if path not in self.answers:
            return Answer(status=404)
        self.asked.append((address, form))
        return self.answers[path](address, form)

    def page(self, path: str, body: str) -> None:
        """A page of the room with this body, with all styles, scripts and the strict policy."""
        source = (
            f"{{% extends 'common/base_room.html' %}}{{% block content %}}{body}{{% endblock %}}"
        )
        self.answers[path] = lambda address, form: Answer(whole(source))

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class Handler(BaseHTTPRequestHandler):
    """Reads a request, hands it to the site, writes its answer."""

    site: SmallSite

    def do_GET(self) -> None:
        self.give(self.site.answer(self.path, {}))

    def do_POST(self) -> None:
        length = self.headers["Content-Length"]
        body = self.rfile.read(int(length))
        meta = {"CONTENT_TYPE": self.headers["Content-Type"], "CONTENT_LENGTH": length}
        if meta["CONTENT_TYPE"].startswith("multipart/"):
            fields, _ = MultiPartParser(meta, BytesIO(body), []).parse()
        else:
            fields = QueryDict(body)
        self.give(self.site.answer(self.path, {name: str(fields[name]) for name in fields}))

    def give(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", f"{answer.media_type}; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.end_headers()
        if answer.status != 204:
            self.wfile.write(answer.body.encode())

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are remembered by the site, not printed."""


def whole(source: str, **given: Any) -> str:
    """A page from the source of a template, in Russian."""
    with override("ru"), timezone.override("Europe/Moscow"):
        return str(Template(source).render(Context({"csrf_token": "token", **given})))


def part(name: str, **given: Any) -> str:
    """A part of the design system, rendered in Russian."""
    return drawn(f"common/parts/{name}.html", **given)


def drawn(template: str, **given: Any) -> str:
    """Any part of a page, rendered in Russian."""
    with override("ru"), timezone.override("Europe/Moscow"):
        return render_to_string(template, {"csrf_token": "token", **given})
