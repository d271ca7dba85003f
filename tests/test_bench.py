"""`./zabota bench --quick`: the worlds are built, every line of the table is measured."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.support.checksum import ROOT


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """What the bench says to programs, in a run of its own."""
    environ = {name: text for name, text in os.environ.items() if not name.startswith("ZABOTA_")}
    command = [sys.executable, "-m", "benchmarks", "--quick", "--json"]
    environ |= {"PYTHONPATH": str(ROOT / "src"), "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_every_group_is_measured(told: dict[str, Any]) -> None:
    groups = {row["group"] for row in told["rows"]}
    assert groups == {
        "decision",
        "inbox",
        "growth",
        "search",
        "pages",
        "letters",
        "engines",
        "goodwill",
        "papers",
        "redlines",
        "requests",
        "helpdesk",
    }


def test_every_line_has_a_figure(told: dict[str, Any]) -> None:
    for row in told["rows"]:
        assert row["ms"] or row["sql"], row["name"]
        assert bool(row["beside"]) == bool(row["beside_ms"]), row["name"]


def test_main_pages_stand_beside_an_empty_view(told: dict[str, Any]) -> None:
    names = {row["name"] for row in told["rows"] if row["beside"] == "empty view, signed in"}
    assert {"Today", "contracts, desk", "contracts, room", "clients", "forms", "routes"} <= names
    assert {
        "contract, desk, 10 redlines",
        "contract, room, 10 redlines",
        "room, first page",
    } <= names


def test_a_decision_asks_the_database_ten_times_at_most(told: dict[str, Any]) -> None:
    (row,) = (row for row in told["rows"] if row["sense"] == "count")
    assert 0 < row["sql"] <= 10
    assert row["met"]


def test_more_cases_cost_no_more_statements(told: dict[str, Any]) -> None:
    """But for those that an empty list saves: nothing is asked once per row."""
    for row in told["rows"]:
        if row["group"] in ("growth", "requests"):
            assert row["sql"] <= row["beside_sql"] + 3, row["name"]


def test_bulk_worlds_have_a_whole_journal(told: dict[str, Any]) -> None:
    assert sum("journal of" in note and "holds" in note for note in told["notes"]) == 3
