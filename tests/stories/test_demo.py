"""`./zabota demo`: made, run, left and begun anew, as a newcomer would."""

import os
import subprocess
import time
from pathlib import Path

import pytest

from tests.support import site


def children(pid: int) -> list[int]:
    """The processes started by this one, and theirs."""
    listed = subprocess.run(
        ["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout
    pairs = [tuple(map(int, line.split())) for line in listed.splitlines()]
    found = [child for child, parent in pairs if parent == pid]
    return found + [below for child in found for below in children(child)]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("language", ["ru", "en"])
def test_links_for_both_sides_and_a_clean_stop(tmp_path: Path, language: str) -> None:
    with site.running(tmp_path, language) as running:
        sides = {link.split("/")[2].split(":")[0] for link in running.links.values()}
        assert sides == {"127.0.0.1", "localhost"}
        processes = children(running.pid)
        assert len(processes) >= 3, "the site, its process and the worker"
        later = [*site.COMMAND, "--later", "6h"]
        subprocess.run(later, env=site.environ(running.home), check=True, capture_output=True)
        assert (running.home / "clock-offset").read_text() == "21600\n"
        again = subprocess.run(
            site.COMMAND, env=site.environ(running.home), capture_output=True, check=False
        )
        assert again.returncode == 2, "two demos in one home"
        assert running.troubles() == []
    # multiprocessing's tracker notices a moment later that those it served are gone.
    until = time.monotonic() + 10
    while (left := [pid for pid in processes if alive(pid)]) and time.monotonic() < until:
        time.sleep(0.05)
    assert not left


def test_a_second_start_takes_seconds_and_reset_forgets(tmp_path: Path) -> None:
    with site.running(tmp_path, "ru") as running:
        first = running.links
    home, log = tmp_path / "home", tmp_path / "second.log"
    begun = time.monotonic()
    with site.started(home, "ru", log) as running:
        assert time.monotonic() - begun < 15
        assert running.links.keys() == first.keys()
        assert running.links != first, "links die with the process"
    (home / "left-behind").write_text("x")
    done = subprocess.run(
        [*site.COMMAND, "--reset", "--build-only", "--lang", "en"],
        env=site.environ(home), capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0 and not (home / "left-behind").exists()
