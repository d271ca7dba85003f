"""The table as people read it, and the same for programs."""

import json
import platform
import sqlite3
from pathlib import Path

import django

from benchmarks.measuring import Bench, Row

TITLES = {
    "decision": "A decision (approve a stage, the next opens)",
    "inbox": "The approvals inbox",
    "growth": "A thousand times as many contracts",
    "search": "Search over 100,000 contracts beside 1,000",
    "pages": "Each main page beside an empty view of the same server",
    "requests": "A hundred times as many open requests",
    "helpdesk": "Requests beside django-helpdesk",
    "letters": "Letters that come in",
    "engines": "Text engines",
    "goodwill": "Who comes back: the purchase model",
    "papers": "A contract as PDF beside WeasyPrint",
    "redlines": "Two Word files of 200 clauses with 60 edits, tracked changes between them",
}
HEAD = f"{'':44}{'ms':>9}{'SQL':>5}   {'beside':34}{'ms':>9}{'SQL':>5}   ratio"


def told(bench: Bench) -> str:
    """The table with what is to be said under it."""
    lines = [head(), ""]
    for group, title in TITLES.items():
        rows = [row for row in bench.rows if row.group == group]
        if rows:
            lines += [title, HEAD, *(line(row) for row in rows), ""]
    return "\n".join(lines + bench.notes)


def head() -> str:
    """On what it was measured."""
    load = Path("/proc/loadavg")
    busy = f", load {load.read_text().split()[0]}" if load.exists() else ""
    return (
        f"Python {platform.python_version()}, Django {django.__version__}, "
        f"SQLite {sqlite3.sqlite_version}{busy}; in one process, medians of one run: trust ratios"
    )


def line(row: Row) -> str:
    """One line of the table."""
    beside = f"{row.beside:34}{number(row.beside_ms)}{whole(row.beside_sql)}"
    return f"{row.name:44}{number(row.ms)}{whole(row.sql)}   {beside}   {ratio(row)}".rstrip()


def ratio(row: Row) -> str:
    """«3.1 times faster (aim 2): reached»."""
    found, goal = row.ratio, ""
    if found is None:
        return ""
    if row.aim is not None:
        goal = f" (aim {row.aim:g}: {'reached' if row.met else 'MISSED'})"
    match row.sense:
        case "count":
            return f"{found:.0f} statements{goal}"
        case "faster":
            return f"{found:.2f} times faster{goal}"
    return f"{found:.2f} times{goal}"


def number(ms: float | None) -> str:
    return " " * 9 if ms is None else f"{ms:9.2f}"


def whole(count: int | None) -> str:
    return " " * 5 if count is None else f"{count:5}"


def for_programs(bench: Bench) -> str:
    """One JSON object: `on`, `rows` and `notes`."""
    rows = [row.as_json() for row in bench.rows]
    return json.dumps({"on": head(), "rows": rows, "notes": bench.notes}, ensure_ascii=False)
