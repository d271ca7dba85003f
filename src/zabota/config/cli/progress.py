"""Shows that something goes on: what and for how long."""

import sys
import threading
import time
from types import TracebackType
from typing import Self

from zabota.config.serve import say


class Progress:
    """`with Progress("Building…") as progress: progress.step("people")`.

    On a terminal one line that counts the seconds; elsewhere a line at the start and at the end.
    """

    def __init__(self, what: str) -> None:
        self.what, self.now = what, ""
        self._terminal = sys.stderr.isatty()
        self._begun = time.monotonic()
        self._done = threading.Event()

    def step(self, words: str) -> None:
        """What is done now, shown beside the whole."""
        self.now = words

    def _show(self) -> None:
        while not self._done.wait(0.3):
            self._write(f"{self.what}: {self.now}… {time.monotonic() - self._begun:.0f} s")

    def _write(self, text: str) -> None:
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)

    def __enter__(self) -> Self:
        if self._terminal:
            threading.Thread(target=self._show, daemon=True).start()
        else:
            say(f"{self.what}…")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._done.set()
        if self._terminal:
            self._write("")
        say(f"{self.what}: {time.monotonic() - self._begun:.1f} s")
