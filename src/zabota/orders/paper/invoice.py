"""Счёт на оплату: the page a client pays by."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from zabota.common.paper.typeset import JSON, render

TEMPLATE = Path(__file__).with_name("invoice.typ")


def invoice_page(data: Mapping[str, JSON], *, at: datetime) -> bytes:
    """A PDF of a счёт; `data` holds texts only, and the picture of its QR as SVG."""
    return render(TEMPLATE, data, at=at)
