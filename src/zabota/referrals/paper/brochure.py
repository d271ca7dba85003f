"""The brochure a client hands on: one page, with their name and a QR code, as PDF."""

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from zabota.common.paper.typeset import render

TEMPLATE: Final = Path(__file__).with_suffix(".typ")


@dataclass(frozen=True, slots=True)
class BrochurePage:
    """Everything on the page, ready to be read; `qr` is SVG, blank words are left out."""

    language: str
    firm: str
    who: str
    company: str
    words: str
    title: str
    paragraphs: tuple[str, ...]
    invitation: str
    url: str
    qr: str
    promise: str
    reached: str


def brochure_pdf(page: BrochurePage, *, at: datetime) -> bytes:
    """PDF/A-2b, A4. Raises `PaperRefused` where the page cannot be set."""
    return render(TEMPLATE, asdict(page), at=at)
