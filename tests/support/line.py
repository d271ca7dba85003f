"""One connection to a running site, as a till or a browser keeps it; anew after an outage."""

from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection, HTTPException
from json import loads
from typing import Any

from tests.support.visitor import Gone

LONGEST = 60


@dataclass(frozen=True)
class Reply:
    """What the site said."""

    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def json(self) -> Any:
        return loads(self.body)


class Line:
    """Asks one thing after another over one connection."""

    def __init__(self, port: int) -> None:
        self._http = HTTPConnection("localhost", port, timeout=LONGEST)

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> Reply:
        """Gone where no answer came: whoever asked was told nothing, and may ask again."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            self._http.request(method, path, body.encode(), named)
            answer = self._http.getresponse()
            return Reply(answer.status, answer.headers, answer.read())
        except (OSError, HTTPException) as gone:
            self._http.close()
            raise Gone(str(gone)) from gone

    def close(self) -> None:
        self._http.close()
