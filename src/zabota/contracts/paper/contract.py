"""The text of a contract as PDF: the page a lawyer would sign."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from zabota.common.paper import JSON, render
from zabota.contracts.paper.fold import PAGE, Words, fold_document, fold_edge
from zabota.contracts.text.tree import Block, Document, Kept
from zabota.contracts.text.words import runs_of

TEMPLATE = Path(__file__).with_name("contract.typ")
# A longer header is a letterhead: it is printed once, above the text.
HEADER_LINES = 2


@dataclass(frozen=True, slots=True)
class PaperMeta:
    """What stands around the text, in the reader's language.

    `footer` is the line on each page («Договор № 12, редакция 2»), `pages` holds {page} and {pages}
    («стр. {page} из {pages}»), `watermark` lies across a draft («ПРОЕКТ», "" for none).
    `kinds` names kept objects without words («picture»: «рисунок»).
    """

    title: str
    footer: str
    pages: str
    language: str
    at: datetime
    firm: str = ""
    watermark: str = ""
    kinds: Mapping[str, str] = field(default_factory=dict)

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
    words = Words(numbers, values, {}, meta.kinds)
    # Our own footer counts the pages; only what else the form's footer says stays beside it.
    footers = tuple(block for block in document.footers if not _counts_pages(block))
    header = fold_edge(document.headers, words)
    data: dict[str, JSON] = {
        "meta": meta.as_json(),
        "clauses": fold_document(document, numbers, values, meta.kinds),
        "letterhead": header if len(header) > HEADER_LINES else [],
        "header": header if len(header) <= HEADER_LINES else [],
        "footer": fold_edge(footers, words)[:HEADER_LINES],
    }
    return render(TEMPLATE, data, at=meta.at)


def _counts_pages(block: Block) -> bool:
    return any(isinstance(run, Kept) and run.kind in PAGE for run in runs_of((block,)))
