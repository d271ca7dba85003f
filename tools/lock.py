"""`./zabota lock`: pins every requirement with its hashes, in files that name no index host."""

import re
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "requirements"
OPTIONS = [
    "--universal",
    "--python-version",
    "3.12",
    "--generate-hashes",
    "--no-annotate",
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--quiet",
]
# What a pinned file consists of: names with versions and markers, and their hashes.
LINE = re.compile(r"^([\w.\-\[\],]+==\S+.*|    --hash=sha256:[0-9a-f]{64}( \\)?|)$")


def main() -> int:
    """Pins base, then dev with base as its constraint, so that both have the same versions."""
    with tempfile.TemporaryDirectory() as folder:
        uv = find_uv(Path(folder))
        compile_one(uv, "base", [])
        compile_one(uv, "dev", ["--constraints", "base.txt"])
    return 0


def find_uv(folder: Path) -> Path:
    """uv of the environment, else one installed for this run."""
    beside = Path(sys.executable).with_name("uv")
    if beside.exists():
        return beside
    venv.create(folder, with_pip=True)
    subprocess.run([folder / "bin" / "pip", "install", "-q", "uv"], check=True)
    return folder / "bin" / "uv"


def compile_one(uv: Path, name: str, more: Sequence[str]) -> None:
    """Writes requirements/NAME.txt; a line that names anything but packages stops it."""
    target = REQUIREMENTS / f"{name}.txt"
    part = REQUIREMENTS / f"{name}.part.txt"
    command = [uv, "pip", "compile", *OPTIONS, *more, f"{name}.in", "-o", part.name]
    subprocess.run(command, cwd=REQUIREMENTS, check=True)
    lines = part.read_text("utf-8").splitlines()
    if strange := [line for line in lines if not LINE.match(line) or "://" in line]:
        part.unlink()
        raise SystemExit(f"{name}.txt would name more than packages: {strange[:3]}")
    part.replace(target)
    print(f"requirements/{name}.txt: {sum('==' in line for line in lines)} packages")


if __name__ == "__main__":
    sys.exit(main())
