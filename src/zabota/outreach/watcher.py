"""Workers watch what brings news from outside: a thread for each place, one worker at a time. What
there is to watch, and how, says whoever derives from it.
"""

import logging
import secrets
import threading
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db import connection

from zabota.outreach.passwords import NoPassword

log = logging.getLogger("zabota.mail")

# How often new places are noticed, how long one round of listening is, and how soon after a fault
# it is tried again.
NOTICE, LISTEN = 5.0, 50.0
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0


@dataclass
class Watcher(ABC):
    """All places of a kind that this worker watches. `stop` ends it; `news` is set when something
    came, so that what follows begins at once.
    """

    # How a place is called in the log, and what may go wrong between us and it.
    called: ClassVar[str]
    faults: ClassVar[tuple[type[Exception], ...]]

    stop: threading.Event
    news: threading.Event
    name: str = field(default_factory=lambda: secrets.token_hex(8))
    threads: dict[int, threading.Thread] = field(default_factory=dict)

    @abstractmethod
    def places(self) -> list[int]:
        """The rows there are to watch."""

    @abstractmethod
    def find(self, pk: int) -> Any:
        """One of them, while it is open."""

    @abstractmethod
    def claims(self, row: Any) -> bool:
        """Whether this worker watches it now."""

    @abstractmethod
    def release(self, pk: int) -> None:
        """Others may have it."""

    @abstractmethod
    def note(self, pk: int, fault: str) -> None:
        """What stands in the way."""

    @abstractmethod
    def read(self, row: Any) -> None:
        """Read and listen, until it is changed, closed or another worker has it."""

    def start(self) -> threading.Thread:
        """Watch in the background until `stop`."""
        thread = threading.Thread(target=self._notice, name=self.called, daemon=True)
        thread.start()
        return thread

    def _notice(self) -> None:
        while not self.stop.is_set():
            try:
                self._look_for_places()
            except Exception:
                log.exception("%s: places cannot be listed, trying again", self.called)
            finally:
                connection.close()
            self.stop.wait(NOTICE)
        for thread in self.threads.values():
            thread.join(LISTEN)

    def _look_for_places(self) -> None:
        for pk in self.places():
            thread = self.threads.get(pk)
            if thread is None or not thread.is_alive():
                thread = threading.Thread(
                    target=self._watch, args=(pk,), name=f"{self.called} {pk}", daemon=True
                )
                self.threads[pk] = thread
                thread.start()

    def _watch(self, pk: int) -> None:
        """One place, as long as it is open and nobody else watches it."""
        pause = FIRST_PAUSE
        faults: tuple[type[Exception], ...] = (*self.faults, NoPassword)
        while not self.stop.is_set():
            try:
                row = self.find(pk)
                if row is None:
                    return
                if not self.claims(row):
                    self.stop.wait(NOTICE)
                    continue
                self.read(row)
                pause = FIRST_PAUSE
            except faults as fault:
                pause = self._rest(pk, fault, pause)
            except Exception:
                log.exception("%s %s failed and will be tried again", self.called, pk)
                self.stop.wait(pause)
            finally:
                connection.close()
        try:
            self.release(pk)
        finally:
            connection.close()

    def _rest(self, pk: int, fault: Exception, pause: float) -> float:
        """Say what is wrong, wait, longer each time."""
        words = str(fault) or type(fault).__name__
        log.warning("%s %s cannot be read: %s", self.called, pk, words)
        self.note(pk, words)
        connection.close()
        self.stop.wait(pause)
        return min(pause * 2, LONGEST_PAUSE)
