"""A person at a running site without a browser: keeps cookies, posts forms, follows nowhere."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookiejar import CookieJar
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

LONGEST = 60


class Gone(Exception):
    """No answer came: whoever asked was told nothing."""


class Stay(HTTPRedirectHandler):
    """A redirect is an answer like another."""

    def redirect_request(self, *args: Any) -> None:
        return None


@dataclass(frozen=True)
class Answer:
    """What the site said."""

    status: int
    to: str
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


class Visitor:
    """Signed in by a one-click link of the sample firm."""

    def __init__(self, link: str) -> None:
        self.base = link.split("/demo/")[0]
        self.cookies = CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.cookies), Stay)
        assert self.get(link.removeprefix(self.base)).status == 302
        self.get("/")
        # Any page with a form gives the token; the first page of each side has one.
        self.get("/desk/")
        self.get("/room/")

    def get(self, path: str) -> Answer:
        return self._ask(Request(self.base + path))

    def post(
        self,
        path: str,
        values: Mapping[str, str],
        files: Mapping[str, tuple[str, bytes]] | None = None,
    ) -> Answer:
        """A form sent by its button; `files` by field: name and bytes."""
        if files:
            body, kind = multipart(values, files)
        else:
            body, kind = urlencode(values).encode(), "application/x-www-form-urlencoded"
        token = next((c.value for c in self.cookies if c.name == "csrftoken"), None) or ""
        headers = {"Content-Type": kind, "X-CSRFToken": token, "Origin": self.base}
        return self._ask(Request(self.base + path, body, headers, method="POST"))

    def _ask(self, request: Request) -> Answer:
        try:
            with self.opener.open(request, timeout=LONGEST) as answer:
                return read(answer)
        except HTTPError as answer:
            return read(answer)
        except (URLError, OSError, EOFError) as gone:
            raise Gone(str(gone)) from gone


def read(answer: IO[bytes] | Any) -> Answer:
    """All of an answer; one that breaks off is none."""
    try:
        body = answer.read()
    except Exception as broken:
        raise Gone(str(broken)) from broken
    return Answer(answer.status, answer.headers.get("Location", ""), body)


def multipart(
    values: Mapping[str, str], files: Mapping[str, tuple[str, bytes]]
) -> tuple[bytes, str]:
    """The body of a form with files, and its content type."""
    edge = uuid.uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in values.items()
    ]
    for field, (name, data) in files.items():
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"'
        parts.append(f"{head}\r\nContent-Type: application/octet-stream\r\n\r\n".encode())
        parts.append(data + b"\r\n")
    parts.append(f"--{edge}--\r\n".encode())
    return b"".join(parts), f"multipart/form-data; boundary={edge}"
