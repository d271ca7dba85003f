"""Web and worker together: two child processes, watched, restarted, stopped as one.

Each child holds the reading end of a pipe whose other end only this process has: when this process
ends, however it ends, the pipe closes and the child stops by itself.
"""

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from gettext import gettext as _
from types import FrameType

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
GRACE = 15.0


@dataclass
class Child:
    """One of the processes that make up a running Zabota."""

    name: str
    command: Sequence[str]
    environ: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    pause: float = FIRST_PAUSE
    starts_at: float = 0.0
    started: float = field(default=0.0)

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, env=dict(self.environ), start_new_session=True
        )

    def look_after(self) -> None:
        """Starts the child when its time has come; if it died, says so and plans the next start."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.starts_at:
                self.start()
        elif (code := self.process.poll()) is not None:
            if now - self.started > LONGEST_PAUSE:
                self.pause = FIRST_PAUSE
            say(
                _("The %(name)s stopped (%(code)s); starting it again in %(pause)d s.")
                % {"name": self.name, "code": code, "pause": self.pause}
            )
            self.close()
            self.starts_at, self.pause = now + self.pause, min(self.pause * 2, LONGEST_PAUSE)

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, until: float) -> None:
        """Waits for a stopping child; after the grace it is killed, for it acknowledged nothing."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.close()

    def close(self) -> None:
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.close()
        self.process = None


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def look_after(
    children: Sequence[Child], address: tuple[str, int], when_ready: Callable[[], None]
) -> int:
    """Keeps the children running until SIGINT or SIGTERM, then stops them all; the exit code.

    `when_ready` is called once, when the address answers.
    """
    stop, ready = threading.Event(), False

    def asked(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, asked)
    try:
        while not stop.is_set():
            for child in children:
                child.look_after()
            if not ready and answers(address):
                ready = True
                when_ready()
            stop.wait(0.2)
    finally:
        for child in children:
            child.ask_to_stop()
        until = time.monotonic() + GRACE
        for child in children:
            child.wait(until)
    return 0


def answers(address: tuple[str, int]) -> bool:
    """Whether somebody accepts connections there."""
    try:
        socket.create_connection(address, 0.2).close()
    except OSError:
        return False
    return True


def web(host: str, port: int, processes: int, environ: Mapping[str, str]) -> Child:
    """The site, as a child process."""
    command = [sys.executable, "-m", "zabota.config.serve_web", host, str(port), str(processes)]
    return Child(_("site"), command, environ)


def worker(environ: Mapping[str, str]) -> Child:
    """The worker, as a child process."""
    command = [sys.executable, "-m", "zabota.config.cli", "work"]
    return Child(_("worker"), command, {**environ, "ZABOTA_PARENT": "1"})
