"""Writes docs/who-may-what.md from the rules themselves: `python -m tools.who_may_what`."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "zabota"
PAGE = ROOT / "docs" / "who-may-what.md"
HEAD = """# Who may do what

Written by `python -m tools.who_may_what` from each app's `rules.py`; a test says when it is stale.
The same rule is asked by the button and by the action: what is not offered cannot be done either.
"""


def main() -> int:
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), "utf-8")
    return 0


def page() -> str:
    """The whole page: a table per app, a row per rule, and the actions that ask it."""
    parts = [HEAD]
    for app in sorted(path for path in PACKAGE.iterdir() if path.is_dir()):
        asked = questions_of(app)
        rows = [row(rule, asked) for rule in rules_of(app)]
        if rows:
            parts.append(f"\n## {app.name}\n\n| Rule | Who | Asked by |\n|---|---|---|\n")
            parts.extend(rows)
    return "".join(parts)


def row(rule: ast.FunctionDef, asked: dict[str, set[str]]) -> str:
    who = " ".join((ast.get_docstring(rule) or "").split("\n\n")[0].split()).replace("|", "\\|")
    verbs = ", ".join(f"`{verb}`" for verb in sorted(asked.get(rule.name, set())))
    return f"| `{rule.name}` | {who} | {verbs} |\n"


def rules_of(app: Path) -> Iterator[ast.FunctionDef]:
    """The questions an app answers, in the order they are written."""
    for module in modules(app, "rules"):
        for node in module.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("may_"):
                yield node


def questions_of(app: Path) -> dict[str, set[str]]:
    """Rule → the actions that name it."""
    asked: dict[str, set[str]] = {}
    for module in modules(app, "actions"):
        for verb in module.body:
            if not isinstance(verb, ast.FunctionDef):
                continue
            for node in ast.walk(verb):
                if isinstance(node, ast.Name) and node.id.startswith("may_"):
                    asked.setdefault(node.id, set()).add(verb.name)
    return asked


def modules(app: Path, name: str) -> Iterator[ast.Module]:
    for file in [app / f"{name}.py", *sorted((app / name).rglob("*.py"))]:
        if file.exists():
            yield ast.parse(file.read_text("utf-8"))


if __name__ == "__main__":
    sys.exit(main())
