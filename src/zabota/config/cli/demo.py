"""`zabota demo`: a sample firm that anyone can walk through, as its people and as its clients."""

import json
import os
import secrets
from argparse import Namespace
from datetime import timedelta
from gettext import gettext as _
from importlib import import_module
from pathlib import Path

from zabota.config.cli import set_up
from zabota.config.cli.checkout import demo_place
from zabota.config.cli.demo_home import DemoHome, Stamp
from zabota.config.cli.ports import check_port
from zabota.config.cli.progress import Progress
from zabota.config.cli.trouble import Trouble
from zabota.config.serve import look_after, say, web, worker

HOST = "127.0.0.1"


def run(arguments: Namespace) -> int:
    """Makes the sample firm where it is missing, runs it, prints a way in for everybody."""
    home = DemoHome(place())
    home.claim()
    lock = home.lock()
    if lock is None:
        return at_a_running_one(home, arguments.later)
    with lock:
        if not arguments.build_only:
            check_port(HOST, arguments.port)
        language = prepare_stamp(home, arguments)
        prepare_environ(home, arguments.port, language)
        set_up()
        # Only now: these models need the settings of this home.
        sample = import_module("zabota.config.cli.sample")
        with Progress(_("Preparing the tables")):
            sample.migrate()
        if not (home.stamp or Stamp(language)).built:
            steps = {
                "people": _("people"),
                "clients": _("clients"),
                "forms": _("forms"),
                "contracts": _("contracts"),
            }
            with Progress(_("Building the sample firm")) as progress:
                sample.build(lambda step: progress.step(str(steps.get(step, step))))
            home.write_stamp(Stamp(language, built=True))
        if arguments.later:
            say(clock_words(home.move_clock(arguments.later)))
        if arguments.build_only:
            return 0
        ways_in = sample.ways_in(os.environ["ZABOTA_DEMO_KEY"])
        sample.close()
        show = print_json if arguments.json else print_links
        environ = dict(os.environ)
        return look_after(
            [web(HOST, arguments.port, 1, environ), worker(environ)],
            (HOST, arguments.port),
            lambda: show(ways_in, arguments.port),
        )


def place() -> Path:
    """Where the demo lives: ZABOTA_HOME, else var/demo of the sources or of the current folder."""
    if chosen := os.environ.get("ZABOTA_HOME"):
        return Path(chosen).expanduser().resolve()
    return demo_place()


def at_a_running_one(home: DemoHome, later: timedelta | None) -> int:
    """A demo already runs here: its clock can be moved, nothing else."""
    if later is None:
        raise Trouble(_("A demo already runs in %s. Stop it there with Ctrl-C.") % home.path)
    say(clock_words(home.move_clock(later)))
    return 0


def clock_words(ahead: timedelta) -> str:
    hours, minutes = divmod(int(ahead.total_seconds()) // 60, 60)
    return _("The demo's clock is %(hours)d h %(minutes)02d min ahead.") % {
        "hours": hours,
        "minutes": minutes,
    }


def prepare_stamp(home: DemoHome, arguments: Namespace) -> str:
    """Stamps the home before anything is put into it; returns the language of its firm."""
    stamp = home.stamp
    if stamp is not None and stamp.built and not arguments.reset:
        if arguments.asked_lang and arguments.asked_lang != stamp.language:
            say(_("This sample firm was made in another language; --reset makes it anew."))
        return stamp.language
    if stamp is not None:
        # Asked to forget it, or it was interrupted while being built.
        home.empty()
    home.write_stamp(Stamp(arguments.lang))
    return str(arguments.lang)


def prepare_environ(home: DemoHome, port: int, language: str) -> None:
    """The settings of a demo; nothing of a real installation's environment reaches it."""
    for name in [name for name in os.environ if name.startswith("ZABOTA_")]:
        if name not in {"ZABOTA_PYTHON", "ZABOTA_VENV", "ZABOTA_DEBUG"}:
            del os.environ[name]
    os.environ.update(
        ZABOTA_HOME=str(home.path),
        ZABOTA_DEMO="1",
        # Links are signed with this; it lives in the memory of these processes and dies with them.
        ZABOTA_DEMO_KEY=secrets.token_urlsafe(32),
        ZABOTA_LANGUAGE=language,
        ZABOTA_BASE_URL=f"http://{HOST}:{port}",
        ZABOTA_ROOM_URL=f"http://localhost:{port}",
    )


def print_links(ways_in: list[dict[str, str]], port: int) -> None:
    """The ways in, grouped as people look for them."""
    width = max((len(person["who"]) for person in ways_in), default=0)
    group = ""
    print(_("\nZabota runs. Open a link to come in as that person; links live until Ctrl-C."))
    for person in ways_in:
        if person["group"] != group:
            group = person["group"]
            print(f"\n{group}")
        print(f"  {person['who']:<{width}}  {link(person, port)}")
    print("\n" + _("Letters it sent: %s") % f"http://{HOST}:{port}/demo/mail/", flush=True)


def print_json(ways_in: list[dict[str, str]], port: int) -> None:
    """The same for programs, on one line."""
    print(json.dumps([{**person, "link": link(person, port)} for person in ways_in]), flush=True)


def link(person: dict[str, str], port: int) -> str:
    # Two names of one machine, so that one browser keeps both sign-ins.
    host = HOST if person["side"] == "ours" else "localhost"
    return f"http://{host}:{port}/demo/in/{person['token']}/"
