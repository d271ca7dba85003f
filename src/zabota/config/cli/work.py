"""`zabota work`: one worker; several may run at once, on one machine or many."""

import logging
import os
import signal
import threading
from argparse import Namespace
from datetime import timedelta
from types import FrameType

from django.db import close_old_connections, connection

from zabota.common import clock
from zabota.config.parent import when_parent_ends
from zabota.home.work import run_once
from zabota.outreach.watch import Watch
from zabota.outreach.watch_bots import BotWatch

IDLE, FIRST_PAUSE, LONGEST_PAUSE = 1.0, 1.0, 60.0
EVERY = timedelta(seconds=5)
log = logging.getLogger("zabota.worker")


def run(arguments: Namespace) -> int:
    """Runs what is due, again and again, until asked to stop; what is begun is finished. Beside it
    the mailboxes and bots are watched.
    """
    connection.ensure_connection()
    stop, news = stop_event(with_parent=os.environ.get("ZABOTA_PARENT") == "1"), threading.Event()
    mailboxes, bots = Watch(stop, news).start(), BotWatch(stop, news).start()
    loop(stop, news)
    mailboxes.join(FIRST_PAUSE * 5)
    bots.join(FIRST_PAUSE)
    return 0


def loop(stop: threading.Event, news: threading.Event) -> None:
    """After a round that did something the next begins at once, after a failed one later; a letter
    that came (`news`) is followed up at once. While nothing happens only what somebody may wait for
    is looked at every second, the rest every few.
    """
    pause, whole = FIRST_PAUSE, None
    while not stop.is_set():
        close_old_connections()
        news.clear()
        now = clock.now()
        quick = whole is not None and whole <= now < whole + EVERY
        try:
            done = run_once(at=now, quick=quick)
        except Exception:
            # Whatever went wrong, the worker lives on: it is what retries everything else.
            log.exception("a round of the worker failed, the next one begins in %d s", pause)
            stop.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            continue
        pause = FIRST_PAUSE
        if done or news.is_set():
            whole = None
        elif not quick:
            whole = now
        if not done and wait(stop, news):
            whole = None


def wait(stop: threading.Event, news: threading.Event) -> bool:
    """A second, or less if a letter came or it is time to end; says whether one came."""
    for _ in range(10):
        if news.wait(IDLE / 10) or stop.is_set():
            break
    return news.is_set()


def stop_event(*, with_parent: bool) -> threading.Event:
    """Set by SIGINT or SIGTERM, and, for a child of `serve`, when its parent ends."""
    stop = threading.Event()

    def asked(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, asked)
    if with_parent:
        when_parent_ends(stop.set)
    return stop
