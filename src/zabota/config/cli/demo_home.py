"""The home of a demo: stamped, so that nothing else is ever taken for one or deleted as one."""

import fcntl
import json
import shutil
from dataclasses import asdict, dataclass
from datetime import timedelta
from gettext import gettext as _
from pathlib import Path
from typing import IO

from zabota.config.cli.trouble import Trouble

STAMP, LOCK, CLOCK = ".zabota-demo.json", ".zabota-demo.lock", "clock-offset"


@dataclass(frozen=True)
class Stamp:
    """What the stamp file says: the language of the sample firm and whether it is complete."""

    language: str
    built: bool = False


@dataclass(frozen=True)
class DemoHome:
    """A folder that holds a sample firm and nothing else."""

    path: Path

    @property
    def stamp(self) -> Stamp | None:
        file = self.path / STAMP
        return Stamp(**json.loads(file.read_text("utf-8"))) if file.exists() else None

    def write_stamp(self, stamp: Stamp) -> None:
        self.path.mkdir(parents=True, exist_ok=True)
        (self.path / STAMP).write_text(json.dumps(asdict(stamp)), "utf-8")

    def claim(self) -> None:
        """Refuses a folder that is not a demo's: it may be somebody's real data."""
        if self.path.exists() and any(self.path.iterdir()) and self.stamp is None:
            raise Trouble(
                _(
                    "%s holds something that is no demo; nothing was touched. "
                    "Set ZABOTA_HOME to another folder."
                )
                % self.path
            )

    def lock(self) -> IO[str] | None:
        """Held while a demo runs here; None when one already does."""
        self.path.mkdir(parents=True, exist_ok=True)
        handle = (self.path / LOCK).open("w")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.close()
            return None
        return handle

    def empty(self) -> None:
        """Forgets the sample firm; only ever called on a home that bears the stamp and the lock."""
        for child in self.path.iterdir():
            if child.name in {STAMP, LOCK}:
                continue
            if child.is_dir() and not child.is_symlink():
                shutil.rmtree(child)
            else:
                child.unlink()

    def move_clock(self, by: timedelta) -> timedelta:
        """Lets the demo live later by this much more; returns how far ahead it lives now."""
        file = self.path / CLOCK
        already = float(file.read_text()) if file.exists() else 0.0
        total = already + by.total_seconds()
        part = file.with_suffix(".part")
        part.write_text(f"{total:.0f}\n")
        part.replace(file)
        return timedelta(seconds=total)
