"""When an action cannot be done as things stand."""

from typing import Any

from django.utils.functional import Promise as LazyText


class Refused(Exception):
    """Says what stands in the way and what to do; `code` is for programs and tests."""

    def __init__(self, code: str, message: str | LazyText, **params: Any) -> None:
        super().__init__(code)
        self.code, self.message, self.params = code, message, params

    def __str__(self) -> str:
        """In the reader's language, at the moment of reading."""
        return str(self.message) % self.params if self.params else str(self.message)


class Differs(Refused):
    """A program tells again what it told before, and something in it is other now."""
