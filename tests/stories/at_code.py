"""Somebody who has a code: a browser of their own without a screen, not signed in."""

import re
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.support.line import Line, Reply

KEY = re.compile(r'name="key" value="([^"]+)"')
# What the page says to whoever came second.
TAKEN = "Этот подарок уже приняли."


class Guest:
    """Opens the page of a code, and takes what is there; keeps cookies as a browser does."""

    def __init__(self, port: int, code: str) -> None:
        self._line, self._path = Line(port), f"/g/{code}/"
        self._cookies: dict[str, str] = {}
        self.key = ""

    def opens(self) -> Reply:
        """The page; its own name is kept."""
        page = self._ask("GET")
        if found := KEY.search(page.text):
            self.key = found[1]
        return page

    def takes(self, **said: str) -> Reply:
        """The form of the page is sent, with what they say of themselves."""
        return self._ask("POST", urlencode({"key": self.key, **said}))

    def leaves(self) -> None:
        self._line.close()

    def _ask(self, method: str, body: str = "") -> Reply:
        kept = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        token = self._cookies.get("csrftoken", "")
        form = "application/x-www-form-urlencoded"
        reply = self._line.ask(
            method, self._path, body, Cookie=kept, X_CSRFToken=token, Content_Type=form
        )
        for line in reply.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(line).items():
                self._cookies[name] = morsel.value
        return reply
