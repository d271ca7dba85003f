"""The sources as data: what the house rules look at."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.support.checksum import ROOT

PACKAGE = ROOT / "src" / "zabota"
type Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file of the product."""

    path: Path

    @property
    def name(self) -> str:
        """As people say it: `people/actions/firm.py`."""
        return str(self.path.relative_to(PACKAGE))

    @property
    def app(self) -> str:
        return self.path.relative_to(PACKAGE).parts[0]

    @property
    def layer(self) -> str:
        """`actions` for people/actions.py and for people/actions/firm.py."""
        parts = self.path.relative_to(PACKAGE).with_suffix("").parts
        return parts[1] if len(parts) > 1 else parts[0]

    @property
    def text(self) -> str:
        return self.path.read_text("utf-8")

    def walk(self) -> Iterator[ast.AST]:
        return ast.walk(parsed(self.path))

    def functions(self) -> Iterator[Function]:
        for node in self.walk():
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def public(self) -> Iterator[Function | ast.ClassDef]:
        """What other modules may name."""
        for node in parsed(self.path).body:
            if isinstance(
                node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
            ) and not node.name.startswith("_"):
                yield node


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def sources() -> list[Source]:
    """Every Python file of the product but the migrations."""
    files = sorted(PACKAGE.rglob("*.py"))
    return [Source(file) for file in files if "migrations" not in file.parts]


def templates() -> list[Path]:
    """Every template of the product."""
    return [file for file in sorted(PACKAGE.glob("*/templates/**/*")) if file.is_file()]


def tracked() -> list[Path]:
    """Every file under version control that is still there."""
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]
