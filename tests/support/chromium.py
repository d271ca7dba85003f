"""The stories' browser: the system's Chromium, else Debian's package, else Playwright's own.

Without its own windows, tabs and menus it draws the same pages for half the work, so the headless
shell, built from the same sources, comes first.
"""

import os
import subprocess
import sys
from pathlib import Path

from tests.support.machine import Missing, first_program, install_debian, say

SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find() -> Path | None:
    """A browser that is here already; ZABOTA_TEST_CHROMIUM names one."""
    if named := os.environ.get("ZABOTA_TEST_CHROMIUM"):
        return Path(named)
    return first_program(NAMES) or playwrights_own()


def playwrights_own() -> Path | None:
    """What `playwright install chromium` left in its cache."""
    cache = Path(
        os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright"
    )
    for program in ("chromium_headless_shell-*/*/*shell", "chromium-*/chrome-linux*/chrome"):
        if found := sorted(cache.glob(program)):
            return found[-1]
    return None


def set_up() -> Path:
    """Finds a browser or brings one; the shell is brought even beside another, where it is easy."""
    found = find()
    named = "ZABOTA_TEST_CHROMIUM" in os.environ
    if not named and not (found and "shell" in found.name):
        install_debian(SHELL, insist=not found)
        found = find()
    if found or (install_debian("chromium") and (found := find())):
        return found
    say("installing Playwright's own Chromium (once)…")
    command = [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]
    if subprocess.run(command, check=False).returncode == 0 and (found := find()):
        return found
    raise Missing("No Chromium, and none could be installed: install the package “chromium”.")
