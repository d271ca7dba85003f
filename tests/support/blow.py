"""Processes killed all at once, as when a plug is pulled."""

import os
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path


def family(pid: int) -> Iterator[int]:
    """A process and all that came from it, parents first."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            yield from family(int(child))


def kill(pids: Iterable[int]) -> None:
    """Everything at once, as when the machine's memory runs out: nothing can be finished."""
    found = list(pids)
    for one in found:
        os.kill(one, signal.SIGSTOP)
    for one in found:
        os.kill(one, signal.SIGKILL)
