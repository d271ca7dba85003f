"""Акт сверки: the page both sides sign."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from zabota.common.paper.typeset import JSON, render

TEMPLATE = Path(__file__).with_name("act.typ")


def act_page(data: Mapping[str, JSON], *, at: datetime) -> bytes:
    """A PDF of the act; `data` holds texts only: title, place, words, head, rows, signatures."""
    return render(TEMPLATE, data, at=at)
