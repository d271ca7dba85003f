"""Programs of this machine: found, or installed by Debian's package manager where we may."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path


class Missing(RuntimeError):
    """A program the tests need is not here and could not be installed; says what to install."""


def say(sentence: str) -> None:
    print(f"zabota: {sentence}", flush=True)


@cache
def package_lists_are_fresh() -> bool:
    """Brings the package lists up to date, once a run; a bare image has none."""
    return (
        subprocess.run(["apt-get", "update", "-q"], capture_output=True, check=False).returncode
        == 0
    )


def install_debian(*packages: str, insist: bool = True) -> bool:
    """Installs Debian's packages if this is Debian (or Ubuntu) and we are root; says so. What
    one could do without is not insisted on: no new lists are fetched for it.
    """
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    say(f"installing {', '.join(packages)} (Debian's packages, once)…")
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages]
    for fresh in (False, True) if insist else (False,):
        if fresh and not package_lists_are_fresh():
            return False
        done = subprocess.run(command, env=environ, capture_output=True, check=False, text=True)
        if done.returncode == 0:
            return True
    if insist:
        say(done.stderr.strip()[-2000:])
    return False


def first_program(names: Sequence[str], folders: Sequence[Path] = ()) -> Path | None:
    """The first of these programs on PATH or in these folders."""
    for name in names:
        if found := shutil.which(name):
            return Path(found)
        for folder in folders:
            if (folder / name).exists():
                return folder / name
    return None
