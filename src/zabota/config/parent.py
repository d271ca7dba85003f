"""A child of `zabota serve` learns that its parent has gone: the pipe on its stdin closes."""

import sys
import threading
from collections.abc import Callable
from os import read


def when_parent_ends(act: Callable[[], None]) -> None:
    """Calls `act` once the other end of stdin is closed, whatever closed it."""

    def wait() -> None:
        # os.read, not sys.stdin.read: a thread inside that one's lock would spoil the exit.
        while read(sys.stdin.fileno(), 1024):
            pass
        act()

    threading.Thread(target=wait, daemon=True).start()
