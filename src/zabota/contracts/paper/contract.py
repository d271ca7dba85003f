"""The text of a contract as PDF: the page a lawyer would sign."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from zabota.common.paper import JSON, render
from zabota.contracts.paper.fold import Words, fold_blocks, fold_document
from zabota.contracts.text.tree import Document

TEMPLATE = Path(__file__).with_name("contract.typ")


@dataclass(frozen=True, slots=True)
class PaperMeta:
    """What stands around the text, in the reader's language.

    `footer` is the line on each page («Договор № 12, редакция 2»), `pages` holds {page} and {pages}
    («стр. {page} из {pages}»), `watermark` lies across a draft («ПРОЕКТ», "" for none).
    """

    title: str
    footer: str
    pages: str
    language: str
    at: datetime
    firm: str = ""
    watermark: str = ""

    def as_json(self) -> dict[str, JSON]:
        """The same as plain data for a template."""
        before, _, rest = self.pages.partition("{page}")
        between, _, after = rest.partition("{pages}")
        return {
            "title": self.title,
            "footer": self.footer,
            "pages": [before, between, after],
            "language": self.language,
            "firm": self.firm,
            "watermark": self.watermark,
        }


def contract_pdf(
    document: Document,
    numbers: Mapping[str, str],
    values: Mapping[str, str],
    meta: PaperMeta,
) -> bytes:
    """The contract with its clause numbers and values; an empty field is a line to write on."""
    words = Words(numbers, values, {})
    data: dict[str, JSON] = {
        "meta": meta.as_json(),
        "clauses": fold_document(document, numbers, values),
        "headers": fold_blocks(document.headers, words),
        "footers": fold_blocks(document.footers, words),
    }
    return render(TEMPLATE, data, at=meta.at)
