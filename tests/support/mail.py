"""A mail server on loopback that keeps what it is given."""

import threading
import time
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller

from tests.support.postgres import free_port


@dataclass(frozen=True)
class Letter:
    """One letter as it came over the wire."""

    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage


class MailServer:
    """Answers on a free port; `refuse_next(n)` lets it fail as real servers do."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self._refusals = 0
        self._lock = threading.Lock()
        # The controller knocks at the port it was given, so "any" will not do.
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def refuse_next(self, count: int) -> None:
        """Answers 451 «try again later» to the next letters."""
        with self._lock:
            self._refusals = count

    def wait_for(self, count: int, seconds: float = 10) -> list[Letter]:
        """The letters, once at least so many have come."""
        until = time.monotonic() + seconds
        while len(self.letters) < count:
            if time.monotonic() > until:
                raise TimeoutError(f"{len(self.letters)} letters of {count} came in {seconds} s")
            time.sleep(0.02)
        return list(self.letters)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Called by aiosmtpd for each letter."""
        with self._lock:
            if self._refusals:
                self._refusals -= 1
                return "451 try again later"
            message = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(message, EmailMessage)
            self.letters.append(Letter(envelope.mail_from, tuple(envelope.rcpt_tos), message))
        return "250 kept"

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._controller.stop()
