"""What one web process of granian loads: the application, and a watch over the process above."""

import os
import threading
import time

from zabota.common.memory import settle
from zabota.config.wsgi import application

__all__ = ["application"]


def end_with(parent: int) -> None:
    """Ends this process when granian's main one was killed: it would hold the port for ever."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


settle()
threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
