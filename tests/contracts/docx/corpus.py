"""Where the real files lie, and how tests find them."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("ZABOTA_DATA", ROOT.parent / "shared" / "data")) / "docx"


def corpus() -> list[Path]:
    """All Word files beside the checkout; skips the test, saying so, where there are none."""
    files = sorted(DATA.rglob("*.docx"))
    if not files:
        pytest.skip(f"no Word files at {DATA}; set ZABOTA_DATA")
    return files
