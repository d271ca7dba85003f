"""A sheet of ten visiting cards, 90 by 50 mm each, with marks to cut along. Plain Python."""

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from zabota.common.paper import JSON, render

TEMPLATE = Path(__file__).with_name("sheet.typ")


@dataclass(frozen=True, slots=True)
class CardWords:
    """What stands on each card, in the reader's language."""

    firm: str
    name: str
    position: str
    invitation: str
    address: str


def card_sheet(words: CardWords, qr: str, language: str, *, at: datetime) -> bytes:
    """A PDF of one A4 page with ten cards; `qr` is an SVG that leads to the card's address."""
    data: dict[str, JSON] = {"card": asdict(words), "qr": str(qr), "language": language}
    return render(TEMPLATE, data, at=at)
