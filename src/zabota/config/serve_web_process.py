"""What one web process of granian loads: the application, and a watch over the process above."""

import gc
import os
import threading
import time

from zabota.config.wsgi import application

__all__ = ["application"]


def end_with(parent: int) -> None:
    """Ends this process when granian's main one was killed: it would hold the port for ever."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


# What is loaded stays for good: looking through all of it for garbage, again and again, is a tenth
# of the time of a page.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
