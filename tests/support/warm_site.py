"""The process that stories' sites are forked from: everything is loaded once, in a demo's own way.

    python -m tests.support.warm_site PORT LANGUAGE

Prints the ways in, as `demo --json` does. Then "start LOG" forks the site and the worker, which
write to that file, and "stop" ends them; each is answered with a line. "start" again, when they
were killed, begins them anew. Two processes begun from nothing took longer to load what they run
than most stories take to be told.
"""

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import time
from argparse import Namespace
from collections.abc import Callable
from importlib import import_module

from zabota.config import serve_web
from zabota.config.cli import demo, set_up
from zabota.config.cli.checkout import PACKAGE
from zabota.config.cli.demo_home import DemoHome

DIE_WITH_PARENT = 1
GRACE = 15.0


def main(port: int, language: str) -> None:
    """Serves until the end of its input."""
    home = DemoHome(demo.place())
    demo.prepare_environ(home, port, language)
    set_up()
    sample = import_module("zabota.config.cli.sample")
    settle()
    ways_in = sample.ways_in(os.environ["ZABOTA_DEMO_KEY"])
    load()
    sample.close()
    # What is forked shares all of this; nobody looks through it again.
    gc.collect()
    gc.freeze()
    demo.print_json(ways_in, port)
    serve(port)


def settle() -> None:
    """The worker does what the sample firm left to it: it would do the same in every story."""
    work, clock = import_module("zabota.home.work"), import_module("zabota.common.clock")
    while work.run_once(at=clock.now()):
        pass


def load() -> None:
    """What the first pages would load: addresses with their pages, templates, dictionaries."""
    import_module("zabota.config.wsgi")
    import_module("zabota.config.cli.work")
    urls = import_module("django.urls")
    assert urls.get_resolver().url_patterns
    engines = import_module("django.template").engines
    for file in sorted(PACKAGE.glob("*/templates/**/*.html")):
        name = file.relative_to(next(up for up in file.parents if up.name == "templates"))
        engines["django"].get_template(name.as_posix())
    import_module("zabota.common.language.morphology").parses("договор")


def serve(port: int) -> None:
    running: list[int] = []
    for line in sys.stdin:
        match line.split(maxsplit=1):
            case ["start", log]:
                stop(running)
                running = [fork(lambda: web(port), log.strip()), fork(worker, log.strip())]
            case _:
                stop(running)
        print("done", flush=True)
    stop(running)


def web(port: int) -> None:
    # The threads of this process are its own: it was forked from one that has none.
    multiprocessing.set_start_method("fork")
    serve_web.server(demo.HOST, port, 1).serve()


def worker() -> None:
    import_module("zabota.config.cli.work").run(Namespace())


def fork(run: Callable[[], object], log: str) -> int:
    """A child that runs this and ends with us, whatever happens."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
        said = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        nothing = os.open(os.devnull, os.O_RDWR)
        for old, new in ((nothing, 0), (nothing, 1), (said, 2)):
            os.dup2(old, new)
        run()
        code = 0
    finally:
        sys.stderr.flush()
        os._exit(code)


def stop(running: list[int]) -> None:
    """As Ctrl-C would; whoever does not end is killed."""
    for pid in running:
        os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + GRACE
    while running and time.monotonic() < until:
        running[:] = [pid for pid in running if os.waitpid(pid, os.WNOHANG) == (0, 0)]
        time.sleep(0.01)
    for pid in running:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    running.clear()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
