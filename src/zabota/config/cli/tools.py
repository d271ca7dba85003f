"""`zabota test | check | bench | lock | messages`: what a developer does, from the sources."""

import os
import subprocess
import sys
from argparse import Namespace
from gettext import gettext as _

from zabota.config.cli.checkout import CHECKOUT, in_checkout
from zabota.config.cli.trouble import Trouble

MODULES = {
    "test": ("tools.run_tests", "--all"),
    "check": ("tools.run_tests",),
    "bench": ("benchmarks",),
    "lock": ("tools.lock",),
    "messages": ("tools.messages",),
}


def run(arguments: Namespace) -> int:
    """Runs the tool in its own process at the root of the sources; its exit code is ours."""
    if not in_checkout():
        raise Trouble(_("“zabota %s” works from the sources only.") % arguments.command)
    module = MODULES[arguments.command][0].replace(".", "/")
    if not any((CHECKOUT / f"{module}{end}").exists() for end in (".py", "/__main__.py")):
        raise Trouble(_("There is nothing to run for “zabota %s” yet.") % arguments.command)
    known = ("json", "check", "shots", "measure", "quick")
    flags = [f"--{name}" for name in known if getattr(arguments, name, False)]
    command = [sys.executable, "-m", *MODULES[arguments.command], *flags]
    command += getattr(arguments, "apps", [])
    environ = {**os.environ, "LANGUAGE": "en"}
    return subprocess.run(command, cwd=CHECKOUT, env=environ, check=False).returncode
