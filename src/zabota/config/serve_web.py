"""The site as a process of its own: granian serving the WSGI application until its parent ends."""

import logging
import multiprocessing
import os
import signal
import sys
import threading
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

TARGET = "zabota.config.serve_web_process:application"
THREADS = 8


def stop_with_parent() -> None:
    """Ends this process cleanly once whoever started it is gone: their end of our stdin closes."""

    def wait() -> None:
        sys.stdin.buffer.read()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


def main(host: str, port: int, processes: int) -> None:
    """Serves until asked to stop; requests under way are finished."""
    # Forking a process with a thread in it is unsafe, and granian forks by default.
    multiprocessing.set_start_method("spawn")
    stop_with_parent()
    Granian(
        TARGET,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        websockets=False,
        log_level=LogLevels.warning,
        working_dir=Path.cwd(),
    ).serve()


if __name__ == "__main__":
    logging.captureWarnings(True)
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
