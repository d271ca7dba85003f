"""The site as a process of its own: granian serving the WSGI application until its parent ends."""

import logging
import multiprocessing
import os
import signal
import sys
from pathlib import Path
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from zabota.config.parent import when_parent_ends

TARGET = "zabota.config.serve_web_process:application"
THREADS = min(8, 2 * multiprocessing.cpu_count() + 1)


def main(host: str, port: int, processes: int) -> None:
    """Serves until asked to stop or until its parent ends."""
    # Forking a process with a thread in it is unsafe, and granian forks by default.
    multiprocessing.set_start_method("spawn")
    when_parent_ends(lambda: os.kill(os.getpid(), signal.SIGTERM))
    server(host, port, processes).serve()


def server(host: str, port: int, processes: int) -> Any:
    """What serves the application; requests under way are finished when it is asked to stop."""
    return Granian(
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
    )


if __name__ == "__main__":
    logging.captureWarnings(True)
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
